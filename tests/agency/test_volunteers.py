"""Volunteers: names for the agency only, hours counted; material lent and overdue."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency.actions import materials, volunteers
from lotse.agency.models import Deployment, Loan, Material, Volunteer
from lotse.agency.queries.volunteers import materials as listed
from lotse.agency.queries.volunteers import overdue
from lotse.core.errors import NotAllowed
from lotse.documents.deletions import KINDS
from lotse.documents.models import Deletion
from tests.factories.agencies import YEAR

DAY = date(YEAR, 3, 4)


@pytest.fixture
def volunteer(house):
    values = {"name": "Ayla Beispiel", "reached_by": "ayla@post.example", "qualification": "Lesepatin", "since": DAY}
    return volunteers.add_volunteer(by=house.world.worker.actor, agency=house.agency, **values)


@pytest.fixture
def material(house):
    return materials.add_material(by=house.world.worker.actor, agency=house.agency, name="Koffer")


def lent(house, material, days=14):
    day = timezone.localdate()
    values = {"borrower": "Grundschule", "lent_on": day - timedelta(days=20), "due_on": day + timedelta(days=days)}
    return materials.lend(by=house.world.worker.actor, material=material, **values)


@pytest.mark.rule("IA-13")
def test_names_of_volunteers_are_for_their_agency_only(house, volunteer, login):
    url = f"/agentur/ehrenamt/{volunteer.public_id}/"
    assert "Ayla Beispiel" in login(house.world.worker).get(url).content.decode()
    assert login(house.world.far_worker).get(url).status_code == 404
    for name in ("coordinator", "carrier_manager"):
        web = login(house.world.personas[name])
        assert [web.get(one).status_code for one in (url, "/agentur/ehrenamt/", "/agentur/material/")] == [
            403,
            403,
            403,
        ]


def test_hours_are_entered_from_the_page_of_a_measure(house, volunteer, login):
    measure = house.measure()
    web, url = login(house.world.worker), f"/agentur/ehrenamt/einsatz/?massnahme={measure.public_id}"
    assert f'value="{measure.public_id}" selected' in web.get(url).content.decode()
    given = {"volunteer": volunteer.public_id, "on": f"{DAY}", "hours": "1,5", "measure": measure.public_id}
    answer = web.post(url, given)
    assert answer["Location"] == f"/agentur/massnahmen/{measure.public_id}/"
    made = Deployment.objects.get()
    assert (made.minutes, made.measure, made.hours) == (90, measure, "1,5")
    page = web.get(answer["Location"]).content.decode()
    assert "Ayla Beispiel" in page
    assert "Ayla Beispiel" not in login(house.world.coordinator).get(answer["Location"]).content.decode()


def test_a_measure_of_another_agency_is_refused(house, volunteer):
    other = house.measure(agency=house.far_agency)
    with pytest.raises(ValidationError, match="woanders"):
        volunteers.add_deployment(by=house.world.worker.actor, volunteer=volunteer, on=DAY, minutes=30, measure=other)


def test_who_is_forgotten_leaves_her_hours(house, volunteer):
    by = house.world.worker.actor
    volunteers.add_deployment(by=by, volunteer=volunteer, on=DAY, minutes=60)
    volunteers.forget_volunteer(by=by, volunteer=volunteer)
    fresh = Volunteer.objects.get()
    assert (fresh.name, fresh.reached_by, fresh.qualification) == ("", "", "")
    assert fresh.ended_on
    assert Deployment.objects.get().minutes == 60
    assert Deletion.objects.get().kind == "volunteer"


def test_who_was_forgotten_is_forgotten_again_after_a_restore(house, volunteer):
    assert volunteer.public_id in set(KINDS["volunteer"].refs(volunteer.organisation_id))
    KINDS["volunteer"].erase(volunteer.public_id, timezone.now())
    assert Volunteer.objects.get().name == ""


def test_only_the_agency_keeps_volunteers_and_material(house, volunteer, material):
    by = house.world.coordinator.actor
    with pytest.raises(NotAllowed):
        volunteers.add_volunteer(by=by, agency=house.agency, name="x", since=DAY)
    with pytest.raises(NotAllowed):
        volunteers.forget_volunteer(by=by, volunteer=volunteer)
    with pytest.raises(NotAllowed):
        materials.lend(by=by, material=material, borrower="x", lent_on=DAY, due_on=DAY)


def test_the_pages_of_volunteers(house, volunteer, login):
    web = login(house.world.worker)
    web.post("/agentur/ehrenamt/neu/", {"name": "Bo Muster", "since": f"{DAY}"})
    page = web.get("/agentur/ehrenamt/").content.decode()
    assert page.index("Ayla Beispiel") < page.index("Bo Muster")
    url = f"/agentur/ehrenamt/{volunteer.public_id}/"
    web.post(f"{url}aendern/", {"name": "Ayla Neu", "since": f"{DAY}", "ended_on": f"{DAY}", "revision": "1"})
    assert "Ayla Neu" not in web.get("/agentur/ehrenamt/").content.decode()
    assert "Ayla Neu" in web.get("/agentur/ehrenamt/?stand=frueher").content.decode()
    web.post(f"{url}loeschen/")
    assert "Ayla Neu" not in web.get("/agentur/ehrenamt/?stand=frueher").content.decode()


def test_material_is_lent_once_at_a_time(house, material):
    lent(house, material)
    with pytest.raises(ValidationError, match="gerade verliehen"):
        lent(house, material)


def test_what_is_overdue_stands_first_and_is_said_on_the_page_of_measures(house, material, login):
    there = materials.add_material(by=house.world.worker.actor, agency=house.agency, name="Ausstellung")
    lent(house, material, days=-1)
    actor, today = house.world.worker.actor, timezone.localdate()
    assert [(row.material, row.is_overdue) for row in listed(actor, today)] == [(material, True), (there, False)]
    assert overdue(actor, today) == 1
    web = login(house.world.worker)
    assert "überfällig" in web.get("/agentur/material/").content.decode()
    assert "Material überfällig" in web.get("/agentur/massnahmen/").content.decode()


def test_who_had_it_is_not_kept_once_it_is_back(house, material, login):
    lent(house, material)
    web, url = login(house.world.worker), f"/agentur/material/{material.public_id}/"
    web.post(f"{url}zurueck/", {"on": f"{timezone.localdate()}"})
    assert Loan.objects.get().borrower == ""
    assert web.get(f"{url}zurueck/").status_code == 403
    web.post(f"{url}verleihen/", {"borrower": "Kita", "lent_on": f"{DAY}", "due_on": f"{DAY}"})
    assert Loan.objects.filter(back_on=None).count() == 1


def test_material_that_is_out_is_not_taken_off_the_list(house, material):
    lent(house, material)
    with pytest.raises(ValidationError, match="noch verliehen"):
        materials.change_material(by=house.world.worker.actor, material=material, name="Koffer", note="", ended_on=DAY)


def test_material_is_taken_up_on_its_page(house, login):
    web = login(house.world.worker)
    assert "Noch nichts" in web.get("/agentur/material/").content.decode()
    web.post("/agentur/material/neu/", {"name": "Koffer", "note": "zwölf Bücher"})
    assert Material.objects.get().note == "zwölf Bücher"
