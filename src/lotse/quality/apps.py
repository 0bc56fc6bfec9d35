from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready
        from lotse.quality.facts import register_facts  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.evidence_documents import open_documents  # noqa: PLC0415 -- app ready

        register_facts()
        register_tie(open_documents)
