"""The pictures that are offered: each with its sentence and its table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from lotse.casework.flow_facts import STANDING
from lotse.documents.themes import Theme
from lotse.facts.crossing import Cross, Pair, crosses
from lotse.facts.registry import Fact, Period, bundle_of, fact
from lotse.facts.results import Cell, Result, evaluate
from lotse.insight.asking import Asked
from lotse.insight.map_queries import area_map as kept_map
from lotse.insight.pictures.area_map import area_map, sites_of
from lotse.insight.pictures.bars import bars
from lotse.insight.pictures.flow import flow
from lotse.insight.pictures.lines import lines
from lotse.insight.pictures.stacked import stacked
from lotse.insight.pictures.words import about_bars, about_cross, about_two_years


@dataclass(frozen=True)
class Grid:
    """The numbers beside a picture; None is hidden."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


@dataclass(frozen=True)
class Picture:
    """`words`: its main result in one sentence."""

    key: str
    title: str
    words: str
    grids: tuple[Grid, ...]
    draw: Callable[[Theme, int], dict[str, Any]]


def picture_of(found: Asked, key: str, *, leaves_house: bool = False) -> Picture | None:
    """One of the named pictures, or the bars of a figure. None: not registered, or not counted for her."""
    if key in NAMED:
        return NAMED[key](found, leaves_house)
    wanted = next((f for f in found.facts if f.key == key), None)
    result = _result(found, wanted, leaves_house) if wanted else None
    return _bars(result) if result else None


def named_pictures(found: Asked, *, leaves_house: bool = False) -> list[Picture]:
    made = (build(found, leaves_house) for build in NAMED.values())
    return [picture for picture in made if picture]


def _crossed(found: Asked, pairs: Sequence[Pair], leaves_house: bool) -> list[Cross | None]:
    """Of the files she reads. Of all others there are tables by site, and a crossing beside them could give a number away."""
    if not found.question.own:
        return [None] * len(pairs)
    return crosses(pairs, found.question, found.places, leaves_house=leaves_house)


def _ways(found: Asked, leaves_house: bool) -> Picture | None:
    """Why cases ended is shown only where nothing is hidden; elsewhere, that they did."""
    route, tier = fact("cases.route"), fact("cases.tier")
    standing = fact("cases.movement") if leaves_house else STANDING
    made = _crossed(found, [(route, tier), (tier, standing)], leaves_house)
    return _flow("wege", "Vom Zugang zum Ergebnis", made)


def _german(found: Asked, leaves_house: bool) -> Picture | None:
    pair = fact("cases.level_first"), fact("cases.level_last")
    made = _crossed(found, [pair], leaves_house)
    return _flow("deutsch", "Deutsch: zu Beginn und zuletzt", made)


def _tiers(found: Asked, leaves_house: bool) -> Picture | None:
    (cross,) = _crossed(found, [(fact("cases.tier"), fact("cases.movement"))], leaves_house)
    if cross is None or cross.total == 0:
        return None
    return Picture(
        "verlauf", "Art der Beratung und Verlauf", about_cross(cross), (_grid(cross),), partial(stacked, cross)
    )


def _steps(found: Asked, leaves_house: bool) -> Picture | None:
    result = _result(found, fact("steps.result"), leaves_house)
    return replace(_bars(result), key="schritte") if result and result.total.count != 0 else None


def _months(found: Asked, leaves_house: bool) -> Picture | None:
    """Of one year; the same days of the year before beside it."""
    period, wanted = found.period, fact("contacts.month")
    if period.start.year != period.end.year:
        return None
    before = replace(found, question=replace(found.question, period=_year_before(period)))
    now, last = (_result(asked, wanted, leaves_house) for asked in (found, before))
    if now is None or last is None or now.total.count == last.total.count == 0:
        return None
    now, last = _until(now, period), _until(last, period)
    names = [str(period.start.year), str(period.start.year - 1)]
    rows = tuple((a.label, a.count, b.count) for a, b in zip(now.recorded, last.recorded, strict=True))
    grid = Grid(("Monat", *names), (*rows, ("zusammen", now.total.count, last.total.count)))
    words = about_two_years(now, last, names)
    return Picture("monate", wanted.title, words, (grid,), partial(lines, dict(zip(names, (now, last), strict=True))))


def _until(result: Result, period: Period) -> Result:
    """Without the months still to come, which are no zeros."""
    coming = {str(month) for month in range(period.end.month + 1, 13)}
    return replace(result, cells=tuple(cell for cell in result.cells if cell.key not in coming))


def _map(found: Asked, leaves_house: bool) -> Picture | None:
    """Cases by site, on the map that her organisation has kept."""
    kept, wanted = kept_map(found.question.actor), fact("cases.site")
    result = _result(found, wanted, leaves_house) if kept else None
    if kept is None or result is None or result.total.count == 0:
        return None
    draw = partial(area_map, kept.areas, sites_of(kept.areas, result.recorded))
    return replace(_bars(result), key="karte", title=kept.title, draw=draw)


NAMED: dict[str, Callable[[Asked, bool], Picture | None]] = {
    "wege": _ways,
    "verlauf": _tiers,
    "schritte": _steps,
    "deutsch": _german,
    "monate": _months,
    "karte": _map,
}


def _result(found: Asked, wanted: Fact, leaves_house: bool) -> Result | None:
    results = evaluate(bundle_of(wanted), found.question, found.places, leaves_house=leaves_house)
    return next((result for result in results if result.fact is wanted), None)


def _bars(result: Result) -> Picture:
    rows = tuple((cell.label, cell.count) for cell in (*result.cells, result.total))
    grid = Grid((result.fact.title, result.fact.unit), rows)
    return Picture(result.fact.key, result.fact.title, about_bars(result), (grid,), partial(bars, result))


def _flow(key: str, title: str, made: Sequence[Cross | None]) -> Picture | None:
    shown = [cross for cross in made if cross]
    if len(shown) < len(made) or not _has_something(shown):
        return None
    words = " ".join(about_cross(cross) for cross in shown)
    return Picture(key, title, words, tuple(_grid(cross) for cross in shown), partial(flow, shown))


def _has_something(made: Sequence[Cross | None]) -> bool:
    return any(cross and cross.total != 0 for cross in made)


def _grid(cross: Cross) -> Grid:
    columns, rows = _used(cross.columns), _used(cross.rows)
    lines = tuple((row.label, *(cross.count(row, column) for column in columns), row.count) for row in rows)
    below = ("zusammen", *(column.count for column in columns), cross.total)
    return Grid((cross.down.title, *(column.label for column in columns), "zusammen"), (*lines, below))


def _used(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.count != 0]


def _year_before(period: Period) -> Period:
    return replace(period, start=_earlier(period.start), end=_earlier(period.end))


def _earlier(day: date) -> date:
    """28 February where there is no 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
