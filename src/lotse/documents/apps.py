from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lotse.documents"
    label = "documents"
    verbose_name = "Dokumente"
    default_auto_field = "django.db.models.BigAutoField"
