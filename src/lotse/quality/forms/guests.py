"""Inviting somebody from outside into a procedure."""

from datetime import date
from typing import Any

from django import forms

from lotse.core.brought import LARGEST, TOO_LARGE
from lotse.core.dates import months_later
from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.quality.enums import Side

USUAL = 12  # months
SIDES = [(side.value, side.label) for side in (Side.ASSESSOR, Side.BOARD)]


class GuestForm(LotseForm):
    in_order = ("valid_from", "valid_to", "Das Ende liegt vor dem Beginn.")
    shown_when = {"is_chair": ("side", (Side.BOARD,))}

    name = forms.CharField(label="Name", max_length=160)
    email = forms.EmailField(
        label="E-Mail-Adresse", max_length=254, required=False,
        help_text="Dorthin geht die Einladung. Leer heißt: ohne Zugang, mit einem signierten Paket.",
    )  # fmt: skip
    side = forms.ChoiceField(label="Nimmt teil für", choices=SIDES, widget=forms.RadioSelect)
    is_chair = forms.BooleanField(label="Führt den Vorsitz", required=False)
    valid_from = DayField(label="Zugang von")
    valid_to = DayField(label="Zugang bis", help_text="Höchstens 18 Monate. Danach endet der Zugang von selbst.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first = {"valid_from": today, "valid_to": months_later(today, USUAL)}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["is_chair"].says_optional = True  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """`email` is left out where there is none."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "email" or value}
        return {**given, "is_chair": bool(self.cleaned_data.get("is_chair"))}


class AnswerForm(LotseForm):
    """The filled answer file of a package."""

    file = forms.FileField(
        label="Antwortdatei",
        help_text="JSON oder YAML, höchstens 200 KB.",
        widget=forms.FileInput(attrs={"accept": ".json,.yaml,.yml"}),
        max_length=None,
        error_messages={"empty": "Die Datei ist leer. Bitte wählen Sie eine andere."},
    )

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return upload.read()
