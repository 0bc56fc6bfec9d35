from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "lotse.surveys"
    label = "surveys"
    verbose_name = "Umfragen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.surveys.facts import register_facts  # noqa: PLC0415 -- app ready

        register_facts()
