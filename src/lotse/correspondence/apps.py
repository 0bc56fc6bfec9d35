from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "lotse.correspondence"
    label = "correspondence"
    verbose_name = "Schriftverkehr"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.correspondence.outbox import queue_notice  # noqa: PLC0415 -- app ready
        from lotse.organisations.notices import route_through  # noqa: PLC0415 -- app ready

        route_through(queue_notice)
