"""Uploads as a browser sends them, and files as an owner keeps them."""

from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from lotse.documents.actions import keep_file
from lotse.documents.enums import Compartment
from lotse.documents.intake import receive

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 40 + b"\xff\xd9"
PROGRAM = b"MZ\x90\x00" + b"\0" * 200 + b"%PDF-1.7 %%EOF"


def pdf(text="Plan"):
    return f"%PDF-1.7\n{text}\n%%EOF\n".encode()


def upload(content=None, name="plan.pdf", media_type="application/pdf"):
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type=media_type)


def keep(persona, content=None, name="plan.pdf", retention="with_owner", compartment=Compartment.CASE):
    with receive(upload(content, name), by=persona.actor) as received:
        return keep_file(by=persona.actor, received=received, compartment=compartment, retention=retention)


def stored_bytes():
    """Everything that lies in the storage."""
    return {path: path.read_bytes() for path in Path(settings.STORED_FILES).rglob("*") if path.is_file()}
