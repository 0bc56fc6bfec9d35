"""Money on its way between the receiver of a grant and a carrier."""

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.funding.enums import PaymentKind
from lotse.funding.models.contracts import ForwardingContract, OfContractQuerySet
from lotse.funding.models.scope import OfGrantQuerySet
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class PaymentRound(BaseModel):
    """What was forwarded to several carriers at once; numbered within its grant."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Zuwendungsempfänger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="rounds", verbose_name="Zuwendung")
    number = models.PositiveIntegerField("Nummer")
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    paid_on = models.DateField("gezahlt am")

    objects = OfGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "Zahlungsrunde"
        verbose_name_plural = "Zahlungsrunden"
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "number"],
                name="payment_round_number_once",
                violation_error_message="Diese Zahlungsrunde gibt es schon.",
            )
        ]

    def __str__(self) -> str:
        return f"Zahlungsrunde {self.number}"


class Payment(BaseModel):
    """Never deleted and never changed: what was wrong goes back with a payment of its own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    contract = models.ForeignKey(ForwardingContract, models.PROTECT, related_name="payments", verbose_name="Vertrag")
    round = models.ForeignKey(
        PaymentRound, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name="Zahlungsrunde"
    )
    kind = models.CharField("Art", max_length=10, choices=PaymentKind, default=PaymentKind.FORWARDING)
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    paid_on = models.DateField("gezahlt am")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    reason = models.CharField("Grund", max_length=200, blank=True)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = "Zahlung"
        verbose_name_plural = "Zahlungen"
        ordering = ["paid_on", "id"]
        indexes = [models.Index(fields=["contract", "funding_year", "paid_on", "id"], name="payment_of_contract")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.paid_on:%d.%m.%Y}"
