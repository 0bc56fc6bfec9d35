"""Invariants that span rows hold when two people act at the same moment: one wins, the other is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone

from lotse.auditlog.door import NotAllowed
from lotse.casework import rules
from lotse.casework.actions import cases, plans
from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.consents import record_decision, withdraw
from lotse.casework.actions.contacts import record_contact
from lotse.casework.actions.file import Outdated
from lotse.casework.actions.handovers import accept_handover, offer_handover, return_handover
from lotse.casework.actions.merging import merge_clients
from lotse.casework.actions.pairs import decide_pair
from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.actions.referral_answers import Addressee, accept_referral, decline_referral, try_code
from lotse.casework.actions.referrals import make_code
from lotse.casework.actions.unmerging import undo_merge
from lotse.casework.enums import Act, CaseState, DeclineReason, PairKind
from lotse.casework.models import (
    Client,
    Consent,
    Contact,
    CounsellingCase,
    FileAssignment,
    Handover,
    MergeRecord,
    PairDecision,
    PartA,
    PlanGoal,
    Referral,
    SupportPlan,
)
from lotse.correspondence.links import LinkInvalid
from lotse.correspondence.models import SignedLink
from tests.factories import casework as make

REFUSED = (ValidationError, NotAllowed)


@pytest.fixture
def house(transactional_db, world):
    """The same world, in a database where transactions wait for each other."""
    return world


def one_wins(results):
    """Exactly one of the two went through; the other was refused in words, not by the database."""
    refused = [r for r in results if isinstance(r, Exception)]
    assert not [r for r in refused if isinstance(r, OperationalError) or not isinstance(r, REFUSED)], results
    return len(results) - len(refused) == 1


def test_two_people_save_the_same_plan(house, at_once):
    plan = make.plan(house)

    def answer(environment):
        return lambda: plans.answer_environment(
            by=house.counsellor.actor, plan=plan, environment=[environment], revision=plan.revision
        )

    results = at_once(answer("family"), answer("work"))

    assert one_wins(results)
    assert [type(r) for r in results if isinstance(r, Exception)] == [Outdated]
    assert SupportPlan.objects.get().revision == plan.revision + 1


def test_goals_added_at_once_get_numbers_of_their_own(house, at_once):
    plan = make.plan(house)

    results = at_once(*[lambda: make.goal(house, plan)] * 3)

    assert [type(r).__name__ for r in results] == ["PlanGoal"] * 3
    assert sorted(PlanGoal.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_two_plans_begun_at_once_leave_one_open(house, at_once):
    case = make.case(house)

    results = at_once(*[lambda: plans.begin_plan(by=house.counsellor.actor, case=case, on=timezone.localdate())] * 2)

    assert one_wins(results)
    assert SupportPlan.objects.count() == 1


def test_two_people_close_the_same_case(house, at_once):
    case = make.case(house)
    end = {"by": house.counsellor.actor, "case": case, "on": timezone.localdate(), "reason": "contact_lost"}

    results = at_once(
        lambda: cases.end_otherwise(state=CaseState.ABORTED, **end),
        lambda: cases.end_otherwise(state=CaseState.DEPARTED, **end),
    )

    assert one_wins(results)
    fresh = CounsellingCase.objects.get()
    assert list(fresh.state_changes.values_list("state", flat=True))[-1] == fresh.state
    assert fresh.state_changes.filter(state__in=["aborted", "departed"]).count() == 1


def test_two_people_reopen_the_same_case(house, at_once):
    case = make.case(house)
    by = house.counsellor.actor
    cases.end_otherwise(by=by, case=case, state=CaseState.ABORTED, on=make.days_ago(1), reason="contact_lost")
    ended = CounsellingCase.objects.get()

    results = at_once(*[lambda: cases.reopen(by=by, case=ended, on=timezone.localdate())] * 2)

    assert one_wins(results)
    assert CounsellingCase.objects.filter(reopens=ended).count() == 1


def test_two_people_ask_for_the_same_access(house, at_once):
    client = make.person(house)
    asked = {"client": client, "person": house.colleague.person, "reason": "Urlaub", "valid_from": timezone.localdate()}

    results = at_once(*[lambda: request_assignment(by=house.counsellor.actor, **asked)] * 2)

    assert one_wins(results)
    assert FileAssignment.objects.count() == 1


def test_two_second_persons_confirm_the_same_access(house, at_once):
    asked = {"person": house.colleague.person, "reason": "Urlaub", "valid_from": timezone.localdate()}
    assignment = request_assignment(by=house.counsellor.actor, client=make.person(house), **asked)

    results = at_once(
        lambda: confirm_assignment(by=house.technical_lead.actor, assignment=assignment),
        lambda: confirm_assignment(by=house.carrier_manager.actor, assignment=assignment),
    )

    assert one_wins(results)


def offered(house):
    return offer_handover(
        by=house.counsellor.actor, client=make.person(house), to=house.colleague.person, reason="staff_change",
        on=timezone.localdate(), client_present=True,
    )  # fmt: skip


def test_a_file_is_offered_to_one_person_only(house, at_once):
    client = make.person(house)
    offer = {"client": client, "to": house.colleague.person, "reason": "other", "on": timezone.localdate()}

    results = at_once(*[lambda: offer_handover(by=house.counsellor.actor, client_present=True, **offer)] * 2)

    assert one_wins(results)
    assert Handover.objects.count() == 1


def test_accepted_and_returned_at_once_is_one_of_both(house, at_once):
    handover = offered(house)

    results = at_once(
        lambda: accept_handover(by=house.colleague.actor, handover=handover),
        lambda: return_handover(by=house.technical_lead.actor, handover=handover),
    )

    assert one_wins(results)
    holder = Client.objects.get().responsible_id
    assert (Handover.objects.get().state == "accepted") is (holder == house.colleague.person.pk)


@pytest.fixture
def seen_referral(house):
    """A referral that a partner has opened, and who answers it."""
    made = make.sent(house)
    partner = Addressee.of(made.partner)
    code = make_code(by=house.counsellor.actor, referral=made)
    try_code(by=partner, referral=made, code=code)
    return made, partner


def test_accepted_and_declined_at_once_is_one_of_both(seen_referral, at_once):
    referral, by = seen_referral

    results = at_once(
        lambda: accept_referral(by=by, referral=referral, name="A"),
        lambda: decline_referral(by=by, referral=referral, name="B", reason=DeclineReason.OTHER),
    )

    refused = [r for r in results if isinstance(r, Exception)]
    assert [isinstance(r, ValidationError | LinkInvalid) for r in refused] == [True]
    found = Referral.objects.get()
    assert {"accepted": "A", "declined": "B"}[found.state] == found.answered_by


def test_answered_and_withdrawn_at_once_leaves_no_open_link(house, seen_referral, at_once):
    referral, by = seen_referral
    consent = Consent.objects.get(act=Act.DISCLOSURE)

    at_once(
        lambda: accept_referral(by=by, referral=referral, name="A"),
        lambda: withdraw(by=house.counsellor.actor, consent=consent, on=timezone.localdate()),
    )

    found = Referral.objects.get()
    assert found.state in ("accepted", "cancelled")
    assert (found.link.revoked_at is None, rules.is_open_to_partner(found)) == (False, False)


@pytest.mark.rule("RF-03")
def test_guesses_at_once_are_counted_one_by_one(house, at_once):
    made = make.sent(house)
    partner = Addressee.of(made.partner)
    make_code(by=house.counsellor.actor, referral=made)

    results = at_once(*[lambda: try_code(by=partner, referral=made, code="1")] * 8)

    assert results == [False] * 8
    assert Referral.objects.get().wrong_codes == 5


def test_a_referral_sent_twice_at_once_leaves_once(house, at_once):
    draft = make.referral(house)

    results = at_once(*[lambda: make.sent(house, draft)] * 2)

    assert one_wins(results)
    assert SignedLink.objects.count() == 1


def test_people_registered_at_once_get_numbers_of_their_own(house, at_once):
    def register():
        return register_client(
            by=house.counsellor.actor, site=house.site, first_name="Mira", last_name="Gleich",
            informed_on=timezone.localdate(), informed_language="de",
        )  # fmt: skip

    at_once(register, register, register)

    assert sorted(Client.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_an_act_given_twice_at_once_is_in_force_once(house, at_once):
    client = make.person(house)
    decision = {"act": Act.AGREEMENT, "given": True, "decided_on": timezone.localdate(), "language": "de"}

    results = at_once(
        *[lambda: record_decision(by=house.counsellor.actor, client=client, text_version="1", **decision)] * 2
    )

    assert one_wins(results)
    assert Consent.objects.filter(state="given").count() == 1


def files_of_one(house):
    return [make.case(house, client=make.person(house)) for _ in range(2)]


def test_two_people_merge_the_same_files_into_each_other(house, at_once):
    one, other = (case.client for case in files_of_one(house))

    results = at_once(
        lambda: merge_clients(by=house.counsellor.actor, survivor=one, absorbed=other),
        lambda: merge_clients(by=house.technical_lead.actor, survivor=other, absorbed=one),
    )

    assert one_wins(results)
    assert (MergeRecord.objects.count(), Client.objects.filter(merged_into=None).count()) == (1, 1)


def test_a_file_is_merged_while_somebody_saves_a_note_in_it(house, at_once):
    """Either the note was there first and moves along, or whoever typed it is asked to save again."""
    kept, gone = files_of_one(house)
    note = {"on": timezone.localdate(), "channel": "phone", "topics": ["housing"], "note": "Miete"}

    merged, saved = at_once(
        lambda: merge_clients(by=house.technical_lead.actor, survivor=kept.client, absorbed=gone.client),
        lambda: record_contact(by=house.counsellor.actor, case=gone, **note),
    )

    assert isinstance(merged, MergeRecord)
    if isinstance(saved, Exception):
        assert isinstance(saved, REFUSED)
        assert "noch einmal speichern" in f"{saved}" or "geht in einem anderen weiter" in f"{saved}"
    assert [c.client_id for c in Contact.objects.all()] == [kept.client_id] * (not isinstance(saved, Exception))


def test_two_people_separate_the_same_files(house, at_once):
    kept, gone = files_of_one(house)
    merge = merge_clients(by=house.counsellor.actor, survivor=kept.client, absorbed=gone.client)

    results = at_once(
        lambda: undo_merge(by=house.counsellor.actor, merge=merge),
        lambda: undo_merge(by=house.technical_lead.actor, merge=merge),
    )

    assert one_wins(results)
    assert set(CounsellingCase.objects.values_list("pk", "client")) == {(c.pk, c.client_id) for c in (kept, gone)}


def test_two_people_decide_about_the_same_pair(house, at_once):
    one, other = (make.person(house) for _ in range(2))

    at_once(
        lambda: decide_pair(by=house.counsellor.actor, client=one, other=other, kind=PairKind.LINKED),
        lambda: decide_pair(by=house.technical_lead.actor, client=other, other=one, kind=PairKind.DIFFERENT),
    )

    assert PairDecision.objects.filter(ended_on=None).count() == 1


def test_two_first_chapters_at_once_make_one_part_a(house, at_once):
    case = make.case(house)

    def save(chapter, **given):
        return lambda: save_chapter(by=house.counsellor.actor, case=case, chapter_key=chapter, given=given)

    at_once(save("mobility", driving_licence=True), save("occupation", occupation="Köchin"))

    assert PartA.objects.count() == 1
