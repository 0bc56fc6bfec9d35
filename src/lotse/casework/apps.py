from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "lotse.casework"
    label = "casework"
    verbose_name = "Fallarbeit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.casework.facts import register_facts  # noqa: PLC0415 -- app ready

        register_facts()
