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


class Asked(NamedTuple):
    """A line of a form that asks for an amount."""

    key: str
    label: str
    proposed: Decimal | None = None


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
