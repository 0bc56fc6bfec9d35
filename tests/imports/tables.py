"""Tables as people bring them, and the way through the import without a browser."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from lotse.documents.archives import XLSX
from lotse.documents.intake import receive
from lotse.imports.actions import choose_columns, request_import, start_import
from lotse.imports.columns import guessed, remembered
from lotse.imports.forms import TABLES
from lotse.imports.kinds import KINDS
from lotse.imports.models import Import
from lotse.imports.queries import headings_of
from lotse.imports.work import work_on

HEAD = ("Nachname", "Vorname", "Geburtsdatum", "informiert am", "informiert auf")
ROW = ("Özdemir", "Mira", "12.05.1990", "01.03.2024", "Türkisch")
CLIENT, PARTNER = "client", "partner"


def rows(count):
    """Different people, each without anything to be said about."""
    return [
        (f"Muster{chr(97 + n % 26)}{n}", "Ali", f"{n % 28 + 1:02}.{n % 12 + 1:02}.{1950 + n % 50}", *ROW[3:])
        for n in range(count)
    ]


def csv_of(*lines, head=HEAD, sign=";", encoding="utf-8"):
    target = io.StringIO()
    csv.writer(target, delimiter=sign, lineterminator="\n").writerows([head, *lines])
    return target.getvalue().encode(encoding)


def xlsx_of(*lines, head=HEAD, change=None):
    book = Workbook()
    sheet = book.active
    for line in (head, *lines):
        sheet.append(line)
    if change:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload(content, name="liste.csv"):
    return SimpleUploadedFile(name, content, content_type=XLSX)


def brought(persona, content, kind=CLIENT):
    """A table that was uploaded and not yet looked at."""
    with receive(upload(content), by=persona.actor, types=TABLES) as received:
        return start_import(by=persona.actor, kind=KINDS[kind], received=received)


def for_all(world, persona):
    """What holds for every row where the table does not say it."""
    options = KINDS[CLIENT].options(persona.actor)
    return (
        {"site": f"={world.site.public_id}", "responsible": f"={world.counsellor.person.public_id}"}
        if options["site"]
        else {}
    )


def checked(world, content, persona=None, kind=CLIENT, **columns):
    """Uploaded, put in order as guessed, and looked at by the worker."""
    persona = persona or world.technical_lead
    run = brought(persona, content, kind)
    found = guessed(KINDS[kind], headings_of(run), remembered(persona.actor, KINDS[kind]))
    defaults = for_all(world, persona) if kind == CLIENT else {}
    choose_columns(by=persona.actor, run=run, mapping={**defaults, **found, **columns}, headings={})
    return worked(run)


def worked(run):
    work_on(run.public_id)
    return Import.objects.get(pk=run.pk)


def taken_over(world, content, persona=None, kind=CLIENT, takes_duplicates=False, **columns):
    persona = persona or world.technical_lead
    run = checked(world, content, persona, kind, **columns)
    request_import(by=persona.actor, run=run, takes_duplicates=takes_duplicates)
    return worked(run)


def told(run):
    """Line → category and messages."""
    return {row.line: (str(row.category), row.told["messages"]) for row in run.rows.all()}


def sheet_rows(content):
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
