from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "lotse.funding"
    label = "funding"
    verbose_name = "Fördermittel"
    default_auto_field = "django.db.models.BigAutoField"
