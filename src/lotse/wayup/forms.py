from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.wayup.enums import Direction
from lotse.wayup.envelope import LARGEST_FILE, PublicKeys
from lotse.wayup.tables import Form, Refused

YEARS_BACK = 3


class PeriodForm(LotseForm):
    """Whole years only: parts of a year could be subtracted from it (ADR 0010)."""

    year = forms.ChoiceField(label="Jahr")
    due_on = DayField(label="Unsere Meldung ist fällig am")
    days_per_level = forms.IntegerField(
        label="Jede Ebene darunter meldet so viele Tage früher", min_value=0, max_value=90, initial=14
    )
    form = forms.ChoiceField(label="Formular")

    def __init__(self, *args: Any, today: date, offers: Sequence[Form], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = {f"{offer.key}/{offer.version}": offer for offer in offers}
        self.fields["form"].choices = [(key, offer.name) for key, offer in self.offers.items()]
        years = range(today.year, today.year - YEARS_BACK, -1)
        self.fields["year"].choices = [(f"{year}", f"{year}") for year in years]

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "year": int(given["year"]), "form": self.offers[given["form"]]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        year, due = cleaned.get("year"), cleaned.get("due_on")
        if year and due and due <= date(int(year), 12, 31):
            self.add_error("due_on", f"Die Meldung ist erst nach dem 31.12.{year} möglich.")
        return cleaned


class ReasonForm(LotseForm):
    reason = forms.CharField(label="Was muss sich ändern?", max_length=300, help_text="Ohne Namen von Klient*innen.")


class FileForm(LotseForm):
    file = forms.FileField(label="Datei")

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise ValidationError("Diese Datei ist zu groß für eine Meldung.")
        return bytes(upload.read())


class KeyForm(LotseForm):
    name = forms.CharField(label="Name", max_length=120, help_text="Zum Beispiel: Bezirksverband Beispiel")
    direction = forms.ChoiceField(label="Wer meldet an wen?", choices=Direction, widget=forms.RadioSelect)
    key = forms.CharField(label="Öffentlicher Schlüssel", max_length=200, help_text="So, wie Sie ihn bekommen haben.")

    def clean_key(self) -> PublicKeys:
        try:
            return PublicKeys.from_text(self.cleaned_data["key"])
        except Refused as error:
            raise ValidationError(str(error)) from error
