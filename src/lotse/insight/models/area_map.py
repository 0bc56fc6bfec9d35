from django.db import models

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import StaffQuerySet


class AreaMap(BaseModel):
    """The social spaces of an organisation as areas of a map; `areas` as `geojson.read` returns them. One at a time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    title = models.CharField("Titel", max_length=80)
    areas = models.JSONField("Flächen")

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Karte"
        verbose_name_plural = "Karten"
        ordering = ["organisation_id"]
        constraints = [models.UniqueConstraint(fields=["organisation"], name="area_map_once")]

    def __str__(self) -> str:
        return self.title
