"""Breaking the glass is possible, justified, short and visible."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.access import confirm_assignment
from lotse.casework.actions.emergency import break_glass, open_in_emergency
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


def test_file_opens_at_once_and_until_tomorrow(world, client_file):
    assignment = break_glass(by=world.colleague.actor, **typed(client_file))

    assert Client.objects.visible_to(world.colleague.actor).get() == client_file
    assert assignment.valid_to == timezone.localdate() + timedelta(days=1)
    FileAssignment.objects.update(
        valid_from=timezone.localdate() - timedelta(days=2), valid_to=timezone.localdate() - timedelta(days=1)
    )
    assert not Client.objects.visible_to(world.colleague.actor).exists()


def test_everybody_concerned_is_told_without_a_name(world, client_file, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        break_glass(by=world.colleague.actor, **typed(client_file))

    told = sorted(mail.to[0] for mail in mailoutbox)
    assert told == ["carrier_manager@lotse.example", "counsellor@lotse.example", "technical_lead@lotse.example"]
    assert all(client_file.last_name not in mail.body and "Klinik" not in mail.body for mail in mailoutbox)


def test_read_log_and_home_pages_show_it(world, login, client_file):
    web = login(world.colleague)
    answer = web.post(URL, typed(client_file))
    assert answer["Location"] == f"/akte/{client_file.public_id}/"
    web.get(answer["Location"])

    history = login(world.counsellor).get(f"/akte/{client_file.public_id}/verlauf/").content.decode()
    assert "Colleague Beispiel hat die Akte im Notfall geöffnet." in history
    assert "Colleague Beispiel hat gelesen: Akte." in history
    assert "Klinik ruft an" in login(world.counsellor).get("/").content.decode()
    waiting = login(world.technical_lead).get("/").content.decode()
    assert "Colleague Beispiel (colleague@lotse.example) hat im Notfall eine Akte geöffnet." in waiting
    assert "Grund: Klinik ruft an" in waiting


def test_who_holds_the_file_sees_the_access_and_ends_it_today(world, login, client_file):
    assignment = break_glass(by=world.colleague.actor, **typed(client_file))
    web, history = login(world.counsellor), f"/akte/{client_file.public_id}/verlauf/"
    assert "Wer noch Zugriff hat" in web.get(history).content.decode()

    web.post(f"/akte/{client_file.public_id}/zugriff/{assignment.public_id}/beenden/")

    assert FileAssignment.objects.get().valid_to == timezone.localdate()


def test_an_access_is_not_ended_under_another_file(world, login, client_file):
    assignment = break_glass(by=world.colleague.actor, **typed(client_file))
    other = make.person(world, last_name="Andere")

    answer = login(world.counsellor).post(f"/akte/{other.public_id}/zugriff/{assignment.public_id}/beenden/")

    assert answer.status_code == 404
    assert FileAssignment.objects.get().valid_to > timezone.localdate()


def test_a_second_person_checks_it_afterwards(world, client_file):
    assignment = break_glass(by=world.colleague.actor, **typed(client_file))

    with pytest.raises(NotAllowed, match="zweite Person"):
        confirm_assignment(by=world.colleague.actor, assignment=assignment)
    confirm_assignment(by=world.technical_lead.actor, assignment=assignment)

    assert FileAssignment.objects.get().confirmed_by == world.technical_lead.person


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

    answer = login(world.colleague).post(URL, known)

    assert answer["Location"] == f"/akte/{client_file.public_id}/"


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


def test_after_five_failed_tries_the_door_stays_shut(world, client_file):
    for _ in range(5):
        with pytest.raises(ValidationError, match="keine Akte"):
            break_glass(by=world.colleague.actor, **typed(client_file, last_name="Falsch"))

    with pytest.raises(ValidationError, match="Zu viele Versuche"):
        break_glass(by=world.colleague.actor, **typed(client_file))


def test_the_name_may_be_typed_without_dots(world, client_file):
    assert break_glass(by=world.colleague.actor, **typed(client_file, last_name="oezdemir")).client == client_file


@pytest.mark.parametrize(
    "name", ["technical_lead", "carrier_manager", "sysadmin", "coordinator", "funder", "specialist"]
)
def test_only_who_counsels_breaks_the_glass(world, client_file, name):
    with pytest.raises(NotAllowed):
        break_glass(by=getattr(world, name).actor, **typed(client_file))


def test_files_of_another_house_stay_shut(world, client_file):
    with pytest.raises(ValidationError, match="keine Akte"):
        break_glass(by=world.outsider.actor, **typed(client_file))
    with pytest.raises(NotAllowed):
        open_in_emergency(by=world.outsider.actor, client=client_file, reason="Krise")


def test_an_open_file_needs_no_emergency(world, client_file):
    with pytest.raises(ValidationError, match="schon offen"):
        break_glass(by=world.counsellor.actor, **typed(client_file))


def test_a_reason_is_needed(world, client_file):
    with pytest.raises(ValidationError, match="Grund"):
        open_in_emergency(by=world.colleague.actor, client=client_file, reason=" ")


@pytest.mark.parametrize("wrong", [{"valid_to": None}, {"reason": ""}], ids=["no end", "no reason"])
def test_database_knows_no_emergency_without_reason_and_end(world, client_file, wrong):
    break_glass(by=world.colleague.actor, **typed(client_file))

    with pytest.raises(IntegrityError, match="file_assignment_emergency_ends"), transaction.atomic():
        FileAssignment.objects.update(**wrong)
