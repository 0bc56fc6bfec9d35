"""Being away and leaving: the deputy sees next steps only; a caseload goes as a whole, and comes back as a whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.caseload import (
    accept_caseload,
    end_absence,
    enter_absence,
    offer_caseload,
    return_caseload,
    undo_caseload,
)
from lotse.casework.actions.cases import set_next_step
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.handovers import accept_handover, offer_handover
from lotse.casework.enums import AbsenceCode, Act
from lotse.casework.models import Absence, CaseloadTransfer, Client, Contact, CounsellingCase, Handover
from lotse.casework.queries.access import waiting_handovers
from lotse.casework.queries.caseload import caseloads, standing_in, steps_of_absent, waiting_transfers
from lotse.core.errors import NotAllowed
from lotse.organisations.actions.people import leave
from lotse.organisations.models import Person
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def files(world):
    """Three files of the counsellor: one in work with a next step, one that rests, one without a case."""
    case = make.case(world)
    set_next_step(by=world.counsellor.actor, case=case, next_step_on=TODAY(), next_step="Antrag abgeben")
    resting = make.case(world, client=make.person(world, last_name="Ruht")).client
    withdraw(by=world.counsellor.actor, consent=resting.consents.get(act=Act.RECORDING), on=TODAY())
    return [case.client, resting, make.person(world, last_name="Neu")]


def away(world, by="counsellor", **more):
    values = {"first_on": TODAY(), "last_on": TODAY() + timedelta(days=5), "code": AbsenceCode.PLANNED, **more}
    return enter_absence(
        by=world.personas[by].actor, person=world.counsellor.person, deputy=world.colleague.person, **values
    )


@pytest.mark.rule("VT-01")
def test_the_deputy_sees_next_steps_and_no_file(world, login, files):
    away(world)
    web = login(world.colleague)

    assert "Nächste Schritte von Counsellor Beispiel" in web.get("/").content.decode()
    page = web.get("/vertretung/").content.decode()
    assert ("Mira Özdemir" in page, "Antrag abgeben" in page, "Ruht" in page) == (True, True, False)
    assert web.get(f"/akte/{files[0].public_id}/").status_code == 404
    read = Event.objects.get(is_read=True, file_ref=files[0].public_id, actor_ref=world.colleague.person.public_id)
    assert read.details == {"what": "Nächster Schritt, in Vertretung"}


@pytest.mark.rule("VT-01")
@pytest.mark.parametrize(
    ("first", "last", "shown"), [(0, 0, 1), (-3, 0, 1), (1, 5, 0)], ids=["today", "last", "coming"]
)
def test_she_sees_them_during_the_absence_only(world, files, first, last, shown):
    absence = away(world, first_on=TODAY() + timedelta(first), last_on=TODAY() + timedelta(last))

    assert len(standing_in(world.colleague.actor, TODAY())) == shown
    assert rules.stands_in_now(absence, TODAY()) is bool(shown)
    assert standing_in(world.colleague.actor, TODAY() + timedelta(last + 1)) == []
    assert rules.stands_in_now(absence, TODAY() + timedelta(last + 1)) is False


@pytest.mark.rule("VT-01")
def test_nobody_else_sees_them(world, login, files):
    away(world)
    for name in ("technical_lead", "carrier_manager", "dpo", "sysadmin", "outsider"):
        assert standing_in(world.personas[name].actor, TODAY()) == []
        assert "Antrag abgeben" not in login(world.personas[name]).get("/vertretung/").content.decode()


@pytest.mark.rule("VT-01")
@pytest.mark.parametrize("name", ["colleague", "sysadmin", "coordinator", "outsider", "dpo"])
def test_an_absence_is_entered_by_who_is_away_or_leads(world, name):
    with pytest.raises(NotAllowed):
        away(world, by=name)


@pytest.mark.rule("VT-01")
def test_the_lead_enters_it_too_and_whoever_is_back_ends_it(world, files):
    absence = away(world, by="technical_lead", first_on=make.days_ago(3))

    end_absence(by=world.counsellor.actor, absence=absence)

    assert standing_in(world.colleague.actor, TODAY()) == []
    assert Absence.objects.get().last_on == make.days_ago(1)
    end_absence(by=world.counsellor.actor, absence=away(world))
    assert Absence.objects.count() == 1


@pytest.mark.rule("VT-01")
def test_an_absence_has_sense(world):
    with pytest.raises(ValidationError, match="schon vorbei"):
        away(world, first_on=make.days_ago(3), last_on=make.days_ago(1))
    with pytest.raises(ValidationError, match="berät nicht"):
        enter_absence(
            by=world.counsellor.actor, person=world.counsellor.person, deputy=world.specialist.person, first_on=TODAY(),
            last_on=TODAY(), code=AbsenceCode.PLANNED,
        )  # fmt: skip


def test_no_reason_is_stored(world):
    """A code that says planned or not; an illness is nobody's business."""
    columns = {field.name for field in Absence._meta.concrete_fields}
    assert columns == {
        "id", "public_id", "created_at", "organisation", "person", "deputy", "first_on", "last_on", "code", "recorded_by",
    }  # fmt: skip
    assert AbsenceCode.values == ["planned", "unplanned"]


def offer(world, clients, by="technical_lead", to="colleague"):
    return offer_caseload(
        by=world.personas[by].actor, from_person=world.counsellor.person, to=world.personas[to].person,
        files=[client.public_id for client in clients], reason="staff_change",
    )  # fmt: skip


def holders():
    return set(Client.objects.values_list("responsible__first_name", flat=True))


@pytest.mark.rule("VT-02")
def test_all_files_go_at_once_with_what_is_to_be_done(world, files):
    transfer = offer(world, files)
    assert holders() == {"Counsellor"}

    assert accept_caseload(by=world.colleague.actor, transfer=transfer) == 3

    assert holders() == {"Colleague"}
    case = CounsellingCase.objects.get(client=files[0])
    assert (case.responsible, case.next_step) == (world.colleague.person, "Antrag abgeben")
    assert not Client.objects.visible_to(world.counsellor.actor).exists()
    history = Event.objects.filter(file_ref=files[1].public_id, key="caseload.accepted")
    assert history.count() == 1


@pytest.mark.rule("VT-02")
def test_what_goes_together_is_decided_together(world, files):
    transfer = offer(world, files)

    assert waiting_handovers(world.colleague.actor) == []
    assert [(row.pk, row.files) for row in waiting_transfers(world.colleague.actor)] == [(transfer.pk, 3)]
    assert waiting_transfers(world.technical_lead.actor) == []
    assert len(waiting_transfers(world.carrier_manager.actor)) == 1
    return_caseload(by=world.carrier_manager.actor, transfer=transfer)
    assert set(Handover.objects.values_list("state", flat=True)) == {"returned"}
    with pytest.raises(ValidationError, match="schon entschieden"):
        accept_caseload(by=world.colleague.actor, transfer=transfer)


@pytest.mark.rule("VT-02")
@pytest.mark.parametrize("name", ["technical_lead", "counsellor", "sysadmin", "coordinator", "outsider", "dpo"])
def test_nobody_accepts_for_herself_or_without_right(world, files, name):
    transfer = offer(world, files)
    for decide in (accept_caseload, return_caseload):
        with pytest.raises(NotAllowed):
            decide(by=world.personas[name].actor, transfer=transfer)
    assert holders() == {"Counsellor"}


@pytest.mark.rule("VT-02")
@pytest.mark.parametrize("name", ["colleague", "carrier_manager", "sysadmin", "outsider"])
def test_only_who_holds_or_leads_offers(world, files, name):
    with pytest.raises((NotAllowed, ValidationError)):
        offer(world, files, by=name)
    assert CaseloadTransfer.objects.count() == 0


@pytest.mark.rule("VT-02")
def test_a_foreign_file_cannot_be_slipped_in(world, files):
    foreign = make.person(world, by=world.colleague.actor, last_name="Fremd")
    with pytest.raises(NotAllowed):
        offer(world, [*files, foreign], by="counsellor")


@pytest.mark.rule("VT-02")
def test_a_file_that_was_passed_on_meanwhile_stays_there(world, files):
    transfer = offer(world, files[:2])
    Client.objects.filter(pk=files[0].pk).update(responsible=world.technical_lead.person)

    assert accept_caseload(by=world.colleague.actor, transfer=transfer) == 1

    assert holders() == {"Technical_Lead", "Colleague", "Counsellor"}


@pytest.mark.rule("VT-02")
def test_a_file_on_offer_is_not_offered_twice(world, files):
    offer(world, files[:1])
    with pytest.raises(ValidationError, match="schon zur Übergabe angeboten"):
        offer(world, files)


@pytest.mark.rule("VT-03")
def test_undoing_keeps_what_was_written_since(world, files):
    transfer = offer(world, files)
    accept_caseload(by=world.colleague.actor, transfer=transfer)
    record_contact(
        by=world.colleague.actor, case=CounsellingCase.objects.get(client=files[0]), on=TODAY(), channel="phone",
        topics=["housing"], note="neu",
    )  # fmt: skip

    undone = undo_caseload(by=world.colleague.actor, transfer=transfer)

    assert (undone.files, undone.kept, holders()) == (3, (), {"Counsellor"})
    assert Contact.objects.get().note == "neu"
    with pytest.raises(ValidationError, match="angenommen"):
        undo_caseload(by=world.colleague.actor, transfer=transfer)


@pytest.mark.rule("VT-03")
def test_undoing_leaves_and_names_what_has_gone_further(world, files):
    transfer = offer(world, files)
    accept_caseload(by=world.colleague.actor, transfer=transfer)
    on = offer_handover(
        by=world.colleague.actor,
        client=files[0],
        to=world.counsellor.person,
        reason="client_wish",
        on=TODAY(),
        client_present=True,
    )
    accept_handover(by=world.technical_lead.actor, handover=on)
    Client.objects.filter(pk=files[0].pk).update(responsible=world.technical_lead.person)

    undone = undo_caseload(by=world.technical_lead.actor, transfer=transfer)

    assert (undone.files, undone.kept) == (2, (files[0].number,))


@pytest.mark.rule("VT-03")
@pytest.mark.parametrize("name", ["counsellor", "sysadmin", "coordinator", "outsider", "dpo"])
def test_who_would_get_the_files_back_does_not_undo(world, files, name):
    transfer = offer(world, files)
    accept_caseload(by=world.colleague.actor, transfer=transfer)
    with pytest.raises(NotAllowed):
        undo_caseload(by=world.personas[name].actor, transfer=transfer)


@pytest.mark.rule("VT-03")
def test_nobody_who_has_left_gets_files_back(world, files):
    transfer = offer(world, files)
    accept_caseload(by=world.colleague.actor, transfer=transfer)
    leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=TODAY())

    with pytest.raises(ValidationError, match="kann keine Akten mehr führen"):
        undo_caseload(by=world.technical_lead.actor, transfer=transfer)


@pytest.mark.rule("OR-06")
def test_nobody_leaves_before_the_caseload_is_handed_over(world, files):
    with pytest.raises(ValidationError, match="zuerst übergeben"):
        leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=TODAY())
    accept_caseload(by=world.colleague.actor, transfer=offer(world, files))

    assert leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=TODAY()).left_on == TODAY()
    assert not Client.objects.filter(responsible__in=Person.objects.filter(left_on__isnull=False)).exists()


def test_pages_lead_from_choice_over_preview_to_undo(world, login, files):
    lead, web = login(world.technical_lead), login(world.colleague)
    assert "3 Akten" in lead.get("/akten-uebergeben/").content.decode()
    url = f"/akten-uebergeben/von/{world.counsellor.person.public_id}/"
    data = {
        "to": world.colleague.person.public_id, "reason": "staff_change", "files": [client.public_id for client in files[:2]],
    }  # fmt: skip
    assert "Bitte mindestens eine Akte wählen." in lead.post(url, {**data, "files": []}).content.decode()

    preview = lead.post(url, data).content.decode()
    assert "2 Akten, darin 2 offene Fälle, 1 nächster Schritt" in preview
    assert CaseloadTransfer.objects.count() == 0
    address = lead.post(url, {**data, "offer": "1"})["Location"]

    assert "Alle übernehmen" not in lead.get(address).content.decode()
    page = web.get(address).content.decode()
    assert ("Alle übernehmen" in page, "Özdemir" in page) == (True, False)
    assert (
        "Jetzt bei Colleague Beispiel: 2 Akten."
        in web.post(address, {"answer": "accept"}, follow=True).content.decode()
    )
    assert (
        "Wieder bei Counsellor Beispiel: 2 Akten."
        in lead.post(address, {"answer": "undo"}, follow=True).content.decode()
    )
    assert "Rückgängig machen lässt sich nur" in lead.post(address, {"answer": "undo"}, follow=True).content.decode()
    assert login(world.outsider).get(address).status_code == 404
    assert [person.files for person in caseloads(world.technical_lead.actor)] == [3]


def test_the_page_of_absences_takes_its_form(world, login):
    web = login(world.counsellor)
    data = {
        "person": world.counsellor.person.public_id, "deputy": world.counsellor.person.public_id, "first_on": f"{TODAY()}",
        "last_on": f"{make.days_ago(1)}", "code": "planned",
    }  # fmt: skip
    page = web.post("/vertretung/", data).content.decode()
    assert ("Niemand vertritt sich selbst." in page, "Der letzte Tag liegt vor dem ersten." in page) == (True, True)

    web.post("/vertretung/", {**data, "deputy": world.colleague.person.public_id, "last_on": f"{TODAY()}"})
    absence = Absence.objects.get()
    assert steps_of_absent(absence, TODAY()) == []
    web.post(f"/vertretung/{absence.public_id}/beenden/")
    assert not Absence.objects.exists()
