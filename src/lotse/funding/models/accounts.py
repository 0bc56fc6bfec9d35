"""Where money goes: the bank details of the receiver of a grant and of the carriers. A new row for each change."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from lotse.core.models import BaseModel
from lotse.organisations.models import Organisation, Person
from lotse.organisations.models.scope import in_branches


class BankAccountQuerySet(models.QuerySet):
    def visible_to(self, actor: Any) -> Self:
        return self.filter(in_branches(actor.funded_paths, "organisation"))


class BankAccount(BaseModel):
    """The newest confirmed one of an organisation is used. Confirmed by a second person: money is stolen with changed accounts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="Organisation")
    holder = models.CharField("Kontoinhaber*in", max_length=70)
    iban = models.CharField("IBAN", max_length=34)
    bic = models.CharField("BIC", max_length=11, blank=True)
    valid_from = models.DateField("gilt ab")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="eingetragen von")
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bestätigt von"
    )
    confirmed_on = models.DateField("bestätigt am", null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "Bankverbindung"
        verbose_name_plural = "Bankverbindungen"
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="bank_account_confirmed_by_second",
                violation_error_message="Bestätigen muss eine zweite Person.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_on=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="bank_account_confirmed_on_a_day",
                violation_error_message="Bitte sagen, wann die Bankverbindung bestätigt wurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bankverbindung {self.organisation}"

    @property
    def spaced(self) -> str:
        """The IBAN in groups of four, as it stands on paper."""
        return " ".join(self.iban[start : start + 4] for start in range(0, len(self.iban), 4))
