from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "lotse.programmes"
    label = "programmes"
    verbose_name = "Programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.core.calendars import register_calendar  # noqa: PLC0415 -- app ready
        from lotse.programmes.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.programmes.queries.today import calendar  # noqa: PLC0415 -- app ready

        register_calendar(calendar)
        register_facts()
