"""Pages by key, not by number: the thousandth costs what the first costs, and nothing is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[M]):
    rows: list[M]
    next_cursor: str
    is_first: bool


def keyset(queryset: QuerySet[M], cursor: str, *, by: str, size: int = 25) -> Page[M]:
    """A page ordered by (`by`, id). The cursor is opaque; a damaged one shows the first page."""
    start = _read(cursor)
    rows = queryset.order_by(by, "id")
    if start:
        value, pk = start
        # This form uses the index on both engines; the plain OR does not.
        rows = rows.filter(**{f"{by}__gte": value}).filter(Q(**{f"{by}__gt": value}) | Q(id__gt=pk))
    found = list(rows[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    return Page(found[:size], _write(getattr(last, by), last.pk) if last else "", start is None)


def _write(value: Any, pk: int) -> str:
    return signing.dumps([value, pk], salt="lotse.keyset", compress=True)


def _read(cursor: str) -> tuple[Any, int] | None:
    try:
        value, pk = signing.loads(cursor, salt="lotse.keyset")
    except (signing.BadSignature, ValueError):
        return None
    return value, pk


@dataclass(frozen=True)
class Part(Generic[T]):
    """`next_start` 0: nothing follows."""

    rows: list[T]
    next_start: int
    total: int
    is_first: bool


def part_of(rows: Sequence[T], asked: str, *, size: int = 50) -> Part[T]:
    """Some of what is in memory anyway; a damaged start shows the first."""
    start = int(asked) if asked.isdecimal() and len(asked) < 8 else 0
    following = start + size
    return Part(list(rows[start:following]), following if following < len(rows) else 0, len(rows), start == 0)
