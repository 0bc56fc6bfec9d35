"""Breaking the glass: one file, a reason, a second person's yes, an hour, and everybody concerned knows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.access import confirm_assignment, end_assignment
from lotse.casework.actions.emergency import allow_emergency, break_glass, decline_emergency, request_in_emergency
from lotse.casework.models import Client, FileAssignment
from lotse.core.errors import NotAllowed
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from tests.factories import casework as make

pytestmark = pytest.mark.rule("FA-01")
URL = "/notfall/"


@pytest.fixture
def client_file(world):
    return make.case(world).client


def typed(client, **more):
    return {"number": client.number, "last_name": client.last_name, "reason": "Klinik ruft an", **more}


def ask(world, client, **more):
    return break_glass(by=world.colleague.actor, **typed(client, **more))


def is_open(world):
    return Client.objects.visible_to(world.colleague.actor).exists()


@pytest.mark.parametrize("second", ["technical_lead", "dpo"])
def test_file_opens_with_a_second_persons_yes_for_an_hour(world, client_file, second):
    asked = ask(world, client_file)
    assert is_open(world) is False

    allowed = allow_emergency(by=world.personas[second].actor, assignment=asked)

    assert is_open(world) is True
    assert allowed.opens_until - allowed.confirmed_at == timedelta(minutes=60)
    FileAssignment.objects.update(opens_until=timezone.now() - timedelta(seconds=1))
    assert is_open(world) is False


def test_one_file_opens_and_no_other(world, client_file):
    make.case(world, client=make.person(world, last_name="Andere"))
    allow_emergency(by=world.dpo.actor, assignment=ask(world, client_file))

    assert Client.objects.visible_to(world.colleague.actor).get() == client_file


@pytest.mark.parametrize(
    "name", ["colleague", "counsellor", "carrier_manager", "sysadmin", "coordinator", "funder", "outsider"]
)
def test_nobody_else_says_yes(world, client_file, name):
    asked = ask(world, client_file)
    for decide in (allow_emergency, decline_emergency, confirm_assignment):
        if (decide, name) == (confirm_assignment, "carrier_manager"):
            name = "technical_lead"  # who confirms other access does not open an emergency by that way
        with pytest.raises(NotAllowed):
            decide(by=world.personas[name].actor, assignment=asked)
    assert is_open(world) is False


def test_a_declined_request_opens_nothing(world, client_file):
    decline_emergency(by=world.technical_lead.actor, assignment=ask(world, client_file))
    assert (is_open(world), FileAssignment.objects.count()) == (False, 0)
    assert Event.objects.filter(key="file.emergency_declined", file_ref=client_file.public_id).exists()


def test_a_yes_that_comes_days_later_opens_nothing(world, client_file):
    asked = ask(world, client_file)
    FileAssignment.objects.update(valid_from=make.days_ago(3), valid_to=make.days_ago(2))

    with pytest.raises(ValidationError, match="abgelaufen"):
        allow_emergency(by=world.dpo.actor, assignment=asked)


def test_nobody_says_yes_twice(world, client_file):
    asked = ask(world, client_file)
    allow_emergency(by=world.dpo.actor, assignment=asked)

    with pytest.raises(ValidationError, match="schon entschieden"):
        allow_emergency(by=world.technical_lead.actor, assignment=asked)
    with pytest.raises(ValidationError, match="schon offen"):
        ask(world, client_file)


def test_asking_twice_waits_once(world, client_file):
    ask(world, client_file)
    with pytest.raises(ValidationError, match="schon angefragt"):
        ask(world, client_file)


def test_everybody_concerned_is_told_without_a_name(world, client_file, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(world, client_file)
    assert sorted(mail.to[0] for mail in mailoutbox) == ["dpo@lotse.example", "technical_lead@lotse.example"]

    with django_capture_on_commit_callbacks(execute=True):
        allow_emergency(by=world.technical_lead.actor, assignment=asked)

    told = sorted(mail.to[0] for mail in mailoutbox[2:])
    assert told == ["colleague@lotse.example", "counsellor@lotse.example", "dpo@lotse.example"]
    assert all(client_file.last_name not in mail.body and "Klinik" not in mail.body for mail in mailoutbox)


def test_read_log_and_home_pages_show_it(world, login, client_file):
    web, lead = login(world.colleague), login(world.technical_lead)
    assert "Angefragt" in web.post(URL, typed(client_file), follow=True).content.decode()
    waiting = lead.get("/").content.decode()
    assert "Colleague Beispiel (colleague@lotse.example) braucht Einblick in eine Akte." in waiting
    assert "Grund: Klinik ruft an" in waiting

    lead.post(f"/bestaetigen/{FileAssignment.objects.get().public_id}/", {"decision": "confirm"})

    home = web.get("/").content.decode()
    assert f'<a href="/akte/{client_file.public_id}/">Akte {client_file.number}</a> offen bis' in home
    web.get(f"/akte/{client_file.public_id}/")
    history = login(world.counsellor).get(f"/akte/{client_file.public_id}/verlauf/").content.decode()
    assert "Technical_Lead Beispiel hat im Notfall Einblick in die Akte gegeben." in history
    assert "Colleague Beispiel hat gelesen: Akte." in history
    assert "Klinik ruft an" in login(world.counsellor).get("/").content.decode()


def test_the_officer_decides_without_seeing_a_name(world, login, client_file):
    asked, web = ask(world, client_file), login(world.dpo)

    page = web.get("/bestaetigen/").content.decode()
    assert ("60 Minuten öffnen" in page, "Özdemir" in page) == (True, False)
    web.post(f"/bestaetigen/{asked.public_id}/", {"decision": "decline"})

    assert FileAssignment.objects.count() == 0


def test_who_holds_the_file_ends_the_look_at_once(world, client_file):
    allowed = allow_emergency(by=world.dpo.actor, assignment=ask(world, client_file))

    end_assignment(by=world.counsellor.actor, assignment=allowed, on=timezone.localdate())

    assert is_open(world) is False


def test_an_access_is_not_ended_under_another_file(world, login, client_file):
    assignment = ask(world, client_file)
    other = make.person(world, last_name="Andere")

    answer = login(world.counsellor).post(f"/akte/{other.public_id}/zugriff/{assignment.public_id}/beenden/")

    assert answer.status_code == 404


@pytest.mark.parametrize("wrong", [{"last_name": "Falsch"}, {"number": 999}], ids=["name", "number"])
def test_number_and_name_must_fit_together(world, login, client_file, wrong):
    page = login(world.colleague).post(URL, typed(client_file, **wrong)).content.decode()

    assert "Mit diesen Angaben ist keine Akte eindeutig zu finden." in page
    assert "Klinik ruft an" in page
    assert Event.objects.get(key="file.emergency_failed").actor_ref == world.colleague.person.public_id
    assert not FileAssignment.objects.exists()


def test_name_and_birth_date_find_the_file_too(world, login, client_file):
    Client.objects.update(birth_date="1990-05-12")
    known = typed(client_file, number="", birth_date="1990-05-12")

    assert login(world.colleague).post(URL, known)["Location"] == "/"
    assert FileAssignment.objects.get().client == client_file


def test_two_people_of_the_same_name_and_birth_date_are_not_guessed(world, client_file):
    make.person(world)
    Client.objects.update(birth_date="1990-05-12")

    with pytest.raises(ValidationError, match="eindeutig"):
        break_glass(by=world.colleague.actor, last_name="Özdemir", birth_date=date(1990, 5, 12), reason="Krise")


def test_the_name_alone_is_not_enough(world, login, client_file):
    page = login(world.colleague).post(URL, {"last_name": "Özdemir", "reason": "Krise"}).content.decode()
    assert "Bitte die Aktennummer oder das Geburtsdatum angeben." in page


@pytest.mark.rule("AC-01")
@pytest.mark.parametrize(("wrong", "allowed"), [
    ({}, True), ({"granted_by_id": 1}, False), ({"person_id": 1}, False), ({"organisation_id": 9}, False),
])  # fmt: skip
def test_who_checks_is_a_second_person_of_the_same_house(wrong, allowed):
    checker = Actor(person_id=1, ref="a", label="A", organisation_id=5, permissions={Permission.CONFIRM_FILE_ACCESS})
    assignment = FileAssignment(**{"granted_by_id": 2, "person_id": 3, "organisation_id": 5, **wrong})

    assert rules.may_check(checker, assignment) is allowed
    assert rules.may_check(replace(checker, permissions={Permission.COUNSEL}), assignment) is False


@pytest.mark.parametrize(("wrong", "allowed"), [({}, True), ({"person_id": 1}, False), ({"organisation_id": 9}, False)])
def test_who_allows_is_a_second_person_of_the_same_house(wrong, allowed):
    second = Actor(person_id=1, ref="a", label="A", organisation_id=5, permissions={Permission.ALLOW_EMERGENCY})
    assignment = FileAssignment(**{"person_id": 3, "organisation_id": 5, **wrong})

    assert rules.may_allow_emergency(second, assignment) is allowed
    assert rules.may_allow_emergency(replace(second, permissions={Permission.COUNSEL}), assignment) is False


def test_after_five_failed_tries_the_door_stays_shut(world, client_file):
    for _ in range(5):
        with pytest.raises(ValidationError, match="keine Akte"):
            ask(world, client_file, last_name="Falsch")

    with pytest.raises(ValidationError, match="Zu viele Versuche"):
        ask(world, client_file)


def test_the_name_may_be_typed_without_dots(world, client_file):
    assert ask(world, client_file, last_name="oezdemir").client == client_file


@pytest.mark.parametrize(
    "name", ["technical_lead", "carrier_manager", "sysadmin", "coordinator", "funder", "specialist", "dpo"]
)
def test_only_who_counsels_breaks_the_glass(world, client_file, name):
    with pytest.raises(NotAllowed):
        break_glass(by=getattr(world, name).actor, **typed(client_file))


def test_files_of_another_house_stay_shut(world, client_file):
    with pytest.raises(ValidationError, match="keine Akte"):
        break_glass(by=world.outsider.actor, **typed(client_file))
    with pytest.raises(NotAllowed):
        request_in_emergency(by=world.outsider.actor, client=client_file, reason="Krise")


def test_an_open_file_needs_no_emergency(world, client_file):
    with pytest.raises(ValidationError, match="schon offen"):
        break_glass(by=world.counsellor.actor, **typed(client_file))


def test_a_reason_is_needed(world, client_file):
    with pytest.raises(ValidationError, match="Grund"):
        request_in_emergency(by=world.colleague.actor, client=client_file, reason=" ")


@pytest.mark.parametrize("wrong", [{"valid_to": None}, {"reason": ""}], ids=["no end", "no reason"])
def test_database_knows_no_emergency_without_reason_and_end(world, client_file, wrong):
    ask(world, client_file)

    with pytest.raises(IntegrityError, match="file_assignment_emergency_ends"), transaction.atomic():
        FileAssignment.objects.update(**wrong)


def test_database_knows_no_emergency_without_its_hour(world, client_file):
    allow_emergency(by=world.dpo.actor, assignment=ask(world, client_file))

    with pytest.raises(IntegrityError, match="emergency_for_an_hour"), transaction.atomic():
        FileAssignment.objects.update(opens_until=None)
