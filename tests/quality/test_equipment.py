"""Devices and material: entered, checked in time, discarded (Mi 7)."""

from datetime import date

import pytest
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.quality import rules
from lotse.quality.actions import equipment as acts
from lotse.quality.enums import CheckResult
from lotse.quality.models import Equipment
from lotse.quality.queries import equipment as queries
from tests.factories import quality_papers as make
from tests.funding.refusing import refused


def fresh(row):
    return Equipment.objects.get(pk=row.pk)


def check(who, one, result=CheckResult.OK, **more):
    return acts.check_equipment(by=who.actor, equipment=one, result=result, **more)


@pytest.mark.rule("QM-30")
def test_a_device_is_due_an_interval_after_its_check():
    assert rules.next_check(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert rules.next_check(None, 12) is None
    assert rules.next_check(date(2026, 1, 1), None) is None


@pytest.mark.rule("QM-30")
def test_who_answers_for_a_device_checks_it_and_who_keeps_the_quality(world):
    one = make.device(world)
    assert [rules.checks(world.personas[name].actor, one) for name in ("counsellor", "carrier_manager", "colleague")] == [
        True, True, False,
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        check(world.colleague, one)
    check(world.counsellor, one, on=make.days_ago(10))
    assert fresh(one).next_check_on == rules.next_check(make.days_ago(10), 12)


def test_what_was_bought_long_ago_is_due(world):
    one = make.device(world, bought_on=make.days_ago(500))
    [row] = queries.equipment(world.colleague.actor)
    assert (row.equipment, row.is_overdue, row.state[0]) == (one, True, "Prüfung überfällig")
    check(world.counsellor, one)
    [row] = queries.equipment(world.colleague.actor)
    assert (row.is_overdue, row.state[0]) == (False, "in Ordnung")


def test_a_defect_says_what_and_stays_until_the_next_check(world):
    one = make.device(world)
    assert refused(lambda: check(world.counsellor, one, CheckResult.DEFECT)) == [
        "Bitte angeben, was nicht in Ordnung ist."
    ]
    check(world.counsellor, one, CheckResult.DEFECT, note="Schlauch porös", on=make.days_ago(1))
    assert fresh(one).has_defect
    check(world.counsellor, one)
    assert not fresh(one).has_defect


def test_what_is_discarded_is_not_due_any_more(world):
    one = make.device(world)
    check(world.counsellor, one, CheckResult.DISCARDED)
    one = fresh(one)
    assert (one.discarded_on, one.next_check_on) == (timezone.localdate(), None)
    assert refused(lambda: check(world.counsellor, one)) == [acts.GONE]
    said = refused(lambda: acts.change_equipment(by=world.carrier_manager.actor, equipment=one, name="x"))
    assert said == [acts.GONE]
    assert [queries.FILTERS[key][1](queries.row_of(one, timezone.localdate())) for key in ("", "ausgemustert")] == [
        False, True,
    ]  # fmt: skip


def test_checks_come_in_the_order_of_their_days(world):
    one = make.device(world)
    check(world.counsellor, one, on=make.days_ago(3))
    assert refused(lambda: check(world.counsellor, one, on=make.days_ago(4))) == [acts.EARLIER]
    assert refused(lambda: check(world.counsellor, one, on=make.days_ago(-1))) == ["Das Datum liegt in der Zukunft."]


def test_another_interval_moves_the_next_check(world):
    one = make.device(world, bought_on=make.days_ago(100))
    acts.change_equipment(by=world.technical_lead.actor, equipment=one, check_every=24, revision=1)
    assert fresh(one).next_check_on == rules.next_check(make.days_ago(100), 24)
    acts.change_equipment(by=world.technical_lead.actor, equipment=one, check_every=None, revision=2)
    assert fresh(one).next_check_on is None


def test_place_and_person_are_of_the_carrier(world):
    assert refused(lambda: make.device(world, site=world.far_site)) == [acts.FOREIGN]
    assert refused(lambda: make.device(world, responsible=world.outsider.person)) == [acts.FOREIGN]
    with pytest.raises(NotAllowed):
        acts.enter_equipment(by=world.counsellor.actor, organisation=world.nordstadt, name="x", kind="device")


def test_another_carrier_sees_nothing(world):
    make.device(world)
    assert queries.equipment(world.outsider.actor) == []
    assert queries.equipment(world.coordinator.actor) == []
    assert len(queries.equipment(world.sysadmin.actor)) == 1
