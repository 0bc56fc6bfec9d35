"""Parse and validate what is wished for a list or a text; call nothing."""

from typing import Any

from django import forms

from lotse.catalogues.entries import Choices
from lotse.catalogues.lines import EntryLine
from lotse.catalogues.overrides import ENDLESS
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm

AS_PROPOSED = "Leer: wie in der Vorgabe."
OF_ITS_OWN = {
    "valid_from": "Leer: ab sofort.",
    "valid_to": "Leer: ohne Ende.",
    "order": "1 steht ganz oben. Leer: am Ende.",
}


class _OwnEntryForm(LotseForm):
    in_order = ("valid_from", "valid_to", "„Gilt bis“ liegt vor „gilt ab“.")

    label = forms.CharField(label="Bezeichnung", max_length=200)
    text = LongTextField(label="Text", required=False, rows=6)
    valid_from = DayField(label="Gilt ab", required=False, help_text=AS_PROPOSED)
    valid_to = DayField(label="Gilt bis", required=False, help_text=AS_PROPOSED)
    order = forms.IntegerField(
        label="Platz in der Liste",
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text="1 steht ganz oben. Leer: wie in der Vorgabe.",
    )

    def _has_no_proposal(self) -> None:
        for name, help_text in OF_ITS_OWN.items():
            self.fields[name].help_text = help_text


class EntryForm(_OwnEntryForm):
    """An entry of a list as the organisation wants it, beside its proposal."""

    offered = forms.BooleanField(label="Zur Auswahl anbieten", required=False)
    field_order = ("label", "text", "offered", "valid_from", "valid_to", "order")

    def __init__(self, *args: Any, line: EntryLine, order: int | None = None, **kwargs: Any) -> None:
        self.line = line
        entry = line.entry
        initial = {name: getattr(entry, name) for name in ("label", "text", "valid_from", "valid_to")}
        super().__init__(*args, initial={**initial, "offered": not entry.hidden, "order": order}, **kwargs)
        if not entry.text:
            del self.fields["text"]
        if line.is_own:
            self._has_no_proposal()
        elif line.proposed.valid_to:
            self.fields["valid_to"].help_text = f"Vorgabe: {line.proposed.valid_to:%d.%m.%Y}. Leer: ohne Ende."

    def wish(self) -> dict[str, Any]:
        """What differs from the proposal; so that a later proposal shows where nothing was wished."""
        cleaned, proposed = self.cleaned_data, self.line.proposed
        wish = {name: cleaned.get(name) or None for name in ("label", "text", "valid_from", "valid_to")}
        if proposed:
            wish = {name: None if value == getattr(proposed, name) else value for name, value in wish.items()}
        if proposed and proposed.valid_to and not cleaned.get("valid_to"):
            wish["valid_to"] = ENDLESS
        texts = {name: wish[name] or "" for name in ("label", "text")}
        return {**wish, **texts, "hidden": not cleaned["offered"], "order": cleaned["order"]}


class NewEntryForm(_OwnEntryForm):
    group = forms.ChoiceField(label="Gruppe")
    field_order = ("label", "group", "valid_from", "valid_to", "order")

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["text"]
        self._has_no_proposal()
        self.fields["group"].choices = [("", "– bitte wählen –"), *groups]
        if not groups:
            del self.fields["group"]


class ReleaseForm(LotseForm):
    reviewed_by_name = forms.CharField(
        label="Geprüft von", max_length=120, help_text="Name und woher die Person die Sprache kann."
    )
    reviewed_on = DayField(label="Geprüft am", past=True)
