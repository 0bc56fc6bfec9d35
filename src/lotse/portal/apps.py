from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lotse.portal"
    label = "portal"
    verbose_name = "Heute"
    default_auto_field = "django.db.models.BigAutoField"
