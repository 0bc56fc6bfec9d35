"""Last year beside this one: two released volumes of the same place, each as it was protected when it came out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod
from lotse.insight.protecting import Audience
from lotse.insight.released import WHOLE, Line, ShownTable, shown_tables


def year_before(snapshot: Snapshot) -> Snapshot | None:
    """The newest released edition of the same place a year earlier."""
    period = FixedPeriod(snapshot.period.kind, snapshot.start.replace(year=snapshot.start.year - 1))
    alike = Snapshot.objects.filter(
        organisation=snapshot.organisation_id, site=snapshot.site_id, kind=period.kind, start=period.start
    )
    return alike.released().order_by("-edition").first()


def beside_year_before(snapshot: Snapshot, audience: Audience | None) -> list[ShownTable]:
    """Each table with a last column more, where it was counted by the same definition the year before."""
    tables, earlier = shown_tables(snapshot, audience), year_before(snapshot)
    if earlier is None:
        return tables
    known = {(table.key, table.version): table for table in shown_tables(earlier, audience)}
    year = f"{earlier.start.year}"
    return [_beside(table, known.get((table.key, table.version)), year) for table in tables]


def _beside(table: ShownTable, before: ShownTable | None, year: str) -> ShownTable:
    if table.total is None or before is None or before.total is None:
        return table
    numbers = {line.key: line.numbers[WHOLE] for line in before.lines}
    lines = tuple(_longer(line, numbers.get(line.key, 0)) for line in _all_lines(table, before))
    return replace(
        table,
        places=(*table.places, f"{table.places[WHOLE]} {year}"),
        lines=lines,
        total=_longer(table.total, before.total.numbers[WHOLE]),
    )


def _all_lines(table: ShownTable, before: ShownTable) -> Iterable[Line]:
    """Also what was counted then and is not any more, in its place before "not recorded"."""
    here = {line.key for line in table.lines}
    gone = [Line(line.key, line.label, _zeros(table.places)) for line in before.lines if line.key not in here]
    return (*table.lines[:-1], *gone, table.lines[-1])


def _zeros(places: Sequence[str]) -> tuple[int, ...]:
    return (0,) * len(places)


def _longer(line: Line, number: int | None) -> Line:
    return replace(line, numbers=(*line.numbers, number))
