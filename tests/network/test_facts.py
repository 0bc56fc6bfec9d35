"""Every figure against plain counting of the rows it is about."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from lotse.facts.definitions import gaps
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.facts.targets import goals
from lotse.insight.standing import standings
from lotse.insight.strategy import chapters
from lotse.network import rules
from lotse.network.counting import SHOWN, counted_in, figures_of, lines_of, year_of
from lotse.network.enums import MeetingState, OutreachKind
from lotse.network.facts import whole_spans
from lotse.network.models import ActionItem, Meeting, Release, Topic
from lotse.programmes.models import Programme, SiteOffer
from tests.factories import ways as make
from tests.factories.ways import today
from tests.personas import START, grant, persona

YEAR = today().year - 1
PERIOD = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
Q1, Q2, Q3, Q4 = (date(YEAR, month, 15) for month in (2, 5, 8, 11))


def result(world, key, who="technical_lead", period=PERIOD):
    (found,) = evaluate([fact(key)], Question(getattr(world, who).actor, period))
    return found


def cells(world, key, who="technical_lead", period=PERIOD):
    """What was counted, without zeros."""
    return {cell.key: cell.count for cell in result(world, key, who, period).cells if cell.count}


@pytest.fixture
def circle(world):
    return make.format_of(world.nordstadt, at_least=1, per="quarter")


@pytest.fixture
def year(world, circle):
    """A circle that met in three quarters; the district's forum; one meeting fell out, one lies in another year."""
    forum = make.forum_of(world.district, at_least=2, per="year")
    held = [make.meeting(circle, on=day) for day in (Q1, Q2, Q4)]
    make.meeting(circle, on=Q3, state=MeetingState.CANCELLED)
    make.meeting(circle, on=date(YEAR - 1, 12, 31))
    far = [make.meeting(forum, on=day) for day in (Q1, Q2)]
    for number, place in enumerate(held):
        make.attends(place, world.counsellor, minutes=60 + number)
        make.attends(place, world.outsider, presence="excused")
        make.attends(place, world.colleague, presence="unknown")
    make.attends(far[0], world.counsellor, minutes=120)
    make.attends(far[1], world.counsellor, presence="absent")
    return {"circle": circle, "forum": forum, "held": held, "far": far}


def test_meetings_are_counted_by_what_became_of_them(world, year):
    rows = Meeting.objects.filter(organisation=world.nordstadt, starts_at__year=YEAR)
    found = result(world, "meetings.held")
    assert cells(world, "meetings.held") == dict(Counter(row.state for row in rows)) == {"held": 3, "cancelled": 1}
    assert (found.share.numerator, found.share.denominator, found.share.percent) == (3, 4, 75)
    assert cells(world, "meetings.held", "coordinator") == {"held": 5, "cancelled": 1}
    assert cells(world, "meetings.held", "outsider") == {}


def test_held_stands_beside_required(world, year):
    assert cells(world, "meetings.by_kind", "coordinator") == {"coordination_round": 3, "intman_forum": 2}
    assert cells(world, "meetings.required", "coordinator") == {"coordination_round": 4, "intman_forum": 2}
    kinds = figures_of(year_of(world.coordinator.actor, YEAR)).kinds
    assert [(kind.label, kind.held, kind.required, kind.lacks) for kind in kinds] == [
        ("Koordinierungsrunde", 3, 4, True), ("Austauschforum", 2, 2, False),
    ]  # fmt: skip


def test_a_format_met_often_enough_if_it_did_in_every_span(world, year):
    assert cells(world, "meetings.enough", "coordinator") == {"no": 1, "yes": 1}
    make.meeting(year["circle"], on=Q3)
    assert cells(world, "meetings.enough", "coordinator") == {"yes": 2}
    first_half = Period(date(YEAR, 1, 1), date(YEAR, 6, 30))
    assert cells(world, "meetings.enough", "coordinator", first_half) == {"yes": 1}
    assert cells(world, "meetings.required", "coordinator", first_half) == {"coordination_round": 2}


@pytest.mark.parametrize(("begun", "ended", "due"), [
    (date(YEAR, 1, 1), None, 4), (date(YEAR, 1, 2), None, 3), (date(YEAR, 4, 1), None, 3), (date(2020, 1, 1), date(YEAR, 6, 30), 2),
    (date(2020, 1, 1), date(YEAR, 6, 29), 1), (date(YEAR, 12, 1), None, 0),
])  # fmt: skip
def test_only_spans_in_which_the_format_was_there_are_due(world, begun, ended, due):
    make.format_of(world.nordstadt, at_least=1, per="quarter", begun_on=begun, ended_on=ended)
    assert result(world, "meetings.required").total.count == due


def test_whole_spans_lie_wholly_in_the_period():
    some = Period(date(2026, 2, 1), date(2027, 6, 30))
    assert [start for start, _end in whole_spans(some, "quarter")] == [
        date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1),
    ]  # fmt: skip
    assert list(whole_spans(some, "year")) == []
    assert list(whole_spans(Period(date(2026, 1, 1), date(2027, 12, 31)), "year")) == [
        (date(2026, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31)),
    ]  # fmt: skip


def test_attendance_is_shared_among_those_of_whom_it_is_known(world, year):
    found = result(world, "meetings.attendance")
    assert cells(world, "meetings.attendance") == {"present": 3, "excused": 3, "_missing": 3}
    assert (found.share.numerator, found.share.denominator) == (3, 6)


def test_own_time_counts_also_elsewhere(world, year):
    found = result(world, "meetings.own_time")
    assert {cell.key: (cell.count, cell.amount * 60) for cell in found.recorded} == {
        "intman_forum": (1, 120), "coordination_round": (3, 60 + 61 + 62),
    }  # fmt: skip


def task(world, meeting, due, closed=None, state="done", **more):
    values = {"text": "Aufgabe", "owner_name": "Frau Kern", "due_on": due, "closed_on": closed, "state": state, **more}
    return ActionItem.objects.create(
        organisation=meeting.organisation, format=meeting.format, meeting=meeting, **values
    )


@pytest.mark.rule("DP-08")
def test_tasks_are_counted_by_how_they_ended_and_none_of_an_inner_part(world, year):
    where = year["held"][0]
    task(world, where, Q2, closed=Q2)
    task(world, where, Q2, closed=Q2 + timedelta(days=1))
    task(world, where, Q2, state="open")
    task(world, where, Q2, closed=Q3, state="dropped")
    task(world, where, date(YEAR + 1, 1, 1), state="open")
    task(world, where, Q2, closed=Q2, part=1, owner=world.counsellor.person)
    found = result(world, "meetings.tasks")
    assert cells(world, "meetings.tasks") == {"in_time": 1, "late": 1, "open": 1, "dropped": 1}
    assert (found.share.numerator, found.share.denominator) == (1, 3)


def topic(world, circle, released, answered=None, state="feedback_given", **more):
    values = {
        "raised_by": world.counsellor.person,
        "title": "Thema",
        "released_on": released,
        "answered_on": answered,
        **more,
    }
    return Topic.objects.create(organisation=circle.organisation, format=circle, state=state, **values)


@pytest.mark.rule("DP-08")
def test_topics_are_counted_once_the_forum_let_them_out_with_how_fast_they_were_answered(world, circle):
    for days in (14, 15, 30, 31, 90, 91):
        topic(world, circle, Q1, Q1 + timedelta(days=days))
    topic(world, circle, Q1, state="passed_to_politics")
    topic(world, circle, Q1, state="released_by_forum")
    topic(world, circle, Q1, state="discussed")
    topic(world, circle, None, state="raised")
    assert cells(world, "meetings.topics") == {"answered": 6, "politics": 1, "waiting": 1, "under_way": 1}
    assert cells(world, "meetings.answer_time") == {
        "two_weeks": 1,
        "month": 2,
        "quarter": 2,
        "longer": 1,
        "_missing": 3,
    }
    assert figures_of(year_of(world.technical_lead.actor, YEAR)).median_days == 30


def test_mandates_count_on_the_last_day(world, circle):
    make.granted(world, circle)
    assert cells(world, "meetings.mandates", period=Period(today(), today())) == {"coordination_round": 1}
    assert cells(world, "meetings.mandates") == {}


def test_what_was_done_for_others_and_with_others(world):
    for kind in (OutreachKind.INFORMATION, OutreachKind.TRAINING, OutreachKind.TRAINING, OutreachKind.JOINT):
        make.outreach(world, kind, on=Q2)
    make.outreach(world, on=date(YEAR - 1, 5, 1))
    assert cells(world, "network.information") == {"information": 1, "training": 2}
    assert cells(world, "network.joint_actions") == {"joint": 1}
    assert cells(world, "network.information", "outsider") == {}


# --- 17 and 18 -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def intman(world, year):
    """One who is always there, one who missed a quarter, one who has just begun."""
    for name in ("steady", "seldom", "new"):
        persona(world, name, world.nordstadt)
    for name, since in (("steady", START), ("seldom", START), ("new", date(YEAR, 11, 1))):
        grant(getattr(world, name).person, "intman", world.nordstadt, world.site, valid_from=since)
    meetings = [*year["held"], make.meeting(year["forum"], on=Q3)]
    for place in meetings:
        make.attends(place, world.steady)
    for place in meetings[:3]:
        make.attends(place, world.seldom)
    make.attends(make.meeting(year["circle"], on=Q3, state=MeetingState.RESCHEDULED), world.seldom)
    make.attends(meetings[2], world.new)


def test_indicator_17_asks_every_quarter_that_she_held_the_role(world, intman):
    found = result(world, "integration.regular_meetings")
    assert cells(world, "integration.regular_meetings") == {"yes": 1, "no": 1, "_missing": 1}
    assert (found.share.numerator, found.share.denominator, found.share.percent) == (1, 2, 50)
    assert cells(world, "integration.regular_meetings", period=Period(date(YEAR, 1, 1), Q3)) == {"yes": 2}
    assert cells(world, "integration.regular_meetings", period=Period(Q1, Q1)) == {"_missing": 2}


def test_indicator_17_counts_who_holds_the_role_on_the_last_day_once(world, intman):
    grant(world.steady.person, "intman", world.nordstadt, valid_from=START)
    gone = world.seldom.person
    gone.memberships.update(valid_to=date(YEAR, 12, 30))
    assert cells(world, "integration.regular_meetings") == {"yes": 1, "_missing": 1}


def test_indicator_17_opens_to_names_for_who_leads_only(world, intman):
    def named(who):
        actor = getattr(world, who).actor
        return [line.what for line in lines_of(fact("integration.regular_meetings"), "yes", Question(actor, PERIOD))]

    assert named("technical_lead") == ["Steady Beispiel"]
    assert (named("steady"), named("seldom"), named("coordinator")) == (["Steady Beispiel"], [], [])


def test_indicator_18_counts_what_was_forwarded_and_meetings_with_the_staff_unit(world, year):
    def released(meeting, forwarded, **more):
        moment = datetime(forwarded.year, forwarded.month, forwarded.day, 12, tzinfo=UTC) if forwarded else None
        values = {"proposed_by": world.counsellor.person, "released_by": world.colleague.person, "text": "x", **more}
        at = {"released_at": moment or datetime(YEAR, 3, 1, tzinfo=UTC), "forwarded_at": moment}
        return Release.objects.create(organisation=meeting.organisation, meeting=meeting, **at, **values)

    first = released(year["far"][0], Q1)
    released(year["far"][0], Q2, replaces=first, version=2)
    released(year["far"][0], None)
    released(year["far"][0], date(YEAR + 1, 1, 1))
    released(year["far"][1], Q2)  # nobody of the house was there

    assert cells(world, "integration.forwarded_minutes") == {"forwarded": 1}
    assert cells(world, "integration.forwarded_minutes", "coordinator") == {"forwarded": 2}
    assert cells(world, "integration.staff_unit_meetings") == {"coordination_round": 3, "intman_forum": 1}


# --- where they stand ----------------------------------------------------------------------------------------------------
def test_lists_name_no_gap_of_the_network_any_more():
    assert [gap.number for name in ("integration", "network") for gap in gaps(name)] == []
    (network,) = [goal for goal in goals() if goal.goal.key == "network"]
    assert [found.number for found in network.facts] == ["17", "18 Protokolle", "18 Treffen"]


def test_figures_stand_in_the_statistics_and_in_the_strategy(world, intman, login):
    programme = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=programme, site=world.site, valid_from=START)
    page = login(world.technical_lead)
    shown = page.get(f"/auswertung/?jahr=1&year={YEAR}&sheet=meetings&site=&programme=&scope=all")
    assert "Netzwerk: Treffen" in shown.content.decode()
    lines = {
        line.fact.key: line.standing.text for c in chapters(world.technical_lead.actor, today()) for line in c.lines
    }
    assert lines["integration.regular_meetings"] == "50\N{NO-BREAK SPACE}%"
    assert lines["integration.staff_unit_meetings"] == "5\N{NO-BREAK SPACE}Treffen"


def test_who_reads_no_files_is_told_how_figures_about_nobody_stand(world, year):
    found = standings(world.carrier_manager.actor, ["integration.staff_unit_meetings", "integration.hobby"])
    assert found["integration.staff_unit_meetings"].number == 4
    assert found["integration.hobby"].text == "noch nicht freigegeben"


@pytest.mark.rule("NW-15")
def test_sums_are_for_who_counts_or_organises_and_lists_for_who_sees_the_meetings(world, year, login):
    organiser = persona(world, "organiser", world.nordstadt, "integration_officer")
    assert organiser is None
    page = login(world.organiser).get(f"/netzwerk/zahlen/?jahr={YEAR}")
    assert [kind.held for kind in page.context["figures"].kinds] == [3]

    actor = world.technical_lead.actor
    question = year_of(actor, YEAR)
    assert counted_in(fact("meetings.held"), "held", question) == ("hat stattgefunden", 3)
    assert lines_of(fact("meetings.held"), "held", question) == []
    mine = lines_of(fact("meetings.held"), "held", year_of(world.counsellor.actor, YEAR))
    assert [line.on for line in mine] == [Q4, Q2, Q1]

    assert rules.counts_network(world.counsellor.actor)
    assert [rules.counts_network(getattr(world, who).actor) for who in ("funder", "sysadmin", "specialist", "dpo")] == [
        False
    ] * 4
    assert login(world.specialist).get("/netzwerk/zahlen/").status_code == 403


def test_a_number_opens_on_its_page(world, year, login):
    page = login(world.counsellor)
    shown = page.get(f"/netzwerk/zahlen/meetings.held/held/?jahr={YEAR}")
    assert (shown.context["count"], len(shown.context["lines"])) == (3, 3)
    for wrong in ("meetings.held/gibtesnicht", "cases.movement/new", "gibtesnicht/held"):
        assert page.get(f"/netzwerk/zahlen/{wrong}/").status_code == 404


def test_all_figures_are_two_statements_however_many_rows_there_are(world, year, intman, django_assert_num_queries):
    question = year_of(world.technical_lead.actor, YEAR)
    assert question.actor.counted_organisation_ids
    with django_assert_num_queries(2):
        found = figures_of(question)
    assert len(found.others) == len(SHOWN) - 2
    for _ in range(3):
        make.attends(make.meeting(year["circle"], on=Q2), world.counsellor)
    with django_assert_num_queries(2):
        figures_of(question)


def test_erroneous_year_falls_back_to_this_one(world, login):
    assert login(world.counsellor).get("/netzwerk/zahlen/?jahr=abcd").context["year"] == today().year
    with pytest.raises(ValidationError):
        make.outreach(world, on=today() + timedelta(days=2))
