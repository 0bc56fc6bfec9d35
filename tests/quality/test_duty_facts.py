"""Figures of the team against plain rows, and the page that says them in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from lotse.network.models import ActionItem
from lotse.quality.actions.rosters import release_roster
from lotse.quality.queries.inner import inner_state
from lotse.quality.queries.today import work_items
from tests.factories import quality_duty as make
from tests.factories import ways

DAY = timezone.localdate


def result(world, key, who="technical_lead"):
    period = Period(DAY() - timedelta(days=40), DAY())
    (found,) = evaluate([fact(key)], Question(world.personas[who].actor, period))
    return found


def cells(world, key, who="technical_lead"):
    return {cell.key: cell.count for cell in result(world, key, who).cells if cell.count}


def released(world, who=None, **more):
    make.duty(world, **more)
    roster = make.shown(world, first_on=make.monday(), last_on=make.monday())
    if who:
        make.answered(roster, who)
    return release_roster(by=world.technical_lead.actor, roster=roster, reason="" if who else "Alle neu")


def test_the_deputy_plan_covers_active_counsellors(world):
    assert cells(world, "quality.deputies") == {"nobody": 2}
    make.stand_in(world)
    make.stand_in(world, who=world.colleague.person, deputy=world.counsellor.person, scope="phone")
    assert cells(world, "quality.deputies") == {"whole": 1, "part": 1}
    assert result(world, "quality.deputies").share.percent == 50
    assert cells(world, "quality.deputies", "coordinator") == {"whole": 1, "part": 1, "nobody": 1}
    assert cells(world, "quality.deputies", "outsider") == {"nobody": 1}


def test_a_deputy_who_has_left_covers_nobody(world):
    make.stand_in(world)
    world.colleague.person.left_on = DAY() - timedelta(days=1)
    world.colleague.person.save()
    assert cells(world, "quality.deputies") == {"nobody": 1}


@pytest.mark.rule("QM-11")
@pytest.mark.parametrize(("who", "cell", "percent"), [("counsellor", "all", 100), (None, "nobody", 0)])
def test_participation_is_counted_by_released_rosters(world, who, cell, percent):
    released(world, world.personas.get(who))
    assert cells(world, "quality.participation") == {cell: 1}
    assert result(world, "quality.participation").share.percent == percent
    assert cells(world, "quality.participation", "outsider") == {}


def test_a_part_of_the_team_is_a_part(world):
    make.duty(world, person=world.colleague.person, day=make.monday())
    released(world, world.counsellor)
    assert cells(world, "quality.participation") == {"some": 1}


def test_what_is_counted_opens_for_who_may_read_it(world):
    roster = released(world, world.counsellor)
    shown = fact("quality.participation").population
    rows = shown.countable(world.technical_lead.actor, Period(DAY(), DAY()))
    line = shown.line(rows.get(shown.visible(world.technical_lead.actor)))
    assert (line.what, line.url) == (f"{roster}: 1 von 1", f"/qualitaet/team/dienstplan/abstimmung/{roster.public_id}/")
    assert not rows.filter(shown.visible(world.coordinator.actor)).exists()
    people = fact("quality.deputies").population
    row = people.countable(world.technical_lead.actor, Period(DAY(), DAY())).earliest("pk")
    assert people.line(row).what == f"{row}"


@pytest.fixture
def team(world):
    """Both kinds of meetings today: of one the minutes are sent."""
    for key, kind, sent in (("F", "team_case", timezone.now()), ("M", "team_staff", None)):
        format = ways.format_of(world.nordstadt, key, kind=kind)
        ways.meeting(format, on=DAY(), minutes_sent_at=sent)
    ways.meeting(ways.format_of(world.nordstadt, "Runde"), on=DAY())
    return format


def test_both_kinds_of_team_meetings_are_counted_apart(world, team):
    assert cells(world, "meetings.case_team") == {"with_minutes": 1}
    assert cells(world, "meetings.staff_team") == {"without_minutes": 1}
    assert cells(world, "meetings.case_team", "outsider") == {}


def test_tasks_of_team_meetings_are_counted_alone(world, team):
    for meeting in (team.meetings.get(), ways.meeting(ways.format_of(world.nordstadt, "X"))):
        ActionItem.objects.create(
            organisation=world.nordstadt, format=meeting.format, meeting=meeting, text="Aushang", owner_name="Mara", due_on=DAY()
        )  # fmt: skip
    assert cells(world, "meetings.team_tasks") == {"open": 1}
    assert cells(world, "meetings.tasks") == {"open": 2}


def said(world, who="counsellor"):
    return {state.title: (state.word, state.tone) for state in inner_state(world.personas[who].actor, DAY())}


def test_an_empty_house_is_told_what_is_missing(world):
    assert said(world) == {
        "Dienstplan": ("offen", "warn"), "Vertretungsplan": ("lückenhaft", "bad"), "Beteiligung am Dienstplan": ("offen", "none"),
        "Fallbezogene Teambesprechungen": ("fehlt", "bad"), "Mitarbeiterbezogene Teambesprechungen": ("fehlt", "bad"),
        "Absprachen aus Teambesprechungen": ("nichts fällig", "none"),
    }  # fmt: skip


def test_the_page_says_in_words_how_the_house_stands(world, team):
    make.stand_in(world)
    make.stand_in(world, who=world.colleague.person, deputy=world.counsellor.person)
    make.duty(world, day=DAY(), person=world.technical_lead.person)
    make.duty(world, day=DAY(), person=None)
    assert said(world) == {
        "Dienstplan": ("1 Lücke", "bad"), "Vertretungsplan": ("vollständig", "good"),
        "Beteiligung am Dienstplan": ("offen", "none"), "Fallbezogene Teambesprechungen": ("mit Protokoll", "good"),
        "Mitarbeiterbezogene Teambesprechungen": ("Protokoll fehlt", "warn"),
        "Absprachen aus Teambesprechungen": ("nichts fällig", "none"),
    }  # fmt: skip


def test_everybody_of_the_house_reads_the_same_state(world, team):
    assert said(world, "sysadmin") == said(world, "technical_lead") == said(world)


def test_a_house_above_others_shows_its_own_roster_alone(world, team):
    assert said(world, "coordinator") == {"Dienstplan": ("offen", "warn")}


def today(world, who):
    return [(item.title, item.sentence) for item in work_items(world.personas[who].actor, DAY())]


def test_today_says_when_ones_duty_begins(world, django_assert_num_queries):
    assert today(world, "counsellor") == []
    make.duty(world, day=DAY())
    make.duty(world, day=DAY(), is_off=True)
    make.duty(world, day=DAY(), person=world.technical_lead.person, deputy=world.colleague.person)
    assert today(world, "counsellor") == [("Ihr Dienst heute", "Telefondienst ab 09:00 Uhr")]
    assert today(world, "colleague") == []
    make.away(world, who=world.technical_lead.person, first_on=DAY(), last_on=DAY())
    assert today(world, "colleague") == [("Ihr Dienst heute", "Telefondienst ab 09:00 Uhr")]
    actor = world.counsellor.actor
    with django_assert_num_queries(1):
        work_items(actor, DAY())
    with django_assert_num_queries(0):
        assert work_items(actor.but(role_keys=frozenset({"assessor"})), DAY()) == []


def test_today_asks_for_an_answer_and_shows_wishes_to_who_plans(world):
    make.duty(world)
    roster = make.shown(world)
    assert today(world, "counsellor") == [("Dienstplan", f"Ihre Antwort bis {DAY():%d.%m.%Y}")]
    make.answered(roster, world.counsellor, "wishes", wish="Später")
    assert today(world, "counsellor") == []
    assert today(world, "technical_lead") == [("Wunsch zum Dienstplan", "wartet auf Ihre Antwort")]
    assert today(world, "outsider") == []
