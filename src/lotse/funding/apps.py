from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "lotse.funding"
    label = "funding"
    verbose_name = "Fördermittel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.funding.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.funding.imports import LedgerKind  # noqa: PLC0415 -- app ready
        from lotse.imports.kinds import register  # noqa: PLC0415 -- app ready

        register_facts()
        register(LedgerKind())
