"""Forms of the analysis: its reach, data, needs, and what belongs together."""

from collections.abc import Sequence
from typing import Any

from django import forms

from lotse.agency.enums import Orientation
from lotse.agency.forms.picking import RowsField
from lotse.agency.models import DataItem, Need, SocialSpace
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm, VersionedForm
from lotse.organisations.enums import ActionField
from lotse.organisations.forms.shared import PICK

LINES = range(1, 5)
LINE = ("label", "value", "unit")
NO_LINE = "Bitte mindestens eine Zeile ausfüllen."
NO_VALUE = "Bitte den Wert angeben."
NO_LABEL = "Bitte sagen, was das ist."


class ReachForm(VersionedForm):
    orientation = forms.ChoiceField(label="Ausrichtung", choices=Orientation.choices, widget=forms.RadioSelect)
    new_spaces = forms.CharField(
        label="Neue Sozialräume", max_length=500, required=False, help_text="Mehrere mit Komma trennen."
    )
    fields_of_action = forms.MultipleChoiceField(
        label="Handlungsfelder", choices=ActionField.choices, widget=forms.CheckboxSelectMultiple
    )
    special_field = forms.ChoiceField(
        label="Schwerpunkt", choices=[("", "– noch offen –"), *ActionField.choices], required=False,
        help_text="Eines der Handlungsfelder. Es soll in der Kommune sichtbar sein.",
    )  # fmt: skip

    def __init__(self, *args: Any, spaces: Sequence[SocialSpace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if spaces:
            self.fields["spaces"] = RowsField(spaces, label="Sozialräume")
            self.dress(self.fields["spaces"])
            self.order_fields(["orientation", "spaces"])
        else:
            self.fields["new_spaces"].label = "Sozialräume"
        for name in ("new_spaces", "special_field"):  # needed when it is handed in, not before
            self.fields[name].says_optional = True

    def clean_new_spaces(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["new_spaces"].split(",") if name.strip()]
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError("Ein Name hat höchstens 120 Zeichen.")
        return names

    @property
    def given(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {"spaces": data.pop("spaces", []), "fields": data.pop("fields_of_action"), **data}


def with_needs(form: LotseForm, needs: Sequence[Need]) -> None:
    """Which needs follow from it, where there are some."""
    if needs:
        form.fields["needs"] = RowsField(needs, label="Daraus folgt der Bedarf")
        form.dress(form.fields["needs"])


class DataForm(LotseForm):
    """Several at once that have topic, source, place and day in common."""

    topic = forms.CharField(label="Thema", max_length=80)
    source = forms.CharField(label="Quelle", max_length=200)
    area = forms.CharField(label="Gebiet", max_length=120, required=False)
    as_of = DayField(label="Stand", past=True)

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in LINES:
            self._add_line(number)
        with_needs(self, needs)
        if self.initial and not self.is_bound:  # all above the lines stands there already
            self.fields["label_1"].widget.attrs["autofocus"] = True

    def _add_line(self, number: int) -> None:
        for name, label, longest in (("label", "Was", 200), ("value", "Wert", 60), ("unit", "Einheit", 40)):
            field = forms.CharField(label=label, max_length=longest, required=False)
            field.says_optional = True
            self.fields[f"{name}_{number}"] = field
            self.dress(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in LINES:
            label, value = cleaned.get(f"label_{number}"), cleaned.get(f"value_{number}")
            if label and not value:
                self.add_error(f"value_{number}", NO_VALUE)
            if value and not label:
                self.add_error(f"label_{number}", NO_LABEL)
        if not self.errors and not self.rows:
            self.add_error("label_1", NO_LINE)
        return cleaned

    @property
    def rows(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        shared = {name: data[name] for name in ("topic", "source", "area", "as_of")}
        lines = [{name: data.get(f"{name}_{number}", "") for name in LINE} for number in LINES]
        return [{**shared, **line} for line in lines if line["label"]]

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{number}"] for name in LINE] for number in LINES]

    @property
    def has_more_lines(self) -> bool:
        return any(bound.value() or bound.errors for line in self.lines[1:] for bound in line)


class DataItemForm(VersionedForm):
    label = forms.CharField(label="Was", max_length=200)
    value = forms.CharField(label="Wert", max_length=60)
    unit = forms.CharField(label="Einheit", max_length=40, required=False)
    area = forms.CharField(label="Gebiet", max_length=120, required=False)
    as_of = DayField(label="Stand", past=True)
    topic = forms.CharField(label="Thema", max_length=80)
    source = forms.CharField(label="Quelle", max_length=200)

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_needs(self, needs)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        needs = [[self["needs"]]] if "needs" in self.fields else []
        pairs = (("label",), ("value", "unit"), ("area", "as_of"), ("topic", "source"))
        return [*([self[name] for name in pair] for pair in pairs), *needs]


def words_of(item: DataItem) -> str:
    where = ", ".join(filter(None, (item.area, f"{item.as_of:%Y}")))
    return f"{item} ({where})"


class NeedForm(VersionedForm):
    text = LongTextField(label="Was fehlt, was ist zu tun?", rows=2, max_length=2000)
    field = forms.ChoiceField(label="Handlungsfeld", choices=[("", PICK), *ActionField.choices])

    def __init__(self, *args: Any, data_items: Sequence[DataItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if data_items:
            self.fields["data_items"] = RowsField(data_items, words_of, label="Das zeigen diese Daten")
            self.dress(self.fields["data_items"])


class LinkForm(LotseForm):
    """Both sides at once."""

    def __init__(self, *args: Any, data_items: Sequence[DataItem], needs: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_items"] = RowsField(data_items, words_of, label="Daten")
        self.fields["needs"] = RowsField(needs, label="Bedarfe")
        for field in self.fields.values():
            self.dress(field)
