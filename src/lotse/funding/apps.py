from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "lotse.funding"
    label = "funding"
    verbose_name = "Fördermittel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.funding.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.funding.imports import LedgerKind  # noqa: PLC0415 -- app ready
        from lotse.funding.qualification_points import newest  # noqa: PLC0415 -- app ready
        from lotse.imports.kinds import register  # noqa: PLC0415 -- app ready

        register_facts()
        register(LedgerKind())
        name_fields("subsidy", {"posts": "Stellen", "attachments": "Anlagen"})
        name_fields("person", {point.key: point.title for point in newest().points})
