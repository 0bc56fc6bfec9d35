"""A released plan changes: noted after talking it over, weighed by the coordination, told to the authority (IA-09)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import changes as acts
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, PlanChange
from lotse.agency.queries.changes import changes_of
from lotse.agency.queries.duties import duties
from lotse.agency.queries.papers import latest
from lotse.core.errors import NotAllowed
from tests.factories.agencies import YEAR


def today():
    return timezone.localdate()


@pytest.fixture
def plan(world, house):
    return house.document(
        state=DocumentState.RELEASED, released_at=timezone.now(), released_by=world.coordinator.person
    )


@pytest.fixture
def task(house, plan):
    return house.task(plan)


@pytest.fixture
def change(world, plan, task):
    return noted(world, plan, task=task)


def noted(world, plan, **more):
    given = {"description": "Der Treffpunkt zieht um.", "consulted_on": today() - timedelta(days=2), **more}
    return acts.note_change(by=world.worker.actor, document=plan, **given)


def decided(world, change, *, fundamental):
    return acts.decide_change(by=world.coordinator.actor, change=change, fundamental=fundamental)


@pytest.mark.rule("IA-09")
def test_a_change_is_noted_at_a_released_plan_only(world, house, plan, change):
    draft = house.document(version=2)
    with pytest.raises(ValidationError, match="noch nicht freigegeben"):
        noted(world, draft)
    with pytest.raises(NotAllowed):
        acts.note_change(by=world.coordinator.actor, document=plan, description="x", consulted_on=today())
    assert [rules.may_note_change(world.worker.actor, one) for one in (plan, draft)] == [True, False]
    assert not rules.may_note_change(world.coordinator.actor, plan)
    other = AgencyDocument(kind=DocumentKind.REPORT, state=DocumentState.RELEASED, agency=house.agency)
    assert not rules.may_note_change(world.worker.actor, other)


@pytest.mark.rule("IA-09")
@pytest.mark.parametrize("wrong", [{"description": " "}, {"consulted_on": timezone.localdate() + timedelta(days=2)}])
def test_a_change_says_what_and_when_it_was_talked_over(world, plan, wrong):
    with pytest.raises(ValidationError):
        noted(world, plan, **wrong)


@pytest.mark.rule("IA-09")
def test_a_task_of_another_plan_is_refused(world, house, plan):
    with pytest.raises(ValidationError, match="nicht in diesem Plan"):
        noted(world, plan, task=house.task(house.document(version=2)))


@pytest.mark.rule("IA-09")
def test_only_the_coordination_decides_and_once(world, change):
    deciding = {n for n, p in world.personas.items() if p.person and rules.decides_change(p.actor, change)}
    assert deciding == {"coordinator"}
    with pytest.raises(NotAllowed):
        acts.decide_change(by=world.worker.actor, change=change, fundamental=False)
    made = decided(world, change, fundamental=False)
    assert (made.decided_by, made.decided_on, made.led_to) == (world.coordinator.person, today(), None)
    with pytest.raises(NotAllowed):
        decided(world, change, fundamental=True)


@pytest.mark.rule("IA-09")
def test_a_fundamental_change_begins_a_new_version_to_which_the_measures_move(world, house, plan, task, change):
    measure = house.measure(task=task)
    made = decided(world, change, fundamental=True)
    newest = latest(world.worker.actor, house.agency, DocumentKind.TASK_PLAN, YEAR)
    copied = newest.tasks.get()
    measure.refresh_from_db()
    assert (made.led_to, newest.version, newest.state) == (newest, 2, DocumentState.DRAFT)
    assert (copied.title, copied.continues, measure.task) == (task.title, None, copied)
    assert rules.may_write(world.worker.actor, newest)
    assert changes_of(world.worker.actor, newest) == [change]


@pytest.mark.rule("IA-09")
def test_a_second_fundamental_change_goes_into_the_version_being_written(world, plan, change):
    second = noted(world, plan)
    first = decided(world, change, fundamental=True).led_to
    assert decided(world, second, fundamental=True).led_to == first
    assert AgencyDocument.objects.count() == 2


@pytest.mark.rule("IA-09")
def test_the_authority_is_told_of_fundamental_changes_only(world, change):
    with pytest.raises(NotAllowed):
        acts.tell_authority(by=world.worker.actor, change=change, on=today())
    fundamental = decided(world, change, fundamental=True)
    telling = {n for n, p in world.personas.items() if p.person and rules.tells_authority(p.actor, fundamental)}
    assert telling == {"worker", "specialist", "coordinator"}
    for wrong in (today() + timedelta(days=1), today() - timedelta(days=3)):
        with pytest.raises(ValidationError):
            acts.tell_authority(by=world.worker.actor, change=fundamental, on=wrong)
    assert fundamental.must_tell
    assert not acts.tell_authority(by=world.worker.actor, change=fundamental, on=today()).must_tell
    with pytest.raises(NotAllowed):
        acts.tell_authority(by=world.worker.actor, change=fundamental, on=today())


@pytest.mark.rule("IA-09")
def test_of_a_change_that_is_not_fundamental_nobody_is_told(world, change):
    weighed = decided(world, change, fundamental=False)
    with pytest.raises(NotAllowed):
        acts.tell_authority(by=world.coordinator.actor, change=weighed, on=today())


@pytest.mark.rule("IA-09")
def test_a_change_is_withdrawn_until_it_is_decided(world, plan, change):
    with pytest.raises(NotAllowed):
        acts.withdraw_change(by=world.coordinator.actor, change=change)
    acts.withdraw_change(by=world.worker.actor, change=change)
    assert not PlanChange.objects.exists()
    weighed = decided(world, noted(world, plan), fundamental=False)
    with pytest.raises(ValidationError, match="schon entschieden"):
        acts.withdraw_change(by=world.worker.actor, change=weighed)


@pytest.mark.rule("IA-09")
def test_each_finds_on_her_day_what_is_hers_to_do(world, change):
    def found():
        people = (world.worker, world.coordinator, world.far_worker)
        return [[one.title for one in duties(person.actor, today())] for person in people]

    decide, tell = "Ist die Änderung grundlegend?", "Bewilligungsbehörde informieren"
    assert found() == [[], [decide], []]
    decided(world, change, fundamental=True)
    assert found() == [[tell], [tell], []]
    acts.tell_authority(by=world.coordinator.actor, change=change, on=today())
    assert found() == [[], [], []]


@pytest.mark.rule("IA-09")
def test_the_way_of_a_change_over_the_pages(world, plan, task, login):
    worker, page = login(world.worker), f"/agentur/planung/{plan.public_id}/"
    form = f"{page}aenderung/"
    worker.post(form, {"description": "Kein Saal mehr", "task": task.public_id, "consulted_on": str(today())})
    made = PlanChange.objects.get()
    url = f"/agentur/planung/aenderung/{made.public_id}/"
    text = worker.get(page).content.decode()
    assert "Kein Saal mehr" in text
    assert "Grundlegend oder nicht?" not in text
    assert worker.get(f"{url}entscheiden/").status_code == 403

    coordinator = login(world.coordinator)
    assert "Grundlegend oder nicht?" in coordinator.get(page).content.decode()
    coordinator.post(f"{url}entscheiden/", {"fundamental": "ja"})
    text = coordinator.get(page).content.decode()
    assert "Fassung 2" in text
    assert coordinator.get(form).status_code == 403
    coordinator.post(f"{url}behoerde/", {"on": str(today())})
    made.refresh_from_db()
    assert (made.authority_notified_on, made.led_to.version) == (today(), 2)

    worker = login(world.worker)
    worker.post(f"{url}zuruecknehmen/")
    assert PlanChange.objects.filter(pk=made.pk).exists()
