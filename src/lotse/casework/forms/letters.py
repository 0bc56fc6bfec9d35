"""Forms for letters and mails."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lotse.casework.gaps import NAMES
from lotse.core.fields import LongTextField
from lotse.core.forms import LotseForm
from lotse.documents import archives, wording
from lotse.documents.letters import refuse_unknown
from lotse.documents.mail import read_mail
from lotse.documents.uploads import UploadField, UploadsField

WORD, MAIL = (archives.DOCX,), (wording.MAIL,)


class TemplateForm(LotseForm):
    name = forms.CharField(label="Name", max_length=120)
    file = UploadField(label="Word-Datei", types=WORD)

    def clean_file(self) -> Any:
        """Everything that is wrong with the file at once, beside the field."""
        upload = self.cleaned_data["file"]
        self.gaps = refuse_unknown(upload.read(), NAMES)
        upload.seek(0)
        return upload


class LetterForm(LotseForm):
    template = forms.ChoiceField(label="Vorlage")
    subject = forms.CharField(label="Betreff", max_length=160)
    text = LongTextField(label="Text", rows=8, required=False)

    def __init__(self, *args: Any, templates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = templates


class SeriesForm(LetterForm):
    clients = forms.MultipleChoiceField(label="An wen?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, clients: list[tuple[str, str]], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        self.fields["clients"].choices = clients

    def clean_clients(self) -> list[str]:
        chosen = self.cleaned_data["clients"]
        if len(chosen) > self.most:
            raise ValidationError(f"Höchstens {self.most} Briefe auf einmal. Gewählt sind {len(chosen)}.")
        return chosen


class MailForm(LotseForm):
    to = forms.ChoiceField(label="An", required=False)
    subject = forms.CharField(label="Betreff", max_length=160)
    text = LongTextField(label="Text", rows=8)
    documents = forms.MultipleChoiceField(
        label="Aus der Akte anhängen", widget=forms.CheckboxSelectMultiple, required=False
    )
    uploads = UploadsField(label="Dateien anhängen", required=False)

    def __init__(
        self, *args: Any, recipients: list[tuple[str, str]], documents: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = recipients
        self.fields["documents"].choices = documents
        if not documents:
            del self.fields["documents"]
        self.fields["to"].says_optional = True


class DropMailForm(LotseForm):
    file = UploadField(label="E-Mail-Datei", types=MAIL)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.mail = read_mail(upload.read())
        upload.seek(0)
        return upload
