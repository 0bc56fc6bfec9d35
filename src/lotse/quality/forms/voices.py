"""Suggestions of colleagues, and what people who are counselled say."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from lotse.catalogues.fields import ListField
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Person
from lotse.quality.enums import ComplaintResult, ComplaintTopic, ComplaintWay, SuggestionResult, Voice
from lotse.quality.models import Complaint

TAKEN, DECLINED = SuggestionResult.TAKEN.value, SuggestionResult.DECLINED.value


class SuggestForm(LotseForm):
    title = forms.CharField(label="Worum geht es?", max_length=160, help_text="Kurz und ohne Namen von Ratsuchenden.")
    text = LongTextField(label="Ihr Vorschlag", max_length=4000)


class AnswerSuggestionForm(LotseForm):
    shown_when: ClassVar = dict.fromkeys(("plan", "owner", "due_on"), ("result", (TAKEN,)))

    result = forms.ChoiceField(
        label="Wird der Vorschlag aufgenommen?",
        choices=[(TAKEN, "ja, als Verbesserung"), (DECLINED, "nein, mit Begründung")],
        widget=forms.RadioSelect,
    )
    plan = LongTextField(label="Was soll geschehen?", required=False, max_length=4000)
    owner = RowField(label="Wer macht es?")
    due_on = DayField(label="Bis wann?")
    answer = LongTextField(
        label="Antwort",
        required=False,
        max_length=4000,
        help_text="Liest, wer den Vorschlag gemacht hat. Bei Nein: warum.",
    )

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)
        self.fields["answer"].says_optional = True  # type: ignore[attr-defined]

    @property
    def takes_up(self) -> bool:
        return bool(self.cleaned_data["result"] == TAKEN)

    def values(self) -> dict[str, Any]:
        names = ("plan", "owner", "due_on", "answer") if self.takes_up else ("answer",)
        return {name: self.cleaned_data[name] for name in names}


class ComplaintForm(VersionedForm):
    """`is_new`: the day it came is entered once, the day of the answer follows from it."""

    field_order = (
        "kind", "received_on", "way", "language", "text", "text_german", "topic", "about_person", "reply_to", "handled_by",
    )  # fmt: skip

    kind = forms.ChoiceField(label="Art", choices=Voice.choices, widget=forms.RadioSelect, initial=Voice.COMPLAINT)
    received_on = DayField(label="Eingegangen am", past=True)
    way = forms.ChoiceField(label="Weg", choices=ComplaintWay.choices)
    language = ListField("language", label="Sprache", required=False, empty="Deutsch")
    text = LongTextField(
        label="Wie es gesagt wurde", required=False, max_length=8000, help_text="In der Sprache der Person."
    )
    text_german = LongTextField(label="Auf Deutsch", required=False, max_length=8000)
    topic = forms.ChoiceField(label="Thema", choices=ComplaintTopic.choices)
    about_person = RowField(
        label="Um wen geht es?", required=False, help_text="Wer hier steht, sieht die Rückmeldung nicht und bearbeitet sie nicht."
    )  # fmt: skip
    reply_to = LongTextField(
        label="Wohin geht die Antwort?", required=False, rows=2, max_length=500,
        help_text="Niemand muss einen Namen nennen. Auch „kommt am Dienstag wieder“ genügt.",
    )  # fmt: skip
    handled_by = RowField(label="Wer bearbeitet es?")

    def __init__(self, *args: Any, people: Mapping[str, Person], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_person"].offer(people, "niemand Bestimmtes")
        self.fields["handled_by"].offer(people)
        del self.fields["revision" if is_new else "received_on"]


def known(complaint: Complaint) -> dict[str, Any]:
    """What a form is shown with."""
    plain = ("kind", "way", "language", "text", "text_german", "topic", "reply_to", "revision")
    about = complaint.about_person
    return {
        **{name: getattr(complaint, name) for name in plain}, "about_person": about.public_id if about else "",
        "handled_by": complaint.handled_by.public_id,
    }  # fmt: skip


class AnswerComplaintForm(VersionedForm):
    field_order = ("answer", "result", "answered_on")

    answer = LongTextField(
        label="Antwort", rows=6, max_length=8000, help_text="Geht so in den Brief: einfache Sätze, „Sie“."
    )
    answered_on = DayField(label="Beantwortet am", past=True)

    def __init__(self, *args: Any, complaint: Complaint, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"answered_on": today, "revision": complaint.revision}, **kwargs)
        if complaint.kind == Voice.COMPLAINT:
            self.fields["result"] = forms.ChoiceField(
                label="Ist die Beschwerde berechtigt?", choices=ComplaintResult.choices, widget=forms.RadioSelect
            )
            self.dress(self.fields["result"])
            self.order_fields(self.field_order)
