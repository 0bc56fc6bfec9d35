"""What a carrier owes its specialists, point by point and year by year (model.md §2.2)."""

from django.db import models

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.enums import DutyState
from lotse.funding.models.scope import OwnQuerySet
from lotse.organisations.models import Organisation, Person


class DutyCheck(BaseModel):
    """`key` is a point of the packaged list in its `version`; a point that nobody has looked at has no row."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    year = models.PositiveSmallIntegerField("Jahr")
    key = models.CharField("Punkt", max_length=40)
    version = models.CharField("Fassung der Liste", max_length=20)
    state = models.CharField("Stand", max_length=8, choices=DutyState)
    note = models.CharField("Bemerkung", max_length=500, blank=True)
    link = models.URLField("Link zum Nachweis", max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Nachweis als Datei"
    )
    checked_on = models.DateField("eingetragen am")
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingetragen von")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflicht des Trägers"
        verbose_name_plural = "Pflichten des Trägers"
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "key"],
                name="duty_check_once",
                violation_error_message="Dieser Punkt ist für dieses Jahr schon eingetragen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_state_display()}"
