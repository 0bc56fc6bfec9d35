"""Appointments without a file, when the work of somebody is handed over."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.caseload import accept_caseload, offer_caseload, return_caseload, undo_caseload
from lotse.casework.actions.clients import note_appointment, remove_appointment
from lotse.casework.amounts import amount
from lotse.casework.models import AppointmentNote, CaseloadTransfer
from lotse.casework.queries.caseload import caseloads, waiting_transfers
from lotse.casework.queries.notes import notes_of, notes_to_pass_on
from lotse.organisations.actions.people import leave
from tests.factories import casework as make

pytestmark = pytest.mark.rule("VT-04")


def note(world, name="Frau Kaya", days=3, by="counsellor"):
    at = timezone.now() + timedelta(days=days)
    return note_appointment(by=world.personas[by].actor, site=world.site, name=name, takes_place_at=at)


def offer(world, files=(), by="technical_lead", **more):
    return offer_caseload(
        by=world.personas[by].actor, from_person=world.counsellor.person, to=world.colleague.person,
        files=[client.public_id for client in files], reason="staff_change", **{"with_notes": True, **more},
    )  # fmt: skip


def owners():
    return list(AppointmentNote.objects.order_by("takes_place_at").values_list("owner__first_name", flat=True))


def test_they_go_along_when_it_is_accepted(world):
    made = note(world)
    transfer = offer(world, [make.person(world)])
    assert owners() == ["Counsellor"]

    accept_caseload(by=world.colleague.actor, transfer=transfer)

    assert owners() == ["Colleague"]
    assert Event.objects.filter(key="appointment.passed_on", object_ref=made.public_id).count() == 1


@pytest.mark.parametrize("answer", [return_caseload, None], ids=["returned", "not offered"])
def test_they_stay_when_it_is_not_accepted_or_not_meant(world, answer):
    note(world)
    transfer = offer(world, [make.person(world)], with_notes=answer is not None)
    (answer or accept_caseload)(by=world.colleague.actor, transfer=transfer)
    assert owners() == ["Counsellor"]


def test_what_is_over_and_what_came_later_stays(world):
    note(world, days=-2)
    note(world, days=1)
    transfer = offer(world)
    note(world, days=2)

    accept_caseload(by=world.colleague.actor, transfer=transfer)

    assert owners() == ["Counsellor", "Colleague", "Counsellor"]


def test_undoing_brings_them_back_but_not_what_went_further(world):
    first = note(world)
    note(world, days=4)
    transfer = offer(world)
    accept_caseload(by=world.colleague.actor, transfer=transfer)
    AppointmentNote.objects.filter(pk=first.pk).update(owner=world.technical_lead.person)

    undone = undo_caseload(by=world.colleague.actor, transfer=transfer)

    assert (undone.files, undone.notes, owners()) == (0, 1, ["Technical_Lead", "Counsellor"])


def test_what_is_on_offer_is_not_offered_twice(world):
    note(world)
    offer(world)
    with pytest.raises(ValidationError, match="nichts mehr da"):
        offer(world)
    assert CaseloadTransfer.objects.count() == 1


@pytest.mark.parametrize("name", ["colleague", "carrier_manager", "sysadmin", "outsider"])
def test_who_neither_holds_nor_leads_passes_none_on(world, name):
    note(world)
    assert list(notes_to_pass_on(world.personas[name].actor, world.counsellor.person)) == []
    assert caseloads(world.personas[name].actor) == []


def test_a_lead_sees_the_number_and_no_name(world, login):
    note(world)
    web = login(world.technical_lead)
    page = web.get("/akten-uebergeben/").content.decode()
    assert "1 Termin ohne Akte" in page
    url = f"/akten-uebergeben/von/{world.counsellor.person.public_id}/"
    data = {"to": world.colleague.person.public_id, "reason": "staff_change"}
    assert "Bitte ankreuzen." in web.post(url, data).content.decode()
    preview = web.post(url, {**data, "with_notes": "on"}).content.decode()
    assert "1 Termin ohne Akte anbieten" in preview
    address = web.post(url, {**data, "with_notes": "on", "offer": "1"})["Location"]
    detail = web.get(address).content.decode()
    assert "1 Termin ohne Akte" in detail
    assert "Kaya" not in page + preview + detail
    assert web.get(url).status_code == 404


def test_the_receiver_sees_how_many_on_today(world, login):
    note(world)
    transfer = offer(world, [make.person(world)])
    web = login(world.colleague)
    assert [row.amount for row in waiting_transfers(world.colleague.actor)] == ["1 Akte und 1 Termin ohne Akte"]
    assert "1 Akte und 1 Termin ohne Akte von Counsellor Beispiel" in web.get("/").content.decode()
    done = web.post(f"/akten-uebergeben/{transfer.public_id}/", {"answer": "accept"}, follow=True).content.decode()
    assert "Jetzt bei Colleague Beispiel: 1 Akte und 1 Termin ohne Akte." in done
    assert "Frau Kaya" in web.get("/termine/ohne-akte/").content.decode()


def test_what_was_deleted_since_is_not_counted(world):
    made = note(world)
    transfer = offer(world)
    remove_appointment(by=world.counsellor.actor, note=made)
    assert notes_of(transfer).count() == 0
    assert accept_caseload(by=world.colleague.actor, transfer=transfer) == 0


@pytest.mark.rule("OR-06")
def test_nobody_leaves_before_they_are_handed_over(world):
    note(world)
    with pytest.raises(ValidationError, match="1 Termin ohne Akte"):
        leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=timezone.localdate())
    accept_caseload(by=world.colleague.actor, transfer=offer(world))
    leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=timezone.localdate())


def test_amounts_are_said_in_words():
    assert [amount(*numbers) for numbers in ((0, 0), (1, 0), (2, 1), (0, 3))] == [
        "0 Akten", "1 Akte", "2 Akten und 1 Termin ohne Akte", "3 Termine ohne Akte",
    ]  # fmt: skip
