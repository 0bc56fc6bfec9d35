"""Improvements raised and changed, done, and checked by another."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Person
from lotse.quality.enums import Effect, ImprovementSource

AGAIN = "again"
SEEN = "Was haben Sie gesehen?"


class PlanField(LongTextField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Was soll geschehen?", max_length=4000, **kwargs)


class ImprovementForm(VersionedForm):
    title = forms.CharField(label="Titel", max_length=160, help_text="Kurz und ohne Namen von Ratsuchenden.")
    finding = LongTextField(label="Was stimmt nicht?", required=False, max_length=4000)
    plan = PlanField(required=False)
    owner = RowField(label="Wer macht es?")
    due_on = DayField(label="Bis wann?")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)


class RaiseForm(ImprovementForm):
    """`asks_source`: where it comes from is not known."""

    field_order = ("source", "title", "finding", "plan", "owner", "due_on")

    def __init__(self, *args: Any, asks_source: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["revision"]
        if asks_source:
            self.fields["source"] = forms.ChoiceField(label="Anlass", choices=ImprovementSource.choices)
            self.dress(self.fields["source"])
            self.order_fields(self.field_order)


class NoteForm(LotseForm):
    text = LongTextField(label="Notiz", max_length=4000)


class DoneForm(LotseForm):
    text = LongTextField(label="Was wurde getan?", max_length=4000)
    effect_due_on = DayField(
        label="Wann lässt sich sehen, ob es wirkt?", help_text="An diesem Tag prüft das eine zweite Person."
    )


class CheckForm(LotseForm):
    """Not effective leads to the next step, or to an end with its reason."""

    shown_when: ClassVar = dict.fromkeys(("plan", "owner", "due_on"), ("effect", (AGAIN,)))

    effect = forms.ChoiceField(
        label="Hat es gewirkt?",
        choices=[
            (Effect.EFFECTIVE.value, "ja, abschließen"),
            (AGAIN, "nein, ein neuer Schritt"),
            (Effect.NOT_EFFECTIVE.value, "nein, trotzdem beenden"),
        ],
        widget=forms.RadioSelect,
    )
    text = LongTextField(label=SEEN, max_length=4000, help_text="Wer beendet, sagt hier auch, warum.")
    plan = PlanField()
    owner = RowField(label="Wer macht es?")
    due_on = DayField(label="Bis wann?")

    def __init__(self, *args: Any, people: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].offer(people)

    @property
    def goes_on(self) -> bool:
        return bool(self.cleaned_data["effect"] == AGAIN)

    def next_step(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("text", "plan", "owner", "due_on")}

    def end(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("effect", "text")}
