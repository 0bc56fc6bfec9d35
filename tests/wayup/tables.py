"""Numbers of units, made up: as hypothesis draws them, and a few by hand."""

from datetime import date

from hypothesis import strategies as st

from lotse.wayup.closed_lists import all_forms
from lotse.wayup.reports import Coverage, Report
from lotse.wayup.tables import MISSING

FORM = all_forms()[0]
AGREEING = {}
for _table in FORM.tables:
    AGREEING.setdefault(_table.counts, []).append(_table)


@st.composite
def numbers(draw):
    """Tables that a unit might have: those that count the same have the same sum."""
    found = {}
    for tables in AGREEING.values():
        total = draw(st.integers(0, 40))
        found |= {table.key: draw(_spread(table, total)) for table in tables}
    return found


@st.composite
def _spread(draw, table, total):
    cells = {}
    while total:
        key, n = draw(st.sampled_from(table.cells)), draw(st.integers(1, total))
        cells[key] = cells.get(key, 0) + n
        total -= n
    return cells


def empty(**filled):
    return {table.key: dict(filled.get(table.key, {})) for table in FORM.tables}


def with_cases(**ages):
    """So many cases in each age band, of women; nothing else is recorded of them."""
    total = sum(ages.values())
    nothing = {t.key: {tuple(MISSING for _ in t.dimensions): total} for t in AGREEING["cases"] if total}
    return empty(**{**nothing, "cases_age": {(age, "w"): n for age, n in ages.items()}})


def report(tables=None, **more):
    values = {
        "id": "bericht1", "revision": 1, "start": date(2025, 1, 1), "end": date(2025, 12, 31), "form": FORM,
        "units": Coverage(11, 13), "sites": Coverage(11, 13), "tables": tables or with_cases(under_27=7),
    }  # fmt: skip
    return Report(**{**values, **more})
