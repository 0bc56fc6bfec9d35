from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from lotse.core.fields import DayField, EuroField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.documents.uploads import UploadField
from lotse.funding.enums import SubsidyKind, SubsidyState
from lotse.funding.models import LedgerEntry, Subsidy
from lotse.organisations.models import Organisation, PostShare

DECISIONS = [(state.value, state.label) for state in (SubsidyState.GRANTED, SubsidyState.PARTLY, SubsidyState.REFUSED)]
ABOVE_UNCOVERED = "Beantragt wird höchstens, was nicht gedeckt ist."
ABOVE_COSTS = "Nicht gedeckt sein kann höchstens, was es kostet."


class YearField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=2000, max_value=2100, **kwargs)
        self.widget.attrs["class"] = "short"


class SubsidyForm(VersionedForm):
    kind = forms.ChoiceField(label="Bei wem", choices=SubsidyKind.choices, widget=forms.RadioSelect)
    addressee = forms.CharField(label="An wen geht das Schreiben?", max_length=200)
    address = LongTextField(label="Anschrift", rows=2, max_length=300, required=False)
    subject = forms.CharField(label="Wofür", max_length=200)
    eligible_costs = EuroField(label="Zuwendungsfähige Kosten im Jahr (€)")
    uncovered = EuroField(label="Davon nicht gedeckt (€)")
    requested = EuroField(label="Beantragt im Jahr (€)")
    first_year = YearField(label="Erstes Jahr")
    last_year = YearField(label="Letztes Jahr")
    funder = forms.CharField(label="Wer fördert die Arbeit sonst?", max_length=200, required=False)
    funded_until = DayField(label="Diese Förderung voraussichtlich bis", required=False)
    text = LongTextField(label="Begründung", rows=8, max_length=6000, required=False)
    dated_on = DayField(label="Datum des Schreibens")
    own_reference = forms.CharField(label="Unser Zeichen", max_length=80, required=False)
    their_reference = forms.CharField(label="Ihr Zeichen", max_length=80, required=False)
    copies_to = LongTextField(
        label="Durchschrift an", rows=3, max_length=1000, required=False, help_text="Eine Zeile für jede Stelle."
    )
    in_order = ("first_year", "last_year", "Das letzte Jahr liegt vor dem ersten.")
    pairs = (
        ("kind",), ("addressee", "subject"), ("address",), ("eligible_costs", "uncovered", "requested"),
        ("first_year", "last_year"), ("funder", "funded_until"), ("text",),
        ("dated_on", "own_reference", "their_reference"), ("copies_to",),
    )  # fmt: skip

    def __init__(self, *args: Any, suggested: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = suggested
        self.fields["addressee"].widget.attrs |= {"list": "suggested", "autocomplete": "off"}

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in pair] for pair in self.pairs]

    def clean(self) -> dict[str, Any]:
        """What the row refuses too, beside the field where it is typed."""
        cleaned = super().clean()
        costs, open_sum, asked = (cleaned.get(name) for name in ("eligible_costs", "uncovered", "requested"))
        if None not in (open_sum, asked) and asked > open_sum:
            self.add_error("requested", ABOVE_UNCOVERED)
        if None not in (costs, open_sum) and open_sum > costs:
            self.add_error("uncovered", ABOVE_COSTS)
        return cleaned

    @classmethod
    def first(cls, subsidy: Subsidy) -> dict[str, Any]:
        return {name: getattr(subsidy, name) for name in cls.base_fields}

    @staticmethod
    def begin(today: date) -> dict[str, Any]:
        return {
            "kind": SubsidyKind.MUNICIPALITY, "dated_on": today, "first_year": today.year + 1, "last_year": today.year + 1,
        }  # fmt: skip


class NewSubsidyForm(SubsidyForm):
    carrier = RowField(label="Träger")
    field_order = ("carrier",)

    def __init__(self, *args: Any, carriers: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].offer(carriers)
        del self.fields["revision"]

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        return [[self["carrier"]], *super().groups]


class PlannedPostForm(LotseForm):
    share = RowField(label="Wer")

    def __init__(self, *args: Any, shares: Mapping[str, PostShare], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].offer(shares)
        self.fields["share"].choices = [
            ("", "– bitte wählen –"),
            *(
                (key, f"{share.person}, {share.post} ({share.fte} VZÄ)".replace(".", ","))
                for key, share in shares.items()
            ),
        ]


class OtherPostForm(LotseForm):
    name = forms.CharField(label="Person oder Stelle", max_length=170)
    fte = forms.DecimalField(
        label="Stellenumfang (VZÄ)", min_value=0, max_value=10, max_digits=5, decimal_places=2, localize=True
    )
    since = DayField(label="Seit", required=False)
    qualification = forms.CharField(label="Qualifikation", max_length=160, required=False)
    languages = forms.CharField(label="Sprachen", max_length=200, required=False)


class AttachmentForm(LotseForm):
    title = forms.CharField(label="Titel", max_length=120, help_text="Zum Beispiel: Konzept, Flyer.")
    file = UploadField(label="Datei")


class OnDayForm(LotseForm):
    on = DayField(label="Am", past=True)


class DecisionForm(LotseForm):
    state = forms.ChoiceField(label="Entscheidung", choices=DECISIONS, widget=forms.RadioSelect)
    on = DayField(label="Entschieden am", past=True)
    awarded = EuroField(label="Bewilligt im Jahr (€)")
    proof_due_on = DayField(label="Verwendungsnachweis bis", required=False)
    file = UploadField(label="Bescheid", required=False)
    shown_when = dict.fromkeys(("awarded", "proof_due_on"), ("state", (SubsidyState.GRANTED, SubsidyState.PARTLY)))


class UseForm(LotseForm):
    entry = RowField(label="Buchung")

    def __init__(self, *args: Any, entries: Mapping[str, LedgerEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].offer(entries)
        self.fields["entry"].choices = [
            ("", "– bitte wählen –"),
            *((key, f"{one}: {one.reason}, {one.payee}") for key, one in entries.items()),
        ]
