"""What holds is taken over into the post plan by a button that says before what it does."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.funding.actions.staff import name_newcomer, report_change
from lotse.funding.actions.staff_processes import note_answer
from lotse.funding.actions.staff_takeover import obstacle, steps, take_over
from lotse.funding.enums_staff import ChangeKind, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.organisations.models import PostShare
from lotse.programmes.models import PostFunding
from tests.factories import funds_staff as make
from tests.funding.refusing import refused

DAY = make.in_days(40)
BEFORE = DAY - timedelta(1)


@pytest.fixture
def share(house, grant):
    made = make.share_of(house.agency)
    make.paid(grant, made)
    return made


def settled(world, change, **answers):
    """Sent and answered as the authority does, consent given where nothing else is said."""
    for row in change.processes.all():
        usual = State.GRANTED if row.kind == ProcessKind.CONSENT else State.ACKNOWLEDGED
        sent = make.forwarded(world, row)
        note_answer(
            by=world.coordinator.actor, process=sent, answer=answers.get(row.code, usual), on=timezone.localdate()
        )


def on_posts():
    rows = PostShare.objects.order_by("valid_from", "id")
    return [(str(row.person), row.fte, row.valid_from, row.valid_to) for row in rows]


def paid_for(grant):
    rows = PostFunding.objects.filter(grant=grant).order_by("valid_from", "id")
    return [(str(row.share.person), row.fte, row.valid_from, row.valid_to) for row in rows]


def with_newcomer(world, grant, share, **more):
    values = make.newcomer(newcomer=make.person_of(world.nordstadt, "Neu Beispiel"), **more)
    return make.reported(world, grant, share, **values)


def test_who_is_away_is_not_paid_for_and_the_substitute_is(world, grant, share):
    back = make.in_days(100)
    change = with_newcomer(world, grant, share, effective_until=back)
    settled(world, change)
    said = [step.words for step in steps(change)]
    assert said == [
        f"Eva Beispiel: die Finanzierung von 0,50 endet am {BEFORE:%d.%m.%Y}.",
        f"Eva Beispiel: 0,50 werden ab {back + timedelta(1):%d.%m.%Y} wieder finanziert.",
        f"Neu Beispiel: 0,50 an „Fachkraft“ ab {DAY:%d.%m.%Y} bis {back:%d.%m.%Y}, 0,50 aus der Zuwendung finanziert.",
    ]
    take_over(by=world.carrier_manager.actor, change=change)
    half = make.HALF
    assert paid_for(grant) == [
        ("Eva Beispiel", half, make.SINCE, BEFORE), ("Neu Beispiel", half, DAY, back),
        ("Eva Beispiel", half, back + timedelta(1), None),
    ]  # fmt: skip
    assert on_posts() == [("Eva Beispiel", half, make.SINCE, None), ("Neu Beispiel", half, DAY, back)]
    substitute = PostShare.objects.get(person__first_name="Neu")
    assert (substitute.substitute_for, substitute.fixed_term) == (share.person, True)


def test_who_ends_leaves_the_post_on_her_last_day(world, grant, share):
    change = make.reported(world, grant, share, ChangeKind.TERMINATION, effective_from=DAY)
    settled(world, change)
    take_over(by=world.carrier_manager.actor, change=change)
    assert on_posts() == paid_for(grant) == [("Eva Beispiel", make.HALF, make.SINCE, DAY)]


@pytest.mark.parametrize("fte", [Decimal("0.25"), Decimal("0.75")])
def test_other_hours_are_a_new_share(world, grant, share, fte):
    change = make.reported(world, grant, share, ChangeKind.HOURS, fte_after=fte, email_text="Bitte ändern.")
    settled(world, change)
    take_over(by=world.carrier_manager.actor, change=change)
    assert on_posts() == paid_for(grant) == [
        ("Eva Beispiel", make.HALF, make.SINCE, BEFORE), ("Eva Beispiel", fte, DAY, None),
    ]  # fmt: skip


def test_more_hours_that_were_refused_change_nothing(world, grant, share):
    change = make.reported(world, grant, share, ChangeKind.HOURS, fte_after=Decimal("0.75"), email_text="Bitte.")
    settled(world, change, fte_increase=State.REFUSED)
    told = refused(take_over, by=world.carrier_manager.actor, change=change)
    assert told == ["Am Stellenplan ändert sich dadurch nichts."]


@pytest.mark.rule("FU-05")
def test_more_hours_without_consent_are_worked_and_paid_as_before(world, grant, share):
    more = {"fte_after": Decimal("0.75"), "email_text": "Bitte.", "effective_from": make.in_days(-3)}
    change = make.reported(world, grant, share, ChangeKind.HOURS, **more)
    take_over(by=world.carrier_manager.actor, change=change)
    assert on_posts()[1] == ("Eva Beispiel", Decimal("0.75"), make.in_days(-3), None)
    assert paid_for(grant)[1] == ("Eva Beispiel", make.HALF, make.in_days(-3), None)


@pytest.mark.rule("FU-05")
def test_who_came_without_consent_is_on_the_post_and_not_paid_for(world, grant, house):
    values = make.newcomer(newcomer=make.person_of(world.nordstadt, "Neu Beispiel"), newcomer_from=None)
    change = report_change(
        by=world.carrier_manager.actor, grant=grant, kind=ChangeKind.NEW_HIRE, effective_from=make.in_days(-3),
        post=make.post_of(house.agency), **values,
    )  # fmt: skip
    take_over(by=world.carrier_manager.actor, change=change)
    assert on_posts() == [("Neu Beispiel", make.HALF, make.in_days(-3), None)]
    assert paid_for(grant) == []


def test_what_is_open_is_not_taken_over_and_nothing_twice(world, grant, share):
    change = make.reported(world, grant, share, **make.newcomer())
    assert obstacle(change) == "Zuerst muss die Behörde geantwortet haben oder benachrichtigt sein."
    settled(world, change)
    assert obstacle(change) == "Bitte zuerst die neue Person wählen."
    name_newcomer(
        by=world.carrier_manager.actor, change=change, newcomer=make.person_of(world.nordstadt, "Neu Beispiel")
    )
    change.refresh_from_db()
    take_over(by=world.carrier_manager.actor, change=change)
    assert refused(take_over, by=world.carrier_manager.actor, change=change) == ["Das ist schon übernommen."]


def test_nobody_takes_over_for_another_house(world, grant, share):
    change = make.reported(world, grant, share)
    settled(world, change)
    with pytest.raises(NotAllowed):
        take_over(by=world.specialist.actor, change=change)
    assert paid_for(grant) == [("Eva Beispiel", make.HALF, make.SINCE, None)]
