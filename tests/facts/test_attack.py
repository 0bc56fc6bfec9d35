"""The attack: every hidden number is bounded by linear programming over all that is shown (ADR 0034)."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotse.facts.disclosure import Hidden, Layer, Table, protect
from lotse.facts.linked import Printed, Release, around, protect_beside
from lotse.facts.registry import Period
from tests.facts.attacker import EXACT, Attacker

PALETTES = ([0, 0, 1, 1, 2, 3, 4, 9], [0, 0, 0, 5, 9, 20], [0, 1, 5, 7, 12, 30], [0, 0, 0, 0, 1, 6])
THRESHOLDS = st.sampled_from([3, 5])


@st.composite
def microdata(draw, dimensions, most=(5, 4)):
    """Numbers by (column, site, …): mostly few, or many zeros, or large."""
    columns = "abcde"[: draw(st.integers(2, most[0]))]
    sites = tuple(range(draw(st.integers(1, most[1]))))
    number = st.sampled_from(draw(st.sampled_from(PALETTES)))
    return columns, sites, {atom: draw(number) for atom in product(columns, sites, *dimensions)}


class Print:
    """A table somebody holds: which atoms each of its numbers counts, and what is hidden."""

    def __init__(self, columns, sites, atoms_of, size, hidden):
        self.columns, self.sites, self.hidden = columns, sites, hidden
        self.numbers = {
            (c, s): frozenset(
                a for (cc, ss), atoms in atoms_of.items() if c in (None, cc) and s in (None, ss) for a in atoms
            )
            for c, s in product((*columns, None), (*sites, None))
        }
        self.size = size

    def hides(self, column, site):
        return self.hidden.hides_total(site) if column is None else self.hidden.hides(column, site)

    def show_to(self, attacker):
        for place, atoms in self.numbers.items():
            if not self.hides(*place):
                attacker.learn(atoms, self.size(atoms))
        self._tell_of_zeros(attacker)

    def _tell_of_zeros(self, attacker):
        """In a line where only some are hidden zeros stand open, so a dot there is at least one."""
        if not self.hidden.everything and self.hidden.columns != set(self.columns):
            for column in self.hidden.columns:
                attacker.suspect(self.numbers[column, None], 1)
        if not self.hidden.everything and self.hidden.rows != set(self.sites):
            for site in self.hidden.rows:
                attacker.suspect(self.numbers[None, site], 1)

    @property
    def secrets(self):
        return [atoms for place, atoms in self.numbers.items() if self.hides(*place)]


def counted(columns, sites, atoms_of, size):
    return {c: {s: size(atoms_of[c, s]) for s in sites} for c in columns}


def plain(columns, sites, rows):
    """Each cell of a two-way table is one atom."""
    return {(c, s): [(c, s)] for c, s in product(columns, sites)}, lambda atoms: sum(rows[a] for a in atoms)


def narrow(attacker, prints, threshold):
    """Hidden numbers that are known more closely than the threshold."""
    secrets = {atoms for made in prints for atoms in made.secrets}
    return [(sorted(atoms), attacker.bounds(atoms)) for atoms in secrets if attacker.width(atoms) < threshold - EXACT]


@pytest.mark.rule("ST-06")
@given(microdata(()), THRESHOLDS, st.booleans())
@settings(max_examples=120, deadline=None)
def test_no_hidden_number_of_a_table_is_known_closer_than_the_threshold(data, threshold, is_telling):
    columns, sites, rows = data
    atoms_of, size = plain(columns, sites, rows)
    layer = Layer(counted(columns, sites, atoms_of, size), threshold)
    hidden = protect(Table([list(columns)], sites, [layer], frozenset(columns if is_telling else ())))
    made = Print(columns, sites, atoms_of, size, hidden)
    attacker = Attacker(sorted(rows))
    made.show_to(attacker)

    assert narrow(attacker, [made], threshold) == []
    small = [place for place, atoms in made.numbers.items() if 0 < size(atoms) < threshold]
    assert [place for place in small if not made.hides(*place)] == []


@pytest.mark.rule("ST-06")
@given(microdata((), most=(4, 3)))
@settings(max_examples=100, deadline=None)
def test_nobody_learns_that_a_whole_site_has_one_property(data):
    columns, sites, rows = data
    atoms_of, size = plain(columns, sites, rows)
    layer = Layer(counted(columns, sites, atoms_of, size), 3)
    hidden = protect(Table([list(columns)], sites, [layer], frozenset(columns)))
    made = Print(columns, sites, atoms_of, size, hidden)
    whole = [
        (c, s) for c in columns for s in (*sites, None) if size(made.numbers[c, s]) == size(made.numbers[None, s]) > 0
    ]

    assert [place for place in whole if not made.hides(*place) and not made.hides(None, place[1])] == []


@pytest.mark.rule("ST-06")
@given(microdata(("xyz",), most=(3, 3)), THRESHOLDS)
@settings(max_examples=60, deadline=None)
def test_two_tables_of_the_same_cases_do_not_reveal_each_other(data, threshold):
    """Gender by site and age by site share the totals of the sites: these have one status in both."""
    columns, sites, rows = data

    def size(atoms):
        return sum(rows[a] for a in atoms)

    prints = []
    for names, at in ((columns, 0), ("xyz", 2)):
        atoms_of = {(c, s): [a for a in rows if a[at] == c and a[1] == s] for c, s in product(names, sites)}
        layer = Layer(counted(names, sites, atoms_of, size), threshold)
        hidden = protect(Table([list(names)], sites, [layer], frozenset(names)))
        prints.append(Print(names, sites, atoms_of, size, hidden))
    attacker = Attacker(sorted(rows))
    for made in prints:
        made.show_to(attacker)

    one, two = ({site: made.hides(None, site) for site in (*sites, None)} for made in prints)
    assert one == two
    assert narrow(attacker, prints, threshold) == []


@pytest.mark.rule("ST-05")
@given(microdata(()))
@settings(max_examples=80, deadline=None)
def test_what_is_shown_outside_keeps_the_wider_threshold(data):
    columns, sites, rows = data
    atoms_of, size = plain(columns, sites, rows)
    numbers = counted(columns, sites, atoms_of, size)
    inside, outside = (Table([list(columns)], sites, [Layer(numbers, t)], frozenset(columns)) for t in (3, 5))
    page = protect(inside)
    made = Print(columns, sites, atoms_of, size, protect(outside, page))
    attacker = Attacker(sorted(rows))
    made.show_to(attacker)

    assert narrow(attacker, [made], 5) == []
    assert [place for place in made.numbers if page.hides(*place) and place[0] and not made.hides(*place)] == []


SPANS = {
    "1": (0, 0),
    "2": (1, 1),
    "3": (2, 2),
    "4": (3, 3),
    "half": (0, 1),
    "year": (0, 3),
    "again": (0, 3),
    "first again": (0, 0),
}


def day(unit):
    return date(2025, 1, 1 + unit)


def released(columns, sites, size, order, atoms_at, threshold, telling=()):
    """What comes out when periods are released in this order; what is refused is left out."""
    prints, releases = [], []
    for step, name in enumerate(order):
        period = Period(*(day(unit) for unit in SPANS[name]))
        atoms_of = atoms_at(step, SPANS[name])
        numbers = counted(columns, sites, atoms_of, size)
        table = Table([list(columns)], sites, [Layer(numbers, threshold)], frozenset(telling))
        hidden = protect_beside(table, *around(period, releases))
        if hidden and not hidden.everything:
            releases.append(Release(period, Printed(numbers, hidden)))
            prints.append(Print(columns, sites, atoms_of, size, hidden))
    return prints


@pytest.mark.rule("ST-04")
@given(
    microdata((range(4), ("early", "late")), most=(4, 3)),
    st.permutations(list(SPANS)),
    st.integers(2, 8),
    st.integers(0, 8),
    THRESHOLDS,
    st.randoms(use_true_random=False),
)
@settings(max_examples=80, deadline=None)
def test_releases_of_overlapping_periods_do_not_reveal_each_other(data, order, number, turn, threshold, luck):
    """Months, half, year and second editions in any order; from some day on late entries are counted too.

    Every number that is small stays as wide as the threshold over everything that ever came out."""
    columns, sites, rows = data
    rows = {a: n if a[3] == "early" or luck.random() < 0.1 else 0 for a, n in rows.items()}

    def size(atoms):
        return sum(rows[a] for a in atoms)

    def atoms_at(step, span):
        known = ("early", "late") if step >= turn else ("early",)
        return {
            (c, s): [(c, s, unit, when) for unit in range(span[0], span[1] + 1) for when in known]
            for c, s in product(columns, sites)
        }

    prints = released(columns, sites, size, order[:number], atoms_at, threshold, columns)
    attacker = Attacker(sorted(rows))
    for made in prints:
        for place, atoms in made.numbers.items():
            if not made.hides(*place):
                attacker.learn(atoms, size(atoms))
    small = {atoms for made in prints for atoms in made.secrets if 0 < size(atoms) < threshold}

    assert [(sorted(a), attacker.bounds(a)) for a in small if attacker.width(a) < threshold - EXACT] == []
    shown = {atoms for made in prints for place, atoms in made.numbers.items() if not made.hides(*place)}
    gaps = [(size(one), size(other)) for one, other in product(shown, shown) if other < one]
    assert [gap for gap in gaps if 0 < gap[0] - gap[1] < threshold] == []


def test_the_attack_succeeds_where_only_small_numbers_are_hidden():
    """What the tests above rely on: a small number alone under its total is found exactly."""
    rows = {("a", 0): 9, ("b", 0): 2, ("a", 1): 7, ("b", 1): 8}
    atoms_of, size = plain("ab", (0, 1), rows)
    naive = Hidden(inner_rows=frozenset({0}), inner_columns=frozenset({"b"}))
    made = Print("ab", (0, 1), atoms_of, size, naive)
    attacker = Attacker(sorted(rows))
    made.show_to(attacker)

    assert [bounds for _atoms, bounds in narrow(attacker, [made], 3)] == [(2, 2)]


def test_the_attack_succeeds_on_a_year_beside_three_of_its_quarters():
    """Each of the tables is safe by itself; what is left of the year is not."""
    rows = {(c, 0, unit): 9 for c, unit in product("ab", range(3))} | {("a", 0, 3): 1, ("b", 0, 3): 8}
    attacker = Attacker(sorted(rows))
    for unit in range(3):
        attacker.learn(frozenset({("a", 0, unit)}), 9)
    attacker.learn(frozenset(("a", 0, unit) for unit in range(4)), 28)

    assert attacker.bounds(frozenset({("a", 0, 3)})) == (1, 1)
