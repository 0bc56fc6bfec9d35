from django.apps import AppConfig


class WayUpConfig(AppConfig):
    name = "lotse.wayup"
    label = "wayup"
    verbose_name = "Meldung nach oben"
    default_auto_field = "django.db.models.BigAutoField"
