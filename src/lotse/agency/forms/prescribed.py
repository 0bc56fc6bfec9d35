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


class KeptForm(ValidityForm):
    """`organisation`: for whom it holds, and for everything below."""

    organisation = RowField(label="Gilt für")

    def __init__(self, *args: Any, keepers: Mapping[str, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(keepers)
        self.initial.setdefault("organisation", next(iter(keepers), ""))
        self.order_fields(
            [name for name in self.fields if name not in ValidityForm.base_fields and name != "organisation"]
        )
        if len(keepers) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()


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
