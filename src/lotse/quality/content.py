"""A catalogue of criteria as plain data, checked as a whole: what a file says, before anything is written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from lotse.core import brought
from lotse.documents.rendering.sheets import CONTROL_SIGNS
from lotse.documents.tables import unguarded
from lotse.quality.enums import CriterionKind

MOST_AREAS, MOST_CRITERIA, MOST_PARTS, MOST_TOLD = 200, 500, 20, 50
SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*")
WHOLE = "Der Katalog"
BAD_SLUG = "{}: Die Kennung „{}“ darf nur kleine Buchstaben, Ziffern, Punkt, - und _ haben."
NO_KIND = "{}: Die Art „{}“ gibt es nicht. Möglich sind {}."
TWICE = "{}: „{}“ gibt es schon. Jede Kennung steht nur einmal."
NO_AREA = "{}: Den Bereich „{}“ gibt es in der Datei nicht."
NO_SUCH = "{}: Die Kennung „{}“ gibt es in der Datei nicht."
SELF = "{}: Ein Kriterium kann nicht auf sich selbst zeigen."
TOO_MANY = "Der Katalog hat {} {}, erlaubt sind {}."
AND_MORE = "… und {} weitere Fehler."
NO_TEXT = "{}: „{}“ enthält mehr als Text."
KINDS = {known: kind for kind in CriterionKind for known in (str(kind.value), str(kind.label))}
T = TypeVar("T")


@dataclass(frozen=True)
class AreaData:
    number: str
    title: str


@dataclass(frozen=True)
class CriterionData:
    """`like`: slugs of what it proves, too; `refers`: an area that holds here as well."""

    slug: str
    code: str
    area: str
    kind: str
    text: str
    parts: tuple[str, ...] = ()
    printed: str = ""
    refers: str = ""
    like: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    key: str
    version: str
    title: str
    source: str
    is_example: bool
    areas: tuple[AreaData, ...]
    criteria: tuple[CriterionData, ...]


@dataclass(frozen=True)
class Row:
    """Something of a file. `place`: where it stands there; `names`: how the file calls a field."""

    place: str
    values: Mapping[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str, most: int) -> str:
        return self._read(brought.word, name, most)

    def maybe(self, name: str, most: int) -> str:
        return self._read(brought.maybe, name, most)

    def words(self, name: str, most: int) -> tuple[str, ...]:
        called = self.names.get(name, name)
        given = self.values.get(name) or []
        if not isinstance(given, list | tuple):
            raise ValidationError(NO_TEXT.format(self.place, called))
        return tuple(clean(brought.word({called: one}, called, self.place, most)) for one in given)

    def _read(self, how: Callable[..., str], name: str, most: int) -> str:
        called = self.names.get(name, name)
        words = clean(how({called: self.values.get(name, "")}, called, self.place, most))
        return how({called: words}, called, self.place, most)


@dataclass(frozen=True)
class Told:
    """What a file says, unchecked."""

    head: Row
    areas: Sequence[Row]
    criteria: Sequence[Row]


class Complaints:
    """Everything that is wrong in a file, said at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            self.found += error.messages

    def each(self, read: Callable[[Row], T], rows: Sequence[Row]) -> list[tuple[Row, T]]:
        made = []
        for row in rows:
            with self.noted():
                made.append((row, read(row)))
        return made

    def speak(self) -> None:
        more = len(self.found) - MOST_TOLD
        if self.found:
            raise ValidationError([*self.found[:MOST_TOLD], *([AND_MORE.format(more)] if more > 0 else [])])


def clean(text: str) -> str:
    """One line, nothing that cannot be printed, without the apostrophe that guards a table against formulas."""
    return unguarded(" ".join(CONTROL_SIGNS.sub("", text).split()))


def built(told: Told) -> Content:
    complaints = Complaints()
    _refuse_many(len(told.areas), "Bereiche", MOST_AREAS)
    _refuse_many(len(told.criteria), "Kriterien", MOST_CRITERIA)
    with complaints.noted():
        head = _head(told.head)
    areas = complaints.each(_area, told.areas)
    criteria = complaints.each(_criterion, told.criteria)
    if not told.criteria:
        complaints.found.append(f"{WHOLE}: Es gibt kein Kriterium.")
    complaints.found += [*_doubles(areas, criteria), *_dangling(areas, criteria)]
    complaints.speak()
    return Content(*head, tuple(area for _row, area in areas), tuple(criterion for _row, criterion in criteria))


def _refuse_many(count: int, what: str, most: int) -> None:
    if count > most:
        raise ValidationError(TOO_MANY.format(count, what, most))


def _head(row: Row) -> tuple[str, str, str, str, bool]:
    key = _slug(row, "key")
    return (
        key, row.word("version", 40), row.word("title", 200), row.word("source", 300), row.values.get("example") is True,
    )  # fmt: skip


def _area(row: Row) -> AreaData:
    return AreaData(row.word("number", 20), row.word("title", 200))


def _criterion(row: Row) -> CriterionData:
    parts = row.words("parts", 500)
    if len(parts) > MOST_PARTS:
        raise ValidationError(f"{row.place}: Erlaubt sind {MOST_PARTS} Teilanforderungen.")
    return CriterionData(
        _slug(row, "slug"), row.word("code", 40), row.word("area", 20), _kind(row), row.word("text", 1000), parts,
        row.maybe("printed", 300), row.maybe("refers", 20), tuple(dict.fromkeys(row.words("like", 60))),
    )  # fmt: skip


def _slug(row: Row, name: str) -> str:
    slug = row.word(name, 60)
    if not SLUG.fullmatch(slug):
        raise ValidationError(BAD_SLUG.format(row.place, slug))
    return slug


def _kind(row: Row) -> str:
    said = row.word("kind", 20)
    if said not in KINDS:
        listed = ", ".join(str(kind.value if not row.names else kind.label) for kind in CriterionKind)
        raise ValidationError(NO_KIND.format(row.place, said, listed))
    return str(KINDS[said].value)


def _doubles(areas: Sequence[tuple[Row, AreaData]], criteria: Sequence[tuple[Row, CriterionData]]) -> Iterator[str]:
    for named in ([(row, area.number) for row, area in areas], [(row, one.slug) for row, one in criteria]):
        seen: set[str] = set()
        for row, name in named:
            if name in seen:
                yield TWICE.format(row.place, name)
            seen.add(name)


def _dangling(areas: Sequence[tuple[Row, AreaData]], criteria: Sequence[tuple[Row, CriterionData]]) -> Iterator[str]:
    numbers, slugs = {area.number for _row, area in areas}, {one.slug for _row, one in criteria}
    for row, one in criteria:
        yield from (NO_AREA.format(row.place, name) for name in (one.area, one.refers) if name and name not in numbers)
        yield from (NO_SUCH.format(row.place, slug) for slug in one.like if slug not in slugs)
        if one.slug in one.like:
            yield SELF.format(row.place)
