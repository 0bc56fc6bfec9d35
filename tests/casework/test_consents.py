import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.actions.cases import set_tier
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.consents import record_decision, withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.plans import begin_plan
from lotse.casework.enums import Act, ConsentState, Tier
from lotse.casework.models import Client, Consent, PartA
from tests.factories import casework as make

THREE = (Act.AGREEMENT, Act.RECORDING, Act.COMPETENCE)


@pytest.mark.rule("DP-01")
def test_nobody_is_saved_uninformed(world):
    with pytest.raises(ValidationError, match="Datenerfassung"):
        make.person(world, informed_language="")
    assert Client.objects.count() == 0


@pytest.mark.rule("CL-02")
@pytest.mark.parametrize("missing", THREE)
def test_part_a_stays_closed_while_one_of_the_three_acts_is_missing(world, missing):
    client = make.person(world)
    make.decide(world, client, *[act for act in THREE if act != missing])
    case = make.case(world, client=client, consented=False)

    with pytest.raises(ValidationError, match="Einwilligung"):
        save_chapter(by=world.counsellor.actor, case=case, chapter_key="mobility", given={"car_available": True})
    assert PartA.objects.count() == 0


@pytest.mark.rule("CL-02")
def test_part_a_opens_with_all_three_acts(world):
    case = make.case(world)

    part_a = save_chapter(by=world.counsellor.actor, case=case, chapter_key="mobility", given={"car_available": True})

    assert part_a.answers == {"car_available": True}


@pytest.mark.rule("CL-02")
@pytest.mark.parametrize("acts", [(), (Act.AGREEMENT,), (Act.RECORDING,)], ids=["none", "agreement", "consent"])
def test_counselling_and_plan_wait_for_agreement_and_consent(world, acts):
    client = make.person(world)
    if acts:
        make.decide(world, client, *acts)
    case = make.case(world, client=client, consented=False)

    with pytest.raises(ValidationError, match="Einwilligung"):
        set_tier(by=world.counsellor.actor, case=case, tier=Tier.BASIC_COUNSELLING, since=timezone.localdate())
    with pytest.raises(ValidationError, match="Einwilligung"):
        begin_plan(by=world.counsellor.actor, case=case, on=timezone.localdate())


@pytest.mark.rule("CL-02")
def test_database_knows_no_part_a_before_its_basis(world):
    case = make.case(world)
    client = case.client
    values = {
        "agreement_on": client.agreement_on,
        "recording_on": client.recording_on,
        "competence_on": timezone.localdate(),
    }

    with pytest.raises(IntegrityError, match="part_a_after_agreement_and_consent"), transaction.atomic():
        PartA.objects.create(
            organisation_id=client.organisation_id,
            client=client,
            case=case,
            template_version="x",
            recorded_on=client.agreement_on,
            **values,
        )


@pytest.mark.rule("DP-11")
def test_health_needs_its_own_consent(world):
    case = make.case(world)

    with pytest.raises(ValidationError, match="Gesundheitsdaten"):
        save_chapter(by=world.counsellor.actor, case=case, chapter_key="health", given={"disability": True})

    make.decide(world, case.client, Act.HEALTH)
    part_a = save_chapter(
        by=world.counsellor.actor,
        case=case,
        chapter_key="health",
        given={"disability": True, "disability_marks": ["g"]},
    )
    assert part_a.answers == {}
    assert '"disability_marks": ["g"]' in part_a.texts


@pytest.mark.rule("DP-12")
def test_withdrawal_rests_the_file_at_once(world, login):
    case = make.case(world)
    consent = Consent.objects.get(act=Act.RECORDING)

    withdraw(by=world.counsellor.actor, consent=consent, on=timezone.localdate())

    client = Client.objects.get()
    assert rules.is_restricted(client)
    with pytest.raises(ValidationError, match="ruht"):
        record_contact(
            by=world.counsellor.actor, case=case, on=timezone.localdate(), channel="phone", topics=["housing"]
        )
    page = login(world.counsellor).get(f"/akte/{client.public_id}/").content.decode()
    assert "Diese Akte ruht" in page
    assert "Braucht Hilfe beim Antrag." not in page


@pytest.mark.rule("DP-12")
def test_a_new_consent_opens_the_resting_file(world):
    make.case(world)
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.RECORDING), on=timezone.localdate())

    client = make.decide(world, Client.objects.get(), Act.RECORDING, on=timezone.localdate())

    assert not rules.is_restricted(client)
    assert list(client.consents.filter(act=Act.RECORDING).values_list("state", flat=True)) == [
        ConsentState.GIVEN,
        ConsentState.WITHDRAWN,
    ]


def test_a_refusal_is_kept_and_opens_nothing(world):
    client = make.decide(world, make.person(world), Act.AGREEMENT, given=False)

    assert client.agreement_on is None
    assert client.consents.get().state == ConsentState.REFUSED


@pytest.mark.rule("DP-02")
def test_oral_consent_says_why_it_is_not_written(world):
    decision = {
        "by": world.counsellor.actor,
        "client": make.person(world),
        "act": Act.RECORDING,
        "given": True,
        "form": "oral",
    }
    rest = {"decided_on": timezone.localdate(), "language": "de", "text_version": "x"}

    with pytest.raises(ValidationError, match="nur mündlich"):
        record_decision(**decision, **rest)
    assert record_decision(**decision, **rest, oral_reason="kann nicht schreiben").state == ConsentState.GIVEN


@pytest.mark.rule("DP-03")
def test_disclosure_needs_a_recipient(world):
    values = {"decided_on": timezone.localdate(), "language": "de", "text_version": "x", "form": "written"}

    with pytest.raises(ValidationError, match="Empfänger"):
        record_decision(by=world.counsellor.actor, client=make.person(world), act=Act.DISCLOSURE, given=True, **values)


@pytest.mark.rule("DP-03")
def test_disclosure_is_covered_for_the_named_recipient_only():
    given = Consent(act=Act.DISCLOSURE, state=ConsentState.GIVEN, recipient_id=1)
    withdrawn = Consent(act=Act.DISCLOSURE, state=ConsentState.WITHDRAWN, recipient_id=2)

    assert rules.disclosure_is_covered([given, withdrawn], 1) is True
    assert rules.disclosure_is_covered([given, withdrawn], 2) is False


@pytest.mark.rule("DP-04")
@pytest.mark.parametrize("name", ["sysadmin", "coordinator", "funder", "carrier_manager", "specialist"])
def test_only_who_counsels_registers_people(world, name):
    from lotse.core.errors import NotAllowed

    actor = world.personas[name].actor
    with pytest.raises(NotAllowed):
        register_client(
            by=actor,
            site=world.site,
            first_name="A",
            last_name="B",
            informed_on=timezone.localdate(),
            informed_language="de",
        )


@pytest.mark.rule("DP-12")
def test_a_resting_file_is_not_on_the_page_of_today(world, login):
    """Neither what was planned in it nor that it has gone quiet."""
    plan = make.plan(world)
    make.step(world, make.goal(world, plan), text="Bescheid prüfen", due_on=make.days_ago(1))
    home = login(world.counsellor)
    assert "Bescheid prüfen" in home.get("/").content.decode()

    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.RECORDING), on=make.days_ago(0))

    assert "Bescheid prüfen" not in home.get("/").content.decode()
    assert "Özdemir" not in home.get("/").content.decode()
