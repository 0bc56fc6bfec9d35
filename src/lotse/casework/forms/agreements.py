"""Forms of an agreement: the words, the day, the review, the end."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.casework.enums import AgreementEnd, AgreementKind
from lotse.catalogues.texts import client_languages
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm

PER_LINE = "Eine Zeile je Punkt."


class AgreementForm(VersionedForm):
    goal = LongTextField(label="Worum geht es?", rows=2)
    partners = forms.MultipleChoiceField(label="Mit wem?", widget=forms.CheckboxSelectMultiple, required=False)
    house_part = LongTextField(label="Das macht die Beratungsstelle", help_text=PER_LINE, rows=3)
    client_part = LongTextField(label="Das macht die Person", help_text=PER_LINE, rows=3)
    others_part = LongTextField(label="Das machen die anderen", help_text=PER_LINE, rows=3, required=False)
    rights = LongTextField(label="Rechte beider Seiten", help_text=PER_LINE, rows=3)
    appointments = LongTextField(label="Termine und Erreichbarkeit", rows=2, required=False)

    def __init__(self, *args: Any, kind: str, partners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"].choices = partners
        self.fields["partners"].says_optional = True
        if kind == AgreementKind.INTEGRATION:
            del self.fields["partners"], self.fields["others_part"]


def _after_today(day: Any) -> Any:
    if day and day <= timezone.localdate():
        raise ValidationError("Bitte einen Tag nach heute angeben.")
    return day


class AgreeForm(VersionedForm):
    on = DayField(label="Vereinbart am", past=True)
    language = forms.ChoiceField(label="Blatt vorgelegt auf", choices=client_languages)
    review_on = DayField(label="Wieder besprechen am", required=False)

    def clean_review_on(self) -> Any:
        return _after_today(self.cleaned_data["review_on"])


class AgreementReviewForm(LotseForm):
    on = DayField(label="Besprochen am", past=True)
    note = LongTextField(label="Was gilt weiter, was ändert sich?", rows=3)
    review_on = DayField(label="Wieder besprechen am", required=False)

    def clean_review_on(self) -> Any:
        return _after_today(self.cleaned_data["review_on"])


class AgreementEndForm(LotseForm):
    _REASONS = (AgreementEnd.FULFILLED, AgreementEnd.CLIENT_WISH, AgreementEnd.HOUSE)
    on = DayField(label="Beendet am", past=True)
    reason = forms.ChoiceField(label="Grund", choices=[(r.value, r.label) for r in _REASONS], widget=forms.RadioSelect)
    note = LongTextField(label="Anmerkung", rows=2, required=False)
