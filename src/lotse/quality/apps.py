from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_papers  # noqa: PLC0415 -- app ready
        from lotse.quality.improvement_facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.quality.queries import paper_ties  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.improvement_ties import complaints_of, improvements_of  # noqa: PLC0415 -- app ready

        register_facts()
        register_tie(improvements_of)
        register_tie(complaints_of)
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_audits  # noqa: PLC0415 -- app ready

        facts_audits.register_facts()
        name_fields("audit", {"areas": "Umfang"})
        facts_papers.register_facts()
        register_tie(paper_ties.documents_of)
        register_tie(paper_ties.devices_of)
        from lotse.core.away import register_away  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_duty  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.duty import away  # noqa: PLC0415 -- app ready
        register_away(away)
        facts_duty.register_facts()
        from lotse.quality.facts import register_facts  # noqa: PLC0415 -- app ready
