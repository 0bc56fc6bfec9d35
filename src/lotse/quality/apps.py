from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lotse.quality"
    label = "quality"
    verbose_name = "Qualität"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.quality.registering import register_all  # noqa: PLC0415 -- app ready

        register_all()
