from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "lotse.correspondence"
    label = "correspondence"
    verbose_name = "Schriftverkehr"
    default_auto_field = "django.db.models.BigAutoField"
