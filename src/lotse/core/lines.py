"""Rows of many tables in one shape, so that "Heute" reads all that waits for somebody in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import BinaryField, CharField, DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast


class Line(NamedTuple):
    """`ref` is the public id of what the line leads to, `secret` a sealed text of that row; a kind fills what it needs."""

    kind: str
    ref: str
    words: str
    secret: bytes
    about: str
    day: date
    moment: datetime
    number: int
    least: int


Found = dict[str, list[Line]]
Row = tuple[Any, ...]
Part = QuerySet[Any, Any]
TEXT, NUMBER = CharField(), IntegerField()
EMPTY: dict[str, Any] = {
    "words": Value("", TEXT), "secret": Value(b"", BinaryField()), "about": Value("", TEXT), "day": Cast(None, DateField()),
    "moment": Cast(None, DateTimeField()), "number": Value(0, NUMBER), "least": Value(0, NUMBER),
}  # fmt: skip


def lines_of(kind: str, rows: QuerySet[Any, Any], **columns: Any) -> Part:
    given = {"kind": Value(kind, TEXT), "ref": F("public_id"), **EMPTY, **columns}
    named = {f"line_{name}": given[name] for name in Line._fields}
    return rows.order_by().annotate(**named).values_list(*named)


def joined(parts: Sequence[Part]) -> Part:
    first, *others = parts
    return first.union(*others, all=True)


def by_kind(rows: Iterable[Row]) -> Found:
    found: Found = defaultdict(list)
    for row in rows:
        line = Line(*row)
        found[line.kind].append(line)
    return found


def read(parts: Sequence[Part]) -> Found:
    """By kind; one statement however many parts, none for no part."""
    return by_kind(joined(parts) if parts else [])
