from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "lotse.facts"
    label = "facts"
    verbose_name = "Kennzahlen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.facts.targets import open_targets  # noqa: PLC0415 -- app ready
        from lotse.organisations.ties import register_tie  # noqa: PLC0415 -- app ready

        register_tie(open_targets)
