"""The sheet as a form, made from its questions."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lotse.agency.controlling import Item, built, read
from lotse.agency.forms.prescribed import keeper_field
from lotse.agency.queries.controlling import FIELD, WHY, Filled
from lotse.core.brought import LARGEST, NO_TEXT, TOO_LARGE
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm
from lotse.organisations.models import Organisation


class SheetForm(LotseForm):
    """Nothing is required: an answer may come next week. What is missing is said on the page."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, filled: Filled, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filled = filled
        for item in filled.questions.items:
            for name, field in _fields_of(item):
                field.says_optional = True  # type: ignore[attr-defined]
                self.fields[name] = field
                self.dress(field)

    def parts(self) -> list[tuple[str, list[tuple[Any, list[forms.BoundField]]]]]:
        """Section by section, what is asked with its controls; none for what is counted."""
        return [
            (section.title, [(row, [self[name] for name, _field in _fields_of(row.item)]) for row in rows])
            for section, rows in self.filled.sections
        ]

    def answers(self) -> dict[str, tuple[str, str]]:
        """Figures as they are counted now are saved along."""
        return {key: self._said(row) for key, row in self.filled.rows.items()}

    def _said(self, row: Any) -> tuple[str, str]:
        if row.figure is not None:
            return str(row.figure.value), ""
        value = self.cleaned_data.get(row.field)
        return ("" if value is None else _plain(value)), self.cleaned_data.get(row.why, "")


def _plain(value: Any) -> str:
    return str(value).replace(".", ",") if not isinstance(value, str) else value


def _fields_of(item: Item) -> list[tuple[str, forms.Field]]:
    name = FIELD.format(item.key)
    more: dict[str, Any] = {"label": item.text, "help_text": item.help, "required": False}
    if item.kind == "figure":
        return []
    if item.kind == "text":
        return [(name, LongTextField(rows=4, max_length=item.most, **more))]
    if item.kind == "number":
        more["label"] = f"{item.text} ({item.unit})" if item.unit else item.text
        return [(name, NumberField(**more))]
    choices = [(o.key, f"{o.text} ({o.help})" if o.help else o.text) for o in item.options]
    asked = (name, forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **more))
    why = (WHY.format(item.key), LongTextField(label="Erläuterung", rows=2, max_length=item.most, required=False))
    return [asked, why] if item.explain else [asked]


class NumberField(forms.DecimalField):
    """With a comma, as people here write."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})
        super().__init__(min_value=0, max_digits=12, decimal_places=2, localize=True, widget=widget, **kwargs)
        self.error_messages["invalid"] = "Bitte eine Zahl wie 12 oder 3,5 angeben."


class UploadNoteForm(LotseForm):
    on = DayField(label="Übertragen am", past=True)


class QuestionsForm(LotseForm):
    file = forms.FileField(
        label="Bogen (YAML)", help_text="Höchstens 200 KB. Eine neue Fassung braucht eine neue „version“."
    )

    def __init__(self, *args: Any, keepers: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = keeper_field(self, keepers)

    def clean_file(self) -> dict[str, Any]:
        """What it says, checked word by word."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        if not (content := upload.read()):
            raise forms.ValidationError(NO_TEXT)
        raw = read(content)
        built(raw)
        return raw
