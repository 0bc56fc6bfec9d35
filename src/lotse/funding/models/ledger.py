"""What a carrier spent and brought in for a grant: entries that are only added and taken back, never changed."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from lotse.core.models import BaseModel
from lotse.documents.models import StoredFile
from lotse.funding.enums import EntryKind
from lotse.funding.models.scope import OfCarrierQuerySet
from lotse.organisations.models import Organisation, Post
from lotse.programmes.models import BudgetLine, Grant, Voucher


class LedgerEntry(BaseModel):
    """`reverses`: it takes that one back, with the same amount. A voucher is booked once (no cost is funded twice).

    The paper stands in `file`, or with the voucher it was booked from. `double_reason`: said where another entry looks like it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Träger")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="entries", verbose_name="Zuwendung")
    kind = models.CharField("Art", max_length=10, choices=EntryKind)
    funding_year = models.PositiveSmallIntegerField("Förderjahr")
    on = models.DateField("Datum")
    amount = models.DecimalField("Betrag in Euro", max_digits=12, decimal_places=2)
    payee = models.CharField("an oder von wem", max_length=160)
    reason = models.CharField("wofür", max_length=200)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="Ausgabenart"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Stelle")
    number = models.CharField("Belegnummer", max_length=40, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Beleg als Datei"
    )
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="Beleg aus der Arbeit"
    )
    double_reason = models.CharField("warum das keine doppelte Förderung ist", max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="nimmt zurück"
    )

    objects = OfCarrierQuerySet.as_manager()

    class Meta:
        verbose_name = "Buchung"
        verbose_name_plural = "Buchungen"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["grant", "organisation", "funding_year", "on", "id"], name="entry_of_carrier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="entry_amount_positive",
                violation_error_message="Bitte einen Betrag über 0 Euro angeben.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.EXPENSE) | Q(line__isnull=False),
                name="entry_expense_has_line",
                violation_error_message="Bitte sagen, zu welcher Ausgabenart des Finanzierungsplans das gehört.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.on:%d.%m.%Y}"

    @property
    def is_in_force(self) -> bool:
        """Neither taken back nor taking back."""
        return self.reverses_id is None and not hasattr(self, "reversed_by")

    @property
    def signed(self) -> Decimal:
        """What it counts: an entry that takes another back, the other way round."""
        return -self.amount if self.reverses_id else self.amount

    @property
    def paper(self) -> StoredFile | None:
        """As long as it is kept."""
        stored = self.file or (self.voucher.file if self.voucher else None)
        return stored if stored and not stored.deleted_at else None
