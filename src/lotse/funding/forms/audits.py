import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.core.fields import LongTextField
from lotse.core.forms import LotseForm
from lotse.organisations.models import Organisation

ALL = ("", "alle")


class PackageForm(LotseForm):
    """`whole`: she may take the papers of all carriers. `asks_lists`: and may open lists of names."""

    carrier = forms.ChoiceField(label="Träger", required=False)
    funding_year = forms.TypedChoiceField(label="Förderjahr", required=False, coerce=int, empty_value=None)
    with_lists = forms.BooleanField(label="Teilnehmerlisten mit Namen einpacken", required=False)
    lists_reason = forms.CharField(
        label="Wofür werden die Listen gebraucht?", max_length=200, required=False,
        help_text="Kommt mit ins Protokoll. Ohne Namen.",
    )  # fmt: skip
    shown_when = {"lists_reason": ("with_lists", (True,))}

    def __init__(
        self, *args: Any, carriers: Sequence[Organisation], years: Sequence[int], whole: bool, asks_lists: bool, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        named = [(one.public_id, one.name) for one in carriers]
        self.fields["carrier"].choices = [ALL, *named] if whole else named  # type: ignore[attr-defined]
        self.fields["carrier"].required = not whole
        self.fields["funding_year"].choices = [ALL, *((year, str(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["lists_reason"].says_optional = True  # type: ignore[attr-defined]  # it is not, with lists
        if not asks_lists:
            del self.fields["with_lists"], self.fields["lists_reason"]
            self.shown_when = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("with_lists") and not (cleaned.get("lists_reason") or "").strip():
            self.add_error("lists_reason", "Bitte den Grund angeben.")
        return cleaned


class SampleForm(LotseForm):
    """Drawn, or picked by numbers."""

    funding_year = forms.TypedChoiceField(label="Förderjahr", coerce=int)
    carrier = forms.ChoiceField(label="Träger", required=False)
    wanted = forms.IntegerField(label="Wie viele Belege?", min_value=1, max_value=200, required=False, initial=10)
    numbers = LongTextField(
        label="Oder diese Belegnummern",
        required=False,
        rows=2,
        max_length=4000,
        help_text="Mit Komma oder untereinander.",
    )
    seed = forms.CharField(
        label="Startwert",
        max_length=40,
        required=False,
        help_text="Nur, um eine frühere Stichprobe noch einmal zu ziehen.",
    )
    seldom = ("numbers", "seed")

    def __init__(self, *args: Any, carriers: Sequence[Organisation], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].choices = [ALL, *((one.public_id, one.name) for one in carriers)]  # type: ignore[attr-defined]
        self.fields["funding_year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["wanted"].widget.attrs["class"] += " short"

    def clean_numbers(self) -> list[str]:
        found = [one.strip() for one in re.split(r"[,;\n]", self.cleaned_data["numbers"])]
        return [one for one in found if one]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("numbers") and not cleaned.get("wanted") and "wanted" not in self.errors:
            raise ValidationError("Bitte eine Zahl oder Belegnummern angeben.")
        return cleaned
