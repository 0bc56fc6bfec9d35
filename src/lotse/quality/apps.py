from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.core.away import register_away  # noqa: PLC0415 -- app ready
        from lotse.quality import facts_duty  # noqa: PLC0415 -- app ready
        from lotse.quality.queries.duty import away  # noqa: PLC0415 -- app ready

        register_away(away)
        facts_duty.register_facts()
