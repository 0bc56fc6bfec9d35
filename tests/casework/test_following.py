"""How a case goes on: what is odd is warned about and logged, what is orientation is never forced."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework import queries, rules
from lotse.casework.actions import cases, plans
from lotse.casework.actions.consents import record_decision, request_consent, withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.enums import Achievement, Act, CaseState, ConsentState, PlanState, Tier
from lotse.casework.forms import end_states, plan_ends
from lotse.casework.models import Client, Consent, CounsellingCase, PlanStep, SupportPlan
from lotse.casework.states import CASE, CASE_ENDS
from lotse.partners.models import Partner
from tests.factories import casework as make

TODAY = timezone.localdate
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def case(world):
    return make.case(world)


@pytest.fixture
def old_case(case):
    CounsellingCase.objects.update(first_contact_on=LONG_AGO)
    case.refresh_from_db()
    return case


def url(case, tail):
    return f"/akte/{case.client.public_id}/{tail}"


def warned_then_saved(web, address, typed, code, key):
    """Refused until acknowledged; then the log names the warning."""
    first = web.post(address, typed)
    assert [w.code for w in first.context["form"].open_warnings] == [code]
    assert web.post(address, {**typed, "acknowledged": [code]}).status_code == 302
    return Event.objects.filter(key=key).latest("id").details["warnings"] == [code]


@pytest.mark.rule("CL-10")
def test_a_contact_after_three_years_is_warned_about(world, login, old_case):
    typed = {"on": TODAY().isoformat(), "channel": "phone", "topics": ["housing"]}
    assert warned_then_saved(login(world.counsellor), url(old_case, "kontakt/"), typed, "CL-10", "contact.recorded")


@pytest.mark.rule("CL-10")
def test_a_tier_after_three_years_is_warned_about(world, login, old_case):
    typed = {"tier": "basic_counselling", "since": TODAY().isoformat()}
    assert warned_then_saved(
        login(world.counsellor), url(old_case, "beratungsart/"), typed, "CL-10", "case.tier_changed"
    )


@pytest.mark.rule("CL-10")
def test_an_extended_case_is_not_warned_about(world, login, old_case):
    web = login(world.counsellor)
    until = TODAY() + timedelta(days=90)
    web.post(url(old_case, "verlaengern/"), {"until": until.isoformat(), "reason": "lange krank"})

    answer = web.post(url(old_case, "kontakt/"), {"on": TODAY().isoformat(), "channel": "phone", "topics": ["housing"]})

    assert answer.status_code == 302
    assert "lange krank" in web.get(url(old_case, "")).content.decode()


def test_an_extension_goes_beyond_the_regular_end(world, case):
    with pytest.raises(ValidationError, match="läuft ohnehin bis"):
        cases.extend(by=world.counsellor.actor, case=case, until=TODAY(), reason="lange krank")


@pytest.mark.rule("CL-11")
def test_a_first_contact_outside_the_window_is_warned_about(world, login):
    client = make.person(world, entered_germany_on=date(2019, 1, 1))
    typed = {
        "programme": world.mbe.public_id, "first_contact_on": TODAY().isoformat(), "channel": "phone",
        "access_route": "own_initiative", "decided_jointly": "true",
    }  # fmt: skip
    address = f"/akte/{client.public_id}/erstkontakt/"
    assert warned_then_saved(login(world.counsellor), address, typed, "CL-11", "case.opened")


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("group", "code"), [("tg_new_permanent", "CL-11"), ("tg_resettler", "CL-11")])
def test_a_group_with_a_window_is_warned_about_outside_of_it(world, login, case, group, code):
    Client.objects.update(entered_germany_on=date(2019, 1, 1))
    typed = {"target_group": group}
    address = url(case, "zielgruppe/")
    assert warned_then_saved(login(world.counsellor), address, typed, code, "case.target_group_set")


@pytest.mark.rule("CL-11")
def test_who_lives_here_longer_has_no_window():
    groups = ("tg_resettler", "tg_new_permanent", "tg_settled_crisis", "tg_opening_clause")
    assert [rules.group_has_window(group) for group in groups] == [True, True, False, False]


@pytest.mark.rule("CL-12")
@pytest.mark.parametrize("group", ["tg_settled_crisis", "tg_opening_clause"])
@pytest.mark.parametrize("missing", ["in_crisis", "has_free_capacity"])
def test_settled_people_without_crisis_or_capacity_are_warned_about(world, login, case, group, missing):
    typed = {"target_group": group, "in_crisis": "true", "has_free_capacity": "true", missing: "false"}
    address = url(case, "zielgruppe/")
    assert warned_then_saved(login(world.counsellor), address, typed, "CL-12", "case.target_group_set")


@pytest.mark.rule("CL-12")
def test_crisis_capacity_and_priority_show_in_the_file(world, login, case):
    typed = {
        "target_group": "tg_settled_crisis", "in_crisis": "true", "crisis_note": "Wohnung verloren",
        "has_free_capacity": "true", "has_course_duty": "true",
    }  # fmt: skip
    web = login(world.counsellor)

    assert web.post(url(case, "zielgruppe/"), typed).status_code == 302

    page = web.get(url(case, "")).content.decode()
    assert [text in page for text in ("Wohnung verloren", "Krise", "geht vor")] == [True] * 3


@pytest.mark.rule("CL-12")
@pytest.mark.parametrize(("group", "duty", "first"), [
    ("tg_settled_crisis", True, True), ("tg_settled_crisis", None, False), ("tg_new_permanent", True, False),
])  # fmt: skip
def test_course_duty_comes_first_among_settled_people(group, duty, first):
    assert rules.has_priority(group, duty) is first


def test_what_only_a_crisis_needs_is_not_kept_for_another_group(world, login, case):
    login(world.counsellor).post(
        url(case, "zielgruppe/"), {"target_group": "tg_new_permanent", "in_crisis": "true", "crisis_note": "x"}
    )

    fresh = CounsellingCase.objects.get()
    assert (fresh.target_group, fresh.in_crisis, fresh.crisis_note) == ("tg_new_permanent", None, "")


@pytest.mark.rule("CL-06")
def test_tier_is_suggested_and_never_forced(world, login):
    case = make.case(world, tier=Tier.BASIC_COUNSELLING)
    web, by = login(world.counsellor), world.counsellor.actor
    assert queries.tier_suggestion(case) == ""
    topics = ["housing", "family", "labour_law"]
    record_contact(by=by, case=case, on=TODAY(), channel="phone", topics=topics)

    page = web.get(url(case, "beratungsart/"))
    web.post(url(case, "beratungsart/"), {"tier": "basic_counselling", "since": TODAY().isoformat(), "note": "reicht"})

    assert "Vorschlag: Ausführliche Fallsteuerung, denn es geht um 3 Themen." in page.content.decode()
    assert page.context["form"].initial["tier"] == "basic_counselling"
    assert CounsellingCase.objects.get().tier == Tier.BASIC_COUNSELLING
    assert "reicht" in web.get(url(case, "beratungsart/")).content.decode()


@pytest.mark.rule("CL-04")
@pytest.mark.parametrize(("since", "due"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False), (None, False)])
def test_case_management_has_a_goal_within_the_time_set(since, due):
    assert rules.goals_are_due(since, date(2026, 3, 3), 60) is due


@pytest.mark.rule("CL-04")
def test_a_file_says_that_a_goal_is_missing(world, login, settings, case):
    settings.GOAL_WITHIN_DAYS = 10
    web = login(world.counsellor)
    before = web.get(url(case, "")).content.decode()
    make.goal(world, make.plan(world, of=case))

    assert ["noch ohne Ziel" in page for page in (before, web.get(url(case, "")).content.decode())] == [True, False]


def test_phase_is_set_and_shown(world, login, case):
    web = login(world.counsellor)
    web.post(url(case, "phase/"), {"phase": "goal_planning"})

    assert "Ziele und Förderplan" in web.get(url(case, "")).content.decode()
    assert CounsellingCase.objects.get().phase == "goal_planning"


def test_first_contact_is_completed_later(world, login, case):
    web = login(world.counsellor)
    shown = web.get(url(case, "erstkontakt/aendern/")).context["form"].initial
    typed = {name: value for name, value in shown.items() if isinstance(value, str | int)}

    typed |= {"expectation": "Eine Wohnung", "decided_jointly": "true", "first_contact_on": shown["first_contact_on"].isoformat()}  # fmt: skip
    assert web.post(url(case, "erstkontakt/aendern/"), typed).status_code == 302

    assert CounsellingCase.objects.get().expectation == "Eine Wohnung"


# --- every transition is reachable -----------------------------------------------------------------------------


def test_first_contact_ends_as_referred_with_its_target(world, login):
    case = make.case(world, tier=None)
    partner = Partner.objects.create(organisation=world.nordstadt, name="Mieterberatung", category="housing")
    web, typed = login(world.counsellor), {"on": TODAY().isoformat(), "state": "closed_referred", "reason": "resolved"}

    assert "Bitte angeben, an wen verwiesen wurde" in web.post(url(case, "abschluss/beenden/"), typed).content.decode()
    web.post(url(case, "abschluss/beenden/"), {**typed, "referred_to": partner.public_id})

    fresh = CounsellingCase.objects.get()
    assert (fresh.state, fresh.referred_to) == (CaseState.CLOSED_REFERRED, partner)


def test_every_end_of_a_case_is_offered_on_the_page_to_end_it():
    offered = {state: set(end_states(CounsellingCase(state=state))) for state in CaseState}
    by_hand = CASE_ENDS - {CaseState.HANDED_OVER}  # that one comes with a handover to another programme
    assert offered == {state: set(CASE[state] & by_hand) for state in CaseState}


def test_an_evaluated_case_may_go_back_into_case_management(world, login, case):
    cases.evaluate(by=world.counsellor.actor, case=case, on=TODAY(), evaluation="Es fehlt noch etwas.")

    login(world.counsellor).post(url(case, "beratungsart/"), {"tier": "case_management", "since": TODAY().isoformat()})

    assert CounsellingCase.objects.get().state == CaseState.IN_CASE_MANAGEMENT


@pytest.mark.parametrize("agreed", [False, True])
def test_a_plan_ends_on_a_page_in_every_way_its_state_allows(world, login, agreed):
    plan = make.plan(world, agreed=agreed)
    ways = {
        False: [PlanState.NOT_MATERIALISED, PlanState.DEPARTED],
        True: [PlanState.COMPLETED, PlanState.NOT_MATERIALISED, PlanState.DEPARTED, PlanState.NO_FURTHER_NEED],
    }[agreed]
    assert plan_ends(plan) == ways

    login(world.counsellor).post(url(plan, "plan/beenden/"), {"state": ways[-1]})

    assert SupportPlan.objects.get().state == ways[-1]


def test_result_of_a_step_has_a_day_and_may_be_explained(world, login):
    plan = make.plan(world, agreed=True)
    step = PlanStep.objects.get()
    web, address = login(world.counsellor), url(plan, f"plan/schritt/{step.public_id}/festhalten/")

    for day, reason in ((make.days_ago(2), "Amt geschlossen"), (make.days_ago(1), "Amt war geschlossen")):
        web.post(address, {"achieved": "partly", "on": day.isoformat(), "reason": reason})

    step.refresh_from_db()
    assert (step.achieved, step.achieved_on, step.deviation_reason) == (
        Achievement.PARTLY,
        make.days_ago(1),
        "Amt war geschlossen",
    )
    assert "Amt war geschlossen" in web.get(url(plan, "plan/")).content.decode()


def test_a_goal_may_be_judged_otherwise_with_a_note(world, login):
    plan = make.plan(world, agreed=True)
    goal = plan.goals.get()
    web, address = login(world.counsellor), url(plan, f"plan/ziel/{goal.public_id}/")
    typed = {"area": "work", "goal": "find_work", "status_override": "yes"}

    assert "Bitte die Einschätzung begründen." in web.post(address, typed).content.decode()
    web.post(address, {**typed, "override_note": "anders erreicht"})

    goal.refresh_from_db()
    assert (goal.status, goal.override_note) == (Achievement.YES, "anders erreicht")


@pytest.mark.parametrize(("answer", "state"), [("yes", "given"), ("no", "refused")])
def test_a_text_taken_home_is_decided_later(world, login, answer, state):
    case = make.case(world, consented=False)
    web = login(world.counsellor)
    typed = {"acts": ["recording"], "decided_on": TODAY().isoformat(), "language": "tr", "form": "written"}

    web.post(url(case, "einwilligungen/"), {**typed, "given": "asked"})
    waiting = Consent.objects.get()
    assert (waiting.state, waiting.decided_on, case.client.recording_on) == (ConsentState.REQUESTED, None, None)
    web.post(url(case, "einwilligungen/"), {**typed, "given": answer})

    decided = Consent.objects.get()
    assert (decided.pk, decided.state, decided.decided_on) == (waiting.pk, state, TODAY())
    assert bool(Client.objects.get().recording_on) is (state == "given")


def test_nothing_is_asked_twice(world):
    client = make.person(world)
    asked = {"client": client, "act": Act.RECORDING, "requested_on": TODAY(), "language": "de", "text_version": "1"}
    request_consent(by=world.counsellor.actor, **asked)

    with pytest.raises(ValidationError, match="Schon angefragt"):
        request_consent(by=world.counsellor.actor, **asked)


def test_nothing_is_asked_that_is_given(world):
    client = make.decide(world, make.person(world), Act.RECORDING)
    asked = {"client": client, "act": Act.RECORDING, "requested_on": TODAY(), "language": "de", "text_version": "1"}

    with pytest.raises(ValidationError, match="Liegt schon vor"):
        request_consent(by=world.counsellor.actor, **asked)


@pytest.mark.rule("DP-12")
def test_a_consent_given_for_a_time_ends_as_expired_and_the_file_rests(world, login, case):
    consent = Consent.objects.get(act=Act.RECORDING)

    login(world.counsellor).post(
        url(case, f"einwilligungen/{consent.public_id}/widerruf/"), {"state": "expired", "on": TODAY().isoformat()}
    )

    consent.refresh_from_db()
    assert (consent.state, Client.objects.get().restricted_on) == (ConsentState.EXPIRED, TODAY())


def test_a_refused_consent_is_not_withdrawn(world):
    client = make.person(world)
    refused = record_decision(
        by=world.counsellor.actor, client=client, act=Act.RECORDING, given=False, decided_on=TODAY(), language="de",
        text_version="1",
    )  # fmt: skip

    with pytest.raises(ValidationError, match="geht es nicht direkt"):
        withdraw(by=world.counsellor.actor, consent=refused, on=TODAY())


def test_part_a_gets_a_new_version_on_a_page(world, login, case):
    from lotse.casework.actions.parts_a import answers_of, save_chapter

    save_chapter(by=world.counsellor.actor, case=case, chapter_key="occupation", given={"occupation": "Schreiner"})

    login(world.counsellor).post(url(case, "teil-a/neue-fassung/"))

    assert [(p.version, answers_of(p)) for p in case.parts_a.all()] == [
        (2, {"occupation": "Schreiner"}),
        (1, {"occupation": "Schreiner"}),
    ]


def test_earlier_versions_stay_readable_and_unchanged(world, login):
    from lotse.casework.actions.parts_a import revise_part_a, save_chapter

    by, plan = world.counsellor.actor, make.plan(world, agreed=True)
    for job in ("Schreiner", "Gärtner"):
        save_chapter(by=by, case=plan.case, chapter_key="occupation", given={"occupation": job})
        if job == "Schreiner":
            revise_part_a(by=by, case=plan.case)
    new = plans.revise(by=by, plan=plan, on=TODAY())
    plans.update_step(by=by, step=PlanStep.objects.get(goal__plan=new), text="Etwas anderes")
    web = login(world.counsellor)

    old_plan, old_part = (web.get(url(plan, f"{tail}/?fassung=1")).content.decode() for tail in ("plan", "teil-a"))
    assert ["Bewerbung schreiben" in old_plan, "Etwas anderes" in old_plan, "Ziel hinzufügen" in old_plan] == [True, False, False]  # fmt: skip
    assert ["Schreiner" in old_part, "Gärtner" in old_part, "ändern" in old_part] == [True, False, False]
    assert "?fassung=1" in web.get(url(plan, "plan/")).content.decode()
    assert web.get(url(plan, "plan/plan.pdf?fassung=1")).status_code == 200
    missing = ("plan/plan.pdf?fassung=9", "plan/?fassung=9", "teil-a/?fassung=9")
    assert {web.get(url(plan, tail)).status_code for tail in missing} == {404}


def test_ended_plan_takes_no_result(world):
    plan = make.plan(world, agreed=True)
    plans.end_plan(by=world.counsellor.actor, plan=plan, state=PlanState.COMPLETED)

    with pytest.raises(ValidationError, match="beendet"):
        plans.set_achievement(by=world.counsellor.actor, step=PlanStep.objects.get(), achieved=Achievement.YES)
