"""Pages by key, not by number: the thousandth costs what the first costs, and nothing is counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

from lotse.core.typed import whole

M = TypeVar("M", bound=Model)
T = TypeVar("T")
R = TypeVar("R")


PAGE = 25


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: list[T]
    next_cursor: str
    is_first: bool

    @property
    def following(self) -> str:
        """What the address says to see more (core/_paging.html); empty where nothing follows."""
        return self.next_cursor


def keyset(queryset: QuerySet[M], cursor: str, *, by: str, size: int = PAGE, keys_first: bool = False) -> Page[M]:
    """A page ordered by (`by`, id), with "-" before it the last first. The cursor is opaque; a damaged one shows the first page.

    `keys_first`: where no index has the rows in this order. Wide rows are then sorted by their keys alone, and the few that
    show are read in a second statement.
    """
    start, name = _read(cursor), by.removeprefix("-")
    begin = queryset.order_by(by, "-id" if by.startswith("-") else "id")
    turn = before if by.startswith("-") else after
    rows = (turn(queryset, name, *start) if start else begin)[: size + 1]
    return _page(_by_keys(queryset, rows) if keys_first else list(rows), name, size, is_first=start is None)


def _by_keys(queryset: QuerySet[M], few: QuerySet[M]) -> list[M]:
    keys = list(few.select_related(None).values_list("pk", flat=True))
    known = queryset.in_bulk(keys)
    return [known[key] for key in keys if key in known]


def page_by_key(
    ask: Callable[[Any, int], list[T]], cursor: str, *, by: str, first: tuple[Any, int], size: int = PAGE
) -> Page[T]:
    """The same where the statement is prepared: `ask` gives one row more than the page holds, after a key and an id."""
    start = _read(cursor)
    return _page(ask(*(start or first)), by, size, is_first=start is None)


def after(queryset: QuerySet[M, R], by: str, value: Any, pk: int) -> QuerySet[M, R]:
    """This form uses the index on both engines; the plain OR does not."""
    rows = queryset.filter(**{f"{by}__gte": value}).filter(Q(**{f"{by}__gt": value}) | Q(id__gt=pk))
    return rows.order_by(by, "id")


def before(queryset: QuerySet[M, R], by: str, value: Any, pk: int) -> QuerySet[M, R]:
    rows = queryset.filter(**{f"{by}__lte": value}).filter(Q(**{f"{by}__lt": value}) | Q(id__lt=pk))
    return rows.order_by(f"-{by}", "-id")


def _page(found: list[T], by: str, size: int, *, is_first: bool) -> Page[T]:
    last: Any = found[size - 1] if len(found) > size else None
    return Page(found[:size], _write(getattr(last, by), last.id) if last else "", is_first)


def _write(value: Any, pk: int) -> str:
    plain = value.isoformat() if isinstance(value, date) else value
    return signing.dumps([plain, pk], salt="lotse.keyset", compress=True)


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

    @property
    def following(self) -> str:
        return str(self.next_start or "")


def part_of(rows: Sequence[T], asked: str, *, size: int = 50) -> Part[T]:
    """Some of what is in memory anyway; a damaged start shows the first."""
    start = start_of(asked)
    return part_at(list(rows[start : start + size]), start, len(rows), size=size)


def start_of(asked: str) -> int:
    return whole(asked, digits=7) or 0


def part_at(rows: list[T], start: int, total: int, *, size: int) -> Part[T]:
    """What the database has cut out of `total`."""
    following = start + size
    return Part(rows, following if following < total else 0, total, start == 0)
