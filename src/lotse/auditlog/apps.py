from django.apps import AppConfig


class AuditlogConfig(AppConfig):
    name = "lotse.auditlog"
    label = "auditlog"
    verbose_name = "Protokoll"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.auditlog import expiry  # noqa: F401, PLC0415 -- registers its verb
