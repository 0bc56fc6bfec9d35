"""A procedure takes its eight stations in order; each side does its own part, and every wrong step is refused in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.quality import rules
from lotse.quality.actions import assessing, checklist, deciding
from lotse.quality.actions import certification as acts
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Outcome, Rating, Side, SubmissionMode, Validity, Vote
from lotse.quality.models import (
    AuditReport,
    BoardVote,
    Certificate,
    Certification,
    ChecklistItem,
    FeedbackReport,
    InterviewNote,
    Participant,
    Submission,
)
from tests.documents.files import stored_bytes
from tests.factories import quality as of_house
from tests.factories import quality_certification as make
from tests.funding.refusing import refused

TODAY = make.today


def not_now(act, state, **values):
    assert refused(act, **values) == [f"Das ist jetzt nicht dran. Stand des Verfahrens: {state}."]


def test_a_procedure_is_registered_with_an_open_answer_for_every_criterion(world):
    made = make.registered(world)
    assert (made.state, made.body, made.round) == (State.REGISTERED, "Zertifizierungsstelle Beispiel", 1)
    assert made.number.startswith(f"V-{TODAY().year}-")
    assert [(row.criterion.slug, row.answer) for row in made.checklist.all()] == [("b-1", ""), ("b-2", ""), ("b-3", "")]


def test_one_procedure_of_a_catalogue_runs_at_a_time(world, framework):
    made = make.registered(world, framework=framework)
    assert refused(lambda: make.registered(world, framework=framework)) == [
        "Zu diesem Katalog läuft schon ein Verfahren."
    ]
    acts.withdraw(by=make.house(world), certification=made)
    assert make.registered(world, framework=framework).state == State.REGISTERED


def test_a_procedure_is_begun_by_who_keeps_the_quality_of_the_house(world, framework):
    for by in (world.counsellor, of_house.far_manager(world), world.coordinator):
        with pytest.raises(NotAllowed):
            acts.register(by=by.actor, framework=framework, body="X")


def test_every_step_is_an_event_with_who_and_when(world):
    made = make.granted(world).certification
    steps = [(row.from_state, row.to_state, row.side, row.by_label) for row in made.events.all()]
    assert steps == [
        ("", State.REGISTERED, Side.ORGANISATION, "Carrier_Manager Beispiel"),
        (State.REGISTERED, State.CONTRACT_SIGNED, Side.ORGANISATION, "Carrier_Manager Beispiel"),
        (State.CONTRACT_SIGNED, State.SCHEDULE_AGREED, Side.ASSESSOR, "Assessor Beispiel"),
        (State.SCHEDULE_AGREED, State.CHECKLIST_SUBMITTED, Side.ORGANISATION, "Carrier_Manager Beispiel"),
        (State.CHECKLIST_SUBMITTED, State.DOCUMENTS_REVIEWED, Side.ASSESSOR, "Assessor Beispiel"),
        (State.DOCUMENTS_REVIEWED, State.VISIT_DONE, Side.ASSESSOR, "Assessor Beispiel"),
        (State.VISIT_DONE, State.AUDIT_REPORT_PRESENTED, Side.ASSESSOR, "Assessor Beispiel"),
        (State.AUDIT_REPORT_PRESENTED, State.GRANTED, Side.BOARD, "Member_1 Beispiel"),
    ]


@pytest.mark.rule("QM-09")
@given(st.sampled_from(State.values), st.sampled_from(State.values))
def test_no_state_leads_back_to_an_earlier_one_but_rework(before, after):
    order = [state for state in State.values if state != State.GRANTED] + [
        State.GRANTED
    ]  # also once conditions are met
    if rules.may_follow(before, after) and (before, after) != (State.REWORK, State.CHECKLIST_SUBMITTED):
        assert order.index(after) > order.index(before)


@pytest.mark.parametrize("state", [State.GRANTED, State.REFUSED, State.WITHDRAWN])
def test_what_is_over_is_over(state):
    assert [after for after in State.values if rules.may_follow(state, after)] == []


# Station 1: contract


def test_a_contract_is_signed_when_both_days_and_the_paper_are_there(world):
    made, by = make.registered(world), make.house(world)
    acts.keep_contract(by=by, certification=made, signed_by_house_on=TODAY())
    assert make.fresh(made).state == State.REGISTERED
    said = refused(
        acts.keep_contract, by=by, certification=made, signed_by_house_on=TODAY(), signed_by_body_on=TODAY(), revision=1
    )
    assert said == ["Zum unterschriebenen Vertrag gehört die Datei."]
    assert make.contracted(world, made).state == State.CONTRACT_SIGNED


def test_nobody_signs_tomorrow(world):
    made, tomorrow = make.registered(world), TODAY() + timedelta(days=1)
    said = refused(acts.keep_contract, by=make.house(world), certification=made, signed_by_house_on=tomorrow)
    assert said == ["Das Datum liegt in der Zukunft."]


# Station 2: schedule


def test_a_schedule_holds_when_both_sides_agree(world):
    made = make.registered(world)
    make.seated(world, made)
    make.contracted(world, made)
    days = {"3": TODAY(), "5": TODAY() + timedelta(days=30)}
    acts.propose_schedule(by=make.house(world), certification=made, days=days)
    assert refused(acts.agree_schedule, by=make.house(world), certification=made) == [
        "Sie sind mit diesem Zeitplan schon einverstanden."
    ]
    later = {**days, "5": TODAY() + timedelta(days=31)}
    acts.propose_schedule(by=world.assessor.actor, certification=made, days=later)
    rows = {row.station: (row.on, row.is_agreed) for row in made.schedule.all()}
    assert rows == {"3": (days["3"], True), "5": (later["5"], False)}
    acts.agree_schedule(by=make.house(world), certification=made)
    assert make.fresh(made).state == State.SCHEDULE_AGREED


@pytest.mark.parametrize(
    ("days", "said"),
    [({}, "Bitte mindestens einen Termin angeben."), ({"3": 9, "5": 1}, "Die Termine folgen einander wie die Stationen.")],
)  # fmt: skip
def test_a_schedule_has_days_in_order(world, days, said):
    made = make.contracted(world, make.registered(world))
    planned = {station: TODAY() + timedelta(days=ahead) for station, ahead in days.items()}
    assert refused(acts.propose_schedule, by=make.house(world), certification=made, days=planned) == [said]


def test_the_board_agrees_to_no_schedule(world):
    made = make.registered(world)
    make.seated(world, made)
    make.contracted(world, made)
    with pytest.raises(NotAllowed):
        acts.propose_schedule(by=world.member_1.actor, certification=made, days={"3": TODAY()})


# Station 3: checklist and documents


def test_an_answer_that_does_not_apply_says_why(world):
    made = make.registered(world)
    item = made.checklist.first()
    said = refused(checklist.answer, by=make.house(world), item=item, answer=Rating.NOT_APPLICABLE, note=" ")
    assert said == ["Bitte erläutern, warum der Standard nicht anwendbar ist."]
    checklist.answer(by=make.house(world), item=item, answer=Rating.PARTLY, note="Im Aufbau", revision=1)
    item = make.fresh(item)
    assert (item.answer, item.note) == (Rating.PARTLY, "Im Aufbau")
    assert (
        "Inzwischen" in refused(checklist.answer, by=make.house(world), item=item, answer=Rating.PARTLY, revision=1)[0]
    )


def test_only_a_whole_checklist_is_handed_in(world):
    made = make.to_checklist(world)
    checklist.answer(by=make.house(world), item=made.checklist.first(), answer=Rating.FULFILLED)
    assert refused(checklist.submit_checklist, by=make.house(world), certification=made) == [
        "Noch nicht beantwortet: 2 von 3."
    ]


def test_nothing_is_handed_in_before_the_schedule_is_agreed(world):
    made = make.registered(world)
    make.answered(world, made)
    not_now(checklist.submit_checklist, "angemeldet", by=make.house(world), certification=made)


def test_what_is_handed_in_stays_as_it_is(world):
    made = make.to_checklist(world)
    paper = make.document(world, made)
    make.handed_in(world, made)
    item, by = made.checklist.first(), make.house(world)
    not_now(checklist.answer, "Checkliste eingereicht", by=by, item=item, answer=Rating.PARTLY)
    not_now(checklist.remove_document, "Checkliste eingereicht", by=by, submission=paper)


def test_the_assessors_see_answers_and_documents_once_they_are_handed_in(world):
    made = make.to_checklist(world)
    make.document(world, made)
    assessor = world.assessor.actor
    seen = lambda: (  # noqa: E731
        ChecklistItem.objects.visible_to(assessor).count(), Submission.objects.visible_to(assessor).count()
    )  # fmt: skip
    assert seen() == (0, 0)
    make.handed_in(world, made)
    assert seen() == (3, 1)


@pytest.mark.rule("DP-09")
def test_what_is_shown_on_site_only_is_a_title_and_never_a_file(world):
    made = make.to_checklist(world)
    before = stored_bytes().keys()
    paper = make.document(world, made, "Personalakten", SubmissionMode.ON_SITE_ONLY)
    assert (paper.file, paper.is_withheld, stored_bytes().keys()) == (None, True, before)


@pytest.mark.rule("DP-09")
def test_a_file_of_what_is_shown_on_site_only_is_refused_and_leaves_nothing(world):
    made = make.to_checklist(world)
    before = stored_bytes().keys()

    def act():
        with make.ExitStack() as stack:
            checklist.add_document(
                by=make.house(world), certification=made, title="Personalakten", mode=SubmissionMode.ON_SITE_ONLY,
                criteria=[made.checklist.first().criterion], received=make.file_of(stack, make.house(world)), **make.PERIOD,
            )  # fmt: skip

    assert refused(act) == ["Was nur vor Ort gezeigt wird, wird nicht hochgeladen."]
    assert (Submission.objects.count(), stored_bytes().keys()) == (0, before)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"slug": "gibtesnicht"}, "Bitte angeben, welche Standards das Dokument belegt."),
        ({"mode": SubmissionMode.REVISED}, "Nachbearbeitet wird ein Dokument erst nach einem Rückmeldebericht."),
        ({"proves_to": date(2024, 1, 1)}, "Das Ende liegt vor dem Beginn."),
    ],
)
def test_a_document_says_what_it_proves_and_for_when(world, more, said):
    made = make.to_checklist(world)
    assert refused(lambda: make.document(world, made, **more)) == [said]


def test_a_document_is_removed_with_its_file_until_it_is_handed_in(world):
    made = make.to_checklist(world)
    paper = make.document(world, made)
    stored = paper.file
    checklist.remove_document(by=make.house(world), submission=paper)
    assert (Submission.objects.count(), make.fresh(stored).is_readable) == (0, False)


def test_another_house_neither_sees_nor_does_anything(world):
    made, far = make.handed_in(world), of_house.far_manager(world).actor
    assert Certification.objects.visible_to(far).count() == 0
    with pytest.raises(NotAllowed):
        acts.withdraw(by=far, certification=made)


# Station 4: feedback and rework


def test_without_anything_to_rework_the_visit_is_next(world):
    made = make.reviewed(world)
    assert (made.state, made.round) == (State.DOCUMENTS_REVIEWED, 1)


def test_rework_is_a_round_of_its_own_with_what_was_said_before(world):
    made = make.reviewed(world, rework=["b-2"])
    assert (made.state, made.round) == (State.REWORK, 2)
    second = {row.criterion.slug: (row.answer, row.to_recheck) for row in made.checklist.filter(round=2)}
    assert second == {
        "b-1": (Rating.FULFILLED, False),
        "b-2": (Rating.FULFILLED, True),
        "b-3": (Rating.FULFILLED, False),
    }
    assert refused(checklist.submit_checklist, by=make.house(world), certification=made) == [
        "Noch nicht beantwortet: 1 von 3."
    ]
    old = make.document(world, made, "Konzeption", slug="b-2", mode=SubmissionMode.REVISED)
    make.handed_in(world, made)
    assert (make.fresh(made).state, make.fresh(old).round) == (State.CHECKLIST_SUBMITTED, 2)
    assert [row.round for row in make.reviewed(world, make.fresh(made)).feedback.all()] == [1, 2]


def test_an_answer_of_an_earlier_round_is_not_changed(world):
    made = make.reviewed(world, rework=["b-2"])
    first = made.checklist.filter(round=1).first()
    assert refused(checklist.answer, by=make.house(world), item=first, answer=Rating.PARTLY) == [
        "Das ist eingereicht und wird nicht mehr geändert."
    ]


def test_the_house_reads_feedback_once_it_is_issued(world):
    made = make.handed_in(world)
    assessing.write_feedback(by=world.assessor.actor, certification=made, summary="Entwurf")
    assert FeedbackReport.objects.visible_to(make.house(world)).count() == 0
    make.reviewed(world, made)
    assert FeedbackReport.objects.visible_to(make.house(world)).get().summary == "Gut aufbereitet."


def test_an_empty_feedback_report_is_not_issued(world):
    made = make.handed_in(world)
    assert refused(assessing.issue_feedback, by=world.assessor.actor, certification=made) == [
        "Der Rückmeldebericht sagt noch nichts."
    ]


def test_a_remark_that_says_nothing_is_taken_away(world):
    made, by = make.handed_in(world), world.assessor.actor
    one = made.checklist.first().criterion
    assessing.remark(by=by, certification=made, criterion=one, text="Bitte belegen.")
    assert refused(assessing.remark, by=by, certification=made, criterion=one, text=" ", needs_rework=True) == [
        "Bitte eine Rückmeldung schreiben."
    ]
    assessing.remark(by=by, certification=made, criterion=one, text=" ")
    assert made.feedback.get().remarks.count() == 0


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize("name", ["carrier_manager", "member_1", "counsellor"])
def test_feedback_is_written_by_assessors_only(world, name):
    made = make.handed_in(world)
    with pytest.raises(NotAllowed):
        assessing.write_feedback(by=world.personas[name].actor, certification=made, summary="X")


# Stations 5 and 6: visit and report


@pytest.mark.rule("DP-09")
def test_the_visit_lists_what_was_withheld_and_what_was_revised_by_title(world):
    made = make.to_checklist(world)
    make.document(world, made, "Konzeption")
    make.document(world, made, "Personalakten", SubmissionMode.ON_SITE_ONLY)
    make.reviewed(world, make.handed_in(world, made), rework=["b-2"])
    make.document(world, make.fresh(made), "Leitbild", SubmissionMode.REVISED, "b-2")
    make.reviewed(world, make.handed_in(world, made))
    visit = assessing.plan_visit(by=world.assessor.actor, certification=make.fresh(made), on=TODAY())
    assert [(row.title, row.was_seen) for row in visit.checks.all()] == [("Leitbild", None), ("Personalakten", None)]
    assert refused(assessing.finish_visit, by=world.assessor.actor, certification=made, on=TODAY()) == [
        "Noch nicht festgehalten, ob gesehen: Leitbild, Personalakten."
    ]


def test_a_visit_does_not_end_before_it_begins_nor_in_future(world):
    made, by = make.reviewed(world), world.assessor.actor
    ends = lambda on: refused(assessing.finish_visit, by=by, certification=made, on=on)  # noqa: E731
    assert ends(TODAY()) == ["Es ist noch kein Besuch geplant."]
    assessing.plan_visit(by=by, certification=made, on=TODAY())
    assert ends(TODAY() - timedelta(days=1)) == [f"Der Besuch ist erst am {TODAY():%d.%m.%Y}."]
    assert ends(TODAY() + timedelta(days=1)) == ["Das Datum liegt in der Zukunft."]


def test_only_assessors_read_what_people_said(world):
    make.visited(world)
    seen = {
        name: InterviewNote.objects.visible_to(world.personas[name].actor).count()
        for name in ("assessor", "carrier_manager", "member_1")
    }
    assert seen == {"assessor": 1, "carrier_manager": 0, "member_1": 0}


def test_a_report_needs_words_and_a_recommendation(world):
    made, by = make.visited(world), world.assessor.actor
    assert refused(assessing.present_report, by=by, certification=made) == ["Bitte Bericht und Empfehlung angeben."]
    assessing.write_report(by=by, certification=made, text="Gut.")
    assert refused(assessing.present_report, by=by, certification=made) == ["Bitte Bericht und Empfehlung angeben."]


def test_house_and_board_read_the_report_once_it_is_presented(world):
    made = make.visited(world)
    assessing.write_report(by=world.assessor.actor, certification=made, text="Entwurf", recommendation=Outcome.GRANTED)
    readers = [world.carrier_manager.actor, world.member_2.actor]
    assert [AuditReport.objects.visible_to(one).count() for one in readers] == [0, 0]
    make.presented(world, made)
    assert [AuditReport.objects.visible_to(one).count() for one in readers] == [1, 1]


@pytest.mark.rule("QM-09")
def test_nobody_changes_a_presented_report_the_board_least_of_all(world):
    made = make.presented(world)
    not_now(
        assessing.write_report, "Auditbericht vorgelegt", by=world.assessor.actor, certification=made, text="Anders"
    )
    with pytest.raises(NotAllowed):
        assessing.write_report(by=world.member_1.actor, certification=made, text="Anders")


# Who sits where


@pytest.mark.rule("QM-09")
def test_nobody_sits_on_two_sides(world):
    made = make.registered(world)
    make.seat(world, made, "assessor", Side.ASSESSOR)
    assert refused(lambda: make.seat(world, made, "assessor", Side.BOARD)) == [
        "Diese Person ist an dem Verfahren schon beteiligt. Niemand sitzt auf zwei Seiten."
    ]


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize(
    ("side", "said"),
    [
        (Side.ASSESSOR, "Wer beim Träger arbeitet, begutachtet ihn nicht."),
        (Side.BOARD, "Wer beim Träger arbeitet, entscheidet nicht über ihn."),
    ],
)
def test_who_works_there_neither_assesses_nor_decides(world, side, said):
    made = make.registered(world)
    assert refused(lambda: make.seat(world, made, "counsellor", side)) == [said]


def test_the_board_has_one_chair(world):
    made = make.registered(world)
    make.seated(world, made)
    assert refused(lambda: make.seat(world, made, "member_4", Side.BOARD, is_chair=True)) == [
        "Den Vorsitz führt schon jemand."
    ]


def test_a_seat_ends_with_its_last_day(world):
    made = make.handed_in(world)
    seat = Participant.objects.get(person=world.assessor.person)
    acts.end_participation(by=make.house(world), participant=seat, on=TODAY() - timedelta(days=1))
    assert Certification.objects.visible_to(world.assessor.actor).count() == 0
    with pytest.raises(NotAllowed):
        assessing.write_feedback(by=world.assessor.actor, certification=made, summary="X")


def test_a_guest_sees_her_own_procedure_only(world):
    mine = make.registered(world)
    make.seated(world, mine)
    other = make.registered(world, framework=of_house.small(world, key="anderes"))
    assert list(Certification.objects.visible_to(world.assessor.actor)) == [mine]
    with pytest.raises(NotAllowed):
        assessing.write_feedback(by=world.assessor.actor, certification=other, summary="X")


# Station 7: decision


@pytest.mark.rule("QM-09")
@pytest.mark.parametrize("name", ["assessor", "carrier_manager"])
def test_neither_assessor_nor_house_votes_or_decides(world, name):
    made, by = make.presented(world), world.personas[name].actor
    with pytest.raises(NotAllowed):
        deciding.cast_vote(by=by, certification=made, vote=Vote.YES)
    with pytest.raises(NotAllowed):
        deciding.decide(by=by, certification=made, outcome=Outcome.GRANTED, on=TODAY())


@pytest.mark.rule("QM-09")
def test_the_chair_records_what_was_voted(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.YES)
    with pytest.raises(NotAllowed):
        deciding.decide(by=world.member_2.actor, certification=made, outcome=Outcome.GRANTED, on=TODAY())
    assert make.decided(world, made).outcome == Outcome.GRANTED


@pytest.mark.rule("QM-09")
def test_no_decision_without_a_presented_report(world):
    made = make.visited(world)
    not_now(
        deciding.decide,
        "Einrichtung besucht",
        by=world.member_1.actor,
        certification=made,
        outcome="granted",
        on=TODAY(),
    )


def test_a_split_vote_follows_most(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.NO, Vote.YES)
    found = make.decided(world, made)
    assert (found.members, found.yes, found.no, found.abstained) == (3, 2, 1, 0)


def test_a_vote_may_be_changed_until_the_decision(world):
    made = make.presented(world)
    make.voted(world, made, Vote.NO, Vote.NO, Vote.NO)
    make.voted(world, made, Vote.YES, Vote.YES)
    assert sorted(made.votes.values_list("vote", flat=True)) == ["no", "yes", "yes"]
    make.decided(world, made)
    not_now(deciding.cast_vote, "erteilt", by=world.member_3.actor, certification=made, vote=Vote.YES)


def test_how_somebody_voted_is_seen_by_the_board_only(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES)
    seen = [
        BoardVote.objects.visible_to(world.personas[name].actor).count()
        for name in ("member_2", "assessor", "carrier_manager")
    ]
    assert seen == [1, 0, 0]
    assert Event.objects.get(key="board.voted").details == {}


def test_the_board_decides_with_a_quorum(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES)
    assert refused(lambda: make.decided(world, made)) == [
        "Der Beirat ist noch nicht beschlussfähig: 1 von 3 Mitgliedern haben abgestimmt."
    ]


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [((Vote.NO, Vote.NO, Vote.YES), Outcome.GRANTED), ((Vote.YES, Vote.YES, Vote.NO), Outcome.REFUSED),
     ((Vote.ABSTAIN, Vote.ABSTAIN), Outcome.GRANTED)],
)  # fmt: skip
def test_the_chair_records_nothing_else(world, votes, outcome):
    made = make.presented(world)
    make.voted(world, made, *votes)
    assert "So hat der Beirat nicht abgestimmt" in refused(lambda: make.decided(world, made, outcome))[0]


def test_where_votes_are_equal_the_chair_decides_and_says_why(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.NO)
    assert refused(lambda: make.decided(world, made)) == [
        "Bei Stimmengleichheit entscheidet der Vorsitz und begründet das."
    ]
    assert make.decided(world, made, reason="Der Bericht überzeugt.").outcome == Outcome.GRANTED


def test_equal_votes_without_a_reason_mean_not_granted(world):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.NO)
    make.decided(world, made, Outcome.REFUSED)
    assert (make.fresh(made).state, Certificate.objects.count()) == (State.REFUSED, 0)


@pytest.mark.rule("QM-09")
@given(st.integers(0, 20), st.integers(0, 20))
def test_nothing_is_granted_against_most(yes, no):
    found = rules.outcomes(yes, no)
    assert (Outcome.GRANTED in found) == (yes >= no and yes > 0)
    assert (Outcome.REFUSED in found) == (no >= yes)


@pytest.mark.parametrize(
    ("given", "members", "percent", "enough"),
    [(0, 0, 50, False), (1, 2, 50, True), (1, 3, 50, False), (2, 3, 50, True), (2, 3, 67, False), (0, 1, 1, False)],
)
@pytest.mark.rule("QM-09")
def test_the_quorum_is_data(given, members, percent, enough):
    assert rules.has_quorum(given, members, percent) == enough


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"on": -1}, "Der Auditbericht liegt seit dem {today} vor."),
        ({"on": 1}, "Das Datum liegt in der Zukunft."),
        ({"outcome": Outcome.CONDITIONS, "due": 30}, "Bitte die Auflagen nennen."),
        ({"outcome": Outcome.CONDITIONS, "conditions": "Leitbild aushängen"}, "Bitte eine Frist nach der Entscheidung angeben."),
    ],
)  # fmt: skip
def test_a_decision_has_its_day_and_conditions_have_theirs(world, more, said):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.YES)
    values = {**more, "on": TODAY() + timedelta(days=more.get("on", 0))}
    if due := values.pop("due", None):
        values["conditions_due_on"] = TODAY() + timedelta(days=due)
    assert refused(lambda: make.decided(world, made, **values)) == [said.format(today=f"{TODAY():%d.%m.%Y}")]


@pytest.mark.parametrize(("are_met", "state"), [(True, State.GRANTED), (False, State.REFUSED)])
@pytest.mark.rule("QM-08")
def test_conditions_are_looked_at_before_there_is_a_certificate(world, are_met, state):
    made = make.presented(world)
    make.voted(world, made, Vote.YES, Vote.YES)
    make.decided(world, made, Outcome.CONDITIONS, conditions="Leitbild", conditions_due_on=TODAY() + timedelta(days=60))
    assert (make.fresh(made).state, Certificate.objects.count()) == (State.CONDITIONS, 0)
    deciding.judge_conditions(by=world.member_1.actor, certification=made, are_met=are_met, on=TODAY())
    assert make.fresh(made).state == state
    assert [row.decided_on for row in Certificate.objects.all()] == [TODAY()] * are_met


# Station 8: certificate


@pytest.mark.rule("QM-08")
@pytest.mark.parametrize(
    ("decided_on", "until"),
    [(date(2026, 3, 1), date(2029, 3, 1)), (date(2028, 2, 29), date(2031, 2, 28)), (date(2026, 12, 31), date(2029, 12, 31))],
)  # fmt: skip
def test_a_certificate_is_valid_for_three_years_from_the_decision(decided_on, until):
    assert rules.valid_until(decided_on) == until


@pytest.mark.rule("QM-08")
def test_the_certificate_counts_from_the_decision_and_its_papers_are_kept(world):
    made = make.to_checklist(world)
    paper = make.document(world, made)
    found = make.granted(
        world, make.presented(world, make.visited(world, make.reviewed(world, make.handed_in(world, made))))
    )
    assert (found.decided_on, found.valid_until) == (TODAY(), rules.valid_until(TODAY()))
    assert len(found.token) == 32
    assert make.fresh(paper.file).keep_until > found.valid_until


@pytest.mark.rule("QM-08")
@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        (date(2026, 3, 1), Validity.VALID, None), (date(2028, 2, 29), Validity.VALID, None),
        (date(2028, 3, 1), Validity.EXPIRING, 12), (date(2028, 9, 1), Validity.EXPIRING, 6),
        (date(2028, 12, 1), Validity.EXPIRING, 3), (date(2029, 3, 1), Validity.EXPIRING, 3),
        (date(2029, 3, 2), Validity.EXPIRED, 3),
    ],
)  # fmt: skip
def test_validity_is_worked_out_from_the_days(day, state, left):
    found = Certificate(decided_on=date(2026, 3, 1), valid_until=date(2029, 3, 1))
    assert (rules.validity(found, day), rules.months_left(found, day)) == (state, left)


def test_a_certificate_is_revoked_by_the_chair_with_a_reason(world):
    found = make.granted(world)
    for name in ("assessor", "carrier_manager", "member_2"):
        with pytest.raises(NotAllowed):
            deciding.revoke(by=world.personas[name].actor, certificate=found, on=TODAY(), reason="X")
    chair = world.member_1.actor
    assert refused(deciding.revoke, by=chair, certificate=found, on=TODAY(), reason=" ") == [
        "Bitte einen Grund angeben."
    ]
    deciding.revoke(by=chair, certificate=found, on=TODAY(), reason="Falsche Angaben")
    assert rules.validity(make.fresh(found), TODAY()) == Validity.REVOKED
    assert refused(deciding.revoke, by=chair, certificate=found, on=TODAY(), reason="X") == [
        "Dieses Zertifikat ist schon entzogen."
    ]


def test_a_recertification_begins_with_the_answers_of_last_time_to_be_checked_again(world):
    before = make.granted(world).certification
    made = make.registered(world, framework=before.framework, recertifies=before)
    rows = [(row.answer, row.note, row.to_recheck) for row in made.checklist.all()]
    assert rows == [(Rating.FULFILLED, "So machen wir das.", True)] * 3
    checklist.confirm_answer(by=make.house(world), item=made.checklist.first())
    assert refused(checklist.confirm_answer, by=make.house(world), item=made.checklist.first()) == [
        "Hier gibt es nichts zu bestätigen."
    ]


@pytest.mark.rule("QM-08")
def test_two_people_begin_one_recertification_not_two(world):
    """Not even by a newer version of the catalogue, of which no procedure runs."""
    before = make.granted(world).certification
    made = make.registered(world, framework=before.framework, recertifies=before)
    newer = of_house.small(world, 4, version="2")
    assert refused(make.registered, world=world, framework=newer, recertifies=before) == [
        f"Die Rezertifizierung hat schon begonnen: {made}."
    ]
    for over in (State.WITHDRAWN, State.REFUSED):
        Certification.objects.filter(recertifies=before).update(state=over)
        assert make.registered(world, framework=newer, recertifies=before).recertifies == before


def test_a_newer_version_of_the_catalogue_finds_the_answers_by_their_slug(world):
    before = make.granted(world).certification
    newer = of_house.small(world, 4, version="2")
    made = make.registered(world, framework=newer, recertifies=before)
    assert [(row.criterion.slug, row.answer) for row in made.checklist.all()] == [
        ("b-1", Rating.FULFILLED), ("b-2", Rating.FULFILLED), ("b-3", Rating.FULFILLED), ("b-4", ""),
    ]  # fmt: skip


def test_what_is_withdrawn_is_over_and_what_is_decided_is_not_withdrawn(world):
    made = make.handed_in(world)
    acts.withdraw(by=make.house(world), certification=made)
    not_now(acts.withdraw, "zurückgezogen", by=make.house(world), certification=made)
    other = make.granted(world, size=4, framework=of_house.small(world, key="anderes")).certification
    not_now(acts.withdraw, "erteilt", by=make.house(world), certification=other)


@pytest.mark.rule("QM-09")
def test_who_keeps_or_looks_over_quality_follows_a_certification(world):
    people = ("technical_lead", "coordinator", "counsellor", "funder")
    assert [rules.follows_certification(world.personas[name].actor) for name in people] == [True, True, False, False]
