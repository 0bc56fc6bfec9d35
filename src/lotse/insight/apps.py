from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "lotse.insight"
    label = "insight"
    verbose_name = "Auswertung"
    default_auto_field = "django.db.models.BigAutoField"
