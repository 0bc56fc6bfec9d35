from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "lotse.catalogues"
    label = "catalogues"
    verbose_name = "Kataloge"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lotse.catalogues import actions  # noqa: F401, PLC0415 -- the log must know its verbs without a page of its own
        from lotse.catalogues.own_lists import lists_at_desk  # noqa: PLC0415 -- app ready
        from lotse.organisations.languages import offer_languages  # noqa: PLC0415 -- app ready

        offer_languages(lambda: lists_at_desk().get("language").choices)
