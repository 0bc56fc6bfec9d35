"""Catalogues taken over and brought along, references to the manual, criteria mapped to each other."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from lotse.core.forms import LotseForm, VersionedForm
from lotse.core.picking import RowField
from lotse.organisations.models import Organisation
from lotse.quality.content import Content
from lotse.quality.files import LARGEST, TOO_LARGE, read_file
from lotse.quality.models import Criterion, ManualChapter

EMPTY = "Die Datei ist leer. Bitte wählen Sie eine andere."
TWICE = "Diese Fassung des Katalogs gibt es hier schon."


def house_field(form: LotseForm, houses: Mapping[str, Organisation]) -> RowField:
    """Not asked where there is no choice."""
    field = RowField(label="Träger")
    field.offer(houses)
    if len(houses) == 1:
        field.widget = forms.HiddenInput()
        form.initial.setdefault("organisation", next(iter(houses)))
    form.dress(field)
    return field


class TakeForm(LotseForm):
    """A catalogue that comes with Lotse."""

    def __init__(
        self, *args: Any, packaged: Mapping[str, Content], houses: Mapping[str, Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = house_field(self, houses)
        self.fields["content"] = forms.TypedChoiceField(
            label="Katalog", choices=[(key, f"{one.title}, Fassung {one.version}") for key, one in packaged.items()],
            coerce=packaged.__getitem__,
        )  # fmt: skip
        self.dress(self.fields["content"])
        self.fields["content"].error_messages["invalid_choice"] = TWICE  # taken over meanwhile


class BringForm(LotseForm):
    file = forms.FileField(
        label="Datei",
        help_text="YAML (höchstens 200 KB), CSV oder XLSX (höchstens 1 MB).",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.csv,.xlsx"}),
        max_length=None,
        error_messages={"empty": EMPTY},
    )

    def __init__(self, *args: Any, houses: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = house_field(self, houses)

    def clean_file(self) -> Content:
        """What it says, checked as a whole."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return read_file(upload.read(), upload.name)


class ReferenceForm(VersionedForm):
    """A chapter is asked for where the manual has some."""

    chapter = RowField(label="Kapitel im QM-Handbuch", required=False)
    text = forms.CharField(
        label="Stelle im QM-Handbuch", max_length=300, required=False, help_text="Zum Beispiel: Kapitel 4.2, Seite 17"
    )
    link = forms.URLField(
        label="Link", max_length=500, required=False, assume_scheme="https",
        error_messages={"invalid": "Bitte eine Adresse wie https://handbuch.example/kapitel-4 angeben."},
    )  # fmt: skip

    def __init__(self, *args: Any, chapters: Mapping[str, ManualChapter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].offer(chapters, "keines")  # type: ignore[attr-defined]
        if not chapters:
            del self.fields["chapter"]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return link


class LinkForm(LotseForm):
    note = forms.CharField(label="Anmerkung", max_length=300, required=False)
    field_order = ("other", "note")

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RowField(label="Kriterium")
        field.offer({one.public_id: one for one in criteria})
        self.dress(field)
        self.fields["other"] = field
        self.order_fields(self.field_order)
