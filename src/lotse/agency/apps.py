from django.apps import AppConfig


class AgencyConfig(AppConfig):
    name = "lotse.agency"
    label = "agency"
    verbose_name = "Integrationsagentur"
    default_auto_field = "django.db.models.BigAutoField"
