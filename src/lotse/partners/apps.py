from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "lotse.partners"
    label = "partners"
    verbose_name = "Kooperationspartner"
    default_auto_field = "django.db.models.BigAutoField"
