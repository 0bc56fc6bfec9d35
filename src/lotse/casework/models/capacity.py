from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import StaffQuerySet


class CaseloadGuide(BaseModel):
    """How many open cases a full-time post carries, as the carrier has decided it, from a day on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    cases_per_fte = models.PositiveSmallIntegerField("Fälle je Vollzeitstelle")
    valid_from = models.DateField("gilt ab")

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = "Richtwert der Fallzahl"
        verbose_name_plural = "Richtwerte der Fallzahl"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="caseload_guide_once"),
            models.CheckConstraint(
                condition=Q(cases_per_fte__gte=1, cases_per_fte__lte=999),
                name="caseload_guide_between_1_and_999",
                violation_error_message="Bitte 1 bis 999 Fälle angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cases_per_fte} ab {self.valid_from:%d.%m.%Y}"
