from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lotse.documents"
    label = "documents"
    verbose_name = "Dokumente"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.core.keys import SealedStore, register_store  # noqa: PLC0415 -- app ready
        from lotse.documents.actions import KIND  # noqa: PLC0415 -- app ready
        from lotse.documents.deletions import register_kind  # noqa: PLC0415 -- app ready
        from lotse.documents.rotation import check_files, reseal_files  # noqa: PLC0415 -- app ready

        register_kind(KIND)
        register_store(SealedStore(reseal_files, check_files))
