"""What receiver and carrier agreed on before the application (model.md §9.1, 1): the newest holds."""

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class VolumeAgreement(BaseModel):
    """How many full-time equivalents, and how much of the grant a year, a carrier is to apply for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="agreements", verbose_name="Zuwendung")
    agreed_on = models.DateField("vereinbart am")
    fte = models.DecimalField("Stellenumfang (VZÄ)", max_digits=5, decimal_places=2)
    yearly_amount = models.DecimalField("Zuwendung im Jahr in Euro", max_digits=12, decimal_places=2)
    note = models.CharField("Bemerkung", max_length=300, blank=True)

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Vereinbarung über den Umfang"
        verbose_name_plural = "Vereinbarungen über den Umfang"
        ordering = ["agreed_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fte__gte=0, yearly_amount__gte=0),
                name="volume_agreement_not_negative",
                violation_error_message="Stellenumfang und Betrag sind nicht negativ.",
            )
        ]

    def __str__(self) -> str:
        return f"Vereinbarung {self.organisation} vom {self.agreed_on:%d.%m.%Y}"
