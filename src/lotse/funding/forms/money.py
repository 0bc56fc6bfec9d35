"""Forms for contracts, calls, payments and accounts."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from lotse.core.fields import DayField, EuroField
from lotse.core.forms import LotseForm
from lotse.documents.uploads import UploadField
from lotse.programmes.models import Grant

AMOUNT = "amount-{}"
MANY = 15


class Asked(NamedTuple):
    """A line of a form that asks for an amount."""

    key: str
    label: str
    proposed: Decimal | None = None
    note: str = ""

    def is_called(self, text: str) -> bool:
        return text.casefold() in self.label.casefold()


class AmountsForm(LotseForm):
    """One amount for each line; what is left empty is not said."""

    def __init__(self, *args: Any, lines: Iterable[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            field = EuroField(label=line.label, required=False, initial=line.proposed or None)
            field.says_optional = True  # type: ignore[attr-defined]
            self.fields[AMOUNT.format(line.key)] = field
            self.dress(field)

    def amount_fields(self) -> list[forms.BoundField]:
        """In the order of the lines."""
        return [self[AMOUNT.format(line.key)] for line in self.lines]

    @property
    def usual_rows(self) -> list[tuple[Asked, forms.BoundField]]:
        """Of many what has a proposal, was typed or is wrong; of few, or where nothing is, all."""
        rows = self._rows()
        if len(rows) <= MANY:
            return rows
        return [row for row in rows if self._says_something(*row)] or rows

    @property
    def other_rows(self) -> list[tuple[Asked, forms.BoundField]]:
        usual = self.usual_rows
        return [row for row in self._rows() if row not in usual]

    @property
    def proposed_sum(self) -> Decimal:
        return sum((line.proposed for line in self.lines if line.proposed), Decimal(0))

    def _rows(self) -> list[tuple[Asked, forms.BoundField]]:
        return list(zip(self.lines, self.amount_fields(), strict=True))

    def _says_something(self, line: Asked, bound: forms.BoundField) -> bool:
        return bool(line.proposed or bound.errors or (self.is_bound and bound.data))

    def amounts(self) -> dict[str, Decimal]:
        given = {line.key: self.cleaned_data.get(AMOUNT.format(line.key)) for line in self.lines}
        return {key: amount for key, amount in given.items() if amount}


class AmendmentForm(AmountsForm):
    reason = forms.CharField(label="Warum wird der Vertrag geändert?", max_length=200)


class SignForm(LotseForm):
    on = DayField(label="Unterschrieben am", past=True)


class SignedPaperForm(LotseForm):
    file = UploadField(label="Unterschriebenes Papier")


class CallForm(AmountsForm):
    called_on = DayField(label="Abgerufen am", past=True)
    spend_from = DayField(label="Zu verwenden von")
    spend_until = DayField(label="Zu verwenden bis")
    in_order = ("spend_from", "spend_until", "Das Ende der Verwendung liegt vor ihrem Anfang.")


class ReceivedForm(LotseForm):
    received_on = DayField(label="Eingegangen am", past=True)


class RepaymentForm(LotseForm):
    funding_year = forms.TypedChoiceField(label="Förderjahr", coerce=int)
    paid_on = DayField(label="Zurückgezahlt am", past=True)
    amount = EuroField(label="Betrag in Euro")
    reason = forms.CharField(label="Grund", max_length=200)

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funding_year"].choices = [(year, str(year)) for year in grant.years]  # type: ignore[attr-defined]


class AccountForm(LotseForm):
    holder = forms.CharField(label="Kontoinhaber*in", max_length=70)
    iban = forms.CharField(label="IBAN", max_length=42)
    bic = forms.CharField(label="BIC", max_length=14, required=False, help_text="Innerhalb Deutschlands nicht nötig.")
    valid_from = DayField(label="Gilt ab")
