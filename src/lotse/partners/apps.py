from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "lotse.partners"
    label = "partners"
    verbose_name = "Kooperationspartner"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.imports.kinds import register  # noqa: PLC0415 -- app ready
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.partners.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.partners.imports import PartnerKind  # noqa: PLC0415 -- app ready
        from lotse.partners.queries.cooperation import open_cooperations  # noqa: PLC0415 -- app ready

        register(PartnerKind())
        register_facts()
        spoken = {"spoken": "Sprachen"}
        name_fields("partner", {"further_categories": "weitere Arten", "sites": "wichtig für", **spoken})
        name_fields("partneroffer", spoken)
        name_fields("cooperationagreement", {"parties": "weitere Partner"})
        register_tie(open_cooperations)
