"""A figure beside a criterion over a time that the reader chooses, from what was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lotse.core.typed import asked_year, whole
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.models import EvidenceReading
from lotse.quality.quarters import Quarter, quarters_of
from lotse.quality.queries.living import Point, Sign


@dataclass(frozen=True)
class History:
    """What a figure showed in the quarters that somebody chose. `chosen`: the one whose rows stand below."""

    years: Sequence[int]
    year: int | None
    points: Sequence[Point]
    chosen: Point | None

    @property
    def query(self) -> str:
        """The same choice in an address."""
        return f"jahr={self.year}&quartal={self.chosen.quarter.number}" if self.year and self.chosen else ""


def history(actor: Actor, house: Organisation, sign: Sign, asked: Mapping[str, str]) -> History:
    """Of a year that was read (`jahr`), else the last quarters; `quartal` opens one of it. The judgement stays today's."""
    kept = EvidenceReading.objects.visible_to(actor).filter(organisation=house, gauge=sign.gauge.key)
    years = sorted({day.year for day in kept.order_by().values_list("begins_on", flat=True).distinct()})
    year = asked_year(asked, years, None)
    if year is None:
        return History(years, None, sign.points, sign.current)
    known = {row.begins_on: row for row in kept.filter(begins_on__year=year).order_by("read_at", "id")}
    points = [_point(sign, quarter, known.get(quarter.begins_on)) for quarter in quarters_of(year)]
    number = whole(asked.get("quartal", ""), digits=1)
    return History(years, year, points, points[number - 1] if number in (1, 2, 3, 4) else None)


def _point(sign: Sign, quarter: Quarter, reading: EvidenceReading | None) -> Point:
    return Point(quarter, reading, sign.gauge.shown(reading.value if reading else None), quarter.is_over(sign.today))
