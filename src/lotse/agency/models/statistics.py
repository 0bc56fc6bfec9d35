"""Tables of official statistics that an agency has brought along, and the outlines of its areas."""

from django.db import models

from lotse.agency.models.scope import AgencyQuerySet
from lotse.agency.statistics.cells import written
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation


class Dataset(BaseModel):
    """A table with where it is from. `left_out`: values that the statistics itself does not tell."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    title = models.CharField("Titel", max_length=160)
    source = models.CharField("Quelle", max_length=200)
    retrieved_on = models.DateField("abgerufen am")
    area = models.CharField("Gebiet", max_length=120, blank=True)
    left_out = models.PositiveIntegerField("Werte ohne Angabe", default=0)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Tabelle der Statistik"
        verbose_name_plural = "Tabellen der Statistik"
        ordering = ["-retrieved_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="dataset_has_source",
                violation_error_message="Bitte die Quelle angeben.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class OfDatasetQuerySet(AgencyQuerySet):
    agency_path = "dataset__agency"


class DatasetRow(BaseModel):
    """One value of it: what, where, when."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="rows", verbose_name="Tabelle")
    position = models.PositiveIntegerField("Reihenfolge")
    label = models.CharField("Was", max_length=200)
    area = models.CharField("Gebiet", max_length=120, blank=True)
    as_of = models.DateField("Stand")
    value = models.DecimalField("Wert", max_digits=18, decimal_places=4)
    unit = models.CharField("Einheit", max_length=40, blank=True)

    objects = OfDatasetQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeile einer Tabelle der Statistik"
        verbose_name_plural = "Zeilen der Tabellen der Statistik"
        ordering = ["dataset", "position"]
        constraints = [models.UniqueConstraint(fields=["dataset", "position"], name="dataset_row_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def written(self) -> str:
        return written(self.value)


class AgencyMap(BaseModel):
    """The areas an agency speaks of as outlines, as `documents.geojson.read` returns them. One at a time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Integrationsagentur")
    areas = models.JSONField("Flächen")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "Karte der Integrationsagentur"
        verbose_name_plural = "Karten der Integrationsagenturen"
        ordering = ["agency_id"]
        constraints = [models.UniqueConstraint(fields=["agency"], name="agency_map_once")]

    def __str__(self) -> str:
        return f"Karte: {self.agency}"
