"""Targets of a house: one for each figure, decided by who leads, talked about again and again, ended with what came of it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.queries.seldom import seldom_lists
from lotse.core.errors import NotAllowed
from lotse.facts.actions import change_target, end_target, review_target
from lotse.facts.definitions import Gap, definitions
from lotse.facts.enums import Aim
from lotse.facts.models import FigureTarget, TargetReview
from lotse.facts.registry import Fact
from lotse.facts.rules import decides_targets, is_due, is_missed, may_aim_anew, reads_targets, reviews_target
from lotse.facts.targets import (
    aimed_at,
    ended_targets,
    get_target,
    goals,
    possible_people,
    reviews_of,
    targets_in_force,
    title_of,
)
from lotse.organisations.models import Person
from lotse.organisations.ties import ties_of
from tests.factories.casework import days_ago
from tests.factories.targets import set_for

pytestmark = pytest.mark.django_db

AIMED_IDS = ["value", "until", "aim"]
LEADS = {"technical_lead", "carrier_manager", "coordinator"}


def review(by, target, **more):
    values = {"on": days_ago(1), "standing": "41 %", "conclusion": "Es fehlen Plätze.", "next_on": days_ago(-90)}
    return review_target(by=by.actor, target=target, today=days_ago(0), **{**values, **more})


def end(by, target, **more):
    values = {"on": days_ago(0), "standing": "62 %", "conclusion": "Erreicht.", **more}
    return end_target(by=by.actor, target=target, today=days_ago(0), **values)


# The nine goals


def test_there_are_nine_goals_and_each_indicator_belongs_to_one():
    found = goals()
    numbers = [number for goal in found for number in goal.goal.numbers]
    assert (len(found), numbers) == (9, list(range(1, 19)))
    shown = [thing.number.split(" ")[0] for goal in found for thing in (*goal.facts, *goal.gaps)]
    assert sorted(set(shown), key=int) == [f"{number}" for number in numbers]
    assert aimed_at().keys() == {fact.key for goal in found for fact in goal.facts}


def test_a_goal_names_what_nobody_counts_yet(monkeypatch):
    known = definitions("integration")
    gap = Gap("9", "Ärztliche Hilfe", "Wird in Lotse noch nicht erfasst.")
    monkeypatch.setattr("lotse.facts.targets.definitions", lambda name: replace(known, gaps=(gap,)))
    assert [goal.gaps for goal in goals() if goal.gaps] == [(gap,)]


def test_a_figure_that_is_no_longer_counted_has_only_its_key():
    assert (title_of("integration.employed"), title_of("integration.gone")) == ("In Arbeit", "integration.gone")


# Who decides, who reads


@pytest.mark.rule("GO-01")
def test_who_leads_and_counts_decides_for_the_own_house(world):
    people = {name: one.actor for name, one in world.personas.items() if one.person}
    assert {name for name, by in people.items() if decides_targets(by, by.organisation_id)} == LEADS
    assert not decides_targets(world.coordinator.actor, world.nordstadt.pk)


@pytest.mark.rule("GO-01")
@pytest.mark.parametrize("persona", ["counsellor", "funder", "dpo", "sysadmin", "specialist", "outsider"])
def test_others_decide_nothing(world, persona):
    target, by = set_for(world), world.personas[persona]
    for act in (
        lambda: set_for(world, by=by, figure="integration.hobby"),
        lambda: change_target(by=by.actor, target=target, value=10),
        lambda: review(by, target),
        lambda: end(by, target),
    ):
        with pytest.raises(NotAllowed, match="Fachleitung"):
            act()
    assert (FigureTarget.objects.get().revision, TargetReview.objects.count()) == (1, 0)


@pytest.mark.rule("GO-01")
def test_the_house_above_changes_no_target_of_a_house_below(world):
    target = set_for(world)
    with pytest.raises(NotAllowed):
        change_target(by=world.coordinator.actor, target=target, value=10)


@pytest.mark.rule("GO-01")
def test_who_counts_and_works_here_reads(world):
    people = {name: one.actor for name, one in world.personas.items() if one.person}
    assert {name for name, actor in people.items() if reads_targets(actor)} == {
        "counsellor", "colleague", "technical_lead", "carrier_manager", "coordinator", "outsider",
    }  # fmt: skip


@pytest.mark.rule("GO-01")
def test_a_target_is_seen_in_its_own_house_only(world):
    set_for(world)
    seen = {name for name, one in world.personas.items() if one.person and targets_in_force(one.actor)}
    assert seen == {"counsellor", "colleague", "technical_lead", "carrier_manager"}


# One in force


@pytest.mark.rule("GO-02")
def test_a_target_says_what_by_when_and_who(world):
    target = set_for(world, responsible=world.counsellor)
    assert (f"{target}", target.unit, target.responsible) == ("mindestens 60\xa0%", "%", world.counsellor.person)
    event = Event.objects.get(key="figure_target.set")
    assert event.details == {
        "figure": "integration.employed", "aim": "at_least", "value": 60, "until": f"{days_ago(-300)}",
    }  # fmt: skip


@pytest.mark.rule("GO-02")
def test_a_figure_without_a_share_is_aimed_at_in_its_unit(world, monkeypatch):
    fact: Fact = replace(aimed_at()["integration.employed"], share=(), unit="Treffen")
    monkeypatch.setattr("lotse.facts.actions.aimed_at", lambda: {fact.key: fact})
    assert f"{set_for(world, value=120, aim=Aim.AT_MOST)}" == "höchstens 120\xa0Treffen"


@pytest.mark.rule("GO-02")
def test_a_second_target_for_the_same_figure_is_refused_until_the_first_ends(world):
    first = set_for(world)
    with pytest.raises(ValidationError, match="gilt schon ein Ziel"):
        set_for(world, by=world.carrier_manager, value=70)
    set_for(world, by=world.coordinator)
    end(world.technical_lead, first)
    second = set_for(world, value=70)
    assert targets_in_force(world.counsellor.actor) == {"integration.employed": second}
    assert ended_targets(world.counsellor.actor, "integration.employed") == [first]


@pytest.mark.rule("GO-02")
@pytest.mark.parametrize(("wrong", "said"), [
    ({"figure": "cases.age"}, "gibt es nicht"),
    ({"figure": "gibt.es.nicht"}, "gibt es nicht"),
    ({"value": 101}, "100 Prozent"),
    ({"until": days_ago(101)}, "vor dem Beschluss"),
    ({"review_on": days_ago(100)}, "nach dem Beschluss"),
    ({"decided_on": days_ago(-1)}, "in der Zukunft"),
])  # fmt: skip
def test_what_makes_no_target_is_refused(world, wrong, said):
    with pytest.raises(ValidationError, match=said):
        set_for(world, **wrong)
    assert not FigureTarget.objects.exists()


@pytest.mark.rule("GO-02")
@pytest.mark.parametrize("persona", ["outsider", "coordinator", "funder", "specialist"])
def test_responsible_is_who_works_here_and_sees_figures(world, persona):
    with pytest.raises(ValidationError, match="aus der Liste"):
        set_for(world, responsible=world.personas[persona])
    names = {row.first_name for row in possible_people(world.technical_lead.actor).values()}
    assert names == {"Counsellor", "Colleague", "Technical_Lead", "Carrier_Manager"}


# Changing


@pytest.mark.rule("GO-03")
def test_before_the_first_review_everything_may_change(world):
    target = set_for(world)
    change_target(by=world.technical_lead.actor, target=target, revision=1, value=50, until=days_ago(-90))
    row = FigureTarget.objects.get()
    assert (row.value, row.until, row.revision) == (50, days_ago(-90), 2)
    assert Event.objects.get(key="figure_target.changed").fields == ["until", "value"]


@pytest.mark.rule("GO-03")
@pytest.mark.parametrize("aimed", [{"value": 10}, {"until": days_ago(-900)}, {"aim": Aim.AT_MOST}], ids=AIMED_IDS)
def test_after_a_review_what_is_aimed_at_stays(world, aimed):
    target = set_for(world)
    review(world.technical_lead, target)
    with pytest.raises(ValidationError, match="setzen Sie ein neues"):
        change_target(by=world.technical_lead.actor, target=target, **aimed)
    changed = {"responsible": world.counsellor.person, "measures": "Neu", "review_on": days_ago(-10), "value": 60}
    change_target(by=world.technical_lead.actor, target=target, **changed)
    row = FigureTarget.objects.get()
    assert (row.value, row.responsible, row.measures) == (60, world.counsellor.person, "Neu")


@pytest.mark.rule("GO-03")
def test_the_predicate_knows_reviews_and_the_end():
    running, over = FigureTarget(), FigureTarget(ended_on=days_ago(1))
    assert [may_aim_anew(*case) for case in ((running, False), (running, True), (over, False))] == [True, False, False]


@pytest.mark.rule("GO-02")
def test_who_has_left_may_stay_responsible_but_is_not_chosen(world):
    target = set_for(world, responsible=world.counsellor)
    Person.objects.filter(pk=world.counsellor.person.pk).update(left_on=days_ago(1))
    kept = Person.objects.get(pk=world.counsellor.person.pk)
    change_target(by=world.technical_lead.actor, target=target, responsible=kept, measures="Neu")
    with pytest.raises(ValidationError, match="aus der Liste"):
        set_for(world, figure="integration.hobby", responsible=world.counsellor)
    assert kept.public_id in possible_people(world.technical_lead.actor, kept)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(world):
    target = set_for(world)
    change_target(by=world.carrier_manager.actor, target=target, revision=1, measures="Deutsch im Betrieb")
    lead = world.technical_lead
    for act in (
        lambda: change_target(by=lead.actor, target=target, revision=1, measures="x"),
        lambda: review(lead, target, revision=1),
        lambda: end(lead, target, revision=1),
    ):
        with pytest.raises(ValidationError, match="jemand anderes"):
            act()
    assert (FigureTarget.objects.get().measures, TargetReview.objects.count()) == ("Deutsch im Betrieb", 0)


# Talking about it


@pytest.mark.rule("GO-04")
def test_a_review_keeps_where_the_figure_stood_and_says_what_came_of_it(world):
    target = set_for(world)
    made = review(world.technical_lead, target, revision=1)
    target.refresh_from_db()
    assert (made.standing, made.conclusion, made.by_label) == (
        "41 %", "Es fehlen Plätze.", world.technical_lead.actor.label,
    )  # fmt: skip
    assert (target.review_on, target.revision) == (days_ago(-90), 2)
    assert reviews_of(world.counsellor.actor, [target]) == {target.pk: [made]}
    assert reviews_of(world.outsider.actor, [target]) == {target.pk: []}


@pytest.mark.rule("GO-04")
@pytest.mark.parametrize(("wrong", "said"), [
    ({"conclusion": "  "}, "was herauskam"),
    ({"on": days_ago(-1)}, "in der Zukunft"),
    ({"on": days_ago(101)}, "vor dem Beschluss"),
    ({"next_on": days_ago(1)}, "liegt nach dieser"),
])  # fmt: skip
def test_a_review_without_a_word_or_with_a_wrong_day_is_refused(world, wrong, said):
    target = set_for(world)
    with pytest.raises(ValidationError, match=said):
        review(world.technical_lead, target, **wrong)
    assert (TargetReview.objects.count(), FigureTarget.objects.get().revision) == (0, 1)


@pytest.mark.rule("GO-04")
def test_a_target_ends_once_with_its_last_review(world):
    target = set_for(world)
    with pytest.raises(ValidationError, match="was herauskam"):
        end(world.technical_lead, target, conclusion="")
    row = end(world.technical_lead, target)
    last = TargetReview.objects.get()
    assert (row.ended_on, last.standing, last.conclusion, last.next_on) == (days_ago(0), "62 %", "Erreicht.", None)
    for act in (end, review):
        with pytest.raises(ValidationError, match="schon beendet"):
            act(world.technical_lead, target)


@pytest.mark.rule("GO-04")
def test_what_is_missed_depends_on_the_direction():
    least, most = FigureTarget(aim=Aim.AT_LEAST, value=60), FigureTarget(aim=Aim.AT_MOST, value=60)
    assert [is_missed(least, n) for n in (59, 60, 61)] == [True, False, False]
    assert [is_missed(most, n) for n in (59, 60, 61)] == [False, False, True]


def test_words_about_a_target_are_sealed(world):
    target = set_for(world, measures="Kanarienvogel-7731")
    review(world.technical_lead, target, conclusion="Kanarienvogel-7731")
    with connection.cursor() as cursor:
        for table, column in (("facts_figuretarget", "measures"), ("facts_targetreview", "conclusion")):
            cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 -- names of our own
            assert b"Kanarien" not in bytes(cursor.fetchone()[0])


# Reminding


def reminded(by):
    return [title for _target, title in seldom_lists(by.actor, timezone.localdate())["targets"]]


@pytest.mark.rule("GO-05")
def test_a_due_review_stands_on_today_of_who_is_responsible(world, login):
    target = set_for(world, responsible=world.counsellor, review_on=days_ago(-7))
    set_for(world, responsible=world.counsellor, review_on=days_ago(-8), figure="integration.hobby")
    assert [reminded(by) for by in (world.counsellor, world.colleague, world.technical_lead)] == [["In Arbeit"], [], []]
    page = login(world.counsellor).get("/").content.decode()
    assert (f"/auswertung/strategie/{target.public_id}/" in page, "Ziele besprechen" in page) == (True, True)

    review(world.technical_lead, target)
    assert reminded(world.counsellor) == []


@pytest.mark.rule("GO-05")
def test_who_leads_without_counselling_is_reminded_too(world, login):
    target = set_for(world, responsible=world.carrier_manager, review_on=days_ago(0))
    assert "Ziele besprechen" in login(world.carrier_manager).get("/").content.decode()
    end(world.technical_lead, target)
    assert "Ziele besprechen" not in login(world.carrier_manager).get("/").content.decode()


@pytest.mark.rule("GO-05")
def test_a_review_is_due_on_its_day_and_never_after_the_end():
    target = FigureTarget(review_on=days_ago(1))
    over = FigureTarget(review_on=days_ago(1), ended_on=days_ago(1))
    assert [is_due(target, days_ago(n)) for n in (2, 1, 0)] == [False, True, True]
    assert not is_due(over, days_ago(0))


@pytest.mark.rule("GO-05")
def test_who_is_responsible_notes_the_review_and_decides_nothing_else(world):
    target = set_for(world, responsible=world.counsellor)
    assert review(world.counsellor, target).by_label == world.counsellor.actor.label
    for act in (
        lambda: end(world.counsellor, target),
        lambda: change_target(by=world.counsellor.actor, target=target, measures="x"),
        lambda: review(world.colleague, target),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.rule("GO-05")
def test_responsible_elsewhere_or_without_figures_is_not_enough(world):
    target = set_for(world, responsible=world.counsellor)
    mine = world.counsellor.actor
    elsewhere = replace(mine, organisation_id=world.suedstadt.pk)
    without = replace(mine, permissions=frozenset())
    assert [reviews_target(actor, target) for actor in (mine, elsewhere, without)] == [True, False, False]
    assert reviews_target(world.technical_lead.actor, target)


@pytest.mark.rule("GO-05")
def test_nobody_leaves_while_responsible_for_a_target(world):
    target = set_for(world, responsible=world.counsellor)
    set_for(world, responsible=world.counsellor, figure="integration.hobby")
    assert "2 Ziele der Strategie" in [f"{tie.count} {tie.label}" for tie in ties_of(world.counsellor.person)]
    end(world.technical_lead, target)
    assert "1 Ziel der Strategie" in [f"{tie.count} {tie.label}" for tie in ties_of(world.counsellor.person)]


def test_a_foreign_target_is_not_found(world):
    target = set_for(world)
    assert get_target(world.counsellor.actor, target.public_id) == target
    for persona in ("outsider", "coordinator", "funder", "sysadmin"):
        with pytest.raises(Http404):
            get_target(world.personas[persona].actor, target.public_id)
