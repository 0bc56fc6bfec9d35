"""Forms of the accompaniment around a course."""

from typing import Any, ClassVar

from django import forms

from lotse.casework import rules
from lotse.casework.enums import ChildCare, ConsentForm, CourseFee
from lotse.casework.forms.choices import NOT_ASKED, PICK, pick
from lotse.casework.models import CourseParticipation
from lotse.catalogues.texts import client_languages
from lotse.core.fields import DayField, LongTextField, YesNoField
from lotse.core.forms import LotseForm, VersionedForm

Choices = list[tuple[str, str]]


def _line(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False, **more)


class CourseForm(VersionedForm):
    kind = pick("course_type", "Kursart", PICK)
    provider = forms.ChoiceField(label="Kursträger")
    has_duty = YesNoField(label="Zum Kurs verpflichtet?")
    starts_on = DayField(label="Beginn geplant", required=False)
    ends_on = DayField(label="Ende geplant", required=False)
    child_care = forms.ChoiceField(label="Kinderbetreuung", choices=ChildCare.choices, widget=forms.RadioSelect)
    fee = forms.ChoiceField(label="Kursgebühr", choices=CourseFee.choices, widget=forms.RadioSelect)
    contact_person = _line("Feste Ansprechperson beim Kursträger")
    contact_reach = _line("Telefon oder E-Mail")
    presence = _line("Unsere Präsenzzeiten dort")
    follow_up_on = DayField(label="Nachfragen am", required=False)
    follow_up = _line("Was ist zu tun?")

    PLAIN = (
        "kind", "has_duty", "starts_on", "ends_on", "child_care", "fee", "contact_person", "contact_reach", "presence",
        "follow_up_on", "follow_up",
    )  # fmt: skip
    ROWS = (
        ("kind", "provider"), ("has_duty",), ("starts_on", "ends_on"), ("child_care",), ("fee",),
        ("contact_person", "contact_reach"), ("presence",), ("follow_up_on", "follow_up"),
    )  # fmt: skip

    def __init__(self, *args: Any, providers: Choices, is_running: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_running = is_running
        self.fields["provider"].choices = [("", PICK), *providers]
        if is_running:
            self.fields["provider"].disabled = True

    def groups(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in names] for names in self.ROWS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Das geplante Ende liegt vor dem geplanten Beginn.")
        fixed = rules.has_fixed_contact(cleaned.get("contact_person", ""), cleaned.get("presence", ""))
        if self.is_running and not fixed:
            self.warn("CL-23", "Im Kurs gibt es eine feste Ansprechperson und feste Präsenzzeiten.")
        return cleaned

    @classmethod
    def initial_from(cls, course: CourseParticipation) -> dict[str, Any]:
        plain = {name: getattr(course, name) for name in (*cls.PLAIN, "revision")}
        return {**plain, "provider": course.provider.public_id}


BEGAN, FINISHED, DROPPED = "began", "finished", "dropped"


class ProgressForm(VersionedForm):
    """What happened; each kind opens what belongs to it."""

    shown_when: ClassVar = {
        "level_reached": ("what", (FINISHED,)),
        "has_certificate": ("what", (FINISHED,)),
        "reason": ("what", (DROPPED,)),
        "note": ("what", (DROPPED,)),
        "follow_up_on": ("what", (DROPPED,)),
        "follow_up": ("what", (DROPPED,)),
    }

    what = forms.ChoiceField(label="Was ist geschehen?", widget=forms.RadioSelect)
    on = DayField(label="am", past=True)
    level_reached = pick("german_level", "Erreichtes Niveau", NOT_ASKED, required=False)
    has_certificate = YesNoField(label="Zertifikat?")
    reason = pick("course_dropout_reason", "Grund", PICK, required=False)
    note = LongTextField(label="Anmerkung", rows=2, required=False)
    follow_up_on = DayField(label="Nachfragen am", required=False)
    follow_up = _line("Was ist zu tun?")

    def __init__(self, *args: Any, has_begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = (FINISHED, "Der Kurs ist beendet") if has_begun else (BEGAN, "Der Kurs hat begonnen")
        self.fields["what"].choices = [first, (DROPPED, "Die Person hat abgebrochen")]
        self.fields["level_reached"].says_optional = self.fields["reason"].says_optional = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("what") == DROPPED and not cleaned.get("reason"):
            self.add_error("reason", "Bitte den Grund angeben.")
        return cleaned


class ProviderContactForm(VersionedForm):
    on = DayField(label="Datum", past=True)
    names_person = forms.BooleanField(label="Es ging um diese Person, ihr Name fiel", required=False)
    note = LongTextField(label="Was wurde besprochen?", rows=3, required=False)
    follow_up_on = DayField(label="Wieder nachfragen am", required=False)
    follow_up = _line("Was ist zu tun?")


class ExchangeConsentForm(LotseForm):
    shown_when: ClassVar = {"oral_reason": ("form", (ConsentForm.ORAL,))}

    given = forms.ChoiceField(
        label="Entscheidung", choices=[("yes", "erteilt"), ("no", "abgelehnt")], widget=forms.RadioSelect
    )
    decided_on = DayField(label="Datum", past=True)
    language = forms.ChoiceField(label="Text vorgelegt auf", choices=client_languages)
    form = forms.ChoiceField(
        label="Form", choices=ConsentForm.choices, widget=forms.RadioSelect, initial=ConsentForm.WRITTEN
    )
    oral_reason = forms.CharField(label="Warum nur mündlich?", max_length=200, required=False)
