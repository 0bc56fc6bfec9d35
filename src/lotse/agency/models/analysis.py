"""The analysis: what is known of a place, and which needs follow from it (model.md §8.3)."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from lotse.agency.enums import Orientation, Renewal
from lotse.agency.models.papers import AgencyDocument
from lotse.agency.models.scope import AgencyQuerySet, OfDocumentQuerySet
from lotse.agency.models.statistics import DatasetRow
from lotse.core.models import BaseModel
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Organisation


class SpaceQuerySet(AgencyQuerySet):
    def offered_on(self, day: date) -> Self:
        """Not ended by then; whatever speaks of one that has ended goes on to show it."""
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gt=day))


class SocialSpace(BaseModel):
    """A quarter, a town or a whole district that an agency works in."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    name = models.CharField("Name", max_length=120)
    municipality_code = models.CharField("Gemeindeschlüssel", max_length=8, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    ended_on = models.DateField("nicht mehr seit", null=True, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = "Sozialraum"
        verbose_name_plural = "Sozialräume"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="social_space_once",
                violation_error_message="Diesen Sozialraum gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None and self.ended_on <= timezone.localdate()


class Analysis(BaseModel):
    """What an analysis says beside its data and needs. `fields`: codes of `ActionField`; one of them is `special_field` (IA-04).

    The three mandatory sections (IA-05): `integration_concept`, `municipal_centre`, `other_agencies`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.OneToOneField(AgencyDocument, models.CASCADE, related_name="analysis", verbose_name="Dokument")
    orientation = models.CharField("Ausrichtung", max_length=12, choices=Orientation, blank=True)
    renewal = models.CharField("Fortschreibung", max_length=6, choices=Renewal, default=Renewal.NEW)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="schreibt fort"
    )
    spaces = models.ManyToManyField(SocialSpace, related_name="+", verbose_name="Sozialräume", blank=True)
    fields = models.JSONField("Handlungsfelder", default=list, blank=True)
    special_field = models.CharField("Schwerpunkt", max_length=3, choices=ActionField, blank=True)
    overall_goal = models.TextField("Gesamtziel", blank=True)
    integration_concept = models.TextField("Bezug zum kommunalen Integrationskonzept", blank=True)
    municipal_centre = models.TextField("Zusammenarbeit mit dem Kommunalen Integrationszentrum", blank=True)
    other_agencies = models.TextField("Abstimmung mit anderen Integrationsagenturen", blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Analyse"
        verbose_name_plural = "Analysen"
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.document)


class FieldNote(BaseModel):
    """What there is in one field of action and what it should come to (model.md §8.3 c); the plan says it in detail."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="field_notes", verbose_name="Analyse")
    field = models.CharField("Handlungsfeld", max_length=3, choices=ActionField)
    offers = models.TextField("Angebote", blank=True)
    goal = models.TextField("Ziel", blank=True)
    measures = models.TextField("Geeignete Maßnahmen", blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Handlungsfeld der Analyse"
        verbose_name_plural = "Handlungsfelder der Analyse"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "field"],
                name="field_note_once",
                violation_error_message="Dieses Handlungsfeld ist schon beschrieben.",
            )
        ]

    def __str__(self) -> str:
        return self.get_field_display()


class Need(BaseModel):
    """What has to be done, as the data says. `to_check`: taken over from the analysis before and not looked at yet."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="needs", verbose_name="Analyse")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    text = models.TextField("Bedarf")
    field = models.CharField("Handlungsfeld", max_length=3, choices=ActionField, blank=True)
    to_check = models.BooleanField("zu prüfen", default=False)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Bedarf"
        verbose_name_plural = "Bedarfe"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class DataItem(BaseModel):
    """One figure or finding with where it comes from. `value` is text, because a source says "rund 40 %" too.

    `row`: the line of a table it was taken from. `to_check`: as with needs.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    document = models.ForeignKey(AgencyDocument, models.CASCADE, related_name="data_items", verbose_name="Analyse")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    topic = models.CharField("Thema", max_length=80)
    label = models.CharField("Was", max_length=200)
    value = models.CharField("Wert", max_length=60)
    unit = models.CharField("Einheit", max_length=40, blank=True)
    area = models.CharField("Gebiet", max_length=120, blank=True)
    as_of = models.DateField("Stand")
    source = models.CharField("Quelle", max_length=200)
    row = models.ForeignKey(
        DatasetRow, models.SET_NULL, null=True, blank=True, related_name="data_items", verbose_name="Zeile der Tabelle"
    )
    needs = models.ManyToManyField(Need, related_name="data_items", verbose_name="Bedarfe", blank=True)
    to_check = models.BooleanField("zu prüfen", default=False)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "Datum der Analyse"
        verbose_name_plural = "Daten der Analyse"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="data_item_has_source",
                violation_error_message="Bitte die Quelle angeben.",
            ),
            models.UniqueConstraint(
                fields=["document", "row"],
                name="data_item_of_row_once",
                violation_error_message="Diese Zeile ist schon übernommen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value} {self.unit}".strip()
