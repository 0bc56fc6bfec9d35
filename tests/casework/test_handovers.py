"""A file is passed on without a gap: offered by one, accepted by another."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.emergency import allow_emergency, request_in_emergency
from lotse.casework.actions.handovers import accept_handover, offer_handover, return_handover, withdraw_handover
from lotse.casework.enums import HandoverState
from lotse.casework.models import Client, CounsellingCase, Handover
from lotse.casework.queries.access import HANDOVERS_SHOWN
from lotse.casework.states import HANDOVER
from lotse.core.errors import NotAllowed
from lotse.core.paging import PAGE
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from tests.factories import casework as make

TODAY = timezone.localdate
pytestmark = pytest.mark.rule("CL-24")


@pytest.fixture
def client_file(world):
    return make.case(world).client


def offer(world, client, by=None, to=None, **more):
    values = {"reason": "staff_change", "on": TODAY(), "client_present": True, **more}
    return offer_handover(by=(by or world.counsellor).actor, client=client, to=(to or world.colleague).person, **values)


def test_handover_ends_once_and_for_all():
    ends = {HandoverState.ACCEPTED, HandoverState.RETURNED, HandoverState.WITHDRAWN}
    after = {HandoverState.ACCEPTED: frozenset({HandoverState.UNDONE}), HandoverState.UNDONE: frozenset()}
    assert {HandoverState.OFFERED: ends, **dict.fromkeys(ends, frozenset()), **after} == HANDOVER


def test_until_accepted_the_file_stays_where_it_is(world, client_file):
    offer(world, client_file)

    assert Client.objects.get().responsible_id == world.counsellor.person.pk
    assert not Client.objects.visible_to(world.colleague.actor).exists()


@pytest.mark.parametrize("second", ["colleague", "technical_lead", "carrier_manager"])
def test_accepted_by_the_receiver_or_a_second_person_the_open_cases_go_along(world, client_file, second):
    handover = offer(world, client_file)

    accept_handover(by=getattr(world, second).actor, handover=handover)

    receiver = world.colleague.person.pk
    assert (Client.objects.get().responsible_id, CounsellingCase.objects.get().responsible_id) == (receiver, receiver)
    assert not Client.objects.visible_to(world.counsellor.actor).exists()
    assert Handover.objects.get().state == HandoverState.ACCEPTED


@pytest.mark.parametrize("stranger", ["counsellor", "outsider", "sysadmin", "coordinator", "specialist"])
def test_nobody_else_accepts(world, client_file, stranger):
    handover = offer(world, client_file)

    with pytest.raises(NotAllowed):
        accept_handover(by=getattr(world, stranger).actor, handover=handover)


def test_database_knows_no_handover_accepted_by_who_offered_it(world, client_file):
    handover = offer(world, client_file)

    with pytest.raises(IntegrityError, match="handover_accepted_by_another"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(
            state="accepted", decided_by=world.counsellor.person, decided_at=timezone.now()
        )


@pytest.mark.parametrize(("who", "allowed"), [
    ({"person_id": 3, "organisation_id": 5}, True), ({"person_id": 2, "organisation_id": 5}, False),
    ({"person_id": 4, "organisation_id": 5}, True), ({"person_id": 4, "organisation_id": 9}, False),
    ({"person_id": 4, "organisation_id": 5, "permissions": frozenset()}, False),
    ({"person_id": 3, "organisation_id": 9}, False),
], ids=["receiver", "who offered", "second person", "other house", "no right", "left the house"])  # fmt: skip
def test_accepts_who_receives_or_a_second_person_of_the_house(who, allowed):
    handover = Handover(offered_by_id=2, to_person_id=3, organisation_id=5)
    actor = Actor(**{"ref": "a", "label": "A", "permissions": frozenset({Permission.CONFIRM_FILE_ACCESS}), **who})

    assert rules.may_accept(actor, handover) is allowed


def test_lent_access_does_not_allow_to_pass_the_file_on(world, client_file):
    request = {"person": world.colleague.person, "reason": "Urlaub", "valid_from": TODAY()}
    assignment = request_assignment(by=world.counsellor.actor, client=client_file, **request)
    confirm_assignment(by=world.technical_lead.actor, assignment=assignment)

    with pytest.raises(NotAllowed, match="wer zuständig ist"):
        offer(world, client_file, by=world.colleague)


def test_emergency_access_does_not_allow_to_pass_the_file_on(world, client_file):
    asked = request_in_emergency(by=world.colleague.actor, client=client_file, reason="Krise")
    allow_emergency(by=world.dpo.actor, assignment=asked)

    with pytest.raises(NotAllowed, match="wer zuständig ist"):
        offer(world, client_file, by=world.colleague)


def test_technical_lead_passes_on_the_file_of_somebody_who_is_away(world, client_file):
    handover = offer(world, client_file, by=world.technical_lead)

    accept_handover(by=world.colleague.actor, handover=handover)

    assert Client.objects.get().responsible_id == world.colleague.person.pk


@pytest.mark.parametrize("to", ["technical_lead", "specialist"])
def test_who_does_not_counsel_receives_no_file(world, client_file, to):
    with pytest.raises(ValidationError, match="berät nicht"):
        offer(world, client_file, to=getattr(world, to))


def test_a_file_goes_to_nobody_in_another_house(world, client_file):
    with pytest.raises(NotAllowed):
        offer(world, client_file, to=world.outsider)


def test_receiver_and_former_holder_are_told_without_a_name(
    world, client_file, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        accept_handover(by=world.technical_lead.actor, handover=offer(world, client_file))

    told = sorted(mail.to[0] for mail in mailoutbox)
    assert told == ["colleague@lotse.example", "colleague@lotse.example", "counsellor@lotse.example"]
    assert all(client_file.last_name not in mail.body for mail in mailoutbox)


def test_returned_and_withdrawn_leave_everything_as_it_was(world, client_file):
    return_handover(by=world.colleague.actor, handover=offer(world, client_file))
    withdraw_handover(by=world.counsellor.actor, handover=offer(world, client_file))

    assert Client.objects.get().responsible_id == world.counsellor.person.pk
    assert sorted(Handover.objects.values_list("state", flat=True)) == ["returned", "withdrawn"]


def test_a_decided_handover_is_not_decided_again(world, client_file):
    handover = offer(world, client_file)
    return_handover(by=world.colleague.actor, handover=handover)

    with pytest.raises(ValidationError, match="schon entschieden"):
        accept_handover(by=world.colleague.actor, handover=handover)


def test_access_that_was_lent_ends_with_the_handover(world, client_file):
    request = {"person": world.colleague.person, "reason": "Urlaub", "valid_from": TODAY()}
    assignment = request_assignment(by=world.counsellor.actor, client=client_file, **request)
    confirm_assignment(by=world.technical_lead.actor, assignment=assignment)

    accept_handover(by=world.colleague.actor, handover=offer(world, client_file))

    assignment.refresh_from_db()
    assert assignment.valid_to == TODAY()


def test_without_the_person_it_is_warned_and_logged(world, login, client_file):
    url = f"/akte/{client_file.public_id}/uebergeben/"
    typed = {"to": world.colleague.person.public_id, "reason": "staff_change", "on": TODAY().isoformat()}
    web = login(world.counsellor)

    assert "CL-24" in web.post(url, {**typed, "client_present": "false"}).content.decode()
    web.post(url, {**typed, "client_present": "false", "acknowledged": ["CL-24"]})

    assert Handover.objects.get().client_present is False
    assert Event.objects.get(key="handover.offered").details["warnings"] == ["CL-24"]


def test_pages_lead_from_offer_to_acceptance(world, login, client_file):
    handover = offer(world, client_file)
    receiver, url = login(world.colleague), f"/uebergabe/{handover.public_id}/"

    assert url in receiver.get("/").content.decode()
    assert client_file.last_name not in receiver.get(url).content.decode()
    receiver.post(url, {"answer": "accept"})

    assert receiver.get(f"/akte/{client_file.public_id}/").status_code == 200
    assert receiver.get(url).status_code == 404
    assert login(world.counsellor).get(f"/akte/{client_file.public_id}/").status_code == 404


@pytest.mark.parametrize("count", [1, PAGE + 1])
def test_neither_home_nor_the_list_of_handovers_grows(world, login, django_assert_num_queries, count):
    numbers = [offer(world, make.person(world, last_name=f"Muster {n}")).client.number for n in range(count)]
    web = login(world.carrier_manager)
    shown = {}
    for address, asked in (("/", 15), ("/uebergabe/", 4)):
        web.get(address)
        with django_assert_num_queries(asked):
            page = web.get(address)
        shown[address] = [number for number in numbers if f"Akte {number} übernehmen" in page.content.decode()]
    assert shown == {"/": numbers[:HANDOVERS_SHOWN], "/uebergabe/": numbers[:PAGE]}


def test_the_last_handovers_stand_on_the_next_page(world, login):
    numbers = [offer(world, make.person(world, last_name=f"Muster {n}")).client.number for n in range(PAGE + 1)]
    web = login(world.carrier_manager)
    following = web.get("/uebergabe/").content.decode().split("?ab=")[1].split('"')[0]

    last = web.get(f"/uebergabe/?ab={following}").content.decode()

    assert [number for number in numbers if f"Akte {number} übernehmen" in last] == numbers[PAGE:]


def test_offer_is_taken_back_on_a_page(world, login, client_file):
    offer(world, client_file)
    web = login(world.counsellor)

    page = web.get(f"/akte/{client_file.public_id}/verlauf/").content.decode()
    web.post(f"/akte/{client_file.public_id}/uebergeben/zuruecknehmen/")

    assert "Zur Übergabe an Colleague Beispiel angeboten." in page
    assert Handover.objects.get().state == HandoverState.WITHDRAWN


def test_handover_page_exists_for_nobody_else(world, login, client_file):
    url = f"/uebergabe/{offer(world, client_file).public_id}/"
    seen = {name: login(getattr(world, name)).get(url).status_code for name in ("counsellor", "outsider", "sysadmin")}
    assert seen == {"counsellor": 404, "outsider": 404, "sysadmin": 404}
