"""Who stands in for whom, and who is called when nobody is there (model.md §3, Mi 3 b)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.periods import Dated, ends_after_it_begins
from lotse.quality.enums import CoverScope
from lotse.quality.models.duty import OfHouseQuerySet


class StandIn(BaseModel, Dated):
    """A line of the deputy plan. It opens no files: that is `organisations.Deputy`, which a second person confirms."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="Person")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="vertreten durch")
    scope = models.CharField("wofür", max_length=6, choices=CoverScope, default=CoverScope.ALL)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeile des Vertretungsplans"
        verbose_name_plural = "Zeilen des Vertretungsplans"
        ordering = ["person__last_name", "person__first_name", "valid_from", "id"]
        constraints = [
            ends_after_it_begins("stand_in_end_after_begin"),
            models.CheckConstraint(
                condition=~Q(deputy=F("person")),
                name="stand_in_is_another",
                violation_error_message="Niemand vertritt sich selbst.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} für {self.person}"


class EmergencyContact(BaseModel):
    """A line of the emergency list, in the order in which one calls."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    position = models.PositiveSmallIntegerField("Reihenfolge")
    name = models.CharField("Wer", max_length=120)
    phone = models.CharField("Telefon", max_length=40)
    matter = models.CharField("Wofür", max_length=120, blank=True)
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Zeile der Notfallliste"
        verbose_name_plural = "Zeilen der Notfallliste"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""),
                name="emergency_contact_can_be_called",
                violation_error_message="Bitte Namen und Telefon angeben.",
            )
        ]

    def __str__(self) -> str:
        return self.name
