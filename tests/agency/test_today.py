"""What the agencies bring to the page of the day."""

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.today import work_items
from tests.agency.test_standing import agencies_ready
from tests.factories.agencies import YEAR


def lines(persona):
    return [(item.title, item.badge) for item in work_items(persona.actor)]


def test_what_came_back_stands_on_the_day_of_the_agency(world, house, login):
    back = house.document(DocumentKind.REPORT, state=DocumentState.RETURNED)
    house.document(DocumentKind.TASK_PLAN, state=DocumentState.READY)
    assert lines(world.worker) == [(f"Sachbericht {YEAR}", "zurückgegeben")]
    assert lines(world.far_worker) == lines(world.counsellor) == []
    page = login(world.worker).get("/").content.decode()
    assert f"/agentur/bericht/{back.public_id}/" in page


def test_what_waits_stands_on_the_day_of_the_coordination(world, house):
    house.document(DocumentKind.TASK_PLAN, state=DocumentState.READY)
    assert lines(world.coordinator) == [(f"Aufgabenplanung {YEAR}", "wartet auf Freigabe")]
    assert lines(world.carrier_manager) == []
    AgencyDocument.objects.update(responsible=world.coordinator.person)
    assert lines(world.coordinator) == []


def test_many_of_a_kind_are_one_line_that_opens_the_table(world, house):
    agencies_ready(house, 3)
    [item] = work_items(world.coordinator.actor)
    assert (item.title, item.url) == (f"3 × Sachbericht {YEAR}", f"/agentur/stand/?jahr={YEAR}&stand=wartet&art=report")


def test_it_costs_one_statement_and_none_for_others(world, house, django_assert_num_queries):
    worker, counsellor = world.worker.actor, world.counsellor.actor
    with django_assert_num_queries(1):
        work_items(worker)
    with django_assert_num_queries(0):
        work_items(counsellor)
