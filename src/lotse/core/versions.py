"""Two versions of one form, side by side: what somebody has typed, and what was saved or typed elsewhere meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.dateparse import parse_date

from lotse.core.forms import LotseForm

CHOICE = "choose-"  # the radio beside a field: "mine" or "other"
SOURCE = "other_version"  # which version the other one was
OTHER = "other"


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    mine: str
    other: str


@dataclass(frozen=True)
class Conflict:
    """What the page says and shows. `source` names the other version, so that the answer can be read again."""

    source: str
    message: str
    other_title: str
    rows: list[Difference] = field(default_factory=list)
    last_change: str = ""


def differences(form: LotseForm, mine: Mapping[str, list[str]], other: Mapping[str, Any]) -> list[Difference]:
    """The fields of `other` whose value is not the one typed, in the order of the form, in words."""
    rows = []
    for bound in form.visible_fields():
        if bound.name not in other:
            continue
        typed, theirs = mine.get(bound.name, []), as_posted(bound.field, other[bound.name])
        if _plain(typed) != _plain(theirs):
            field = bound.field
            rows.append(Difference(bound.name, str(bound.label), in_words(field, typed), in_words(field, theirs)))
    return rows


def _plain(texts: Iterable[str]) -> list[str]:
    return [text.replace("\r\n", "\n").strip() for text in texts if text.strip()]


def posted(form: LotseForm, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Values of a form the way a browser would send them."""
    return {name: as_posted(form.fields[name], value) for name, value in values.items() if name in form.fields}


def as_posted(field: forms.Field, value: Any) -> list[str]:
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value in (True, "on", "true", "True") else []
    texts = shown if isinstance(shown, list | tuple) else [shown]
    return [str(text) for text in texts if text not in (None, "")]


def in_words(field: forms.Field, texts: Iterable[str]) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return "ja" if list(texts) else "nein"
    labels = _labels(field)
    nothing = labels.get("", "–")
    said = ", ".join(labels.get(text) or _day(field, text) for text in texts if text.strip())
    return said or ("–" if nothing.startswith("–") else nothing)


def _labels(field: forms.Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in getattr(field, "choices", []):
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        found |= {str(v): str(text) for v, text in pairs}
    return found


def _day(field: forms.Field, text: str) -> str:
    day: date | None = parse_date(text) if isinstance(field, forms.DateField) and text[:1].isdigit() else None
    return f"{day:%d.%m.%Y}" if day else text


def take(form: LotseForm, other: Mapping[str, Any]) -> None:
    """Put the other version's value where the user has chosen it; before the form is checked."""
    chosen = {name.removeprefix(CHOICE) for name, value in form.data.items() if value == OTHER and _is_choice(name)}
    data = form.data.copy()
    for name in chosen & set(form.fields) & set(other):
        data.setlist(name, as_posted(form.fields[name], other[name]))
    form.data = data


def _is_choice(name: str) -> bool:
    return name.startswith(CHOICE)
