"""What stands in a snapshot: the exact tables for the way up, and the tables as one reader sees them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lotse.core.canonical import digest
from lotse.facts.counting import TOTAL
from lotse.facts.disclosure import NOTHING, Hidden
from lotse.insight.counted import Data
from lotse.insight.models import Snapshot
from lotse.insight.protecting import Audience, hidden_of

TOGETHER = "zusammen"
WHOLE = 0  # the first place of a table is all that it counts


@dataclass(frozen=True)
class Table:
    """Exact numbers. `cells`: by the names of the two dimensions, or of one where a single site was counted; no totals.

    The first name is the cell's ("cases.gender:w"), the second the site's public id. A zero is left out.
    """

    key: str
    version: int
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Line:
    """`numbers`: None is a dot. `key`: of the cell."""

    key: str
    label: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True)
class ShownTable:
    """`places`: the columns. `withheld`: it would give numbers away beside earlier tables, so it has no lines. `summed`: from
    the released tables of its parts."""

    key: str
    title: str
    unit: str
    definition: str
    source: str
    version: int
    places: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    total: Line | None = None
    summed: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was counted."""
        return self.total is not None and not any(n != 0 for n in self.total.numbers)

    @property
    def is_blank(self) -> bool:
        """Nothing but dots."""
        lines = (*self.lines, self.total) if self.total else ()
        return bool(lines) and not any(n is not None for line in lines for n in line.numbers)

    @property
    def withheld(self) -> bool:
        return self.total is None


def is_intact(snapshot: Snapshot) -> bool:
    return digest(snapshot.content) == snapshot.digest


def exact_tables(snapshot: Snapshot) -> list[Table]:
    """For adding up on the level above, never for a page: nothing is hidden here."""
    content, site = snapshot.content, snapshot.content["site"]
    dimensions = ("cell",) if site else ("cell", "site")
    return [
        Table(table["fact"], table["version"], dimensions, dict(_exact(table, site["key"] if site else "")))
        for table in content["tables"]
    ]


def _exact(table: Data, site: str) -> Iterator[tuple[tuple[str, ...], int]]:
    for cell, line in table["counts"]["total"].items():
        for place, number in line.items():
            if site in ("", place):
                yield ((cell,) if site else (cell, place)), number


def shown_tables(snapshot: Snapshot, audience: Audience | None) -> list[ShownTable]:
    """None: exactly, for who reads every file behind the numbers."""
    content = snapshot.content
    return [
        _shown(content, table, hidden_of(content, audience, table["bundle"]) if audience else NOTHING)
        for table in content["tables"]
    ]


def _shown(content: Data, table: Data, hidden: Hidden | None) -> ShownTable:
    places = _places(content)
    about = {name: table[name] for name in ("title", "unit", "definition", "source", "version")}
    about["summed"] = table.get("summed", False)
    names = tuple(name for _key, name in places)
    if hidden is None:
        return ShownTable(table["fact"], **about, places=names)
    sites = [site["key"] for site in content["sites"]]

    def number(column: str, place: str | None) -> int | None:
        line = table["counts"]["total"].get(column, {})
        return None if hidden.hides(column, place) else sum(line.get(s, 0) for s in ([place] if place else sites))

    def total(place: str | None) -> int | None:
        lines = table["counts"]["total"].values()
        found = sum(line.get(s, 0) for line in lines for s in ([place] if place else sites))
        return None if hidden.hides_total(place) else found

    lines = tuple(
        Line(
            column["key"].split(":", 1)[1],
            column["label"],
            tuple(number(column["key"], place) for place, _name in places),
        )
        for column in table["columns"]
    )
    return ShownTable(
        table["fact"],
        **about,
        places=names,
        lines=lines,
        total=Line(TOTAL, TOGETHER, tuple(total(p) for p, _name in places)),
    )


def _places(content: Data) -> list[tuple[str | None, str]]:
    """One site, or all of them with what they are together."""
    if content["site"]:
        return [(content["site"]["key"], content["site"]["name"])]
    sites = [(site["key"], site["name"]) for site in content["sites"]]
    return [(None, TOGETHER), *sites] if len(sites) > 1 else [(None, TOGETHER)]


def titles_of(content: Data, bundles: Collection[str]) -> list[str]:
    return [table["title"] for table in content["tables"] if table["bundle"] in bundles]
