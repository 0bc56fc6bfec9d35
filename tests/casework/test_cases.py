from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.casework import queries, rules
from lotse.casework.actions import cases
from lotse.casework.actions.contacts import record_contact
from lotse.casework.enums import CaseState, Tier
from lotse.casework.models import Client, CounsellingCase, TierChange
from lotse.casework.states import CASE, require_step
from tests.factories import casework as make

TODAY = timezone.localdate


@pytest.mark.parametrize("before", CaseState)
@pytest.mark.parametrize("after", CaseState)
def test_case_moves_only_along_its_table(before, after):
    if after in CASE[before]:
        require_step(CASE, before, after)
    else:
        with pytest.raises(ValidationError):
            require_step(CASE, before, after)


@pytest.mark.rule("CL-09")
def test_case_management_closes_only_after_evaluation_and_sustainability_check(world):
    by, case = world.counsellor.actor, make.case(world)
    make.plan(world, of=case)
    end = {"on": TODAY(), "reason": "goals_reached"}
    cases.explain_missing_parts(by=by, case=case, part_a_reason="no_need", part_b_reason="")

    with pytest.raises(ValidationError, match="auswerten"):
        cases.close(by=by, case=case, **end)
    cases.evaluate(by=by, case=case, on=make.days_ago(2), evaluation="Viel erreicht.")
    with pytest.raises(ValidationError, match="auswerten"):
        cases.close(by=by, case=case, **end)
    cases.check_sustainability(by=by, case=case, on=make.days_ago(1), result="Trägt.")
    closed = cases.close(by=by, case=case, **end)

    assert (closed.state, closed.ended_on) == (CaseState.CLOSED, TODAY())
    states = list(closed.state_changes.values_list("state", flat=True))
    assert states == ["open_first_contact", "in_case_management", "evaluating", "sustainability_check", "closed"]


@pytest.mark.rule("CL-09")
def test_database_knows_no_closed_case_management_without_evaluation(world):
    case = make.case(world)

    with pytest.raises(IntegrityError, match="case_closed_after_evaluation"), transaction.atomic():
        CounsellingCase.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, ended_on=TODAY())


@pytest.mark.rule("CL-05")
def test_a_missing_part_needs_its_reason(world):
    by, case = world.counsellor.actor, make.case(world, tier=Tier.BASIC_COUNSELLING)

    with pytest.raises(ValidationError, match="Bitte den Grund angeben"):
        cases.close(by=by, case=case, on=TODAY(), reason="resolved")
    ended = cases.end_case(
        by=by,
        case=case,
        state=CaseState.CLOSED,
        part_a_reason="short_enquiry",
        part_b_reason="no_need",
        on=TODAY(),
        reason="resolved",
    )
    assert ended.state == CaseState.CLOSED


def test_a_refused_end_keeps_nothing_of_the_step(world):
    by, case = world.counsellor.actor, make.case(world)

    with pytest.raises(ValidationError, match="auswerten"):
        cases.end_case(
            by=by,
            case=case,
            state=CaseState.CLOSED,
            part_a_reason="no_need",
            part_b_reason="no_need",
            on=TODAY(),
            reason="resolved",
        )
    assert CounsellingCase.objects.get(pk=case.pk).part_a_reason == ""


def test_reopening_begins_a_new_episode_and_keeps_the_old_one(world):
    by, case = world.counsellor.actor, make.case(world)
    cases.end_otherwise(by=by, case=case, state=CaseState.DEPARTED, on=make.days_ago(3), reason="departed")

    episode = cases.reopen(by=by, case=CounsellingCase.objects.get(pk=case.pk), on=TODAY())

    assert (episode.episode, episode.state, episode.reopens_id) == (2, CaseState.FIRST_CONTACT, case.pk)
    assert CounsellingCase.objects.get(pk=case.pk).state == CaseState.DEPARTED
    assert episode.responsible_id == world.counsellor.person.pk


def test_an_ended_case_takes_no_contact(world):
    by, case = world.counsellor.actor, make.case(world)
    cases.end_otherwise(by=by, case=case, state=CaseState.ABORTED, on=TODAY(), reason="contact_lost")

    with pytest.raises(ValidationError, match="beendet"):
        record_contact(by=by, case=case, on=TODAY(), channel="phone", topics=["housing"])


@pytest.mark.rule("CL-06")
def test_tier_is_a_dated_history_and_may_go_back(world):
    by, case = world.counsellor.actor, make.case(world)

    cases.set_tier(by=by, case=case, tier=Tier.BASIC_COUNSELLING, since=TODAY(), note="weniger Termine")

    assert list(TierChange.objects.values_list("tier", "note")) == [
        ("case_management", ""),
        ("basic_counselling", "weniger Termine"),
    ]


@pytest.mark.rule("CL-07")
def test_a_referred_case_names_its_target(world):
    case = make.case(world, consented=False)

    with pytest.raises(ValidationError, match="an wen verwiesen"):
        cases.end_otherwise(
            by=world.counsellor.actor, case=case, state=CaseState.CLOSED_REFERRED, on=TODAY(), reason="referred"
        )


def test_contact_sets_the_next_step_in_the_same_breath(world):
    case = make.case(world)

    record_contact(
        by=world.counsellor.actor, case=case, on=TODAY(), channel="phone", topics=["housing", "family"], minutes=30,
        note="Wohnung gesucht", next_step_on=TODAY(), next_step="Vermieter anrufen",
    )  # fmt: skip

    fresh = CounsellingCase.objects.get(pk=case.pk)
    assert (fresh.next_step_on, fresh.next_step, fresh.last_contact_on) == (TODAY(), "Vermieter anrufen", TODAY())
    assert queries.my_next_steps(world.counsellor.actor, TODAY()) == [fresh]


def test_next_step_is_a_date_or_a_reason(world):
    by, case = world.counsellor.actor, make.case(world)

    with pytest.raises(ValidationError, match="warum es keinen"):
        cases.set_next_step(by=by, case=case, next_step_on=None)
    assert (
        cases.set_next_step(by=by, case=case, next_step_on=None, reason="meldet sich selbst").no_next_step_reason
        == "meldet sich selbst"
    )


@pytest.mark.rule("CL-10")
@pytest.mark.parametrize(("day", "extended", "over"), [
    (date(2026, 3, 1), None, False), (date(2026, 3, 2), None, True), (date(2026, 3, 2), date(2027, 3, 1), False),
])  # fmt: skip
def test_offer_lasts_three_years_unless_extended(day, extended, over):
    case = CounsellingCase(first_contact_on=date(2023, 3, 1), extended_until=extended)
    assert rules.offer_is_over(case, day, 3) is over
    assert rules.offer_is_over(case, day, None) is False


@pytest.mark.rule("CL-10")
def test_extension_needs_a_reason(world):
    with pytest.raises(ValidationError, match="braucht einen Grund"):
        cases.extend(by=world.counsellor.actor, case=make.case(world), until=TODAY(), reason=" ")


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("resettler", "over"), [(False, False), (True, True)])
def test_window_counts_from_the_later_date_but_for_resettlers_from_entry(resettler, over):
    client = Client(entered_germany_on=date(2020, 1, 1), permanent_status_on=date(2024, 1, 1), is_resettler=resettler)
    assert rules.window_is_over(client, date(2026, 1, 1)) is over


@pytest.mark.rule("CL-12")
def test_settled_people_are_advised_in_a_crisis():
    assert [rules.crisis_is_needed(g) for g in ("tg_settled_crisis", "tg_opening_clause", "tg_resettler")] == [
        True,
        True,
        False,
    ]


@pytest.mark.rule("CL-03")
@pytest.mark.rule("CL-04")
def test_goals_are_expected_in_case_management_only():
    assert [rules.part_b_is_expected(t) for t in Tier] == [False, False, True]


@pytest.mark.rule("CL-15")
def test_a_child_turns_adult_on_the_birthday(world):
    from lotse.casework.models import HouseholdMember

    child = HouseholdMember(birth_date=date(2008, 11, 21))
    assert (child.is_minor_on(date(2026, 11, 20)), child.is_minor_on(date(2026, 11, 21))) == (True, False)
    assert HouseholdMember().is_minor_on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(("typed", "found"), [
    ("Özdemir", 1), ("oezdemir", 1), ("OZDEM", 1), ("mira oz", 1), ("ozdemir mira", 1), ("demir", 0), ("1", 1), ("", 0),
])  # fmt: skip
def test_search_finds_people_however_the_name_is_typed(world, typed, found):
    make.person(world)
    assert len(queries.search_clients(world.counsellor.actor, typed)) == found


def test_duplicates_beyond_need_to_know_show_no_data(world):
    make.person(world, by=world.colleague.actor)
    make.person(world, by=world.outsider.actor, first_name="Nur", last_name="Dort")

    here = queries.likely_duplicates(world.counsellor.actor, "Özdemir", "Mira", None)
    elsewhere = queries.likely_duplicates(world.counsellor.actor, "Nur", "Dort", None)

    assert (here.open, here.elsewhere) == ([], True)
    assert (elsewhere.open, elsewhere.elsewhere) == ([], False)


@pytest.mark.rule("CL-09")
def test_evaluation_keeps_what_the_person_said_herself(world, login):
    case = make.case(world)
    address = f"/akte/{case.client.public_id}/abschluss/auswertung/"
    typed = {
        "on": f"{make.days_ago(1)}",
        "evaluation": "Arbeit gefunden.",
        "client_view": "Ich bin stolz.",
        "revision": case.revision,
    }

    login(world.counsellor).post(address, typed)

    case.refresh_from_db()
    assert (case.evaluation, case.client_view) == ("Arbeit gefunden.", "Ich bin stolz.")
    assert (
        "Ich bin stolz."
        in login(world.technical_lead).get(f"/akte/{case.client.public_id}/abschluss/").content.decode()
    )
