"""Forms of a cooperation agreement: the words, the check, the signature, the review, the end."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.documents.enums import DeletionReason
from lotse.documents.uploads import UploadField
from lotse.organisations.forms.shared import PICK
from lotse.partners.enums import CooperationEnd, CooperationKind

Choices = Sequence[tuple[str, str]]
PER_LINE = "Eine Zeile je Punkt."
OF_COURSES = ("presence", "events", "offer", "at_risk")


class CooperationForm(LotseForm):
    seldom: ClassVar = ("further",)
    in_order = ("valid_from", "valid_to", "„Gilt bis“ liegt vor „gilt ab“.")

    subject = forms.CharField(label="Worum geht es?", max_length=200)
    responsible = forms.ChoiceField(label="Ansprechperson bei uns")
    partner_contact = forms.CharField(label="Ansprechperson dort", max_length=120, required=False)
    presence = LongTextField(label="Unsere Anwesenheits- und Beratungszeiten", rows=2, required=False)
    events = LongTextField(label="Gemeinsame Infoveranstaltungen", rows=2, required=False)
    offer = LongTextField(label="Beratung im Kurs", rows=2, required=False)
    at_risk = LongTextField(label="Wenn Teilnehmende Unterstützung brauchen", rows=5, required=False)
    our_part = LongTextField(label="Das machen wir", help_text=PER_LINE, rows=4)
    their_part = LongTextField(label="Das macht der Partner", help_text=PER_LINE, rows=4)
    valid_from = DayField(label="Gilt ab")
    valid_to = DayField(label="Gilt bis", required=False)
    review_on = DayField(label="Wieder besprechen am", required=False)
    further = forms.MultipleChoiceField(
        label="Weitere Partner in dieser Vereinbarung", required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, people: Choices, partners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [("", PICK), *people]
        self.fields["further"].choices = partners
        if not partners:
            del self.fields["further"]
        if kind != CooperationKind.COURSE:
            for name in OF_COURSES:
                del self.fields[name]

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """Rows of the page; who talks to whom and the days stand beside each other."""
        beside = (("responsible", "partner_contact"), ("valid_from", "valid_to"))
        first = {row[0]: row for row in beside}
        later = {name for row in beside for name in row[1:]}
        shown = [bound.name for bound in self.visible_fields() if bound.name not in {*later, *self.seldom}]
        return [[self[name] for name in first.get(start, (start,))] for start in shown]


class CheckForm(LotseForm):
    checked_by = forms.CharField(
        label="Geprüft von", max_length=120, help_text="Zum Beispiel Rechtsberatung des Verbands."
    )
    on = DayField(label="Geprüft am", past=True)


class SignForm(LotseForm):
    on = DayField(label="Für uns unterschrieben am", past=True)
    partner_signer = forms.CharField(label="Für den Partner unterschrieben von", max_length=120)
    partner_signed_on = DayField(label="Dort unterschrieben am", past=True)

    def __init__(self, *args: Any, others: Choices = (), **kwargs: Any) -> None:
        """`others`: further partners, of whom each signs too."""
        super().__init__(*args, **kwargs)
        self.others = [key for key, _name in others]
        for key, name in others:
            signer = forms.CharField(label=f"Für {name} unterschrieben von", max_length=120)
            day = DayField(label="Dort unterschrieben am", past=True, initial=timezone.localdate())
            self.fields |= {f"signer-{key}": signer, f"day-{key}": day}
            self.dress(signer)
            self.dress(day)

    def signatures(self) -> dict[str, Any]:
        """As the action wants them."""
        typed = self.cleaned_data
        others: dict[str, tuple[str, date | None]] = {
            key: (typed[f"signer-{key}"], typed[f"day-{key}"]) for key in self.others
        }
        return {name: typed[name] for name in ("on", "partner_signer", "partner_signed_on")} | {"others": others}


class CooperationReviewForm(LotseForm):
    on = DayField(label="Besprochen am", past=True)
    review_on = DayField(label="Wieder besprechen am", required=False)

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day and day <= timezone.localdate():
            raise ValidationError("Bitte einen Tag nach heute angeben.")
        return day


class CooperationEndForm(LotseForm):
    _REASONS = (CooperationEnd.DONE, CooperationEnd.PARTNER, CooperationEnd.HOUSE)
    on = DayField(label="Beendet am", past=True)
    reason = forms.ChoiceField(label="Grund", choices=[(r.value, r.label) for r in _REASONS], widget=forms.RadioSelect)
    note = LongTextField(label="Anmerkung", rows=2, required=False)


class SignedSheetForm(LotseForm):
    file = UploadField(label="Scan oder Foto der unterschriebenen Vereinbarung")


class DeleteSheetForm(LotseForm):
    reason = forms.ChoiceField(
        label="Grund",
        choices=[(DeletionReason.MISTAKE.value, DeletionReason.MISTAKE.label)],
        initial=DeletionReason.MISTAKE.value,
        widget=forms.RadioSelect,
    )
