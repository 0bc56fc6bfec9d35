from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "lotse.catalogues"
    label = "catalogues"
    verbose_name = "Kataloge"
    default_auto_field = "django.db.models.BigAutoField"
