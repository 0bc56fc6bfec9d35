"""What an agency did in a year is counted in one place: list, report and controlling say the same, and open the same measures."""

from datetime import date

import pytest

from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.models import MeasureEvidence
from lotse.agency.queries.figures import counted_for, measures_held
from lotse.agency.queries.keyfigures import SOURCES, key_figures
from lotse.agency.queries.report import numbers_of_years
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from tests.agency.test_proofs import filed
from tests.factories.agencies import YEAR


@pytest.fixture
def held(house):
    """One proof serves two measures; in one nobody has counted; what was called off or is of another year does not count."""
    first = house.measure(field="SR", participants=20, volunteers=4)
    second = house.measure(field="BE", participants=5, volunteers=2)
    third = house.measure(on=date(YEAR, 12, 31))
    house.measure(state=MeasureState.CANCELLED, participants=99, volunteers=99)
    house.measure(agency=house.second_agency(), participants=99, volunteers=99)
    house.measure(on=date(YEAR - 1, 12, 31), funding_year=YEAR - 1, participants=7, volunteers=1)
    filed(house, first)
    shared = MeasureEvidence.objects.get()
    MeasureEvidence.objects.create(organisation=shared.organisation, measure=second, evidence=shared.evidence)
    return [first, second, third]


@pytest.fixture
def report(house, held):
    return house.document(DocumentKind.REPORT)


@pytest.fixture
def sheet(house, held):
    return house.document(DocumentKind.CONTROLLING)


def test_three_pages_say_the_same_numbers(world, report, sheet, login):
    web = login(world.worker)
    listed = web.get("/agentur/massnahmen/", {"jahr": YEAR}).context["figures"]
    numbers = web.get(f"/agentur/bericht/{report.public_id}/").context["numbers"]
    rows = web.get(f"/agentur/controlling/{sheet.public_id}/").context["filled"].rows
    keyed = [rows[key].figure.value for key in ("measures", "participants", "volunteers")]
    assert [numbers.measures, numbers.participants, numbers.volunteers, numbers.proven] == [*keyed, 2] == [3, 25, 6, 2]
    proven = listed["proven"]
    assert [proven.total.count, listed["participants"].total.count, proven.share.numerator] == [3, 25, 2]


def test_they_are_the_figures_of_the_agency(world, report):
    asked = Question(world.worker.actor, Period(date(YEAR, 1, 1), date(YEAR, 12, 31)))
    keys = ["by_kind", "participants", "volunteers"]
    totals = [result.total.count for result in evaluate([fact(f"measures.{key}") for key in keys], asked)]
    assert totals == [result.total.count for result in counted_for(report, keys).values()] == [3, 25, 6]
    assert [vars(numbers) for numbers in numbers_of_years(report)] == [
        {"measures": 3, "participants": 25, "volunteers": 6, "proven": 2},
        {"measures": 1, "participants": 7, "volunteers": 1, "proven": 0},
    ]


def test_the_rows_behind_a_number_are_the_same_and_add_up_to_it(world, held, report, sheet, login):
    assert list(measures_held(report)) == list(measures_held(sheet)) == held
    page = login(world.coordinator).get(f"/agentur/bericht/{report.public_id}/zahlen/")
    assert list(page.context["measures"]) == held
    found = key_figures(sheet)
    assert {name: sum(row.number or 0 for row in figure.rows) for name, figure in found.items()} == {
        name: figure.value for name, figure in found.items()
    }
    assert [row.title for row in found["participants"].rows] == [measure.title for measure in held]
    assert (found["participants"].unknown, found["measures_SR"].value, found["measures_AD"].value) == (1, 1, 0)


def test_an_empty_year_is_all_nought(house):
    empty = house.document(DocumentKind.CONTROLLING)
    assert {figure.value for figure in key_figures(empty).values()} == {0}
    assert set(vars(numbers_of_years(empty)[0]).values()) == {0}


@pytest.mark.parametrize("more", [0, 30])
def test_key_figures_cost_two_statements(house, sheet, django_assert_num_queries, more):
    for _ in range(more):
        house.measure(participants=3)
    with django_assert_num_queries(2):
        assert set(key_figures(sheet)) == set(SOURCES)
