"""What waits for somebody, of each kind one line on *Heute*, all kinds in one statement."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lotse.core.lines import Found, Line, Row, by_kind, joined, lines_of
from lotse.core.prepared import prepared
from lotse.core.work import WorkItem

Said = tuple[str, str]  # title and sentence


class Kind(NamedTuple):
    """`one` and `several` say a line, or how many there are and which is the oldest; `url` leads to the first of them."""

    rows: Callable[[Any, date], QuerySet]
    columns: Mapping[str, Any]
    url: Callable[[list[Line]], str]
    one: Said
    several: Said
    badge: str
    named: Mapping[str, str] = {}


@dataclass(frozen=True)
class _Asked:
    """What decides how the statement reads; whose lines they are is only a value in it."""

    standing: Any
    today: date


class Bundle:
    """Kinds that are read together. The statement is written once a day for all of one standing (core.prepared), so that
    the rows of a kind must come from standing, person and day alone: neither from the clock nor from what is read before.

    `of_house`: no kind is of one person.
    """

    def __init__(self, kinds: Mapping[str, Kind], *, of_house: bool = False) -> None:
        self.kinds, self.of_house = kinds, of_house
        self._rows = prepared(self._written)

    def lines(self, actor: Any, today: date) -> Found:
        person = () if self.of_house else (actor.person_id,)
        return by_kind(self._rows(_Asked(actor.standing, today), *person))

    def items(self, actor: Any, today: date) -> list[WorkItem]:
        found = self.lines(actor, today)
        return [_item(kind, lines) for name, kind in self.kinds.items() for lines in _bundles(found[name])]

    def _written(self, asked: _Asked, person_id: int = 0) -> QuerySet[Any, Row]:
        actor = asked.standing.but(person_id=person_id)
        kinds = self.kinds.items()
        return joined([lines_of(name, kind.rows(actor, asked.today), **kind.columns) for name, kind in kinds])


def _bundles(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """All of a kind, by number where it has one (the year of a list); the oldest first."""
    ordered = sorted(lines, key=lambda line: (line.number, line.day, line.ref))
    return (list(found) for _number, found in groupby(ordered, key=lambda line: line.number))


def _item(kind: Kind, lines: list[Line]) -> WorkItem:
    first = lines[0]
    words = {
        "words": kind.named.get(first.words, first.words), "about": first.about, "day": f"{first.day:%d.%m.%Y}",
        "number": first.number, "count": len(lines),
    }  # fmt: skip
    title, sentence = (said.format(**words) for said in (kind.one if len(lines) == 1 else kind.several))
    return WorkItem(title, kind.url(lines), sentence, kind.badge, "warn")
