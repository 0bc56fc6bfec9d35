from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "lotse.organisations"
    label = "organisations"
    verbose_name = "Organisationen"
    default_auto_field = "django.db.models.BigAutoField"
