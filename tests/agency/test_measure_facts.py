"""The figures of an agency against plain counting of its rows."""

from datetime import date

import pytest

from lotse.agency.enums import MeasureState
from lotse.agency.facts import COUNTED
from lotse.agency.models import Deployment, Volunteer
from lotse.agency.queries.figures import of_agency
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from tests.agency.test_proofs import filed
from tests.factories.agencies import YEAR


@pytest.fixture
def year(house):
    """Three held, one of them with task and proof; one called off, one in another year, one of the other carrier."""
    task = house.task(house.document())
    whole = house.measure(task=task, field="SR", participants=20, volunteers=4)
    house.measure(field="BE", participants=5, volunteers=2, kind="excursion")
    house.measure()
    house.measure(state=MeasureState.CANCELLED, participants=99)
    house.measure(on=date(YEAR - 1, 12, 31), funding_year=YEAR - 1, participants=99)
    house.measure(agency=house.far_agency, organisation=house.far_agency.parent, participants=99)
    filed(house, whole)
    who = Volunteer.objects.create(
        organisation=house.agency.parent, agency=house.agency, name="Eine", since=date(YEAR, 1, 1)
    )
    for measure, minutes in ((whole, 90), (None, 60), (None, 30)):
        Deployment.objects.create(
            organisation=who.organisation, volunteer=who, measure=measure, on=date(YEAR, 3, 4), minutes=minutes
        )
    return house


def cells(result):
    return {cell.key: cell.count for cell in result.cells if cell.count}


def test_one_agency_in_one_year(year):
    found = {
        key: cells(result)
        for key, result in of_agency(year.world.worker.actor, year.agency, YEAR, list(COUNTED)).items()
    }
    assert {key: {k: n for k, n in counted.items() if not k.startswith("_")} for key, counted in found.items()} == {
        "held": {"held": 3, "cancelled": 1},
        "by_kind": {"workshop": 2, "excursion": 1},
        "by_field": {"SR": 1, "BE": 1},
        "participants": {"SR": 20, "BE": 5},
        "volunteers": {"SR": 4, "BE": 2},
        "volunteer_hours": {"measure": 1, "apart": 2},
        "planned": {"yes": 1, "no": 2},
        "proven": {"yes": 1, "no": 2},
    }


def test_hours_are_added_up(year):
    hours = of_agency(year.world.worker.actor, year.agency, YEAR, ["volunteer_hours"])["volunteer_hours"]
    assert hours.total.amount == 3


def test_who_oversees_counts_all_agencies_and_who_works_in_one_counts_it(year):
    def held(persona):
        period = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
        (result,) = evaluate([fact("measures.by_kind")], Question(persona.actor, period))
        return result.total.count

    world = year.world
    assert [held(who) for who in (world.coordinator, world.carrier_manager, world.worker, world.far_worker)] == [
        4,
        3,
        3,
        1,
    ]
    assert held(world.counsellor) == 0


def test_figures_of_an_agency_are_empty_for_who_does_not_see_it(year):
    found = of_agency(year.world.far_worker.actor, year.agency, YEAR, list(COUNTED))
    assert {result.total.count for result in found.values()} == {0}
