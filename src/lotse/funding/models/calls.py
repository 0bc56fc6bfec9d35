"""What the receiver of a grant calls from the funder, for which time, and for which carriers (model.md §9.1, 5)."""

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.funding.models.scope import OfCarrierQuerySet, OfGrantQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class CallOfFunds(BaseModel):
    """Its amount is the sum of its shares; it is there from `received_on` on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="calls", verbose_name="Zuwendung")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    called_on = models.DateField("abgerufen am")
    spend_from = models.DateField("zu verwenden von")
    spend_until = models.DateField("zu verwenden bis")
    received_on = models.DateField("eingegangen am", null=True, blank=True)

    objects = OfGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Mittelabruf"
        verbose_name_plural = "Mittelabrufe"
        ordering = ["called_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(spend_until__gte=F("spend_from")),
                name="call_spending_days_in_order",
                violation_error_message="Das Ende der Verwendung liegt vor ihrem Anfang.",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("called_on")),
                name="call_received_after_called",
                violation_error_message="Eingehen kann Geld erst nach dem Abruf.",
            ),
        ]

    def __str__(self) -> str:
        return f"Mittelabruf vom {self.called_on:%d.%m.%Y}"


class OfCallQuerySet(OfCarrierQuerySet):
    grant_path = "call__grant"
    carrier_path = "carrier"


class CallShare(BaseModel):
    """What a carrier is to get of a call."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    call = models.ForeignKey(CallOfFunds, models.CASCADE, related_name="shares", verbose_name="Mittelabruf")
    carrier = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)

    objects = OfCallQuerySet.as_manager()

    class Meta:
        verbose_name = "Anteil am Mittelabruf"
        verbose_name_plural = "Anteile am Mittelabruf"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "carrier"],
                name="call_share_once",
                violation_error_message="Dieser Träger steht schon in diesem Mittelabruf.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="call_share_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier}"
