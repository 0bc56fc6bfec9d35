from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lotse.portal"
    label = "portal"
    verbose_name = "Heute"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.casework.queries.naming import names_among  # noqa: PLC0415 -- app ready
        from lotse.network.naming import register_names  # noqa: PLC0415 -- app ready
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.portal.leaving import coming_notes_of, open_cases_of  # noqa: PLC0415 -- app ready

        register_tie(open_cases_of)
        register_tie(coming_notes_of)
        register_names(names_among)
