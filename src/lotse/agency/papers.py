"""Lists of who was there: to sign with a pen, and what became of the one signed by phone."""

from collections.abc import Sequence

from lotse.agency.models import Measure, SignedName, SignInSheet
from lotse.documents.rendering import Document, Heading, KeyValues, Note, Table

EMPTY_LINES = 22
WHY = "Die Liste weist die Maßnahme gegenüber der Förderung nach. Sie wird verschlossen aufbewahrt und nach zehn Jahren gelöscht."


def paper_list(measure: Measure) -> Document:
    rows = tuple((str(number), "", "", "") for number in range(1, EMPTY_LINES + 1))
    table = Table(("Nr.", "Name", "Einrichtung", "Unterschrift"), rows, (1, 5, 5, 5))
    return _list(measure, f"{measure.on:%d.%m.%Y}", table)


def signed_list(sheet: SignInSheet, entries: Sequence[SignedName]) -> Document:
    rows = tuple((str(number), entry.name, entry.institution) for number, entry in enumerate(entries, 1))
    return _list(sheet.measure, f"{sheet.on:%d.%m.%Y}", Table(("Nr.", "Name", "Einrichtung"), rows, (1, 6, 6)))


def _list(measure: Measure, day: str, table: Table) -> Document:
    title = f"Teilnehmerliste: {measure.title}"
    head = KeyValues(
        (("Datum", day), ("Ort", measure.place or "–"), ("Veranstaltet von", str(measure.agency))), columns=1
    )
    return Document(
        title=title,
        blocks=(Heading(title), head, table, Note(WHY)),
        author=str(measure.agency),
        footer=str(measure.agency),
    )
