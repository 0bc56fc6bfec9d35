from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "lotse.partners"
    label = "partners"
    verbose_name = "Kooperationspartner"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.imports.kinds import register  # noqa: PLC0415 -- app ready
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.partners.imports import PartnerKind  # noqa: PLC0415 -- app ready
        from lotse.partners.queries.cooperation import open_cooperations  # noqa: PLC0415 -- app ready

        register(PartnerKind())
        register_tie(open_cooperations)
