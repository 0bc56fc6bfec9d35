"""The codes of a funder for figures and their cells, as data: what is counted stays the same, only its names change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from lotse.facts.counting import MISSING, TOTAL
from lotse.facts.definitions import PACKAGE
from lotse.facts.results import Cell, Result

FOLDER = PACKAGE / "mappings"
ALWAYS = {MISSING: "99", TOTAL: "00"}


@dataclass(frozen=True)
class Line:
    """`count` None: hidden."""

    figure_code: str
    cell_code: str
    title: str
    label: str
    count: int | None


@dataclass(frozen=True)
class Counted:
    """A figure with all its cells, "not recorded" and the total too."""

    key: str
    title: str
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, result: Result) -> "Counted":
        return cls(result.fact.key, result.fact.title, (*result.cells, result.total))


@dataclass(frozen=True)
class Mapped:
    code: str
    figure: str
    cells: Mapping[str, str]

    def code_of(self, cell: str, position: int) -> str:
        """What the file says; else its place in the figure."""
        return self.cells.get(cell) or ALWAYS.get(cell) or f"{position:02}"


@dataclass(frozen=True)
class FunderCodes:
    key: str
    title: str
    version: str
    is_example: bool
    figures: tuple[Mapped, ...]

    def lines(self, tables: Iterable[Counted]) -> Iterator[Line]:
        """One line for each cell, in the funder's order; what he does not ask for is left out."""
        counted = {table.key: table for table in tables}
        for mapped in self.figures:
            if table := counted.get(mapped.figure):
                yield from _lines(mapped, table)


def _lines(mapped: Mapped, table: Counted) -> Iterator[Line]:
    for position, cell in enumerate(table.cells, 1):
        yield Line(mapped.code, mapped.code_of(cell.key, position), table.title, cell.label, cell.count)


@cache
def mapping(name: str) -> FunderCodes:
    raw: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    figures = tuple(Mapped(row["code"], row["figure"], row.get("cells", {})) for row in raw.pop("figures"))
    return FunderCodes(figures=figures, **raw)
