"""Inviting somebody from outside into a procedure."""

from datetime import date
from typing import Any

from django import forms

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
    email = forms.EmailField(label="E-Mail-Adresse", max_length=254)
    side = forms.ChoiceField(label="Nimmt teil für", choices=SIDES, widget=forms.RadioSelect)
    is_chair = forms.BooleanField(label="Führt den Vorsitz", required=False)
    valid_from = DayField(label="Zugang von")
    valid_to = DayField(label="Zugang bis", help_text="Höchstens 18 Monate. Danach endet der Zugang von selbst.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        first = {"valid_from": today, "valid_to": months_later(today, USUAL)}
        super().__init__(*args, initial=first, **kwargs)
        self.fields["is_chair"].says_optional = True  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "is_chair": bool(self.cleaned_data.get("is_chair"))}
