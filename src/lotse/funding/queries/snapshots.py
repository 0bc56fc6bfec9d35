"""A part as data that is kept for good, and back; and what has changed between two of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.formats import number_format

from lotse.funding.queries.part_content import (
    NOTHING,
    WITHOUT_POST,
    Cost,
    Frame,
    Funds,
    Line,
    PartContent,
    PostRow,
    WholeContent,
)

SOURCES = {"own_share": "Eigenanteil", "income": "andere Mittel"}


def as_data(whole: WholeContent) -> dict[str, Any]:
    """Numbers as text with two decimals: nothing is rounded by whoever reads it."""
    frame = whole.frame
    head = {
        "grant": frame.grant, "reference": frame.reference, "own_share_percent": _text(frame.own_share_percent),
        "years": list(frame.years), "lines": [list(line) for line in frame.lines],
    }  # fmt: skip
    return {"frame": head, "parts": [_part_data(part) for part in whole.parts]}


def from_data(data: dict[str, Any]) -> WholeContent:
    head = data["frame"]
    frame = Frame(
        head["grant"], head["reference"], Decimal(head["own_share_percent"]), tuple(head["years"]),
        tuple(Line(*line) for line in head["lines"]),
    )  # fmt: skip
    return WholeContent(frame, tuple(_part(frame, part) for part in data["parts"]))


def _part_data(part: PartContent) -> dict[str, Any]:
    return {
        "carrier": part.carrier, "measures": part.measures, "posts": [_post_data(post) for post in part.posts],
        "costs": [[*cell, _text(amount)] for cell, amount in sorted(part.costs.items())],
        "funds": [[*cell, _text(amount)] for cell, amount in sorted(part.funds.items())],
    }  # fmt: skip


def _part(frame: Frame, data: dict[str, Any]) -> PartContent:
    return PartContent(
        frame, data["carrier"], data["measures"], tuple(_post(post) for post in data["posts"]),
        {Cost(*cell): Decimal(amount) for *cell, amount in data["costs"]},
        {Funds(*cell): Decimal(amount) for *cell, amount in data["funds"]},
    )  # fmt: skip


def _post_data(post: PostRow) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(post, name)) else None for name in ("starts_on", "ends_on")}
    return {**post._asdict(), "fte": _text(post.fte), **days}


def _post(data: dict[str, Any]) -> PostRow:
    days = {name: date.fromisoformat(day) if (day := data[name]) else None for name in ("starts_on", "ends_on")}
    return PostRow(**{**data, "fte": Decimal(data["fte"]), **days})


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"


class Change(NamedTuple):
    carrier: str
    what: str
    then: str | Decimal
    now: str | Decimal

    @property
    def then_words(self) -> str:
        return _shown(self.then)

    @property
    def now_words(self) -> str:
        return _shown(self.now)


def _shown(value: str | Decimal) -> str:
    return value if isinstance(value, str) else f"{number_format(value, 2, force_grouping=True)} €"


def changes(then: WholeContent, now: WholeContent) -> list[Change]:
    """Part by part, whatever is not the same any more."""
    old, new = ({part.carrier: part for part in whole.parts} for whole in (then, now))
    return [Change(carrier, *row) for carrier in old if carrier in new for row in _between(old[carrier], new[carrier])]


def _between(old: PartContent, new: PartContent) -> Iterator[tuple[str, str | Decimal, str | Decimal]]:
    yield from _of_posts(old, new)
    for cell in _keys(old.costs, new.costs):
        yield from _differing(_words(cell, old, new), old.costs.get(cell, NOTHING), new.costs.get(cell, NOTHING))
    for source, year in _keys(old.funds, new.funds):
        cell = Funds(source, year)
        yield from _differing(f"{SOURCES[source]} {year}", old.funds.get(cell, NOTHING), new.funds.get(cell, NOTHING))
    if old.measures != new.measures:
        yield "geplante Maßnahmen", old.measures or "–", new.measures or "–"


def _of_posts(old: PartContent, new: PartContent) -> Iterator[tuple[str, str, str]]:
    before, after = ({post.key: post for post in part.posts} for part in (old, new))
    for key in _keys(before, after):
        one, other = before.get(key), after.get(key)
        if one != other:
            yield f"Stelle {(other or one).title}", _said(one), _said(other)  # type: ignore[union-attr]


def _said(post: PostRow | None) -> str:
    if post is None:
        return "–"
    words = (post.title, f"{post.fte:.2f} VZÄ".replace(".", ","), post.agency, post.holder, post.pay_grade, post.period)
    return ", ".join(word for word in words if word)


def _words(cell: Cost, *parts: PartContent) -> str:
    labels = {line.key: line.label for part in parts for line in part.frame.lines}
    titles = {post.key: post.title for part in parts for post in part.posts}
    post = f": {titles.get(cell.post, WITHOUT_POST)}" if cell.post else ""
    return f"{labels[cell.line]}{post} {cell.year}"


def _keys(*cells: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(key for some in cells for key in some))


def _differing(what: str, then: Decimal, now: Decimal) -> Iterator[tuple[str, Decimal, Decimal]]:
    if then != now:
        yield what, then, now
