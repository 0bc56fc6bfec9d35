"""Where the nodes of the chain stand: six columns, each node level with what leads to it. Numbers in, places out; the same rows
always give the same picture."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lotse.agency.queries.chain import Node, Station

HEAD = 30
# The names of the stations, and as short as a phone needs them.
NAMES = (
    ("Daten", "Daten"), ("Bedarfe", "Bedarf"), ("Aufgaben", "Aufg."), ("Maßnahmen", "Maßn."), ("Sachbericht", "Bericht"), ("Nachweise", "Nachw."),
)  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """`column`: from one station to the next; `wide`, `high`: a node; `row`: from one node to the next below it.
    `letters`: how many of its label fit in, 0 for the code alone."""

    column: int
    wide: int
    high: int
    row: int
    letters: int


WIDE = Grid(column=200, wide=172, high=40, row=50, letters=22)
NARROW = Grid(column=56, wide=42, high=28, row=36, letters=0)


@dataclass(frozen=True)
class Place:
    node: Node
    x: int
    y: int  # its middle
    words: str
    grid: Grid

    @property
    def top(self) -> int:
        return self.y - self.grid.high // 2

    @property
    def left(self) -> int:
        """Where its words begin."""
        return self.x + (10 if self.grid.letters else 6)

    @property
    def line(self) -> int:
        """The words alone stand in the middle, with a gap below them a little higher."""
        return self.y - 3 if self.node.gap and self.grid.letters else self.y + 4

    @property
    def below(self) -> int:
        return self.y + 13


@dataclass(frozen=True)
class Layout:
    grid: Grid
    width: int
    height: int
    places: tuple[Place, ...]
    paths: tuple[str, ...]

    @property
    def heads(self) -> list[tuple[int, str]]:
        is_long = bool(self.grid.letters)
        return [
            (2 + self.grid.column * number, long if is_long else short) for number, (long, short) in enumerate(NAMES)
        ]


def lay_out(nodes: Sequence[Node], edges: Sequence[tuple[str, str]], grid: Grid) -> Layout:
    before: dict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        before[other].append(one)
    middle: dict[str, int] = {}
    for station in Station:
        _column([node for node in nodes if node.station == station], before, middle, grid)
    at = {node.key: _place(node, middle[node.key], grid) for node in nodes}
    width = grid.column * (len(Station) - 1) + grid.wide + 4
    height = max(middle.values(), default=HEAD) + grid.row // 2
    paths = tuple(_path(at[one], at[other], grid) for one, other in edges)
    return Layout(grid, width, height, tuple(at.values()), paths)


def _column(nodes: Sequence[Node], before: dict[str, list[str]], middle: dict[str, int], grid: Grid) -> None:
    """From top to bottom by what leads there; what nothing leads to comes last. No two overlap."""
    levels = {node.key: _level(before[node.key], middle) for node in nodes}
    free = HEAD + grid.row // 2
    for node in sorted(nodes, key=lambda node: (levels[node.key] is None, levels[node.key] or 0)):
        middle[node.key] = max(free, levels[node.key] or 0)
        free = middle[node.key] + grid.row


def _level(sources: Sequence[str], middle: dict[str, int]) -> int | None:
    known = [middle[key] for key in sources if key in middle]
    return round(sum(known) / len(known)) if known else None


def _place(node: Node, y: int, grid: Grid) -> Place:
    words = node.label if len(node.label) <= grid.letters else f"{node.label[: grid.letters - 1].rstrip()}…"
    return Place(node, 2 + node.station * grid.column, y, words if grid.letters else node.code, grid)


def _path(start: Place, end: Place, grid: Grid) -> str:
    x, to = start.x + grid.wide, end.x
    bend = (x + to) // 2
    return f"M{x},{start.y}C{bend},{start.y} {bend},{end.y} {to},{end.y}"
