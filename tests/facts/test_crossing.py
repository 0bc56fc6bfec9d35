"""Two figures against each other: sums agree with each by itself, and nothing small can be computed (DP-13)."""

from collections import Counter

import pytest

from lotse.casework.flow_facts import STANDING
from lotse.casework.models import CounsellingCase
from lotse.facts.crossing import crosses
from lotse.facts.registry import Period, Places, Question, fact
from lotse.facts.results import evaluate
from tests.facts.test_disclosure import is_computable
from tests.insight.conftest import LAST_YEAR, date, half_seen, places, year  # noqa: F401 -- fixtures

ROUTES = ("own_initiative", "other", "authority_assignment")
TIERS = ("basic_counselling", "case_management")
PAIR = ("cases.route", "cases.tier")


@pytest.fixture
def spread(half_seen):  # noqa: F811
    """Ways and kinds, some of them rare."""
    for number, case in enumerate(CounsellingCase.objects.order_by("pk")):
        values = {"access_route": ROUTES[0 if number % 7 else 1 + number % 2], "tier": TIERS[int(number % 3 == 0)]}
        CounsellingCase.objects.filter(pk=case.pk).update(**values)


def question(actor, **more):
    return Question(actor, Period(date(LAST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), **more)


def crossed(actor, pair=PAIR, leaves_house=False, **more):
    facts = tuple(fact(key) for key in pair)
    return crosses([facts], question(actor, **more), Places(), leaves_house=leaves_house)[0]


def test_inner_numbers_add_up_to_their_margins(world, spread):
    actor = world.counsellor.actor
    cross = crossed(actor, own=True)

    assert cross.total == CounsellingCase.objects.visible_to(actor).count()
    for row in cross.rows:
        assert sum(cross.count(row, column) for column in cross.columns) == row.count
    for column in cross.columns:
        assert sum(cross.count(row, column) for row in cross.rows) == column.count


def test_each_number_is_what_the_rows_say(world, spread):
    actor = world.counsellor.actor
    counted = Counter(CounsellingCase.objects.visible_to(actor).values_list("access_route", "tier"))
    assert Counter({key: n for key, n in crossed(actor, own=True).inner.items() if n}) == counted


@pytest.mark.rule("DP-13")
@pytest.mark.parametrize("leaves_house", [False, True])
@pytest.mark.parametrize("persona", ["coordinator", "funder", "colleague"])
def test_margins_are_what_each_figure_shows_by_itself(world, spread, persona, leaves_house):
    actor = world.personas[persona].actor
    cross = crossed(actor, leaves_house=leaves_house)
    for key, cells in zip(PAIR, (cross.rows, cross.columns), strict=True):
        (alone,) = evaluate([fact(key)], question(actor), leaves_house=leaves_house)
        assert {c.key: c.count for c in cells} == {c.key: c.count for c in alone.cells}


@pytest.mark.rule("DP-13")
@pytest.mark.parametrize("least", [3, 5])
@pytest.mark.parametrize("persona", ["coordinator", "funder", "colleague"])
def test_no_small_number_can_be_computed(world, spread, persona, least):
    actor = world.personas[persona].actor
    cross = crossed(actor, leaves_house=least == 5)
    hers = set() if least == 5 else set(CounsellingCase.objects.visible_to(actor).values_list("pk", flat=True))
    cases = CounsellingCase.objects.filter(organisation_id__in=actor.counted_organisation_ids).exclude(pk__in=hers)
    size = Counter((route or "_missing", tier) for route, tier in cases.values_list("access_route", "tier"))
    atoms = sorted(cross.inner)

    def atoms_of(row=None, column=None):
        return frozenset(atom for atom in atoms if row in (None, atom[0]) and column in (None, atom[1]))

    numbers = [(atoms_of(*key), count) for key, count in cross.inner.items()]
    numbers += [(atoms_of(row=cell.key), cell.count) for cell in cross.rows]
    numbers += [(atoms_of(column=cell.key), cell.count) for cell in cross.columns]
    known = [rows for rows, count in numbers if count is not None]
    known += [frozenset([atom]) for rows in known if not sum(size[a] for a in rows) for atom in rows]
    small = [rows for rows, _count in numbers if 0 < sum(size[a] for a in rows) < least]

    assert small, "there is something to protect"
    assert [sorted(rows) for rows in small if rows in known or is_computable(rows, known, atoms)] == []


@pytest.mark.rule("DP-13")
def test_who_only_counts_gets_no_crossing_at_one_place(world, spread):
    assert crossed(world.coordinator.actor, site_id=world.site.pk) is None
    assert crossed(world.counsellor.actor, own=True, site_id=world.site.pk).total > 0


def test_what_is_not_counted_for_her_is_no_crossing(world, spread):
    assert crossed(world.coordinator.actor, with_stock=False) is None


def test_figures_with_the_same_rows_without_record_leave_these_out(world, spread):
    cross = crossed(world.counsellor.actor, ("cases.level_first", "cases.level_last"), own=True)
    assert "_missing" not in {cell.key for cell in (*cross.rows, *cross.columns)}
    assert cross.total == 0


def test_counting_takes_two_statements_however_many_pairs(world, spread, django_assert_num_queries):
    actor = world.counsellor.actor
    actor.counted_organisation_ids  # noqa: B018 -- known before
    pairs = [(fact("cases.route"), fact("cases.tier")), (fact("cases.tier"), STANDING)]
    evaluate([fact("cases.tier")], question(actor, own=True))
    with django_assert_num_queries(2):
        crosses(pairs, question(actor, own=True), Places())
