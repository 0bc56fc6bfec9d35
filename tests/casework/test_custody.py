"""What belongs to the client and lies with us: receipt, return, damage and how it was settled."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions.cases import end_otherwise
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.custody import receive_property, report_damage, return_property, settle_damage
from lotse.casework.custody_papers import receipt
from lotse.casework.enums import Act, CaseState, Damage
from lotse.casework.models import ClientProperty, DamageReport
from lotse.casework.queries.custody import my_left_behind, property_of
from lotse.casework.queries.seldom import seldom_lists
from lotse.core.errors import NotAllowed
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def item(world, by):
    client = make.case(world).client
    return receive_property(
        by=by, client=client, description="Zeugnis, Original", reason="Anerkennung", received_on=make.days_ago(5)
    )


def url(item, step=""):
    return f"/akte/{item.client.public_id}/eigentum/{f'{item.public_id}/{step}' if step else ''}"


@pytest.mark.rule("CP-01")
def test_thing_is_taken_in_and_goes_back(world, login, by):
    client = make.person(world)
    web, page = login(world.counsellor), f"/akte/{client.public_id}/eigentum/"
    assert "Nichts von dieser Person liegt bei uns." in web.get(page).content.decode()

    web.post(page, {"description": "Pass", "storage_place": "Schrank 2", "received_on": f"{TODAY()}"})
    item = ClientProperty.objects.get()
    assert (item.description, item.storage_place, item.received_by) == ("Pass", "Schrank 2", world.counsellor.person)
    assert "liegt bei uns" in web.get(page).content.decode()
    start = web.get(url(item, "zurueck/")).context["form"].initial
    assert start["to"] == client.full_name
    web.post(url(item, "zurueck/"), {"to": start["to"], "on": f"{TODAY()}"})

    item.refresh_from_db()
    assert (item.returned_on, item.returned_to, item.returned_by) == (TODAY(), "Mira Özdemir", world.counsellor.person)
    assert "zurückgegeben" in web.get(page).content.decode()
    assert list(Event.objects.filter(object_ref=item.public_id, is_read=False).order_by("id").values_list("key", flat=True)) == [
        "property.received", "property.returned",
    ]  # fmt: skip


@pytest.mark.rule("CP-01")
def test_receipt_becomes_the_proof_of_the_return(by, item):
    assert (receipt(item).title, [label for label, _ in receipt(item).blocks[2].rows]) == (
        "Empfangsbestätigung", ["Name", "Was", "Wozu", "Erhalten am", "Angenommen von"],
    )  # fmt: skip
    back = return_property(by=by, item=item, on=TODAY(), to="Ali Özdemir")
    assert receipt(back).title == "Rückgabe von Eigentum"
    assert ("Zurückgegeben an", "Ali Özdemir") in receipt(back).blocks[2].rows


def test_receipt_is_a_pdf(world, login, item):
    answer = login(world.counsellor).get(url(item, "blatt.pdf"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


@pytest.mark.rule("CP-01")
def test_resting_file_gives_back_but_takes_nothing_in(world, login, by, item):
    withdraw(by=by, consent=item.client.consents.get(act=Act.RECORDING), on=TODAY())

    with pytest.raises(ValidationError, match="ruht"):
        receive_property(by=by, client=item.client, description="Pass", received_on=TODAY())
    assert "Zeugnis, Original" in login(world.counsellor).get(url(item)).content.decode()
    assert return_property(by=by, item=item, on=TODAY(), to="Mira Özdemir").returned_on == TODAY()


def test_damage_is_reported_and_settled(world, login, by, item):
    web = login(world.counsellor)
    web.post(url(item, "schaden/"), {"kind": "lost", "account": "Beim Umzug", "on": f"{TODAY()}"})
    assert "noch nicht geregelt" in web.get(url(item)).content.decode()
    web.post(url(item, "regelung/"), {"settlement": "Zweitschrift bezahlt", "on": f"{TODAY()}"})

    report = DamageReport.objects.get()
    assert (report.kind, report.account, report.settlement, report.settled_on) == (
        "lost", "Beim Umzug", "Zweitschrift bezahlt", TODAY(),
    )  # fmt: skip
    assert "Geregelt" in web.get(url(item)).content.decode()


def test_settlement_without_a_report_does_not_exist(world, login, item):
    assert login(world.counsellor).get(url(item, "regelung/")).status_code == 404


def test_thing_of_another_file_is_not_found(world, login, by, item):
    other = make.person(world)
    assert login(world.counsellor).get(f"/akte/{other.public_id}/eigentum/{item.public_id}/zurueck/").status_code == 404


def test_what_lies_here_comes_first(by, item):
    newer = receive_property(by=by, client=item.client, description="Pass", received_on=TODAY())
    return_property(by=by, item=newer, on=TODAY(), to="Mira")
    assert [thing.description for thing in property_of(item.client)] == ["Zeugnis, Original", "Pass"]


def refused(match, act, **more):
    with pytest.raises(ValidationError, match=match):
        act(**more)


def test_impossible_steps_are_refused_in_words(by, item):
    tomorrow, before = make.days_ago(-1), make.days_ago(9)
    refused("annehmen", receive_property, by=by, client=item.client, description=" ", received_on=TODAY())
    refused("Zukunft", receive_property, by=by, client=item.client, description="Pass", received_on=tomorrow)
    back = {"by": by, "item": item}
    refused("vor dem Erhalt", return_property, on=before, to="Mira", **back)
    refused("Zukunft", return_property, on=tomorrow, to="Mira", **back)
    refused("an wen", return_property, on=TODAY(), to=" ", **back)
    hurt = {**back, "kind": Damage.LOST}
    refused("vor dem Erhalt", report_damage, on=before, account="x", **hurt)
    refused("was geschehen", report_damage, on=TODAY(), account=" ", **hurt)
    report = report_damage(on=make.days_ago(1), account="Wasser", **hurt)
    refused("schon eine Meldung", report_damage, on=TODAY(), account="x", **hurt)
    refused("vor der Meldung", settle_damage, by=by, report=report, on=make.days_ago(2), settlement="x")
    refused("wie es geregelt", settle_damage, by=by, report=report, on=TODAY(), settlement="")
    settle_damage(by=by, report=report, on=TODAY(), settlement="ersetzt")
    refused("schon geregelt", settle_damage, by=by, report=report, on=TODAY(), settlement="x")
    return_property(on=TODAY(), to="Mira", **back)
    refused("schon zurückgegeben", return_property, on=TODAY(), to="Mira", **back)


@pytest.mark.parametrize("persona", ["colleague", "technical_lead", "outsider"])
def test_who_does_not_continue_the_file_takes_nothing_in(world, item, persona):
    actor = world.personas[persona].actor
    with pytest.raises(NotAllowed):
        receive_property(by=actor, client=item.client, description="Pass", received_on=TODAY())
    with pytest.raises(NotAllowed):
        return_property(by=actor, item=item, on=TODAY(), to="Mira")


# --- the end of the counselling ----------------------------------------------------------------------------------


def ended(world, item):
    return end_otherwise(
        by=world.counsellor.actor, case=item.client.cases.get(), state=CaseState.ABORTED, on=TODAY(), reason="moved"
    )


def owed_today(world):
    return [thing.description for thing in seldom_lists(world.counsellor.actor, TODAY())["left_behind"]]


@pytest.mark.rule("CP-02")
def test_the_end_says_what_must_still_go_back(world, login, by, item):
    web, page = login(world.counsellor), f"/akte/{item.client.public_id}/abschluss/beenden/"
    shown = web.get(page).content.decode()
    assert [words for words in ("Noch zurückzugeben", "Zeugnis, Original", url(item)) if words not in shown] == []

    return_property(by=by, item=item, on=TODAY(), to="Mira")
    assert "Noch zurückzugeben" not in web.get(page).content.decode()


@pytest.mark.rule("CP-02")
def test_what_lies_here_does_not_hold_up_the_end(world, login, item):
    case = item.client.cases.get()
    login(world.counsellor).post(
        f"/akte/{item.client.public_id}/abschluss/beenden/",
        {"state": "aborted", "on": f"{TODAY()}", "reason": "moved", "revision": case.revision,
         "part_a_reason": "no_need", "part_b_reason": "no_need"},
    )  # fmt: skip
    case.refresh_from_db()
    assert case.ended_on == TODAY()


@pytest.mark.rule("CP-02")
def test_it_stays_on_today_until_it_went_back(world, login, by, item):
    assert owed_today(world) == []
    ended(world, item)
    assert owed_today(world) == ["Zeugnis, Original"]
    assert "Noch zurückzugeben" in login(world.counsellor).get("/").content.decode()

    return_property(by=by, item=item, on=TODAY(), to="Mira")
    assert owed_today(world) == []


@pytest.mark.rule("CP-02")
@pytest.mark.parametrize(("kind", "left"), [(Damage.LOST, []), (Damage.DAMAGED, ["Zeugnis, Original"])])
def test_what_was_lost_and_settled_is_not_waited_for(world, by, item, kind, left):
    ended(world, item)
    report = report_damage(by=by, item=item, kind=kind, on=TODAY(), account="Wasser")
    assert owed_today(world) == ["Zeugnis, Original"]

    settle_damage(by=by, report=report, on=TODAY(), settlement="ersetzt")
    assert owed_today(world) == left


@pytest.mark.rule("CP-02")
def test_what_lies_in_a_resting_file_is_on_today(world, login, by, item):
    consent = item.client.consents.get(act=Act.RECORDING)
    page = f"/akte/{item.client.public_id}/einwilligungen/{consent.public_id}/widerruf/"
    assert "Zeugnis, Original" in login(world.counsellor).get(page).content.decode()

    withdraw(by=by, consent=consent, on=TODAY())
    assert owed_today(world) == ["Zeugnis, Original"]


@pytest.mark.rule("CP-02")
def test_nobody_elses_today_shows_it(world, item):
    ended(world, item)
    for persona in ("colleague", "outsider"):
        assert my_left_behind(world.personas[persona].actor) == []
