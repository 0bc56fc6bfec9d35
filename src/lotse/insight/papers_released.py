"""Released tables as files: a row for each number, and a paper to print. Files hide what readers outside do not see."""

from collections.abc import Callable, Iterable, Iterator

from django.http import HttpResponse

from lotse.documents.answers import pdf_answer, table_answer
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.facts.mapping import Counted, FunderCodes, mapping
from lotse.facts.results import Cell
from lotse.insight.comparing import beside_year_before
from lotse.insight.exports import DOT
from lotse.insight.models import Snapshot
from lotse.insight.protecting import Audience
from lotse.insight.released import WHOLE, Line, ShownTable, shown_tables

COLUMNS = (
    "Kennzahl", "Ausprägung", "Beratungsstelle", "Anzahl", "Einheit", "Schutz", "von", "bis", "Träger", "Definition", "Kennung",
    "Fassung", "Quelle", "freigegeben am", "Prüfsumme",
)  # fmt: skip
NOTES = (
    f"{DOT} geschützt: Die Zahl ist kleiner als 5, oder sie würde eine solche Zahl verraten. Es heißt nicht null.",
    "Die Zahlen sind einmal gezählt und ändern sich nicht mehr, auch wenn Akten später gelöscht werden.",
    "„nicht erhoben“: gezählt, aber die Angabe fehlt in der Akte.",
)
FUNDER = "mbe_statistics"
FUNDER_COLUMNS = ("Code Kennzahl", "Code Ausprägung", "Anzahl", "Schutz", "Kennzahl", "Ausprägung")
WIDE, BESIDE = 4, 8  # places beside each other that a sheet holds, upright and across


def answer(snapshot: Snapshot, ending: str) -> HttpResponse:
    return FILES[ending](snapshot, ending)


def _table(snapshot: Snapshot, ending: str) -> HttpResponse:
    return table_answer(ending, Sheet("Tabellen", COLUMNS, _rows(snapshot), NOTES), _name(snapshot, ending))


def _funder(snapshot: Snapshot, _ending: str) -> HttpResponse:
    """In the order and with the codes of the funder, of the whole place."""
    codes = mapping(FUNDER)
    sheet = Sheet("Meldung", FUNDER_COLUMNS, _coded(snapshot, codes), _funder_notes(codes))
    return table_answer("xlsx", sheet, f"{codes.key}-{snapshot.period.key}.xlsx")


def _coded(snapshot: Snapshot, codes: FunderCodes) -> Iterator[list[object]]:
    tables = [_counted(table) for table in shown_tables(snapshot, Audience.OUTSIDE) if not table.withheld]
    for line in codes.lines(tables):
        shown = [DOT, "geschützt"] if line.count is None else [line.count, ""]
        yield [line.figure_code, line.cell_code, *shown, line.title, line.label]


def _counted(table: ShownTable) -> Counted:
    return Counted(
        table.key, table.title, tuple(Cell(line.key, line.label, line.numbers[WHOLE]) for line in _lines(table))
    )


def _funder_notes(codes: FunderCodes) -> tuple[str, ...]:
    example = ("Beispiel: Diese Codes stammen nicht vom Zuwendungsgeber. Seine echten kommen als neue Datei dazu.",)
    return (*(example if codes.is_example else ()), f"{codes.title}, Fassung {codes.version}", NOTES[0])


def _pdf(snapshot: Snapshot, ending: str) -> HttpResponse:
    return pdf_answer(paper(snapshot), _name(snapshot, ending))


def _name(snapshot: Snapshot, ending: str) -> str:
    return f"tabellen-{snapshot.period.key}.{ending}"


def _rows(snapshot: Snapshot) -> Iterable[list[object]]:
    released = snapshot.released_at or ""
    for table in shown_tables(snapshot, Audience.OUTSIDE):
        tail = [snapshot.start, snapshot.end, snapshot.content["organisation"]["name"], table.definition, table.key]
        for line in _lines(table):
            for place, number in zip(table.places, line.numbers, strict=True):
                shown = [DOT, table.unit, "geschützt"] if number is None else [number, table.unit, ""]
                yield [
                    table.title,
                    line.label,
                    place,
                    *shown,
                    *tail,
                    table.version,
                    table.source,
                    released,
                    snapshot.digest,
                ]


def _lines(table: ShownTable) -> tuple[Line, ...]:
    return (*table.lines, table.total) if table.total else ()


def paper(snapshot: Snapshot) -> Document:
    every = [table for table in beside_year_before(snapshot, Audience.OUTSIDE) if not table.withheld]
    tables = [table for table in every if not table.is_empty]
    blocks = [block for table in tables for block in _block(table)]
    empty = ", ".join(table.title for table in every if table.is_empty)
    end = (Paragraph(f"Nichts gezählt: {empty}."),) if empty else ()
    head = (Heading(f"Tabellen {snapshot.period.name}"), _facts(snapshot), *(Paragraph(note) for note in NOTES[:2]))
    is_wide = max((len(table.places) for table in tables), default=0) > WIDE
    return Document(
        f"Tabellen {snapshot.period.name}, {snapshot.place}",
        (*head, *blocks, *end),
        author=snapshot.content["organisation"]["name"],
        footer=f"{snapshot}, Prüfsumme {snapshot.digest[:12]}",
        watermark="" if snapshot.released_at else "nicht freigegeben",
        landscape=is_wide,
    )


def _facts(snapshot: Snapshot) -> KeyValues:
    released = f"{snapshot.released_at:%d.%m.%Y}, {snapshot.released_by}" if snapshot.released_at else ""
    return KeyValues(
        (
            ("Träger", snapshot.content["organisation"]["name"]),
            ("Beratungsstelle", snapshot.site.name if snapshot.site else "alle"),
            ("Zeitraum", f"{snapshot.start:%d.%m.%Y} bis {snapshot.end:%d.%m.%Y}"),
            ("Freigegeben", released),
        )
    )


def _block(table: ShownTable) -> Iterator[Heading | Paragraph | Table]:
    """Of many places some beside each other at a time."""
    yield Heading(table.title, 2)
    yield Paragraph(table.definition)
    for start in range(0, len(table.places), BESIDE):
        here = slice(start, start + BESIDE)
        rows = tuple(
            (line.label, *(DOT if n is None else f"{n}" for n in line.numbers[here])) for line in _lines(table)
        )
        places = table.places[here]
        yield Table((table.unit, *places), rows, (3, *(1 for _place in places)))


FILES: dict[str, Callable[[Snapshot, str], HttpResponse]] = {
    "xlsx": _table,
    "csv": _table,
    "pdf": _pdf,
    "meldung": _funder,
}
