"""Audits, open deviations and fulfilment in figures, each with the rows behind it."""

from datetime import date

import pytest

from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import evaluate
from tests.factories import quality as catalogue
from tests.factories import quality_audits as make
from tests.factories.quality_audits import days


def figure(world, name, key, first=-30, last=0, persona="carrier_manager"):
    asked = Question(world.personas[persona].actor, Period(days(first), days(last)))
    [result] = evaluate([fact(f"quality.{name}")], asked)
    cell = result.cell(key)
    return cell.count if cell else 0


@pytest.fixture
def audit(world, framework):
    return make.held(world, framework, b_1="major", b_2="minor", b_3="observation")


def test_held_audits_are_counted_by_their_kind(world, audit):
    assert figure(world, "audits_held", "internal") == 1
    assert figure(world, "audits_held", "funder") == 0
    assert figure(world, "audits_held", "internal", -30, -1) == 0


def test_a_deviation_is_open_until_the_effect_of_its_improvement_is_checked(world, audit):
    assert (figure(world, "findings_open", "major"), figure(world, "findings_open", "minor")) == (1, 1)
    row = make.finding_of(audit)
    make.answered(world, row)
    make.followed(world, row)
    assert figure(world, "findings_open", "major") == 1
    make.effective(world, row)
    assert figure(world, "findings_open", "major") == 0


def test_fulfilment_is_a_share_of_what_applies_and_stands_by_chapter(world):
    framework = catalogue.small(world, 25)
    catalogue.closed(world, catalogue.begun(world, framework))
    asked = Question(world.carrier_manager.actor, Period(days(-1), days(0)))
    [result] = evaluate([fact("quality.fulfilment")], asked)
    assert (result.cell("fulfilled").count, result.share.percent) == (25, 100)
    assert [figure(world, "fulfilled_by_chapter", f"Kapitel {number}") for number in (1, 2, 3)] == [10, 10, 5]


def test_the_chapter_is_the_number_up_to_its_first_point(world):
    catalogue.closed(world, catalogue.begun(world, catalogue.awo(world)))
    [result] = evaluate([fact("quality.fulfilled_by_chapter")], Question(world.carrier_manager.actor, Period(days(-1), days(0))))  # fmt: skip
    assert {cell.key for cell in result.recorded} == {f"Kapitel {number}" for number in range(1, 9)}
    assert sum(cell.count for cell in result.recorded) == 48


def test_keepers_see_the_rows_and_the_district_the_number(world, audit):
    found = fact("quality.findings_open")
    asked = {name: Question(world.personas[name].actor, Period(date(2020, 1, 1), days(0))) for name in ("technical_lead", "coordinator")}  # fmt: skip
    assert figure(world, "findings_open", "major", persona="coordinator") == 1
    assert [row.number for row in rows_of_cell(found, "major", asked["technical_lead"])] == [1]
    assert list(rows_of_cell(found, "major", asked["coordinator"])) == []
