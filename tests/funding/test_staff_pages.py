"""The way of a change in the browser, from the report to the post plan."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from lotse.funding.enums_staff import ChangeKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import StaffChange
from lotse.funding.queries.posts import plan
from tests.documents.files import upload
from tests.factories import funds_staff as make

ROOM = "/foerderung/stellen/"


@pytest.fixture
def share(house, grant):
    made = make.share_of(house.agency)
    make.paid(grant, made)
    return made


def told(share, **more):
    return {
        "share": share.public_id, "effective_from": f"{make.in_days(40)}", "comes": "no", "text": "Bis zum Sommer.", **more
    }  # fmt: skip


def test_a_leave_with_a_substitute_goes_from_the_carrier_over_the_district_into_the_post_plan(
    world, grant, share, login
):
    carrier, district = login(world.carrier_manager), login(world.coordinator)
    assert "Elternzeit" in carrier.get(f"{ROOM}melden/").content.decode()
    new = make.person_of(world.nordstadt, "Neu Beispiel")
    comes = {"comes": "yes", "newcomer": new.public_id, "newcomer_from": f"{make.in_days(40)}", "newcomer_fte": "0,50"}
    answer = carrier.post(f"{ROOM}melden/parental/", told(share, **comes))
    change = StaffChange.objects.get()
    assert answer.url == f"{ROOM}aenderungen/{change.public_id}/"
    assert "liegt beim Bezirk" in carrier.get(answer.url).content.decode()
    for row in change.processes.all():
        forward_and_answer(district, row)
    page = carrier.get(f"{answer.url}uebernehmen/").content.decode()
    assert "Neu Beispiel: 0,50 an „Fachkraft“" in page
    carrier.post(f"{answer.url}uebernehmen/")
    [row] = plan(world.carrier_manager.actor, grant)
    assert [str(stay.person) for stay in row.stays] == ["Eva Beispiel", "Neu Beispiel"]
    assert row.gaps == ()


def forward_and_answer(district, row):
    address = f"{ROOM}vorgaenge/{row.public_id}/"
    assert district.get(f"{address}schreiben/")["Content-Type"] == "application/pdf"
    today = f"{timezone.localdate()}"
    assert district.post(f"{address}weiterleiten/", {"on": today}).status_code == 302
    answer = State.ACKNOWLEDGED if row.kind == "notify" else State.GRANTED
    values = {"on": today, "answer": answer, "receipt": upload()}
    assert district.post(f"{address}antwort/", values).status_code == 302
    row.refresh_from_db()
    assert (row.state, bool(row.letter), bool(row.receipt)) == (answer, True, True)


@pytest.mark.parametrize("kind", ChangeKind.values)
def test_each_kind_asks_only_what_it_needs(world, grant, share, login, kind):
    form = login(world.carrier_manager).get(f"{ROOM}melden/{kind}/").context["form"]
    about = "share" if kind in ("illness", "parental", "hours", "personal") else None
    assert about is None or list(form.fields)[1] == "share" or "share" in form.fields
    assert ("email_text" in form.fields, "effective_until" in form.fields) == (
        kind == "hours", kind in ("illness", "maternity", "parental", "vacant", "new_hire", "extension"),
    )  # fmt: skip


def test_who_comes_is_named_with_day_and_hours(world, grant, share, login):
    form = login(world.carrier_manager).post(f"{ROOM}melden/parental/", told(share, comes="yes")).context["form"]
    assert {name: list(said) for name, said in form.errors.items()} == {
        "newcomer_from": ["Bitte ausfüllen."], "newcomer_fte": ["Bitte ausfüllen."]
    }  # fmt: skip


def test_what_began_without_consent_says_what_it_costs(world, grant, share, login):
    values = make.newcomer(newcomer_from=make.in_days(-3))
    change = make.reported(world, grant, share, effective_from=make.in_days(-3), **values)
    page = login(world.coordinator).get(f"{ROOM}aenderungen/{change.public_id}/").content.decode()
    assert "Ohne Zustimmung – nicht förderfähig" in page
    assert f"0,50 VZÄ vom {make.in_days(-3):%d.%m.%Y} bis 31.12.2027" in page
    assert "verspätet gemeldet" in page


def test_another_carrier_finds_nothing_of_it(world, grant, share, house, login):
    make.reported(world, grant, share)
    far = make.share_of(house.far_agency)
    change = make.reported(world, grant, far, by=world.coordinator.actor)
    web = login(world.carrier_manager)
    address = f"{ROOM}aenderungen/{change.public_id}/"
    assert [web.get(f"{address}{way}").status_code for way in ("", "berichtigen/", "person/", "uebernehmen/")] == [
        404
    ] * 4
    assert "Südstadt" not in web.get(f"{ROOM}aenderungen/?stand=alle").content.decode()
    process = change.processes.get()
    ways = ("schreiben/", "weiterleiten/", "antwort/", "beleg/")
    assert [web.get(f"{ROOM}vorgaenge/{process.public_id}/{way}").status_code for way in ways] == [404] * 4


def test_the_list_asks_as_much_for_many_as_for_one(world, grant, share, login, django_assert_max_num_queries):
    web = login(world.coordinator)
    for _number in range(4):
        make.reported(world, grant, share, **make.newcomer())
    with django_assert_max_num_queries(25):
        page = web.get(f"{ROOM}aenderungen/?{urlencode({'stand': 'alle'})}").content.decode()
    assert page.count("Elternzeit: Eva Beispiel") == 8


def test_somebody_new_without_contact_data_stands_above(world, grant, share, login):
    values = make.newcomer(newcomer_from=make.in_days(-2))
    make.reported(world, grant, share, effective_from=make.in_days(-2), **values)
    page = login(world.coordinator).get(f"{ROOM}aenderungen/").content.decode()
    assert f"fehlt noch seit {make.in_days(-2):%d.%m.%Y}: Person" in page
