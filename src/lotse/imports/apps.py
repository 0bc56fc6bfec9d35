from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "lotse.imports"
    label = "imports"
    verbose_name = "Übernahme aus Tabellen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.documents.deletions import register_kind  # noqa: PLC0415 -- app ready
        from lotse.imports.actions import UNDONE  # noqa: PLC0415 -- app ready

        register_kind(UNDONE)
