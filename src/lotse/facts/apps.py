from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "lotse.facts"
    label = "facts"
    verbose_name = "Kennzahlen"
    default_auto_field = "django.db.models.BigAutoField"
