"""Which column of a table is which: guessed by its heading, remembered from the last time, chosen by somebody."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from lotse.core.search import fold
from lotse.documents.tables import Heading, Line, Table, Value
from lotse.imports.kinds import Column, Kind, Row
from lotse.imports.models import ColumnMemory
from lotse.imports.values import Desk
from lotse.organisations.actor import Actor

FOR_ALL = "="
MOST_LINES = 20_000
TOO_MANY = f"Die Tabelle hat mehr als {MOST_LINES:,} Zeilen. Bitte teilen Sie sie auf.".replace(",", ".")
TORN = re.compile("Ã[\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|\ufffd")  # UTF-8 that somebody has read as something else
TOO_WIDE = "Die Zeile hat mehr Zellen als die Tabelle Überschriften. Bitte prüfen Sie die Trennzeichen."


def remembered(actor: Actor, kind: Kind) -> dict[str, str]:
    """Folded heading → column."""
    memory = ColumnMemory.objects.filter(organisation_id=actor.organisation_id, kind=kind.key).first()
    return json.loads(memory.headings) if memory and memory.headings else {}


def guessed(kind: Kind, headings: Sequence[Heading], known: Mapping[str, str]) -> dict[str, str]:
    """Column → number of the heading. What was chosen last time counts first; no heading is taken twice."""
    found: dict[str, str] = {}
    for heading in headings:
        key = known.get(fold(heading.text)) or _by_name(kind, heading)
        if key and key not in found:
            found[key] = str(heading.index)
    return found


def _by_name(kind: Kind, heading: Heading) -> str:
    text = fold(heading.text)
    return next((column.key for column in kind.columns if text in map(fold, column.names)), "") if text else ""


def offered(column: Column, desk: Desk, headings: Sequence[Heading]) -> list[Any]:
    """What can be chosen for a column: the columns of the table, and values for every row."""
    taken = [(str(h.index), f"{h.letter} · {h.text or 'ohne Überschrift'}") for h in headings]
    for_all = [(f"{FOR_ALL}{key}", label) for key, label in desk.options.get(column.key, {}).items()]
    first = ("", "– bitte wählen –" if column.needed else "– nicht übernehmen –")
    return [first, *([("Für alle Zeilen", for_all), ("Aus der Tabelle", taken)] if column.for_all else taken)]


def read_lines(kind: Kind, desk: Desk, table: Table, mapping: Mapping[str, str]) -> Iterator[Row]:
    for count, line in enumerate(table.lines):
        if count >= MOST_LINES:
            raise ValidationError(TOO_MANY)
        yield _row(kind, desk, line, mapping, len(table.headings))


def _row(kind: Kind, desk: Desk, line: Line, mapping: Mapping[str, str], width: int) -> Row:
    row = Row(line.number)
    if len(line.values) > width:
        row.errors.append(TOO_WIDE)
    for column in kind.columns:
        if column.key in mapping:
            _read(row, column, _cell(line, mapping[column.key]), desk)
    return row


def _cell(line: Line, place: str) -> Value:
    if place.startswith(FOR_ALL):
        return place.removeprefix(FOR_ALL)
    return line.values[int(place)] if int(place) < len(line.values) else None


def _read(row: Row, column: Column, value: Value, desk: Desk) -> None:
    row.values[column.key] = None
    if value is None:
        if column.needed:
            row.errors.append(column.needed)
        return
    try:
        row.values[column.key] = column.reader.read(value, desk)
    except ValidationError as error:
        row.errors += [f"{column.label}: {message}" for message in error.messages]
    if isinstance(value, str) and TORN.search(value):
        row.warnings.append(f"{column.label}: In „{value[:40]}“ sehen Umlaute beschädigt aus.")


def differing(kind: Kind, values: Mapping[str, Any], obj: Any) -> list[str]:
    """Labels of the columns in which a row says something else than what is there."""
    named = [column for column in kind.going_out if column.key in values]
    return [column.label for column in named if _said(values[column.key]) != _said(column.of(obj))]


def _said(value: Any) -> Any:
    return None if value in ("", []) else value
