"""Intercultural opening (model.md §7.10): what a site has done for it, and what colleagues know and offer to share."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from lotse.core.crypto import SealedTextField
from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person, Site
from lotse.organisations.models.scope import StaffQuerySet
from lotse.partners.models.partner import OfHouseQuerySet


class OpeningEntry(BaseModel):
    """What a site did about one line of the guided list, on a day."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name="Beratungsstelle")
    item = models.CharField("wofür", max_length=40)
    on = models.DateField("am")
    note = SealedTextField("Notiz")

    objects = OfHouseQuerySet.as_manager()

    class Meta:
        verbose_name = "Schritt der Öffnung"
        verbose_name_plural = "Schritte der Öffnung"
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["site", "item"], name="opening_entry_of_site")]

    def __str__(self) -> str:
        return f"{self.item} am {self.on:%d.%m.%Y}"


class ExpertiseQuerySet(StaffQuerySet):
    def offered_on(self, day: date) -> Self:
        """By who still works here, and not past the day she named."""
        at_work = Q(person__left_on=None) | Q(person__left_on__gte=day)
        return self.filter(at_work, Q(valid_to=None) | Q(valid_to__gte=day))


class Expertise(BaseModel):
    """What a colleague knows of one of the 14 fields: written by herself, gone as soon as she takes it back (PA-03)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    person = models.ForeignKey(Person, models.CASCADE, related_name="expertise", verbose_name="Person")
    field = models.CharField("Gebiet", max_length=30)
    text = SealedTextField("was ich weitergeben kann")
    languages = models.JSONField("in diesen Sprachen", default=list, blank=True)
    valid_to = models.DateField("bis", null=True, blank=True)

    objects = ExpertiseQuerySet.as_manager()

    class Meta:
        verbose_name = "Fachwissen"
        verbose_name_plural = "Fachwissen"
        ordering = ["field", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "field"], name="expertise_once")]

    def __str__(self) -> str:
        return self.field
