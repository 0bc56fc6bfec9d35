"""Figures counted together are what each is by itself, and what a plain statement counts of it."""

from datetime import date

import pytest
from django.db.models import Q

from lotse.casework.actions.contacts import record_contact
from lotse.casework.enums import Tier
from lotse.casework.models import Client, CounsellingCase
from lotse.facts.counting import ALL, exact, tally
from lotse.facts.registry import Period, Question, all_facts, part_of
from tests.factories import casework as make

YEAR = Period(make.days_ago(360), make.days_ago(0))
KEYS = ("name_key", "given_key", "twin_key", "phone_key")
BEFORE = Period(make.days_ago(900), make.days_ago(370))


@pytest.fixture
def filled(world):
    """Cases of two carriers and two counsellors; some ended, some in case management, one erased."""
    for number in range(6):
        client = make.person(
            world, last_name=f"N{number}", gender="wmd"[number % 3], birth_date=date(1980 + 4 * number, 1, 1)
        )
        case = make.case(world, client=client)
        record_contact(
            by=world.counsellor.actor,
            case=case,
            on=make.days_ago(number),
            channel="phone",
            topics=["housing", "family"],
        )
    make.plan(world, agreed=True)
    make.case(world, by=world.outsider.actor)
    cases = list(CounsellingCase.objects.order_by("pk"))
    CounsellingCase.objects.filter(pk__in=[c.pk for c in cases[:2]]).update(
        state="aborted", end_reason="other", ended_on=make.days_ago(20)
    )
    CounsellingCase.objects.filter(pk__in=[c.pk for c in cases[1:4]]).update(tier=Tier.CASE_MANAGEMENT)
    Client.objects.filter(pk=cases[4].client_id).update(responsible=world.colleague.person)
    nobody = dict.fromkeys(("site", "responsible", "household", "number")) | dict.fromkeys(KEYS, "")
    Client.objects.filter(pk=cases[5].client_id).update(erased_month=date(2026, 1, 1), **nobody)
    return world


def plain(tallied):
    """Without cells that only stand there as zero."""
    return {
        (kind, cell, row): n
        for kind, cells in tallied.kinds.items()
        for cell, line in cells.items()
        for row, n in line.items()
        if n
    }


@pytest.mark.parametrize(
    ("persona", "own", "period"),
    [
        ("counsellor", True, YEAR),
        ("technical_lead", True, YEAR),
        ("technical_lead", False, YEAR),
        ("coordinator", False, YEAR),
        ("colleague", True, BEFORE),
    ],
)
def test_figures_counted_together_are_what_each_population_counts_by_itself(filled, persona, own, period):
    question = Question(filled.personas[persona].actor, period, own=own)
    together = tally(all_facts(), question)
    for same in by_population():
        alone = tally(same, question)
        for fact in same:
            assert plain(together[fact.key]) == plain(alone[fact.key]), fact.key
            assert together[fact.key].minutes == alone[fact.key].minutes, fact.key


def by_population():
    keys = dict.fromkeys(fact.population.key for fact in all_facts())
    return [[fact for fact in all_facts() if fact.population.key == key] for key in keys]


@pytest.mark.parametrize("persona", ["counsellor", "coordinator"])
def test_a_plain_statement_counts_the_same(filled, persona):
    question = Question(filled.personas[persona].actor, YEAR)
    together = tally(all_facts(), question)
    for fact in all_facts():
        ours = {cell: line[ALL] for cell, line in together[fact.key].kinds["total"].items() if line[ALL]}
        assert ours == {cell: n for (cell,), n in exact([fact], question).items() if n}, fact.key


def test_there_is_something_to_count(filled):
    """Else the tests above would compare nothing."""
    together = tally(all_facts(), Question(filled.coordinator.actor, YEAR))
    counted = {fact.population.key for fact in all_facts() if together[fact.key].cells}
    assert {"cases", "situation", "cases_begun", "cases_steered", "contacts", "contacts_entered", "plans"} <= counted


def test_a_part_of_a_part_is_read_with_the_first():
    whole = next(fact.population for fact in all_facts() if fact.key == "cases.movement")
    part = part_of(part_of(whole, "a", lambda _period: Q(tier="x")), "b", lambda _period: Q(state="y"))
    assert part.root is whole
    assert part.picked(YEAR) == Q(tier="x") & Q(state="y")
