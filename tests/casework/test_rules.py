"""Every predicate of rules.py, whole: what it allows, what it refuses, and where its edge lies."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from lotse.casework import rules
from lotse.casework.enums import Act, ConsentForm, ConsentState, Outcome, Tier
from lotse.casework.models import (
    CaseloadTransfer,
    Client,
    Consent,
    CounsellingCase,
    ErasureRun,
    FileAssignment,
    Handover,
    ReviewRound,
    SupportPlan,
)
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person, Site

DAY = date(2026, 3, 1)
ACTS = ("agreement_on", "recording_on", "competence_on", "health_on")


def actor(*permissions):
    return Actor(person_id=1, ref="x", label="X", organisation_id=1, permissions=frozenset(permissions))


def clients():
    """A client for every combination of acts in force, resting and not."""
    for given in product((None, DAY), repeat=len(ACTS) + 1):
        yield Client(**dict(zip((*ACTS, "restricted_on"), given, strict=True)))


def has(client, *acts):
    return all(getattr(client, act) for act in acts) and client.restricted_on is None


@pytest.mark.rule("EN-01")
def test_enquiries_are_recorded_with_this_permission_only():
    allowed = [p for p in Permission if rules.can_record_enquiry(actor(p))]
    assert allowed == [Permission.RECORD_ENQUIRY]


@pytest.mark.rule("DP-04")
def test_files_are_read_by_counselling_and_review_and_continued_by_counselling():
    assert {p for p in Permission if rules.reads_files(actor(p))} == {Permission.COUNSEL, Permission.REVIEW_FILES}
    assert {p for p in Permission if rules.can_counsel(actor(p))} == {Permission.COUNSEL}


@pytest.mark.rule("CL-01")
def test_a_one_off_enquiry_has_no_parts():
    assert {t: rules.tier_allows_parts(t) for t in Tier} == {
        Tier.SINGLE_ENQUIRY: False,
        Tier.BASIC_COUNSELLING: True,
        Tier.CASE_MANAGEMENT: True,
    }


@pytest.mark.rule("CL-02")
def test_part_a_and_plan_open_with_their_acts_and_never_in_a_resting_file():
    for client in clients():
        assert rules.part_a_is_open(client) is has(client, "agreement_on", "recording_on", "competence_on")
        assert rules.plan_is_open(client) is has(client, "agreement_on", "recording_on")


@pytest.mark.rule("DP-11")
def test_health_opens_with_all_four_acts():
    for client in clients():
        assert rules.health_is_open(client) is has(client, *ACTS)


@pytest.mark.rule("DP-12")
def test_a_file_rests_from_the_day_of_withdrawal():
    assert [rules.is_restricted(Client(restricted_on=day)) for day in (None, DAY)] == [False, True]


@pytest.mark.rule("CL-05")
@pytest.mark.parametrize(("has_part", "reason", "missing"), [
    (False, "", True), (False, "no_need", False), (True, "", False), (True, "no_need", False),
])  # fmt: skip
def test_a_reason_is_missing_only_where_the_part_is(has_part, reason, missing):
    assert rules.reason_is_missing(has_part, reason) is missing


@pytest.mark.rule("CL-07")
def test_only_a_referral_needs_a_target():
    without = {outcome for outcome in Outcome if not rules.referral_names_target(outcome, False)}
    assert (without, all(rules.referral_names_target(o, True) for o in Outcome)) == ({Outcome.REFERRED}, True)


@pytest.mark.rule("CL-08")
def test_a_decision_is_joint_only_when_said_so():
    assert [rules.decision_is_joint(answer) for answer in (True, False, None)] == [True, False, False]


@pytest.mark.rule("CL-09")
@pytest.mark.parametrize(("tier", "evaluated", "checked", "may"), [
    (Tier.BASIC_COUNSELLING, None, None, True), (Tier.CASE_MANAGEMENT, None, None, False),
    (Tier.CASE_MANAGEMENT, DAY, None, False), (Tier.CASE_MANAGEMENT, None, DAY, False), (Tier.CASE_MANAGEMENT, DAY, DAY, True),
])  # fmt: skip
def test_case_management_closes_with_both_dates(tier, evaluated, checked, may):
    case = CounsellingCase(tier=tier, evaluated_on=evaluated, sustainability_checked_on=checked)
    assert rules.may_close(case) is may


@pytest.mark.rule("CL-11")
@pytest.mark.parametrize(("entry", "status", "over"), [
    (None, None, False), (date(2023, 3, 1), None, False), (date(2023, 2, 28), None, True),
    (None, date(2023, 2, 28), True), (date(2020, 1, 1), date(2023, 3, 1), False),
])  # fmt: skip
def test_window_closes_the_day_after_three_years(entry, status, over):
    client = Client(entered_germany_on=entry, permanent_status_on=status, is_resettler=False)
    assert rules.window_is_over(client, DAY) is over


def test_three_years_after_a_leap_day_are_over_on_the_first_of_march():
    assert rules.years_later(date(2024, 2, 29), 3) == date(2027, 3, 1)


@pytest.mark.rule("CL-13")
def test_environment_is_answered_by_naming_somebody():
    assert [rules.environment_is_answered(SupportPlan(environment=e)) for e in ([], ["family"])] == [False, True]


@pytest.mark.rule("CL-17")
@pytest.mark.parametrize(("state", "office", "named"), [
    ("", "", True), ("yes", "", True), ("in_progress", " ", False), ("in_progress", "ZAB", True),
])  # fmt: skip
def test_only_a_recognition_in_progress_names_its_office(state, office, named):
    assert rules.recognition_names_office(state, office) is named


@pytest.mark.rule("CL-18")
def test_area_and_goal_are_chosen_or_told_never_both():
    found = [
        rules.is_catalogue_or_own_words(*given)
        for given in (("", " "), ("work", ""), ("", "Garten"), ("work", "Garten"))
    ]
    assert found == [False, True, True, False]


@pytest.mark.rule("DP-01")
def test_informed_means_on_a_day_and_in_a_language():
    found = [rules.is_informed(*given) for given in ((None, ""), (DAY, ""), (None, "tr"), (DAY, "tr"))]
    assert found == [False, False, False, True]


@pytest.mark.rule("DP-02")
def test_only_an_oral_consent_is_explained():
    unexplained = {form for form in ConsentForm if not rules.oral_is_explained(form, " ")}
    assert (unexplained, rules.oral_is_explained(ConsentForm.ORAL, "kann nicht schreiben")) == (
        {ConsentForm.ORAL},
        True,
    )


@pytest.mark.rule("DP-03")
def test_only_a_given_consent_to_disclosure_covers_its_recipient():
    covering = [
        (act, state)
        for act in Act
        for state in ConsentState
        if rules.disclosure_is_covered([Consent(act=act, state=state, recipient_id=1)], 1)
    ]
    other = Consent(act=Act.DISCLOSURE, state=ConsentState.GIVEN, recipient_id=2)
    assert covering == [(Act.DISCLOSURE, ConsentState.GIVEN)]
    assert rules.disclosure_is_covered([other], 1) is False


@pytest.mark.rule("DA-01")
@pytest.mark.parametrize(("day", "happened"), [
    (date(2026, 2, 28), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False),
])  # fmt: skip
def test_what_has_happened_is_today_or_earlier(day, happened):
    assert rules.is_today_or_earlier(day, DAY) is happened


@pytest.mark.rule("CL-11")
@pytest.mark.rule("CL-12")
def test_people_settled_longer_have_no_window_and_come_first_only_with_course_duty():
    groups = ("tg_settled_crisis", "tg_opening_clause", "tg_newcomer")
    assert [rules.group_has_window(group) for group in groups] == [False, False, True]
    assert [(g, d) for g in groups for d in (True, False, None) if rules.has_priority(g, d)] == [
        ("tg_settled_crisis", True)
    ]


@pytest.mark.rule("CL-24")
@pytest.mark.parametrize(("responsible", "site", "may"), [(1, 9, True), (2, 9, False), (2, 5, True), (1, 5, True)])
def test_a_file_is_passed_on_by_its_holders_and_the_lead_of_its_site(responsible, site, may):
    by = replace(actor(), file_holder_ids=frozenset({1}), reviewed_site_ids=frozenset({5}))
    assert rules.may_pass_on(by, Client(responsible_id=responsible, site_id=site)) is may


@pytest.mark.rule("CL-24")
def test_a_handover_is_accepted_by_who_receives_it_or_a_second_person_of_the_house():
    def may(by, **values):
        return rules.may_accept(by, Handover(**{"organisation_id": 1, "offered_by_id": 2, "to_person_id": 3, **values}))

    lead = actor(Permission.CONFIRM_FILE_ACCESS)
    assert [may(lead), may(lead, offered_by_id=1), may(lead, organisation_id=2)] == [True, False, False]
    receives = {"to_person_id": 1}
    assert [may(actor()), may(actor(), **receives), may(actor(), **receives, organisation_id=2)] == [False, True, False]
    assert may(actor(), **receives, offered_by_id=1) is False


@pytest.mark.rule("AC-01")
def test_access_is_checked_by_a_second_person_of_the_house():
    def may(by, **values):
        row = FileAssignment(**{"organisation_id": 1, "granted_by_id": 2, "person_id": 3, **values})
        return rules.may_check(by, row)

    lead = actor(Permission.CONFIRM_FILE_ACCESS)
    assert [may(lead), may(actor())] == [True, False]
    assert [may(lead, granted_by_id=1), may(lead, person_id=1), may(lead, organisation_id=2)] == [False] * 3


@pytest.mark.rule("DS-01")
def test_requests_about_own_data_are_taken_by_who_reads_files():
    assert {p for p in Permission if rules.may_ask_for_data(actor(p))} == {Permission.COUNSEL, Permission.REVIEW_FILES}


@pytest.mark.rule("DS-06")
def test_an_erasure_is_confirmed_by_another_person_of_the_house_who_answers_for_data_protection():
    def may(by, **values):
        return rules.may_confirm_erasure(by, ErasureRun(**{"organisation_id": 1, "proposed_by_id": 2, **values}))

    assert {p for p in Permission if may(actor(p))} == {Permission.PRIVACY}
    answers = actor(Permission.PRIVACY)
    assert [may(answers, proposed_by_id=1), may(answers, organisation_id=2)] == [False, False]


@pytest.mark.rule("VT-01")
def test_an_absence_is_entered_by_who_is_away_or_leads_her_house():
    lead = actor(Permission.CONFIRM_FILE_ACCESS)
    away = [Person(pk=1, organisation_id=1), Person(pk=2, organisation_id=1), Person(pk=1, organisation_id=2)]
    assert [rules.may_enter_absence(actor(), person) for person in away] == [True, False, False]
    assert [rules.may_enter_absence(lead, person) for person in away] == [True, True, False]


def caseload(**values):
    return CaseloadTransfer(
        **{"organisation_id": 1, "offered_by_id": 2, "from_person_id": 3, "to_person_id": 4, **values}
    )


@pytest.mark.rule("VT-02")
def test_many_files_are_accepted_by_who_gets_them_or_a_second_person_of_the_house():
    lead, offers = actor(Permission.CONFIRM_FILE_ACCESS), [
        caseload(), caseload(to_person_id=1), caseload(to_person_id=1, offered_by_id=1),
        caseload(to_person_id=1, organisation_id=2), caseload(from_person_id=1),
    ]  # fmt: skip
    assert [rules.may_accept_transfer(actor(), offer) for offer in offers] == [False, True, False, False, False]
    assert [rules.may_accept_transfer(lead, offer) for offer in offers] == [True, True, False, False, True]


@pytest.mark.rule("VT-03")
def test_many_files_are_given_back_by_who_got_them_or_leads_never_by_who_would_get_them():
    lead, accepted = actor(Permission.CONFIRM_FILE_ACCESS), [
        caseload(), caseload(to_person_id=1), caseload(to_person_id=1, from_person_id=1),
        caseload(to_person_id=1, organisation_id=2), caseload(offered_by_id=1),
    ]  # fmt: skip
    assert [rules.may_undo_transfer(actor(), done) for done in accepted] == [False, True, False, False, False]
    assert [rules.may_undo_transfer(lead, done) for done in accepted] == [True, True, False, False, True]


@pytest.mark.rule("QP-01")
def test_a_sample_is_drawn_by_who_leads_the_site():
    by = replace(actor(), reviewed_site_ids=frozenset({5}))
    assert [rules.may_draw(by, Site(pk=pk)) for pk in (5, 9)] == [True, False]


@pytest.mark.rule("QP-01")
def test_drawn_files_are_opened_by_a_third_person_of_the_house():
    def may(by, **values):
        return rules.may_confirm_round(
            by, ReviewRound(**{"organisation_id": 1, "drawn_by_id": 2, "reviewer_id": 3, **values})
        )

    lead = actor(Permission.CONFIRM_FILE_ACCESS)
    assert [may(lead), may(actor())] == [True, False]
    assert [may(lead, drawn_by_id=1), may(lead, reviewer_id=1), may(lead, organisation_id=2)] == [False] * 3
