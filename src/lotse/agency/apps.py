from django.apps import AppConfig


class AgencyConfig(AppConfig):
    name = "lotse.agency"
    label = "agency"
    verbose_name = "Integrationsagentur"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.agency import released, voucher_sources  # noqa: PLC0415 -- app ready
        from lotse.agency.actions.volunteers import DELETED  # noqa: PLC0415 -- app ready
        from lotse.agency.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.agency.purposes import register_purposes  # noqa: PLC0415 -- app ready
        from lotse.documents.deletions import register_kind  # noqa: PLC0415 -- app ready

        register_kind(DELETED)
        register_facts()
        released.register()
        voucher_sources.register()
        register_purposes()
