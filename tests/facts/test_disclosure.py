"""Attacks on protected tables: an onlooker keeps every number of every filter and computes with them (ADR 0010)."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotse.facts.disclosure import Layer, Table, protect

CELLS, SITES, PROGRAMMES = "abcd", (("site", 1), ("site", 2), ("site", 3)), (("programme", 1), ("programme", 2))


@st.composite
def microdata(draw):
    """How many rows fall into each cell at each site in each programme; mostly few."""
    small = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 9])
    return {atom: draw(small) for atom in product(CELLS, SITES, PROGRAMMES)}


def counts(rows, place):
    return {c: {p: sum(n for a, n in rows.items() if a[0] == c and p in a) for p in place} for c in CELLS}


def tables(rows, *thresholds):
    layers = [[Layer(counts(rows, place), t) for t in thresholds] for place in (SITES, PROGRAMMES)]
    return [Table([list(CELLS)], place, found) for place, found in zip((SITES, PROGRAMMES), layers, strict=True)]


def offered(rows, by_site, by_programme):
    """Every number that some filter offers: the rows it counts, and whether it is shown."""
    numbers = []
    for place, hidden in ((SITES, by_site), (PROGRAMMES, by_programme)):
        for column, row in product((*CELLS, None), (*place, None)):
            counted = frozenset(a for a in rows if column in (a[0], None) and (row is None or row in a))
            is_hidden = hidden.hides_total(row) if column is None else hidden.hides(column, row)
            numbers.append((counted, is_hidden))
    return numbers


def is_computable(wanted, known, atoms):
    """Whether a sum is a linear combination of the known sums (Gauss, exact)."""
    lines = [[Fraction(atom in counted) for atom in atoms] for counted in known]
    target = [Fraction(atom in wanted) for atom in atoms]
    for column in range(len(atoms)):
        pivot = next((line for line in lines if line[column]), None)
        if pivot is None:
            continue
        lines = [_reduced(line, pivot, column) for line in lines if line is not pivot]
        target = _reduced(target, pivot, column)
    return not any(target)


def _reduced(line, pivot, column):
    if not line[column]:
        return line
    times = line[column] / pivot[column]
    return [value - times * other for value, other in zip(line, pivot, strict=True)]


def size(rows, counted):
    return sum(rows[atom] for atom in counted)


@given(microdata(), st.integers(2, 5))
@settings(max_examples=150, deadline=None)
def test_no_small_number_is_shown_or_computed_from_all_that_is_shown(rows, threshold):
    by_site, by_programme = (protect(table) for table in tables(rows, threshold))
    numbers = offered(rows, by_site, by_programme)
    known = list({counted for counted, is_hidden in numbers if not is_hidden})
    # Zeros are shown, so an onlooker knows each of them to be empty.
    known += [frozenset([atom]) for counted in known if not size(rows, counted) for atom in counted]

    assert [size(rows, c) for c in known if 0 < size(rows, c) < threshold] == []
    small = {counted for counted, _hidden in numbers if 0 < size(rows, counted) < threshold}
    assert [sorted(c) for c in small if is_computable(c, known, sorted(rows))] == []


@given(microdata(), st.integers(2, 5))
@settings(max_examples=150, deadline=None)
def test_no_two_shown_numbers_differ_by_few(rows, threshold):
    """All against one, site against all, complement cells: the difference of one set within another is never small."""
    by_site, by_programme = (protect(table) for table in tables(rows, threshold))
    shown = {counted for counted, is_hidden in offered(rows, by_site, by_programme) if not is_hidden}
    gaps = [size(rows, one) - size(rows, other) for one, other in product(shown, shown) if other < one]

    assert [gap for gap in gaps if 0 < gap < threshold] == []


@given(microdata())
@settings(max_examples=150, deadline=None)
def test_a_file_shows_nothing_that_the_page_hides(rows):
    for page_table, file_table in zip(tables(rows, 3), tables(rows, 3, 5), strict=True):
        page = protect(page_table)
        file = protect(file_table, page)
        places = (*page_table.rows, None)
        opened = [p for p in product(CELLS, places) if page.hides(*p) and not file.hides(*p)]
        assert opened + [p for p in places if page.hides_total(p) and not file.hides_total(p)] == []


@given(microdata())
@settings(max_examples=100, deadline=None)
def test_what_leaves_the_house_is_protected_at_its_own_threshold(rows):
    site, programme = (
        protect(file, protect(page)) for page, file in zip(tables(rows, 3), tables(rows, 3, 5), strict=True)
    )
    shown = {counted for counted, is_hidden in offered(rows, site, programme) if not is_hidden}
    assert [size(rows, c) for c in shown if 0 < size(rows, c) < 5] == []
    assert [a for a, b in combinations(shown, 2) if a < b and 0 < size(rows, b) - size(rows, a) < 5] == []


@given(microdata(), st.integers(2, 5))
@settings(max_examples=100, deadline=None)
def test_every_filter_hides_the_same_cells_of_the_whole(rows, threshold):
    """The line over all places is the same whether one came from the sites or from the programmes."""
    by_site, by_programme = (protect(table) for table in tables(rows, threshold))
    assert (by_site.columns, by_site.everything) == (by_programme.columns, by_programme.everything)


PAIRS = (*product("ab", "xy"), ("none", "none"))


@given(
    st.fixed_dictionaries({(pair, site): st.sampled_from([0, 0, 1, 2, 3, 5, 9]) for pair in PAIRS for site in SITES})
)
@settings(max_examples=200, deadline=None)
def test_two_figures_with_the_same_missing_rows_do_not_reveal_each_other(rows):
    """First and last level of German: who has none is missing in both, so one table tells about the other."""
    counted = {
        (c, s): frozenset(a for a in rows if c in a[0] and s in (None, a[1]))
        for c in ("a", "b", "x", "y", "none")
        for s in (*SITES, None)
    }
    columns = {c: {s: size(rows, counted[c, s]) for s in SITES} for c in ("a", "b", "x", "y", "none")}
    hidden = protect(Table([["a", "b", "none"], ["x", "y", "none"]], SITES, [Layer(columns, 3)]))
    known = [atoms for place, atoms in counted.items() if not hidden.hides(*place)]
    known += [frozenset(a for a in rows if s in (None, a[1])) for s in (*SITES, None) if not hidden.hides_total(s)]
    known += [frozenset([atom]) for atoms in known if not size(rows, atoms) for atom in atoms]

    small = [atoms for atoms in counted.values() if 0 < size(rows, atoms) < 3]
    assert [sorted(atoms) for atoms in small if is_computable(atoms, known, sorted(rows))] == []


def line(**cells):
    """One place only."""
    return Table([list(cells)], [SITES[0]], [Layer({c: {SITES[0]: n} for c, n in cells.items()}, 3)])


def shown(table):
    hidden, counted = protect(table), table.layers[0].counts
    return {c: None if hidden.hides(c) else counted[c][SITES[0]] for c in table.groups[0]}


@pytest.mark.parametrize(("cells", "expected"), [
    ({"a": 10, "b": 2, "c": 5}, {"a": 10, "b": None, "c": None}),
    ({"a": 10, "b": 2, "c": 3}, {"a": 10, "b": None, "c": None}),
    ({"a": 10, "b": 2, "c": 2}, {"a": None, "b": None, "c": None}),
    ({"a": 10, "b": 0}, {"a": 10, "b": 0}),
    ({"a": 10, "b": 1}, {"a": None, "b": None}),
    ({"a": 10, "b": 1, "c": 1, "d": 1}, {"a": None, "b": None, "c": None, "d": None}),
    ({"a": 1, "b": 1, "c": 1, "d": 0}, {"a": None, "b": None, "c": None, "d": None}),
    ({"a": 1, "b": 0}, {"a": None, "b": None}),
    ({"a": 0}, {"a": 0}),
    ({}, {}),
])  # fmt: skip
def test_small_cells_are_hidden_with_what_would_reveal_them(cells, expected):
    """Three ones under a sum of thirteen are three ones, where a dot is never a zero; so a larger one joins them."""
    assert shown(line(**cells)) == expected


def test_a_small_cell_at_one_site_takes_a_second_site_along():
    sites = {"w": {SITES[0]: 20, SITES[1]: 30, SITES[2]: 0}, "m": {SITES[0]: 9, SITES[1]: 2, SITES[2]: 0}}
    hidden = protect(Table([["w", "m"]], SITES, [Layer(sites, 3)]))

    assert (hidden.columns, hidden.rows) == (frozenset(), frozenset())
    assert [p for p in product("wm", SITES) if hidden.hides(*p)] == list(product("wm", SITES[:2]))


def test_sites_with_few_are_hidden_whole():
    sites = {"w": {SITES[0]: 20, SITES[1]: 1, SITES[2]: 9}}
    hidden = protect(Table([["w"]], SITES, [Layer(sites, 3)]))

    assert (hidden.rows, hidden.hides_total(SITES[0])) == ({SITES[1], SITES[2]}, False)


class Turned(str):
    """Stands in a set where its turn says: every process has another order of strings."""

    def __new__(cls, name, turn):
        made = super().__new__(cls, name)
        made.turn = turn
        return made

    def __hash__(self):
        return self.turn


def test_every_process_hides_the_same():
    """Two that differ would show together what each hides."""
    numbers = {"a": (1, 0, 2), "b": (6, 6, 6), "c": (2, 0, 2), "d": (0, 0, 9)}
    orders = [[Turned(f"s{n}", turn) for n, turn in enumerate(turns)] for turns in ((0, 1, 2), (2, 1, 0))]
    found = [
        protect(Table(["abcd"], rows, [Layer({c: dict(zip(rows, n, strict=True)) for c, n in numbers.items()}, 5)]))
        for rows in orders
    ]
    assert len({(f.columns, f.inner_columns, *map(str, sorted(f.inner_rows))) for f in found}) == 1


def test_a_shared_cell_is_hidden_in_both_figures_or_in_none():
    one = {"first:a": {SITES[0]: 1}, "first:b": {SITES[0]: 12}, "none": {SITES[0]: 7}}
    two = {"last:a": {SITES[0]: 9}, "last:b": {SITES[0]: 4}}
    groups = [["first:a", "first:b", "none"], ["last:a", "last:b", "none"]]
    hidden = protect(Table(groups, [SITES[0]], [Layer({**one, **two}, 3)]))

    assert hidden.columns == {"first:a", "none", "last:b"}


YEARS = (1, 2, 3)
SPANS = [(first, last) for first in YEARS for last in YEARS if first <= last]
AT = SITES[:2]
IN, CAME, LEFT = (lambda y, a, b: a <= y <= b), (lambda y, a, b: a == y), (lambda y, a, b: b == y)


@given(
    st.fixed_dictionaries({(c, s, span): st.sampled_from([0, 0, 1, 5, 9]) for c in "ab" for s in AT for span in SPANS})
)
@settings(max_examples=200, deadline=None)
def test_what_shows_in_two_neighbouring_years_differs_by_none_or_by_many(rows):
    """Somebody keeps the print of last year: where both show a cell, neither those who left nor those who came are few."""

    def number(cell, site, year, holds):
        return sum(
            n for (c, s, span), n in rows.items() if cell in (None, c) and site in (None, s) and holds(year, *span)
        )

    def hidden(year):
        layers = [{c: {s: number(c, s, year, holds) for s in AT} for c in "ab"} for holds in (IN, CAME, LEFT)]
        return protect(Table(["ab"], AT, [Layer(counted, 3) for counted in layers]))

    by_year = {year: hidden(year) for year in YEARS}
    few = []
    for year, cell, site in product(YEARS[1:], ("a", "b", None), (*AT, None)):
        two = by_year[year - 1], by_year[year]
        if any(h.hides_total(site) if cell is None else h.hides(cell, site) for h in two):
            continue
        few += [n for n in (number(cell, site, year, CAME), number(cell, site, year - 1, LEFT)) if 0 < n < 3]
    assert few == []
