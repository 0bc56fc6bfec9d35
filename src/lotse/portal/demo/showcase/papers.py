"""Small papers as people bring them: a scanned sheet, a Word template, a saved mail, a table."""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lotse.documents.actions import Received
from lotse.documents.intake import receive
from lotse.organisations.actor import Actor

SHEET = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 76>>stream
BT /F 14 Tf 70 770 Td (Beispielblatt, von beiden Seiten unterschrieben) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def signed_sheet(by: Actor, name: str) -> AbstractContextManager[Received]:
    return receive(SimpleUploadedFile(f"{name}.pdf", SHEET), by=by)


def letter_template(lines: Iterable[str]) -> bytes:
    file, target = docx.Document(), io.BytesIO()
    for line in lines:
        file.add_paragraph(line)
    file.save(target)
    return target.getvalue()


def saved_mail(subject: str, text: str, day: datetime) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Frau Muster <school@partner.example>"
    mail["To"] = "beraterin@lotse.example"
    mail["Subject"], mail["Date"] = subject, format_datetime(timezone.localtime(day))
    mail.set_content(text)
    mail.add_attachment(SHEET, maintype="application", subtype="pdf", filename="Kursplan.pdf")
    return mail.as_bytes()


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> SimpleUploadedFile:
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows([headings, *rows])
    return SimpleUploadedFile("tabelle.csv", target.getvalue().encode("utf-8-sig"))
