"""What an organisation changes on the lists, and which translations it has checked."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


class OwnQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation_id=actor.organisation_id)


class CatalogueOverride(BaseModel):
    """One entry as the organisation wants it; a key that the list does not know is an entry of its own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    catalogue = models.CharField("Liste", max_length=40)
    key = models.CharField("Schlüssel", max_length=60)
    label = models.CharField("Bezeichnung", max_length=200, blank=True)
    group = models.CharField("Gruppe", max_length=60, blank=True)
    hidden = models.BooleanField("nicht anbieten", default=False)
    order = models.PositiveSmallIntegerField("Platz", null=True, blank=True)
    text = models.TextField("Text", blank=True)
    valid_from = models.DateField("gilt ab", null=True, blank=True)
    valid_to = models.DateField("gilt bis", null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "eigener Listeneintrag"
        verbose_name_plural = "eigene Listeneinträge"
        ordering = ["catalogue", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "catalogue", "key"],
                name="catalogue_override_once",
                violation_error_message="Dieser Eintrag ist schon angepasst.",
            ),
            models.CheckConstraint(
                condition=~Q(
                    label="", text="", hidden=False, order__isnull=True, valid_from__isnull=True, valid_to__isnull=True
                ),
                name="catalogue_override_changes_something",
                violation_error_message="Bitte eine Bezeichnung oder einen Platz angeben oder den Eintrag ausblenden.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="catalogue_override_ends_after_begin",
                violation_error_message="„Gilt bis“ liegt vor „gilt ab“.",
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=True) | Q(order__gte=1),
                name="catalogue_override_order_from_one",
                violation_error_message="Der erste Platz ist 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.label or self.key}"


class TextRelease(BaseModel):
    """Somebody who knows the language has checked this text in exactly this version; it is no draft any more."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    text_key = models.CharField("Text", max_length=60)
    language = models.CharField("Sprache", max_length=20)
    version = models.CharField("Fassung", max_length=40)
    reviewed_on = models.DateField("geprüft am")
    reviewed_by_name = models.CharField("geprüft von", max_length=120)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "freigegebene Übersetzung"
        verbose_name_plural = "freigegebene Übersetzungen"
        ordering = ["-reviewed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "text_key", "language", "version"],
                name="text_release_once",
                violation_error_message="Diese Fassung ist schon freigegeben.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.text_key} ({self.language}) {self.version}"
