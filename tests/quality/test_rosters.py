"""A roster is shown before it holds, and who is in it takes part."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection

from lotse.core.errors import NotAllowed
from lotse.quality import rules
from lotse.quality.actions import duty as duties
from lotse.quality.actions import rosters as acts
from lotse.quality.models import Roster, RosterAnswer
from lotse.quality.queries import rosters as queries
from tests.factories import quality_duty as make
from tests.funding.refusing import refused

WISH = "Bitte nicht am Nachmittag"


@pytest.fixture
def roster(world):
    """Counsellor and colleague are in it."""
    make.duty(world)
    make.duty(world, person=world.colleague.person, begins=time(13), ends=time(15))
    return make.shown(world)


def released(world, roster, by=None, **more):
    return acts.release_roster(by=(by or world.technical_lead).actor, roster=roster, **more)


@pytest.mark.rule("QM-11")
def test_everybody_who_is_in_it_is_asked_by_mail(world, roster, django_capture_on_commit_callbacks):
    assert {row.person for row in roster.answers.all()} == {world.counsellor.person, world.colleague.person}
    with django_capture_on_commit_callbacks(execute=True):
        make.duty(world, day=make.monday(3))
        make.shown(world, first_on=make.monday(3), last_on=make.monday(3))
    (sent,) = mail.outbox
    assert sent.to == ["counsellor@lotse.example"]
    assert "Bitte antworten Sie bis" in sent.body


@pytest.mark.rule("QM-11")
def test_who_comes_in_later_is_asked_too(world, roster):
    make.duty(world, person=world.technical_lead.person, begins=time(8), ends=time(9))
    first = queries.rosters(world.counsellor.actor)[0]
    assert (first.people, first.replied) == (3, 0)
    duty = make.duty(world, person=None, begins=time(15), ends=time(16))
    duties.change_duty(by=world.technical_lead.actor, duty=duty, person=world.specialist.person)
    assert roster.answers.filter(person=world.specialist.person).exists()


def test_who_is_away_from_the_days_of_the_roster_is_not_asked(world, roster):
    make.duty(world, day=make.monday(5), person=world.technical_lead.person)
    assert roster.answers.count() == 2


def test_two_rosters_do_not_overlap(world, roster):
    again = refused(
        lambda: make.shown(world, first_on=make.monday() + timedelta(6), last_on=make.monday() + timedelta(9))
    )
    assert again == ["Für einen Teil dieser Tage gibt es schon einen Dienstplan."]


def test_an_empty_roster_is_not_shown(world):
    make.duty(world, person=None)
    assert refused(lambda: make.shown(world)) == ["In diesen Tagen ist noch niemand eingeteilt."]


@pytest.mark.rule("QM-11")
def test_each_answers_for_herself(world, roster):
    for name in ("colleague", "technical_lead"):
        with pytest.raises(NotAllowed):
            acts.answer_roster(
                by=world.personas[name].actor, answer=make.answer_of(roster, world.counsellor), reply="agrees"
            )
    row = make.answered(roster, world.counsellor)
    assert row.reply == "agrees"
    assert queries.counted(roster) == (2, 1)


def test_a_wish_says_which(world, roster):
    assert refused(lambda: make.answered(roster, world.counsellor, "wishes", wish=" ")) == [
        "Bitte schreiben Sie Ihren Wunsch."
    ]
    assert refused(lambda: make.answered(roster, world.counsellor, "open")) == ["Bitte eine Antwort wählen."]


def test_a_wish_is_sealed_and_read_by_her_and_who_plans(world, roster):
    row = make.answered(roster, world.counsellor, "wishes", wish=WISH)
    with connection.cursor() as cursor:
        cursor.execute("SELECT wish FROM quality_rosteranswer WHERE id = %s", [row.pk])
        assert WISH.encode() not in bytes(cursor.fetchone()[0])
    seen = {
        name: RosterAnswer.objects.visible_to(world.personas[name].actor).filter(pk=row.pk).exists()
        for name in ("counsellor", "colleague", "technical_lead", "carrier_manager", "coordinator", "outsider")
    }
    assert [name for name, sees in seen.items() if sees] == ["counsellor", "technical_lead", "carrier_manager"]


def decided(world, row, by=None, **more):
    values = {"wish_state": "granted", "decision": "Gern", **more}
    return acts.decide_wish(by=(by or world.technical_lead).actor, answer=row, **values)


def test_a_wish_is_answered_by_who_plans(world, roster):
    row = make.answered(roster, world.counsellor, "wishes", wish=WISH)
    with pytest.raises(NotAllowed):
        decided(world, row, by=world.colleague)
    row = decided(world, row)
    assert (row.get_wish_state_display(), row.decision) == ("umgesetzt", "Gern")


def test_who_answers_anew_takes_the_decision_back(world, roster):
    row = decided(world, make.answered(roster, world.counsellor, "wishes", wish=WISH))
    row = make.answered(roster, world.counsellor, "agrees", revision=row.revision)
    assert (row.wish, row.wish_state, row.decision, row.decided_at) == ("", "", "", None)


def test_without_a_wish_there_is_nothing_to_decide(world, roster):
    assert refused(lambda: decided(world, make.answer_of(roster, world.counsellor))) == ["Hier gibt es keinen Wunsch."]


@pytest.mark.rule("QM-11")
def test_a_release_says_who_took_part(world, roster):
    make.answered(roster, world.counsellor)
    made = released(world, roster)
    assert (made.asked, made.answered, made.reason, made.released_by) == (2, 1, "", world.technical_lead.person)


@pytest.mark.rule("QM-11")
def test_a_release_waits_for_no_open_wish(world, roster):
    make.answered(roster, world.counsellor, "wishes", wish=WISH)
    assert refused(lambda: released(world, roster)) == ["Es warten noch Wünsche auf Ihre Antwort: 1."]


@pytest.mark.rule("QM-11")
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_anybody_taking_part_the_release_says_why(world, roster, reason):
    assert refused(lambda: released(world, roster, reason=reason)) == ["Bitte angeben, warum niemand beteiligt war."]
    assert released(world, roster, reason="Alle neu").reason == "Alle neu"


@pytest.mark.rule("QM-11")
def test_the_answer_of_who_releases_is_no_participation(world):
    make.duty(world, person=world.technical_lead.person)
    roster = make.shown(world)
    make.answered(roster, world.technical_lead)
    assert rules.took_part(roster.answers.all(), world.technical_lead.actor) == (0, 0)
    assert rules.took_part(roster.answers.all(), world.carrier_manager.actor) == (1, 1)


def test_what_holds_is_answered_no_more(world, roster):
    row = make.answered(roster, world.counsellor, "wishes", wish=WISH)
    decided(world, row)
    released(world, roster)
    assert refused(lambda: make.answered(roster, world.colleague)) == ["Dieser Dienstplan gilt schon."]
    assert refused(lambda: decided(world, row)) == ["Dieser Dienstplan gilt schon."]
    assert refused(lambda: released(world, roster)) == ["Dieser Dienstplan gilt schon."]
    roster.refresh_from_db()
    assert not rules.may_answer_roster(world.colleague.actor, make.answer_of(roster, world.colleague))


@pytest.mark.parametrize("name", ["counsellor", "coordinator", "outsider"])
def test_nobody_else_shows_or_releases_a_roster(world, roster, name):
    for act in (
        lambda: released(world, roster, by=world.personas[name], reason="x"),
        lambda: make.shown(world, by=world.personas[name], first_on=make.monday(4), last_on=make.monday(5)),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Roster.objects.get().state == "shown"
