"""A catalogue as a file: YAML, CSV and XLSX, each read and written. What is written is read again as the same."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from lotse.core import brought
from lotse.documents import archives, wording
from lotse.documents.rendering.sheets import Sheet, write_csv, write_xlsx
from lotse.documents.tables import FORMULA, Line, Table, read_table
from lotse.quality.content import MOST_PARTS, WHOLE, Complaints, Content, CriterionData, Row, Told, built
from lotse.quality.enums import CriterionKind

FORMAT = 1
LARGEST = 1_000_000
MOST_LINES = 5000
TOO_LARGE = "Die Datei ist zu groß. Erlaubt sind 1 MB."
TOO_LONG = f"Die Tabelle hat mehr als {MOST_LINES} Zeilen."
NOT_OURS = "Der Katalog: „format: 1“ fehlt. Bitte vergleichen Sie mit dem Beispiel."
NOT_LISTED = "Der Katalog: „{}“ fehlt oder ist keine Liste."
ODD = "{}: „{}“ gehört hier nicht hin. Steht in einem Text ein Komma, setzen Sie ihn in Anführungszeichen."
NO_COLUMN = "Die Spalte „{}“ fehlt. Bitte vergleichen Sie mit dem Beispiel."
IS_FORMULA = "Zeile {}: In „{}“ steht eine Formel. Bitte fügen Sie nur den Wert ein."
IS_DAY = "Zeile {}: Aus „{}“ hat das Programm ein Datum gemacht. Bitte die Spalte als Text formatieren."
NO_LINE = "Zeile {}: In „Zeile“ steht „{}“. Möglich sind Katalog, Katalog (Beispiel), Bereich, Kriterium und Teil."
NO_HEAD = "Eine Zeile „Katalog“ fehlt. Sie nennt Kennung, Fassung, Titel und Quelle."
TWO_HEADS = "Zeile {}: Die Zeile „Katalog“ darf es nur einmal geben."
LOOSE_PART = "Zeile {}: Ein Teil steht unter seinem Kriterium, hier steht darüber keines."

HEAD, EXAMPLE, AREA, CRITERION, PART = "Katalog", "Katalog (Beispiel)", "Bereich", "Kriterium", "Teil"
COLUMNS = ("Zeile", "Bereich", "Kennung", "Nummer", "Art", "Text", "Hinweis", "Verweist auf", "Gleich wie")
# Which column holds a field of each kind of line.
FIELDS: Mapping[str, Mapping[str, str]] = {
    HEAD: {"key": "Kennung", "version": "Nummer", "title": "Text", "source": "Hinweis"},
    AREA: {"number": "Bereich", "title": "Text"},
    CRITERION: {
        "slug": "Kennung", "code": "Nummer", "area": "Bereich", "kind": "Art", "text": "Text", "printed": "Hinweis",
        "refers": "Verweist auf", "like": "Gleich wie", "parts": "Teil",
    },
}  # fmt: skip


def read_file(content: bytes, name: str) -> Content:
    """Refused with everything that is wrong in it, in German. The name only tells a CSV from a YAML."""
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    if archives.is_workbook(content):
        return fitting(built(_told_by_table(read_table(content, archives.XLSX))))
    if name.lower().endswith(".csv"):
        return fitting(built(_told_by_table(read_table(content, wording.CSV))))
    return fitting(read_yaml(content))


def fitting(content: Content) -> Content:
    """Whatever is taken over can leave again in each format."""
    if len(as_yaml(content)) > brought.LARGEST:
        raise ValidationError("Der Katalog enthält zu viel Text. Bitte teilen Sie ihn auf.")
    return content


# YAML ----------------------------------------------------------------------------------------------------------------
def read_yaml(content: bytes) -> Content:
    raw = brought.read(content, WHOLE)
    if raw.get("format") != FORMAT:
        raise ValidationError(NOT_OURS)
    odd, known = Complaints(), {"format", "example", "areas", "criteria", *FIELDS[HEAD]}
    _refuse_odd(odd, raw, WHOLE, known)
    areas, criteria = _rows(odd, raw, "areas", AREA), _rows(odd, raw, "criteria", CRITERION)
    odd.speak()
    return built(Told(Row(WHOLE, raw), areas, criteria))


def _rows(odd: Complaints, raw: Mapping[str, Any], name: str, what: str) -> list[Row]:
    listed = raw.get(name)
    if not isinstance(listed, list):
        raise ValidationError(NOT_LISTED.format(name))
    rows = []
    for number, one in enumerate(listed, start=1):
        place = _place(what, number, one)
        with odd.noted():
            rows.append(Row(place, brought.mapping(one, place)))
            _refuse_odd(odd, one, place, FIELDS[what].keys())
    return rows


def _refuse_odd(odd: Complaints, row: Mapping[Any, Any], place: str, known: Collection[str]) -> None:
    """What nobody would read is a slip: a comma in a text without quotes makes a field of the rest."""
    odd.found += [ODD.format(place, str(name)[:60]) for name in row if name not in known]


def _place(what: str, number: int, row: Any) -> str:
    known = row.get("slug") or row.get("number") if isinstance(row, dict) else ""
    return f"{what} {number} ({str(known)[:60]})" if known else f"{what} {number}"


class _Written(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(content: Content) -> bytes:
    areas = [{"number": area.number, "title": area.title} for area in content.areas]
    head = {name: getattr(content, name) for name in ("key", "version", "title", "source")}
    raw = {"format": FORMAT, **head, "example": content.is_example, "areas": areas}
    raw["criteria"] = [_plain(one) for one in content.criteria]
    return yaml.dump(raw, Dumper=_Written, allow_unicode=True, sort_keys=False, width=10_000).encode()


def _plain(one: CriterionData) -> dict[str, Any]:
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(one).items()}
    return {name: value for name, value in said.items() if value}


# Tables --------------------------------------------------------------------------------------------------------------
def as_csv(content: Content) -> bytes:
    return "".join(write_csv([COLUMNS, *table(content)])).encode()


def as_xlsx(content: Content) -> bytes:
    return write_xlsx([Sheet(content.title, COLUMNS, table(content))])


def table(content: Content) -> Iterator[tuple[str, ...]]:
    """A line for the catalogue, for each area, each criterion and, under it, each of its parts."""
    head = EXAMPLE if content.is_example else HEAD
    yield head, "", content.key, content.version, "", content.title, content.source, "", ""
    for area in content.areas:
        yield AREA, area.number, "", "", "", area.title, "", "", ""
    for one in content.criteria:
        kind = str(CriterionKind(one.kind).label)
        yield CRITERION, one.area, one.slug, one.code, kind, one.text, one.printed, one.refers, ", ".join(one.like)
        yield from ((PART, "", "", "", "", part, "", "", "") for part in one.parts)


def _told_by_table(found: Table) -> Told:
    at = {heading.text.strip().casefold(): heading.index for heading in found.headings}
    if lacking := [NO_COLUMN.format(name) for name in COLUMNS if name.casefold() not in at]:
        raise ValidationError(lacking)
    reader = _Reader({name: at[name.casefold()] for name in COLUMNS})
    for count, line in enumerate(found.lines):
        if count >= MOST_LINES:
            raise ValidationError(TOO_LONG)
        reader.take(line)
    return reader.told()


class _Reader:
    """Line by line; what cannot be read in one does not keep the next from being read."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        self.columns = columns
        self.unreadable = Complaints()
        self.heads: list[Row] = []
        self.areas: list[Row] = []
        self.criteria: list[Row] = []

    def take(self, line: Line) -> None:
        cells = {name: self._cell(line, name, index) for name, index in self.columns.items()}
        said = cells["Zeile"]
        if said in (HEAD, EXAMPLE):
            self._head(line, cells, said == EXAMPLE)
        elif said == AREA:
            self.areas.append(_row(AREA, line, cells))
        elif said == CRITERION:
            like = [slug for slug in re.split(r"[,;\s]+", cells["Gleich wie"]) if slug]
            self.criteria.append(_row(CRITERION, line, cells, like=like, parts=[]))
        elif said == PART:
            self._part(line, cells["Text"])
        else:
            self.unreadable.found.append(NO_LINE.format(line.number, said[:40]))

    def _cell(self, line: Line, name: str, index: int) -> str:
        value = line.values[index] if index < len(line.values) else None
        if value is FORMULA:
            self.unreadable.found.append(IS_FORMULA.format(line.number, name))
        elif isinstance(value, date):
            self.unreadable.found.append(IS_DAY.format(line.number, name))
        else:
            return "" if value is None else str(value)
        return ""

    def _head(self, line: Line, cells: Mapping[str, str], is_example: bool) -> None:
        if self.heads:
            self.unreadable.found.append(TWO_HEADS.format(line.number))
        self.heads.append(_row(HEAD, line, cells, example=is_example))

    def _part(self, line: Line, text: str) -> None:
        if not self.criteria:
            self.unreadable.found.append(LOOSE_PART.format(line.number))
        elif len(parts := self.criteria[-1].values["parts"]) <= MOST_PARTS:
            parts.append(text)

    def told(self) -> Told:
        if not self.heads:
            self.unreadable.found.insert(0, NO_HEAD)
        self.unreadable.speak()
        return Told(self.heads[0], self.areas, self.criteria)


def _row(kind: str, line: Line, cells: Mapping[str, str], **more: Any) -> Row:
    names = FIELDS[kind]
    values = {name: cells.get(column, "") for name, column in names.items()}
    return Row(f"Zeile {line.number}", {**values, **more}, names)
