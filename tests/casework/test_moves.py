"""A move may change who is responsible; a change of programme is a handover; what was handed over stands on paper."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions.clients import update_client
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.handovers import accept_handover, file_protocol, offer_handover
from lotse.casework.actions.moves import keep_responsibility, record_move
from lotse.casework.actions.parts_a import answers_of, save_chapter
from lotse.casework.enums import Act
from lotse.casework.handover_papers import handover_protocol
from lotse.casework.models import Accommodation, Client, Consent, CounsellingCase, Handover, SupportPlan
from lotse.casework.queries import current_case
from lotse.casework.queries.agreements import my_questions
from lotse.core.errors import NotAllowed
from lotse.documents.intake import produced
from lotse.documents.models import StoredFile
from lotse.programmes.models import Programme
from tests.factories import casework as make

TODAY = timezone.localdate
SHARED, OWN = "municipal_central", "independent_decentral"


@pytest.fixture
def client_file(world):
    return make.case(world).client


@pytest.fixture
def intman(world):
    return Programme.objects.create(code="intman", name="Integrationsmanagement")


def move(world, client, kind, since=None, **more):
    return record_move(by=world.counsellor.actor, client=client, kind=kind, since=since or TODAY(), **more)


def offer(world, client, **more):
    values = {"reason": "moved_out", "on": TODAY(), "client_present": True, **more}
    return offer_handover(by=world.counsellor.actor, client=client, to=world.colleague.person, **values)


# --- moving out ------------------------------------------------------------------------------------------------


@pytest.mark.rule("CL-25")
@pytest.mark.parametrize(("before", "after", "asks"), [("", SHARED, False), (SHARED, SHARED, False), (SHARED, OWN, True), (OWN, SHARED, True)])  # fmt: skip
def test_a_change_between_shared_and_own_asks_who_is_responsible(before, after, asks):
    assert rules.asks_who_is_responsible(before, after) is asks


@pytest.mark.rule("CL-25")
def test_moving_out_puts_the_question_on_heute_until_it_is_answered(world, client_file, login):
    move(world, client_file, SHARED, make.days_ago(20))
    assert my_questions(world.counsellor.actor, TODAY()) == []

    move(world, client_file, OWN, make.days_ago(1), address="Neue Straße 1")
    assert [row.on for row in my_questions(world.counsellor.actor, TODAY())] == [make.days_ago(1)]
    assert Client.objects.get().address == "Neue Straße 1"
    web = login(world.counsellor)
    assert "Wer ist zuständig?" in web.get("/").content.decode()
    assert "grund=moved_out" in web.get(f"/akte/{client_file.public_id}/").content.decode()

    keep_responsibility(by=world.counsellor.actor, client=client_file)
    assert my_questions(world.counsellor.actor, TODAY()) == []
    with pytest.raises(ValidationError, match="nichts mehr zu prüfen"):
        keep_responsibility(by=world.counsellor.actor, client=client_file)


@pytest.mark.rule("CL-25")
@pytest.mark.parametrize(("kind", "asked"), [(SHARED, True), (OWN, False)])
def test_a_new_address_asks_who_lived_in_shared_accommodation(world, client_file, kind, asked):
    move(world, client_file, kind)
    update_client(by=world.counsellor.actor, client=client_file, address="Neue Straße 1")
    assert bool(Client.objects.get().moved_on) is asked


@pytest.mark.rule("CL-25")
def test_a_handover_after_the_move_answers_the_question(world, client_file):
    move(world, client_file, SHARED, make.days_ago(20))
    move(world, client_file, OWN)
    accept_handover(by=world.colleague.actor, handover=offer(world, client_file))
    assert (Client.objects.get().moved_on, Client.objects.get().responsible) == (None, world.colleague.person)


def test_the_handover_after_a_move_is_prefilled(world, client_file, login):
    page = login(world.counsellor).get(f"/akte/{client_file.public_id}/uebergeben/?grund=moved_out").content.decode()
    assert '<option value="moved_out" selected>' in page


@pytest.mark.parametrize("who", ["colleague", "technical_lead", "outsider"])
def test_nobody_else_records_a_move(world, client_file, who):
    with pytest.raises(NotAllowed):
        record_move(by=getattr(world, who).actor, client=client_file, kind=OWN, since=TODAY())
    assert not Accommodation.objects.exists()


@pytest.mark.rule("CL-02")
def test_accommodation_is_recorded_after_agreement_and_consent(world):
    with pytest.raises(ValidationError, match="Einwilligung"):
        move(world, make.person(world), OWN)


# --- another programme -----------------------------------------------------------------------------------------


def change_programme(world, client, programme):
    handover = offer(world, client, reason="programme_change", to_programme=programme)
    return accept_handover(by=world.colleague.actor, handover=handover)


@pytest.mark.rule("CL-24")
def test_a_change_of_programme_continues_the_case_of_the_same_person(world, intman):
    plan = make.plan(world, agreed=True)
    save_chapter(by=world.counsellor.actor, case=plan.case, chapter_key="occupation", given={"occupation": "Köchin"})

    client = change_programme(world, plan.client, intman)

    old, new = CounsellingCase.objects.get(pk=plan.case_id), current_case(client)
    assert (Client.objects.count(), old.state, old.ended_on) == (1, "handed_over", TODAY())
    assert (new.programme, new.reopens, new.state, new.tier) == (intman, old, "in_case_management", old.tier)
    assert (new.responsible, new.access_route) == (world.colleague.person, "intman_handover")
    assert answers_of(new.parts_a.get())["occupation"] == "Köchin"
    copied = new.plans.get()
    assert (copied.state, copied.number, copied.version, copied.goals.count()) == ("draft", plan.number, 2, 1)
    assert SupportPlan.objects.get(pk=plan.pk).state == "agreed"


def test_a_change_of_programme_names_another_programme(world, client_file):
    with pytest.raises(ValidationError, match="neue Programm wählen"):
        offer(world, client_file, reason="programme_change")
    with pytest.raises(ValidationError, match="schon ein Fall offen"):
        change_programme(world, client_file, world.mbe)
    assert Client.objects.get().responsible == world.counsellor.person


def test_without_a_case_no_programme_changes(world, intman):
    with pytest.raises(ValidationError, match="keinen offenen Fall"):
        change_programme(world, make.person(world), intman)


@pytest.mark.rule("CL-02")
def test_what_is_no_longer_consented_does_not_go_along(world, intman):
    case = make.case(world)
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="occupation", given={"occupation": "Köchin"})
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.COMPETENCE), on=TODAY())
    client = change_programme(world, case.client, intman)
    assert not current_case(client).parts_a.exists()


# --- the protocol ----------------------------------------------------------------------------------------------


def texts(document):
    return "\n".join(str(block) for block in document.blocks)


def test_the_protocol_says_who_what_and_why(world, client_file):
    accept_handover(by=world.technical_lead.actor, handover=offer(world, client_file, note="Termin am Montag."))
    told = texts(handover_protocol(Handover.objects.get()))
    for word in (
        "Mira Özdemir", "Counsellor Beispiel", "Colleague Beispiel", "Technical_Lead Beispiel", "Auszug", "('Person war dabei', 'ja')",
        "Termin am Montag.", "künftig zuständig",
    ):  # fmt: skip
        assert word in told, word


@pytest.mark.rule("CL-24")
@pytest.mark.parametrize("second", ["colleague", "carrier_manager"])
def test_accepting_files_the_protocol_and_the_receiver_reads_it(world, client_file, login, second):
    handover = offer(world, client_file)
    login(getattr(world, second)).post(f"/uebergabe/{handover.public_id}/", {"answer": "accept"})

    assert Handover.objects.get().protocol == StoredFile.objects.get()
    address = f"/akte/{client_file.public_id}/uebergabe/{handover.public_id}/protokoll.pdf"
    answer = login(world.colleague).get(address)
    assert answer.content[:5] == b"%PDF-"
    assert Event.objects.filter(key="downloaded", object_ref=handover.public_id).count() == 1
    assert [login(getattr(world, who)).get(address).status_code for who in ("counsellor", "outsider")] == [404, 404]


def test_the_protocol_is_filed_once_and_by_who_decided(world, client_file):
    handover = offer(world, client_file)
    accept_handover(by=world.colleague.actor, handover=handover)
    with produced(b"%PDF-1", "a.pdf", by=world.colleague.actor) as received:
        file_protocol(by=world.colleague.actor, handover=handover, received=received)
    with (
        pytest.raises(ValidationError, match="liegt schon"),
        produced(b"%PDF-2", "b.pdf", by=world.colleague.actor) as received,
    ):
        file_protocol(by=world.colleague.actor, handover=handover, received=received)
    with pytest.raises(NotAllowed), produced(b"%PDF-3", "c.pdf", by=world.technical_lead.actor) as received:
        file_protocol(by=world.technical_lead.actor, handover=handover, received=received)
    assert StoredFile.objects.count() == 1


def test_before_the_acceptance_the_protocol_is_printed_to_be_signed(world, client_file, login):
    handover = offer(world, client_file)
    answer = login(world.counsellor).get(f"/akte/{client_file.public_id}/uebergabe/{handover.public_id}/protokoll.pdf")
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert not StoredFile.objects.exists()
