"""Prescribed forms and logos, made beneath the actions."""

import io
import struct
import zlib
from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from lotse.documents.actions import keep_file
from lotse.documents.archives import DOCX
from lotse.documents.enums import Compartment
from lotse.documents.intake import receive
from lotse.documents.models import FormTemplate, Logo

START = date(2026, 1, 1)
_numbers = count(1)


def picture(width=34, height=12, colour=(27, 77, 92)):
    """A real PNG."""
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))
    parts = (
        (b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data)) for name, data in parts
    )


def image_upload(**more):
    return SimpleUploadedFile("logo.png", picture(**more), content_type="image/png")


def word_upload(content):
    return SimpleUploadedFile("formular.docx", content, content_type=DOCX)


def kept(persona, upload, types):
    with receive(upload, by=persona.actor, types=types) as received:
        return keep_file(by=persona.actor, received=received, compartment=Compartment.FUNDING, retention="with_owner")


def form(persona, organisation, purpose, content=None, **more):
    values = {"version": f"{next(_numbers)}", "valid_from": START, **more}
    stored = kept(persona, word_upload(content), (DOCX,)) if content else None
    return FormTemplate.objects.create(organisation=organisation, purpose=purpose, file=stored, **values)


def logo(persona, organisation, slot="ministry", **more):
    stored = kept(persona, image_upload(), ("image/png",))
    values = {"alt": "Wappen von Nordrhein-Westfalen", "valid_from": START, **more}
    return Logo.objects.create(organisation=organisation, slot=slot, image=stored, **values)


def text_of(content):
    """What stands in a Word file, tables too."""
    import docx

    body = docx.Document(io.BytesIO(content)).element.body
    return [line for p in body.iter("{*}p") if (line := "".join(t.text or "" for t in p.iter("{*}t")))]
