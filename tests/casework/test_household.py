from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.casework.actions.clients import add_household_member
from lotse.casework.models import HouseholdMember
from lotse.casework.queries.household import people_at_home
from tests.factories import casework as make

TODAY = date(2026, 11, 21)


@pytest.fixture
def client_file(world):
    return make.case(world).client


def member(world, client, **data):
    return add_household_member(by=world.counsellor.actor, client=client, **{"relation": "child", **data})


@pytest.mark.rule("CL-15")
@pytest.mark.parametrize(("born", "relation", "note"), [
    (date(2008, 11, 21), "child", "volljährig"), (date(2008, 11, 22), "child", "wird am 22.11.2026 18"),
    (date(2009, 11, 22), "child", ""), (date(2008, 2, 29), "child", "volljährig"), (date(2000, 1, 1), "parent", ""),
    (None, "child", ""),
])  # fmt: skip
def test_a_child_that_turns_18_is_marked_and_stays(world, client_file, born, relation, note):
    member(world, client_file, birth_date=born, relation=relation)
    assert [row.note for row in people_at_home(client_file, TODAY)] == [note]


def test_who_moved_out_comes_last(world, client_file):
    member(world, client_file, name="Ali", left_household_on=date(2025, 1, 1))
    member(world, client_file, name="Ece")

    assert [row.person.name for row in people_at_home(client_file, TODAY)] == ["Ece", "Ali"]


def test_moving_out_lies_after_moving_in(world, login, client_file):
    url = f"/akte/{client_file.public_id}/haushalt/"
    typed = {"relation": "child", "name": "Ali", "lives_in_household_since": "2025-02-01"}

    page = login(world.counsellor).post(url, {**typed, "left_household_on": "2025-01-01"}).content.decode()

    assert "Der Auszug liegt vor dem Einzug." in page
    assert not HouseholdMember.objects.exists()


def test_database_knows_nobody_who_left_before_arriving(world, client_file):
    member(world, client_file, lives_in_household_since=date(2025, 2, 1))

    with pytest.raises(IntegrityError, match="household_member_leaves_after_arrival"), transaction.atomic():
        HouseholdMember.objects.update(left_household_on=date(2025, 1, 1))


def test_a_member_is_changed_on_a_page(world, login, client_file):
    made = member(world, client_file, name="Ali", birth_date=date(2015, 5, 1))
    web, url = login(world.counsellor), f"/akte/{client_file.public_id}/haushalt/{made.public_id}/"

    shown = web.get(url).context["form"].initial
    web.post(url, {"relation": "child", "name": "Ali", "birth": shown["birth"], "institution": "Grundschule", "left_household_on": "2026-01-01"})  # fmt: skip

    made.refresh_from_db()
    assert (made.institution, made.birth_date, made.left_household_on) == ("Grundschule", date(2015, 5, 1), date(2026, 1, 1))  # fmt: skip
    assert "ausgezogen am" in web.get(f"/akte/{client_file.public_id}/haushalt/").content.decode()


def test_a_member_of_one_file_is_not_found_under_another(world, login, client_file):
    made = member(world, client_file, name="Ali")
    other = make.case(world, client=make.person(world, last_name="Andere")).client
    web = login(world.counsellor)

    assert web.get(f"/akte/{other.public_id}/haushalt/{made.public_id}/").status_code == 404
    assert web.post(f"/akte/{other.public_id}/haushalt/{made.public_id}/loeschen/").status_code == 404
    assert HouseholdMember.objects.count() == 1


@pytest.mark.parametrize(("first", "second", "twins"), [
    ({"name": "Ali"}, {"name": "ALİ"}, True), ({"name": "Ali"}, {"name": "Ece"}, False),
    ({"name": "Ali", "birth_date": date(2015, 5, 1)}, {"name": "Ali", "birth_date": date(2017, 5, 1)}, False),
    ({"name": "", "birth_date": date(2015, 5, 1)}, {"name": "Ali", "birth_date": date(2015, 5, 1)}, True),
    ({"name": "Ece", "birth_date": date(2015, 5, 1)}, {"name": "Ali", "birth_date": date(2015, 5, 1)}, False),
], ids=["same name", "other name", "other birth", "nameless", "twins"])  # fmt: skip
def test_who_may_be_entered_twice_is_pointed_out(world, client_file, first, second, twins):
    member(world, client_file, **first)
    member(world, client_file, **second)

    found = [row.twin is not None for row in people_at_home(client_file, timezone.localdate())]
    assert found == [twins, twins]


def test_a_birth_date_known_to_the_year_does_not_look_exact(world, login):
    client = make.person(world, birth_date=date(1951, 1, 1), birth_precision="year")
    text = login(world.counsellor).get(client.get_absolute_url()).content.decode()
    assert ("<dd>1951</dd>" in text, "01.01.1951" in text) == (True, False)


def test_what_is_seldom_asked_is_folded_and_open_where_it_says_something(world, login):
    client = make.case(world).client
    member = add_household_member(by=world.counsellor.actor, client=client, name="Ali", institution="Kita Sonne")
    web, address = login(world.counsellor), f"/akte/{client.public_id}/haushalt/"

    assert "<details><summary>Weitere Angaben" in web.get(address).content.decode()
    assert "<details open><summary>Weitere Angaben" in web.get(f"{address}{member.public_id}/").content.decode()
    wrong = {"relation": "child", "name": "Mia", "left_household_on": "morgen"}
    assert "<details open><summary>Weitere Angaben" in web.post(address, wrong).content.decode()
