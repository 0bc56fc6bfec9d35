"""Forms for those who keep the prescribed forms and logos."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.core.fields import DayField
from lotse.core.forms import VALID, LotseForm
from lotse.core.picking import RowField
from lotse.documents import archives
from lotse.documents.enums import LogoSlot
from lotse.documents.rendering.pdf import is_printable
from lotse.documents.templates import Purpose, missing_in
from lotse.documents.uploads import UploadField
from lotse.organisations.models import Organisation

WORD, PICTURES = (archives.DOCX,), ("image/png", "image/jpeg")
BROKEN = "Das Bild lässt sich nicht drucken. Bitte speichern Sie es neu als PNG."


class ValidityForm(LotseForm):
    in_order = VALID

    valid_from = DayField(label="Gültig ab")
    valid_to = DayField(label="Gültig bis", required=False)


def keeper_field(form: LotseForm, keepers: Mapping[str, Organisation]) -> RowField:
    """For whom it holds, and for everything below; not asked where there is no choice."""
    field = RowField(label="Gilt für")
    field.offer(keepers)
    if len(keepers) == 1:
        field.widget = forms.HiddenInput()
    form.dress(field)
    form.initial.setdefault("organisation", next(iter(keepers), ""))
    return field


class KeptForm(ValidityForm):
    def __init__(self, *args: Any, keepers: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ValidityForm.base_fields])
        self.fields["organisation"] = keeper_field(self, keepers)


class FormTemplateForm(KeptForm):
    version = forms.CharField(label="Fassung", max_length=40, help_text="Wie sie auf dem Formular steht, etwa „2026“.")
    file = UploadField(
        label="Word-Datei", types=WORD, required=False, help_text="Ohne Datei druckt Lotse sein eigenes Blatt."
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        self.purpose, self.missing = purpose, list[str]()
        super().__init__(*args, **kwargs)

    def clean_file(self) -> Any:
        """Everything that is wrong with the file at once, beside the field."""
        if upload := self.cleaned_data["file"]:
            self.missing = missing_in(upload.read(), self.purpose)
            upload.seek(0)
        return upload


class LogoForm(KeptForm):
    slot = forms.ChoiceField(label="Logo von", choices=LogoSlot.choices)
    file = UploadField(label="Bild", types=PICTURES)
    alt = forms.CharField(
        label="Was darauf zu sehen ist", max_length=160, help_text="Wird vorgelesen, wenn jemand das Bild nicht sieht."
    )

    def clean_file(self) -> Any:
        """Tried on a paper at once: later it would hold up a report."""
        upload = self.cleaned_data["file"]
        if not is_printable(upload.read()):
            raise ValidationError(BROKEN)
        upload.seek(0)
        return upload
