from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "lotse.casework"
    label = "casework"
    verbose_name = "Fallarbeit"
    default_auto_field = "django.db.models.BigAutoField"
