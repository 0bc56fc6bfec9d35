from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "lotse.programmes"
    label = "programmes"
    verbose_name = "Programme"
    default_auto_field = "django.db.models.BigAutoField"
