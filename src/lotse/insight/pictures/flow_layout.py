"""Where the boxes and bands of a flow lie: columns of boxes, bands between neighbouring columns, nothing overlapping.

Numbers in, places out. What of a box is not in any band that may be shown ends in an open end: it is there, its way is not named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BOX = 12  # how wide a box is
GAP = 40  # between the boxes of a column: room for two lines of words
LEAST = 1.5  # so that one of a thousand is still a line


@dataclass(frozen=True)
class Stop:
    """`size` None: hidden, so it has no box, only its word."""

    key: str
    label: str
    size: int | None


@dataclass(frozen=True)
class Band:
    """`gap`: between which columns; `size` None: hidden."""

    gap: int
    start: str
    end: str
    size: int | None


@dataclass(frozen=True)
class Box:
    column: int
    stop: Stop
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Way:
    """A drawn band. `end` empty: the part of `start` whose way is not named; `start` empty: the same on the other side."""

    gap: int
    start: str
    end: str
    size: int
    path: str


@dataclass(frozen=True)
class Layout:
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]


def lay_out(columns: Sequence[Sequence[Stop]], bands: Sequence[Band], width: float, height: float) -> Layout:
    drawn = [[stop for stop in column if stop.size != 0] for column in columns]
    scale = _scale(drawn, height)
    step = (width - BOX) / max(len(columns) - 1, 1)
    boxes = [_stacked(column, place, place * step, scale) for place, column in enumerate(drawn)]
    shown = [band for band in bands if band.size]
    ways = [way for gap in range(len(columns) - 1) for way in _between(gap, boxes[gap], boxes[gap + 1], shown, scale)]
    return Layout(tuple(box for column in boxes for box in column), tuple(ways))


def _scale(columns: Sequence[Sequence[Stop]], height: float) -> float:
    """Pixels for one, so that the fullest column fits; all columns are drawn alike."""
    rooms = [
        (height - GAP * len(column)) / total for column in columns if (total := sum(stop.size or 0 for stop in column))
    ]
    return min(rooms, default=1)


def _stacked(column: Sequence[Stop], place: int, x: float, scale: float) -> list[Box]:
    boxes, y = [], float(GAP)
    for stop in column:
        tall = max((stop.size or 0) * scale, LEAST)
        boxes.append(Box(place, stop, x, y, tall))
        y += tall + GAP
    return boxes


def _between(gap: int, left: list[Box], right: list[Box], bands: Sequence[Band], scale: float) -> list[Way]:
    """Bands leave and arrive in the order of the boxes, so that those of one box do not cross; open ends come last."""
    leaving, arriving = ({box.stop.key: box.y for box in boxes} for boxes in (left, right))
    sizes = {(band.start, band.end): band.size or 0 for band in bands if band.gap == gap}
    ways = []
    for start in left:
        for end in right:
            if size := sizes.get((start.stop.key, end.stop.key)):
                tall = size * scale
                path = _curve(start.x + BOX, leaving[start.stop.key], end.x, arriving[end.stop.key], tall)
                ways.append(Way(gap, start.stop.key, end.stop.key, size, path))
                leaving[start.stop.key] += tall
                arriving[end.stop.key] += tall
    reach = (right[0].x - left[0].x - BOX) / 4 if left and right else 0
    return ways + _open_ends(gap, left, leaving, scale, reach) + _open_ends(gap, right, arriving, scale, -reach)


def _open_ends(gap: int, boxes: list[Box], used: dict[str, float], scale: float, reach: float) -> list[Way]:
    ends = []
    for box in boxes:
        rest = round((box.stop.size or 0) - (used[box.stop.key] - box.y) / scale)
        if rest > 0:
            side = box.x + BOX if reach > 0 else box.x
            path = _curve(side, used[box.stop.key], side + reach, used[box.stop.key], rest * scale)
            keys = (box.stop.key, "") if reach > 0 else ("", box.stop.key)
            ends.append(Way(gap, *keys, rest, path))
    return ends


def _curve(x: float, y: float, to_x: float, to_y: float, tall: float) -> str:
    """A band of even height from one side to the other."""
    middle, tall = (x + to_x) / 2, max(tall, LEAST)
    there = f"M{x:.1f},{y:.1f}C{middle:.1f},{y:.1f} {middle:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"
    back = f"C{middle:.1f},{to_y + tall:.1f} {middle:.1f},{y + tall:.1f} {x:.1f},{y + tall:.1f}Z"
    return f"{there}L{to_x:.1f},{to_y + tall:.1f}{back}"
