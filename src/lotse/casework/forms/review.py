from datetime import date
from typing import Any

from django import forms

from lotse.casework.forms.choices import PICK
from lotse.core.fields import DayField, LongTextField
from lotse.core.forms import LotseForm

ANSWERS = [("yes", "ja"), ("no", "fehlt etwas"), ("na", "trifft nicht zu")]


class DrawForm(LotseForm):
    site = forms.ChoiceField(label="Beratungsstelle")
    per_counsellor = forms.IntegerField(label="Akten je Berater*in", min_value=1, max_value=20, initial=2)
    reviewer = forms.ChoiceField(
        label="Wer prüft?", help_text="Prüft jemand anderes als Sie, bestätigt eine zweite Person den Zugriff."
    )
    opens_until = DayField(label="Offen bis")

    def __init__(self, *args: Any, sites: list[tuple[str, str]], people: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["site"].choices = sites
        self.fields["reviewer"].choices = [("", PICK), *people]


class ChecklistForm(LotseForm):
    """One question for each entry of the organisation's own list; what is missing is said beside it."""

    def __init__(self, *args: Any, items: list[tuple[str, str]], due: date, **kwargs: Any) -> None:
        self.shown_when = {f"missing_{key}": (f"item_{key}", ("no",)) for key, _label in items}
        super().__init__(*args, **kwargs)
        for key, label in items:
            self._add(f"item_{key}", forms.ChoiceField(label=label, choices=ANSWERS, widget=forms.RadioSelect))
            self._add(f"missing_{key}", forms.CharField(label="Was ist zu tun?", max_length=300, required=False))
            self.fields[f"missing_{key}"].says_optional = True  # it is asked only where something is missing
        self._add("due_on", DayField(label="Offene Punkte bis", initial=due))
        self._add("note", LongTextField(label="Anmerkung", rows=2, required=False))
        self.keys = [key for key, _label in items]

    def _add(self, name: str, field: forms.Field) -> None:
        self.dress(field)
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key in self.keys:
            if cleaned.get(f"item_{key}") == "no" and not (cleaned.get(f"missing_{key}") or "").strip():
                self.add_error(f"missing_{key}", "Bitte sagen, was zu tun ist.")
        return cleaned

    def data_for_review(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answers": {key: given[f"item_{key}"] for key in self.keys},
            "missing": {key: given[f"missing_{key}"] for key in self.keys if given[f"missing_{key}"]},
            "due_on": given["due_on"],
            "note": given["note"],
        }
