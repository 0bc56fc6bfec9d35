"""The post plan as a picture: a line for each person on a post and one for what is vacant. The list beside it says the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import number_format

from lotse.documents.pictures import VEGA_LITE, Spec
from lotse.documents.themes import NARROW, Theme, config
from lotse.funding.queries.posts import PlanRow
from lotse.funding.queries.vacancies import Span

STEP = 40


def post_plan(rows: Sequence[PlanRow], first: date, last: date, theme: Theme, width: int = NARROW) -> Spec:
    lines = list(_lines(rows))
    bars = [bar for place, line in enumerate(lines) for bar in _bars(place, line)]
    day = {"type": "temporal", "scale": {"type": "utc", "domain": [f"{first}", f"{last + timedelta(1)}"]}}
    month = {"interval": "month", "step": 6 if width <= NARROW else 3}
    axis = {
        "format": "%m/%y",
        "labelFlush": True,
        "tickCount": month,
        "title": None,
        "orient": "top",
        "labelOverlap": True,
    }
    return {
        "$schema": VEGA_LITE,
        "width": width - 10,
        "height": STEP * max(len(lines), 1),
        "padding": 5,
        "config": config(theme),
        "data": {"values": bars},
        "encoding": {"y": {"field": "place", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        "layer": [*_marks(theme, {"field": "from", **day, "axis": axis}), _words(width)],
    }


@dataclass(frozen=True)
class Line:
    """`words` stand above it: what tells lines apart comes first, because they are cut at the edge."""

    words: str
    spans: tuple[Span, ...]
    is_vacant: bool = False


def _lines(rows: Iterable[PlanRow]) -> Iterator[Line]:
    for row in rows:
        place = f"{row.title}, {row.agency}"
        people = {stay.person.pk: stay.person for stay in row.stays}
        for key, person in people.items():
            yield Line(f"{person} · {place}", tuple(stay for stay in row.stays if stay.person.pk == key))
        if row.gaps:
            yield Line(f"unbesetzt · {place}", row.gaps, is_vacant=True)


def _bars(place: int, line: Line) -> list[dict[str, Any]]:
    return [
        {
            "place": place, "words": line.words, "is_first": number == 0, "is_vacant": line.is_vacant,
            "from": f"{span.first}", "to": f"{span.last + timedelta(1)}", "fte": number_format(span.fte, 2),
        }
        for number, span in enumerate(line.spans)
    ]  # fmt: skip


def _marks(theme: Theme, along: dict[str, Any]) -> list[dict[str, Any]]:
    bar = {"type": "bar", "height": 16, "yOffset": 8, "cornerRadius": 2}
    outline = {"filled": False, "stroke": theme.soft, "strokeWidth": 1.5, "strokeDash": [3, 2]}
    inside = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "yOffset": 8, "fontWeight": 600}
    ends = {"x": along, "x2": {"field": "to"}}
    said = {"x": along, "text": {"field": "fte"}}
    return [
        {"transform": [{"filter": "!datum.is_vacant"}], "mark": {**bar, "color": theme.accent}, "encoding": ends},
        {"transform": [{"filter": "datum.is_vacant"}], "mark": {**bar, **outline}, "encoding": ends},
        {"transform": [{"filter": "!datum.is_vacant"}], "mark": {**inside, "color": theme.surface}, "encoding": said},
        {"transform": [{"filter": "datum.is_vacant"}], "mark": {**inside, "color": theme.ink}, "encoding": said},
    ]  # fmt: skip


def _words(width: int) -> dict[str, Any]:
    left = {"type": "text", "align": "left", "baseline": "middle", "x": 0, "yOffset": -9, "limit": width - 20}
    return {"transform": [{"filter": "datum.is_first"}], "mark": left, "encoding": {"text": {"field": "words"}}}
