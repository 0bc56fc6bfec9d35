from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog.sentences import name_fields  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_audits  # noqa: PLC0415 -- app ready

        facts_audits.register_facts()
        name_fields("audit", {"areas": "Umfang"})
