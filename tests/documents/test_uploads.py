"""What a browser sends is bounded before any view sees it."""

import io
import tempfile
import tracemalloc

import pytest
from django.conf import settings
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory

from lotse.core.forms import LotseForm
from lotse.documents.uploads import BoundedUploadHandler, UploadField
from tests.documents.files import PROGRAM, pdf, upload

MB = 1024**2


class Form(LotseForm):
    file = UploadField(label="Datei")


class Stream(io.RawIOBase):
    """A request body that is made while it is read, so that the test itself does not hold it."""

    def __init__(self, size):
        head = b'--grenze\r\nContent-Disposition: form-data; name="file"; filename="gross.pdf"\r\n\r\n%PDF-'
        self.parts = iter([head, *([b"x" * MB] * (size // MB)), b"\r\n--grenze--\r\n"])
        self.rest = b""

    def read(self, size=-1):
        while len(self.rest) < size and (part := next(self.parts, b"")):
            self.rest += part
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken


def parsed(size):
    request = RequestFactory().post("/")
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=grenze", "CONTENT_LENGTH": size + 200}
    handler = BoundedUploadHandler(request)
    return MultiPartParser(meta, Stream(size), [handler], "utf-8").parse()


def test_hundred_megabytes_are_read_past_without_being_kept(monkeypatch):
    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", None)
    tracemalloc.start()
    data, files = parsed(100 * MB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    form = Form(data, files)
    assert form.errors["file"] == [
        "Die Datei hat 100 MB, erlaubt sind 20 MB. Bitte mit geringerer Auflösung scannen oder aufteilen."
    ]
    assert peak < 60 * MB


def test_an_upload_never_touches_the_disk():
    assert settings.FILE_UPLOAD_HANDLERS == ["lotse.documents.uploads.BoundedUploadHandler"]


def test_a_file_within_the_limit_arrives_whole():
    _data, files = parsed(3 * MB)
    assert (files["file"].size, len(files["file"].read())) == (3 * MB + 5, 3 * MB + 5)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Bitte eine Datei wählen."),
        ({"file": upload(b"")}, "Die Datei ist leer. Bitte wählen Sie eine andere."),
        (
            {"file": upload(PROGRAM)},
            "Das ist kein PDF, JPEG oder PNG. Andere Dateien nimmt Lotse nicht an, auch nicht umbenannt.",
        ),
    ],
    ids=["none", "empty", "program"],
)
def test_the_form_says_what_is_wrong_beside_the_field(given, said):
    assert Form(QueryDict(), given).errors["file"] == [said]


def test_the_field_says_what_is_allowed_and_hands_on_the_whole_file():
    form = Form(QueryDict(), {"file": upload(pdf("ganz"))})
    assert form.is_valid()
    assert form.cleaned_data["file"].read() == pdf("ganz")
    assert form.fields["file"].help_text == "PDF, JPEG, PNG, höchstens 20 MB."
    assert form.fields["file"].widget.attrs["accept"] == ".pdf,.jpg,.png"
