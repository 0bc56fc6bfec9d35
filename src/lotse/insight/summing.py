"""Where all parts of a period are out, its numbers are their sums: a late entry would otherwise be the difference (ADR 0034)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from lotse.facts.counting import MISSING
from lotse.facts.disclosure import NOTHING
from lotse.facts.linked import Printed, Release, largest
from lotse.facts.registry import Period
from lotse.insight.counted import Data
from lotse.insight.protecting import period_of

NO_TABLE = Printed({}, NOTHING)


def aligned(content: Data, earlier: Sequence[Data]) -> Data:
    """The same lines as in all that came out of that year (a line that is missing would be a zero), and sums of parts."""
    return {**content, "tables": [_aligned(table, period_of(content), earlier) for table in content["tables"]]}


def _aligned(table: Data, period: Period, earlier: Sequence[Data]) -> Data:
    alike = [(period_of(data), same) for data in earlier for same in data["tables"] if _is_alike(table, same)]
    columns = {
        column["key"]: column for same in (table, *(same for _days, same in alike)) for column in same["columns"]
    }
    ordered = sorted(columns.values(), key=lambda column: column["key"].endswith(f":{MISSING}"))
    return {**table, "columns": ordered, **_summed(table, period, alike)}


def _summed(table: Data, period: Period, alike: Sequence[tuple[Period, Data]]) -> Data:
    inner = [(days, same) for days, same in alike if days != period and Release(days, NO_TABLE).lies_in(period)]
    parts = largest([Release(days, Printed(same["counts"]["total"], NOTHING)) for days, same in inner])
    covered = sum((_length(part.period) for part in parts), timedelta())
    if list(table["counts"]) != ["total"] or covered != _length(period):
        return {}
    return {"summed": True, "counts": {"total": _sum(parts)}}


def _is_alike(table: Data, other: Data) -> bool:
    return (table["fact"], table["version"]) == (other["fact"], other["version"])


def _length(period: Period) -> timedelta:
    return period.end - period.start + timedelta(days=1)


def _sum(parts: Sequence[Release]) -> dict[str, dict[str, int]]:
    sums: dict[str, Counter[str]] = {}
    for part in parts:
        for column, line in part.table.counts.items():
            sums.setdefault(column, Counter()).update(line)
    return {column: dict(line) for column, line in sums.items()}
