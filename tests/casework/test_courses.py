"""Before, during and after a course; talks about the person only with her consent for exactly this."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog.door import NotAllowed
from lotse.auditlog.models import Event
from lotse.casework import rules
from lotse.casework.actions import courses as acts
from lotse.casework.actions.consents import record_decision, withdraw
from lotse.casework.actions.file import Outdated
from lotse.casework.enums import Act
from lotse.casework.models import CourseParticipation, ProviderContact
from lotse.casework.queries.courses import courses_of, my_course_steps
from tests.factories import casework as make

TODAY = make.days_ago


@pytest.fixture
def by(world):
    return world.counsellor.actor


@pytest.fixture
def course(world):
    return make.course(world, starts_on=TODAY(60), ends_on=TODAY(-60))


@pytest.fixture
def running(by, course):
    return acts.begin_course(by=by, course=course, on=TODAY(60))


# --- phases --------------------------------------------------------------------------------------------------------
def test_a_course_goes_from_before_over_during_to_after(by, course):
    phases = [course.phase]
    phases.append(acts.begin_course(by=by, course=course, on=TODAY(50)).phase)
    done = acts.finish_course(by=by, course=course, on=TODAY(1), level_reached="b1", has_certificate=True)

    assert [*phases, done.phase] == ["before", "during", "after"]
    assert (done.level_reached, done.has_certificate) == ("b1", True)


def test_a_course_that_has_not_begun_does_not_end(by, course):
    with pytest.raises(ValidationError, match="noch nicht begonnen"):
        acts.finish_course(by=by, course=course, on=TODAY(1))


def test_an_end_lies_after_the_beginning(by, running):
    with pytest.raises(ValidationError, match="nach seinem Beginn"):
        acts.finish_course(by=by, course=running, on=TODAY(61))
    with pytest.raises(ValidationError, match="vor dem Beginn"):
        acts.drop_out(by=by, course=running, on=TODAY(61), reason="work")


def test_what_is_over_is_not_ended_twice_but_taken_back(by, running):
    acts.drop_out(by=by, course=running, on=TODAY(3), reason="child_care", note="Kein Platz")
    with pytest.raises(ValidationError, match="schon vorbei"):
        acts.finish_course(by=by, course=running, on=TODAY(1))

    back = acts.take_back_end(by=by, course=running)

    assert (back.phase, back.dropout_reason) == ("during", "")


def test_dropout_has_a_reason_and_a_day_to_ask_again(world, login, running):
    address = f"/akte/{running.client.public_id}/kurse/{running.public_id}/verlauf/"
    web, typed = login(world.counsellor), {"what": "dropped", "on": f"{TODAY(2)}", "revision": "2"}

    assert "Bitte den Grund angeben." in web.post(address, typed).content.decode()
    web.post(address, {**typed, "reason": "health", "follow_up_on": f"{TODAY(-3)}", "follow_up": "Kita fragen"})

    running.refresh_from_db()
    assert (running.dropped_out_on, running.dropout_reason, running.follow_up) == (TODAY(2), "health", "Kita fragen")
    home = web.get("/").content.decode()
    assert ["Bei Kursen nachfragen" in home, "Kita fragen" in home] == [True, True]


@pytest.mark.rule("DA-01")
@pytest.mark.parametrize("act", [acts.begin_course, acts.finish_course])
def test_nothing_has_happened_in_the_future(by, running, act):
    with pytest.raises(ValidationError, match="Zukunft"):
        act(by=by, course=running, on=TODAY(-1))


# --- the provider --------------------------------------------------------------------------------------------------
def talk(by, course, **more):
    return acts.record_provider_contact(**{"by": by, "course": course, "on": TODAY(0), "names_person": True, **more})


@pytest.mark.rule("CL-21")
@pytest.mark.rule("DP-03")
def test_a_talk_about_the_person_needs_her_consent(world, by, running):
    with pytest.raises(ValidationError, match="nur mit ihrer Einwilligung"):
        talk(by, running)
    assert (ProviderContact.objects.count(), Event.objects.filter(key="course.provider_contacted").count()) == (0, 0)

    consent = make.exchange(world, running)

    assert talk(by, running, note="Fehlt oft").consent == consent


@pytest.mark.rule("CL-21")
def test_a_talk_that_names_nobody_needs_no_consent(by, running):
    assert talk(by, running, names_person=False).consent is None


@pytest.mark.rule("DP-03")
@pytest.mark.parametrize("case", ["refused", "withdrawn", "other provider", "other purpose", "later"])
def test_no_other_consent_carries_the_talk(world, by, running, case):
    if case == "refused":
        make.exchange(world, running, given=False)
    elif case == "withdrawn":
        withdraw(by=by, consent=make.exchange(world, running), on=TODAY(0))
    elif case == "other provider":
        other = make.course(world, of=running.client, provider=make.provider(world, "Andere Schule"))
        make.exchange(world, other)
    elif case == "other purpose":
        record_decision(
            by=by, client=running.client, act=Act.DISCLOSURE, given=True, decided_on=TODAY(5), language="de",
            text_version="1", form="written", recipient=running.provider, purpose="Anmeldung zum Kurs",
        )  # fmt: skip
    else:
        make.exchange(world, running)

    with pytest.raises(ValidationError, match="Einwilligung"):
        talk(by, running, on=TODAY(9) if case == "later" else TODAY(0))
    assert not ProviderContact.objects.exists()


@pytest.mark.rule("CL-21")
@pytest.mark.parametrize(
    ("is_running", "last", "due"),
    [(True, TODAY(43), True), (True, TODAY(42), False), (False, TODAY(99), False), (True, None, False)],
)
def test_contact_with_the_provider_is_due_after_six_weeks(is_running, last, due):
    assert rules.provider_contact_is_due(is_running, last, TODAY(0)) is due


@pytest.mark.rule("CL-21")
def test_page_says_when_contact_is_due_again(world, by, running, login):
    (card,) = courses_of(running.client, TODAY(0))
    talk(by, running, names_person=False)
    (after,) = courses_of(running.client, TODAY(0))

    assert (card.is_contact_due, after.is_contact_due) == (True, False)


@pytest.mark.rule("CL-23")
@pytest.mark.parametrize(
    ("person", "presence", "fixed"),
    [("Frau Nowak", "Di 10–12", True), ("", "Di 10–12", False), ("Frau Nowak", " ", False)],
)
def test_contact_person_and_presence_times_are_fixed(person, presence, fixed):
    assert rules.has_fixed_contact(person, presence) is fixed


@pytest.mark.rule("CL-23")
def test_running_course_without_fixed_contact_is_pointed_out(world, login, running):
    web, address = login(world.counsellor), f"/akte/{running.client.public_id}/kurse/"
    typed = {"kind": "bamf_integration", "child_care": "clarified", "fee": "exempt", "revision": "2"}

    assert "fehlt" in web.get(address).content.decode()
    warned = web.post(f"{address}{running.public_id}/", typed).content.decode()
    web.post(f"{address}{running.public_id}/", {**typed, "acknowledged": ["CL-23"]})

    running.refresh_from_db()
    assert ["feste Präsenzzeiten" in warned, running.fee] == [True, "exempt"]
    assert Event.objects.filter(key="course.changed").get().details["warnings"] == ["CL-23"]


def test_consent_is_kept_on_the_page_and_opens_the_talk(world, login, running):
    web, base = login(world.counsellor), f"/akte/{running.client.public_id}/kurse/{running.public_id}/"
    said = {"on": f"{TODAY(0)}", "names_person": "on", "note": "Fehlt oft", "revision": "2"}

    refused = web.post(f"{base}gespraech/", said).content.decode()
    web.post(f"{base}einwilligung/", {"given": "yes", "decided_on": f"{TODAY(0)}", "language": "ar", "form": "written"})
    web.post(f"{base}gespraech/", said)

    assert "nur mit ihrer Einwilligung" in refused
    made = ProviderContact.objects.get()
    assert (made.note, made.consent.recipient, made.consent.purpose) == ("Fehlt oft", running.provider, rules.EXCHANGE)


# --- who -----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("CL-02")
def test_no_course_before_agreement_and_consent(world):
    with pytest.raises(ValidationError, match="Einwilligung"):
        make.course(world, of=make.person(world))


@pytest.mark.rule("DP-12")
def test_resting_file_takes_nothing_and_asks_for_nothing(world, by, running):
    acts.change_course(by=by, course=running, follow_up_on=TODAY(0))
    assert my_course_steps(by, TODAY(0)) == [running]
    withdraw(by=by, consent=running.client.consents.get(act=Act.RECORDING), on=TODAY(0))

    assert my_course_steps(by, TODAY(0)) == []
    with pytest.raises(ValidationError, match="ruht"):
        talk(by, running, names_person=False)


@pytest.mark.parametrize("who", ["colleague", "technical_lead", "outsider", "sysadmin"])
def test_nobody_else_writes_into_the_course(world, running, who):
    with pytest.raises(NotAllowed):
        acts.drop_out(by=world.personas[who].actor, course=running, on=TODAY(0), reason="work")
    assert my_course_steps(world.personas[who].actor, TODAY(0)) == []


def test_a_partner_of_another_carrier_is_no_provider(world):
    provider = make.provider(world)
    type(provider).objects.filter(pk=provider.pk).update(organisation=world.suedstadt)
    provider.refresh_from_db()
    with pytest.raises(ValidationError, match="eigenen Kursträger"):
        make.course(world, provider=provider)


def test_who_saves_second_is_told(by, running):
    acts.change_course(by=by, course=running, fee="exempt", revision=2)
    with pytest.raises(Outdated):
        acts.change_course(by=by, course=running, fee="self_paid", revision=2)


def test_steps_show_a_week_ahead_the_earliest_first(world, by):
    client = make.decide(world, make.person(world))
    for days in (8, 7, -3):
        make.course(world, of=client, follow_up_on=TODAY(-days))

    assert [c.follow_up_on for c in my_course_steps(by, TODAY(0))] == [TODAY(3), TODAY(0) + timedelta(days=7)]


def test_planned_end_lies_after_planned_begin(world, login):
    client = make.decide(world, make.person(world))
    typed = {
        "kind": "other", "provider": make.provider(world).public_id, "child_care": "open", "fee": "open",
        "starts_on": "2026-06-02", "ends_on": "2026-06-01",
    }  # fmt: skip
    web, address = login(world.counsellor), f"/akte/{client.public_id}/kurse/neu/"

    assert "Das geplante Ende liegt vor dem geplanten Beginn." in web.post(address, typed).content.decode()
    web.post(address, {**typed, "ends_on": "2026-06-02"})
    assert CourseParticipation.objects.get().ends_on == date(2026, 6, 2)
