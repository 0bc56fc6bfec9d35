"""Taking an upload in: bounded in memory, never written to disk in clear, checked before any form sees it."""

import io
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from lotse.documents import geojson
from lotse.documents.inspection import allowed_types, refuse_size, type_of


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the files of one request in memory up to the limit; the rest is read past and forgotten.

    Django's own handlers write large files to a temporary folder, in clear. What is too large arrives as an empty file
    with its real size, so that the form can say so beside the field.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.buffer = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self._is_too_much():
            self.buffer = io.BytesIO()
        else:
            self.buffer.write(raw_data)

    def _is_too_much(self) -> bool:
        return self.received > settings.UPLOAD_MAX_BYTES

    def file_complete(self, file_size: int) -> UploadedFile:
        self.buffer.seek(0)
        size = self.received if self._is_too_much() else file_size
        return InMemoryUploadedFile(self.buffer, self.field_name, self.file_name, self.content_type, size, self.charset)


class UploadField(forms.FileField):
    """A file of an allowed type and size; says beside itself what is allowed."""

    missing_message = "Bitte eine Datei wählen."

    def __init__(self, *, types: Sequence[str] = (), **kwargs: Any) -> None:
        most, self.types = settings.UPLOAD_MAX_BYTES // 1024**2, types
        listed = ", ".join(known.label for known in allowed_types(types))
        kwargs.setdefault("help_text", f"{listed}, höchstens {most} MB.")
        accept = ",".join(known.extension for known in allowed_types(types))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(max_length=None, allow_empty_file=True, **kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        upload = super().to_python(data)
        if upload is not None:
            refuse_size(upload.size)
            type_of(upload.read(), self.types)
            upload.seek(0)
        return upload


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name) or [])


class UploadsField(UploadField):
    """Several files at once, each as one alone; a list, empty where none was chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        self.help_text = f"Bis zu {most} Dateien: {self.help_text.replace('höchstens', 'zusammen höchstens')}"
        self.widget = ManyFilesInput(attrs={"multiple": True, "accept": self.widget.attrs["accept"]})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = data or []
        if self.required and not uploads:
            raise forms.ValidationError(self.missing_message)
        return [self._named(upload) for upload in uploads]

    def _named(self, upload: UploadedFile) -> UploadedFile:
        """Which of them is wrong."""
        try:
            return super().clean(upload)
        except forms.ValidationError as error:
            raise forms.ValidationError([f"{upload.name}: {said}" for said in error.messages]) from error


class AreasField(forms.FileField):
    """A GeoJSON; what comes out are its areas."""

    missing_message = UploadField.missing_message

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".geojson,.json"}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[geojson.Area]:
        upload = super().clean(data, initial)
        if upload.size > geojson.LARGEST:
            raise forms.ValidationError(geojson.TOO_LARGE)
        return geojson.read(upload.read())
