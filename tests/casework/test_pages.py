"""Pages cost the same for one row and for three, and stay near twelve statements (three of them open, write and close the read log)."""

import pytest
from django.utils import timezone

from lotse.casework.actions.contacts import record_contact
from lotse.casework.models import Client
from tests.factories import casework as make

ONE_AND_THREE = pytest.mark.parametrize("rows", [1, 3])


@pytest.fixture
def filled(world):
    """`filled(n)`: n people with a case, a due plan and a contact each."""

    def _filled(count):
        for number in range(count):
            case = make.case(world, client=make.person(world, last_name=f"Name{number}"))
            plan = make.plan(world, of=case)
            make.step(world, make.goal(world, plan), due_on=timezone.localdate())
            for _ in range(count):
                record_contact(
                    by=world.counsellor.actor, case=case, on=timezone.localdate(), channel="phone", topics=["housing"], next_step_on=timezone.localdate()
                )  # fmt: skip
        return Client.objects.first()

    return _filled


@ONE_AND_THREE
@pytest.mark.parametrize(("address", "statements"), [
    ("/", 13), ("/klienten/", 5), ("/klienten/?q=name", 6), ("/suche/?q=name", 8), ("/anfrage/", 6), ("/partner/", 12),
])  # fmt: skip
def test_pages_of_the_house_do_not_grow(world, filled, login, django_assert_num_queries, rows, address, statements):
    filled(rows)
    web = login(world.counsellor)
    web.get(address)
    with django_assert_num_queries(statements):
        web.get(address)


@ONE_AND_THREE
@pytest.mark.parametrize(("tab", "statements"), [
    ("", 11), ("plan/", 11), ("teil-a/", 8), ("einwilligungen/", 7), ("haushalt/", 7), ("verweise/", 6), ("abschluss/", 6), ("verlauf/", 9),
])  # fmt: skip
def test_pages_of_a_file_do_not_grow(world, filled, login, django_assert_num_queries, rows, tab, statements):
    client = filled(rows)
    web = login(world.counsellor)
    web.get(f"/akte/{client.public_id}/{tab}")
    with django_assert_num_queries(statements):
        web.get(f"/akte/{client.public_id}/{tab}")


def test_technical_lead_lists_and_searches_the_files_of_her_site(world, filled, login):
    filled(1)
    web = login(world.technical_lead)

    listed, searched = web.get("/klienten/").content.decode(), web.get("/suche/?q=name").content.decode()

    assert "Name0" in listed
    assert "Name0" in searched
    assert "Neue Person" not in listed
