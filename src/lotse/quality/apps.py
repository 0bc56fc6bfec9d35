from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_audits  # noqa: PLC0415 -- app ready
        from lotse.quality.improvement_facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.audit_ties import audits_of, preparation_of  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.improvement_ties import complaints_of, improvements_of  # noqa: PLC0415 -- app ready

        register_facts()
        facts_audits.register_facts()
        register_tie(improvements_of)
        register_tie(complaints_of)
        register_tie(audits_of)
        register_tie(preparation_of)
        name_fields("audit", {"areas": "Umfang"})
