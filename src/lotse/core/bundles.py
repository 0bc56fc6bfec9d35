"""What waits for somebody, of each kind one line on *Heute*, all kinds in one statement."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lotse.core.lines import Line, lines_of, read
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


def bundled(kinds: Mapping[str, Kind], actor: Any, today: date) -> list[WorkItem]:
    found = read([lines_of(name, kind.rows(actor, today), **kind.columns) for name, kind in kinds.items()])
    return [_item(kind, lines) for name, kind in kinds.items() for lines in _bundles(found[name])]


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
