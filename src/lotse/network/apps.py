from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "lotse.network"
    label = "network"
    verbose_name = "Netzwerk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.core.calendars import register_calendar  # noqa: PLC0415 -- app ready
        from lotse.network.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.network.queries.meetings import calendar  # noqa: PLC0415 -- app ready
        from lotse.network.queries.ties import register_ties  # noqa: PLC0415 -- app ready

        register_calendar(calendar)
        register_facts()
        register_ties()
