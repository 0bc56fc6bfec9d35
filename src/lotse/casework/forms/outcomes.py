"""The sheet „Wirkung“: one field per event, and what holds now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from lotse.casework.forms.choices import NOT_ASKED
from lotse.casework.outcome_template import CHOICE, EVENT, STEPS, YES_NO, Item
from lotse.casework.queries.outcomes import Known
from lotse.core.fields import DayField, YesNoField
from lotse.core.forms import LotseForm, VersionedForm

FIRST_AND_LAST = ("zu Beginn", "jetzt")


class OutcomeForm(VersionedForm):
    on = DayField(label="Stand am", past=True)

    def __init__(self, *args: Any, items: Sequence[Item], known: Mapping[str, Known], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            for name, field in _fields(item, known.get(item.key)).items():
                self.fields[name] = field
                LotseForm.dress(field)

    def of_kind(self, *kinds: str) -> list[forms.BoundField]:
        return [self[name] for item in self.items if item.kind in kinds for name in item.columns]

    @property
    def states(self) -> list[forms.BoundField]:
        return self.of_kind(CHOICE, YES_NO)

    @property
    def events(self) -> list[forms.BoundField]:
        return self.of_kind(EVENT)

    @property
    def steps(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(i.label, [self[name] for name in i.columns]) for i in self.items if i.kind == STEPS]

    def answers(self) -> dict[str, str]:
        return {name: _stored(self.cleaned_data.get(name)) for item in self.items for name in item.columns}


def _fields(item: Item, known: Known | None) -> dict[str, forms.Field]:
    if item.kind == EVENT:
        return {item.key: _day(item, known)}
    if item.kind == YES_NO:
        return {item.key: YesNoField(label=item.label)}
    if item.kind == STEPS:
        pairs = zip(item.columns, FIRST_AND_LAST, strict=True)
        return {name: _choice(f"{item.label}, {when}", item) for name, when in pairs}
    return {item.key: _choice(item.label, item)}


def _day(item: Item, known: Known | None) -> DayField:
    field = DayField(label=item.label, past=True, required=False)
    field.help_text = f"aus: {known.source}" if known else ""
    field.says_optional = True  # an empty day says that it has not happened
    return field


def _choice(label: str, item: Item) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=[("", NOT_ASKED), *item.words], required=False)
    field.says_optional = True
    return field


def _stored(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value or ""
