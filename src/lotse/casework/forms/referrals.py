"""Forms of a referral: the counsellor's, and the partner's behind the link."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lotse.casework.enums import DeclineReason
from lotse.casework.forms.choices import PICK
from lotse.casework.forms.contacts import ConsentDecisionForm
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.partners.queries.choices import Choice

MISSING = "Bitte ausfüllen."


class ReferralForm(VersionedForm):
    partner = forms.ChoiceField(label="An")
    purpose = forms.CharField(
        label="Wofür?", max_length=200, help_text="Ein Satz. Er steht auch in der Einwilligung der Person."
    )
    sections = forms.MultipleChoiceField(label="Was wird weitergegeben?", widget=forms.CheckboxSelectMultiple)
    message = LongTextField(label="Nachricht an den Partner", rows=3, required=False)

    def __init__(self, *args: Any, partners: Choice, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = partners
        self.fields["partner"].choices = [("", PICK), *partners.grouped]
        self.fields["sections"].choices = sections

    def may_proceed(self) -> bool:
        """Who only narrows the list of partners has not asked to save."""
        if "spricht" in self.data:
            self.show_unchecked()
            return False
        return super().may_proceed()


class DisclosureForm(ConsentDecisionForm):
    """Of one referral: recipient, purpose and sections are known."""

    acts = None
    given = forms.ChoiceField(
        label="Entscheidung", choices=[("yes", "erteilt"), ("no", "abgelehnt")], widget=forms.RadioSelect
    )


class RecipientForm(LotseForm):
    recipient = forms.EmailField(
        label="E-Mail des Partners",
        error_messages={"invalid": "Bitte eine E-Mail-Adresse wie name@example.org angeben."},
    )


class FollowUpForm(LotseForm):
    remind_on = DayField(label="Wieder daran erinnern am", required=False)

    def clean_remind_on(self) -> Any:
        day = self.cleaned_data["remind_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("Bitte einen Tag nach heute angeben.")
        return day


class ReplyForm(LotseForm):
    reply = LongTextField(label="Ihre Antwort", rows=3, help_text="Der Partner liest sie auf derselben Seite.")


class CodeForm(LotseForm):
    t = forms.CharField(widget=forms.HiddenInput, max_length=400)
    code = forms.CharField(
        label="Code", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    )

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())


class AnswerForm(LotseForm):
    shown_when: ClassVar = {
        "appointment_at": ("answer", ("accept",)),
        "place": ("answer", ("accept",)),
        "reason": ("answer", ("decline",)),
        "note": ("answer", ("decline",)),
        "question": ("answer", ("ask",)),
    }

    answer = forms.ChoiceField(
        label="Ihre Antwort",
        choices=[("accept", "Wir übernehmen"), ("decline", "Wir können nicht helfen"), ("ask", "Wir haben eine Frage")],
        widget=forms.RadioSelect,
    )
    appointment_at = forms.DateTimeField(
        label="Erster Termin",
        required=False,
        help_text="Leer lassen, wenn Sie sich selbst bei der Person melden.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "short"}),
    )
    place = forms.CharField(label="Ort", max_length=160, required=False)
    reason = forms.ChoiceField(label="Grund", choices=DeclineReason.choices, widget=forms.RadioSelect, required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)
    question = LongTextField(label="Ihre Frage", rows=3, required=False)
    name = forms.CharField(label="Ihr Name", max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reason", "question"):
            self.fields[name].says_optional = True  # needed where they are shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        needed = {"decline": "reason", "ask": "question"}.get(cleaned.get("answer", ""))
        if needed and not cleaned.get(needed) and needed not in self.errors:
            self.add_error(needed, MISSING)
        return cleaned
