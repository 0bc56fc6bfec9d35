"""Where everybody stands on the map of relations: our house is a line from top to bottom, partners stand in rows beside it.

Numbers in, places out; nothing is left to chance, so that the same partners always give the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lotse.partners.queries.relations import Edge, Network, Node

ROW = 24
NAMES, REACH = 178, 84  # room for a name; how far partners stand from the line
LEFT, RIGHT = -1, 1
NARROWEST_FOR_TWO = 2 * (NAMES + REACH)


@dataclass(frozen=True)
class Place:
    """`side`: of the line that is our house; the name stands on the far side of the dot."""

    node: Node
    x: float
    y: float
    side: int


@dataclass(frozen=True)
class Bow:
    """Between two partners."""

    edge: Edge
    path: str


@dataclass(frozen=True)
class Layout:
    line: float
    height: float
    places: tuple[Place, ...]
    bows: tuple[Bow, ...]


def lay_out(network: Network, width: float) -> Layout:
    """On both sides where there is room for two names, else on one. The closest stand on top."""
    sides = (LEFT, RIGHT) if width >= NARROWEST_FOR_TWO else (RIGHT,)
    line = width / 2 if len(sides) > 1 else 10.0
    places = _places(network.nodes, sides, line)
    at = {place.node.key: place for place in places}
    bows = [Bow(edge, _bow(at[edge.first], at[edge.second])) for edge in network.edges]
    rows = -(-len(network.nodes) // len(sides))
    return Layout(line, rows * ROW, places, tuple(bows))


def _places(nodes: Sequence[Node], sides: Sequence[int], line: float) -> tuple[Place, ...]:
    found = []
    for number, node in enumerate(nodes):
        row, turn = divmod(number, len(sides))
        side = sides[turn]
        found.append(Place(node, line + side * REACH, row * ROW + ROW / 2, side))
    return tuple(found)


def _bow(one: Place, two: Place) -> str:
    """On one side it bends towards our line, the further apart the more, and never reaches it; else it crosses over."""
    if one.side != two.side:
        middle = (one.x + two.x) / 2
        return f"M{one.x:.1f},{one.y:.1f}C{middle:.1f},{one.y:.1f} {middle:.1f},{two.y:.1f} {two.x:.1f},{two.y:.1f}"
    bend = one.x - one.side * min(REACH * 1.05, 14 + abs(one.y - two.y) * 0.5)
    return f"M{one.x:.1f},{one.y:.1f}C{bend:.1f},{one.y:.1f} {bend:.1f},{two.y:.1f} {two.x:.1f},{two.y:.1f}"
