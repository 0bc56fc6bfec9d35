"""Tasks of a plan: themes with needs, measurable goals, steps and partners."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from lotse.agency.actions import plan as acts
from lotse.agency.actions.plan_copies import continue_tasks
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import Task, TaskGoal, TaskPartner, TaskStep
from lotse.agency.queries.plan import analysis_of, missing_for_review, needs_for, to_continue
from lotse.agency.queries.staff import specialists
from lotse.agency.timebar import time_bar
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from tests.factories.agencies import YEAR

GOAL = {
    "text": "Mehr Mütter arbeiten mit", "indicator": "Mütter, die mitarbeiten", "unit": "", "baseline": Decimal(2), "target": Decimal("7.5"),
    "due_on": date(YEAR, 11, 30), "method": "Listen der Treffen",
}  # fmt: skip
STEP = {"title": "Räume suchen", "starts_on": date(YEAR, 2, 1), "ends_on": date(YEAR, 5, 31)}
PARTNER = {"partner": None, "name": "Stadtteilbüro", "kind": "municipality", "agreed_on": date(YEAR, 1, 15)}


@pytest.fixture
def plan(house):
    return house.document()


@pytest.fixture
def need(house):
    return house.need(house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1))


@pytest.fixture
def task(house, plan, need):
    return house.task(plan, need)


def by(world):
    return {"by": world.worker.actor}


def test_a_task_is_planned_for_needs_of_the_analysis_that_holds(world, plan, need):
    made = acts.add_task(**by(world), document=plan, needs=[need], title="Treffpunkte schaffen", field="SR")
    second = acts.add_task(**by(world), document=plan, title="Vielfalt im Amt", field="IKÖ")
    assert (list(made.needs.all()), made.position, second.position) == ([need], 1, 2)
    assert (analysis_of(plan), list(needs_for(plan).values())) == (need.document, [need])


def test_a_need_of_another_agency_is_refused(world, house, plan):
    far = house.document(DocumentKind.ANALYSIS, agency=house.far_agency, organisation=world.suedstadt)
    with pytest.raises(ValidationError, match="Analyse dieser Agentur"):
        acts.add_task(**by(world), document=plan, needs=[house.need(far)], title="Fremd", field="SR")


def test_a_plan_is_written_by_its_agency_while_it_is_open(world, house, plan, task):
    with pytest.raises(NotAllowed):
        acts.keep_goal(by=world.coordinator.actor, task=task, **GOAL)
    plan.state = DocumentState.READY
    plan.save()
    for act, given in ((acts.keep_goal, GOAL), (acts.keep_step, STEP), (acts.keep_partner, PARTNER)):
        with pytest.raises(ValidationError, match="eingereicht"):
            act(**by(world), task=task, **given)


@pytest.mark.rule("IA-08")
def test_a_goal_can_be_measured_or_is_refused(world, task):
    made = acts.keep_goal(**by(world), task=task, **GOAL)
    assert list(task.goals.values_list("baseline", "target")) == [(Decimal(2), Decimal("7.5"))]
    for wrong in ({"target": GOAL["baseline"]}, {"method": ""}, {"indicator": ""}, {"due_on": date(YEAR + 1, 1, 1)}):
        with pytest.raises(ValidationError):
            acts.keep_goal(**by(world), task=task, **{**GOAL, **wrong})
    acts.keep_goal(**by(world), task=task, goal=made, **{**GOAL, "text": "Alle arbeiten mit"})
    assert list(TaskGoal.objects.values_list("text", flat=True)) == ["Alle arbeiten mit"]


def test_steps_lie_in_the_years_of_the_plan(world, task):
    acts.keep_step(**by(world), task=task, **STEP)
    with pytest.raises(ValidationError, match=f"{YEAR}"):
        acts.keep_step(**by(world), task=task, **{**STEP, "ends_on": date(YEAR + 1, 2, 1)})
    with pytest.raises(ValidationError, match="Ende"):
        acts.keep_step(**by(world), task=task, **{**STEP, "ends_on": date(YEAR, 1, 1)})


def test_a_step_is_done_in_a_released_plan_too_and_taken_back(world, house, plan, task):
    step = acts.keep_step(**by(world), task=task, **STEP)
    release(world, plan)
    assert acts.finish_step(**by(world), step=step, on=date(YEAR, 5, 1)).done_on == date(YEAR, 5, 1)
    assert acts.finish_step(**by(world), step=step, on=None).done_on is None
    with pytest.raises(NotAllowed):
        acts.finish_step(by=world.coordinator.actor, step=step, on=None)


def release(world, document):
    document.state, document.released_by = DocumentState.RELEASED, world.coordinator.person
    document.released_at = "2026-01-20T12:00Z"
    document.save()


def test_a_partner_stands_once_with_a_task(world, task):
    acts.keep_partner(**by(world), task=task, **PARTNER)
    with pytest.raises(ValidationError):
        acts.keep_partner(**by(world), task=task, **PARTNER)


def test_parts_and_tasks_are_removed_unless_measures_hang_on_them(world, house, task):
    for row in (
        acts.keep_goal(**by(world), task=task, **GOAL),
        acts.keep_step(**by(world), task=task, **STEP),
        acts.keep_partner(**by(world), task=task, **PARTNER),
    ):
        acts.remove_part(**by(world), row=row)
    assert not any(model.objects.exists() for model in (TaskGoal, TaskStep, TaskPartner))
    measure = house.measure(task=task)
    with pytest.raises(ValidationError, match="Maßnahmen"):
        acts.remove_task(**by(world), task=task)
    measure.delete()
    acts.remove_task(**by(world), task=task)
    assert not Task.objects.exists()


def test_two_who_change_a_task_at_once_do_not_overwrite_each_other(world, task, need):
    acts.change_task(**by(world), task=task, needs=[need], revision=1, title="Orte schaffen")
    with pytest.raises(ValidationError, match="Inzwischen"):
        acts.change_task(**by(world), task=task, needs=[need], revision=1, title="Räume schaffen")


def test_tasks_go_on_in_the_next_year_with_days_moved_and_agreements_open(world, house, task, need):
    acts.keep_goal(**by(world), task=task, **GOAL)
    step = acts.keep_step(**by(world), task=task, **STEP)
    acts.finish_step(**by(world), step=step, on=date(YEAR, 5, 1))
    acts.keep_partner(**by(world), task=task, **PARTNER)
    following = house.document(funding_year=YEAR + 1, until_year=YEAR + 1)
    assert to_continue(following) == [task]
    (made,) = continue_tasks(**by(world), document=following, tasks=[task])
    assert (made.title, made.continues, list(made.needs.all())) == (task.title, task, [need])
    assert made.goals.get().due_on == date(YEAR + 1, 11, 30)
    assert (made.steps.get().starts_on, made.steps.get().done_on) == (date(YEAR + 1, 2, 1), None)
    assert made.partners.get().agreed_on is None
    assert to_continue(following) == []


def test_needs_of_an_old_analysis_are_not_taken_along(world, house, task):
    house.document(DocumentKind.ANALYSIS, funding_year=YEAR + 1, until_year=YEAR + 2)
    following = house.document(funding_year=YEAR + 1, until_year=YEAR + 1)
    (made,) = continue_tasks(**by(world), document=following, tasks=[task])
    assert list(made.needs.all()) == []


def test_tasks_of_another_agency_are_not_continued(world, house, plan):
    far = house.document(
        agency=house.far_agency, organisation=world.suedstadt, funding_year=YEAR - 1, until_year=YEAR - 1
    )
    with pytest.raises(ValidationError, match="Vorjahr"):
        continue_tasks(**by(world), document=plan, tasks=[house.task(far)])


# --- what is missing -------------------------------------------------------------------------------------------------
def texts(plan):
    return [one.text for one in missing_for_review(plan)]


@pytest.mark.rule("IA-03")
def test_a_plan_without_tasks_and_analysis_lacks_both(plan):
    assert texts(plan) == ["Noch keine Aufgabe", f"Für {YEAR} gibt es keine Analyse"]


@pytest.mark.rule("IA-03")
def test_an_empty_task_lacks_everything_and_needs_want_a_task(house, plan, need):
    house.task(plan)
    assert texts(plan) == [
        "Treffpunkte schaffen: kein Bedarf aus der Analyse",
        "Treffpunkte schaffen: Anlass und Begründung fehlen",
        "Treffpunkte schaffen: das Gesamtziel fehlt",
        "Treffpunkte schaffen: noch kein Teilziel",
        "Treffpunkte schaffen: die Methoden fehlen",
        "Treffpunkte schaffen: noch kein Schritt im Zeitplan",
        "Treffpunkte schaffen: noch mit niemandem abgestimmt",
        "Bedarf ohne Aufgabe: Es fehlen Orte zum Treffen.",
    ]


def whole(world, house, plan, need):
    made = house.task(plan, need, occasion="Die Analyse zeigt es.", overall_goal="Orte für alle", methods="Gespräche")
    acts.keep_goal(**by(world), task=made, **GOAL)
    acts.keep_step(**by(world), task=made, **STEP)
    acts.keep_partner(**by(world), task=made, **PARTNER)
    return made


@pytest.mark.rule("IA-08")
def test_a_whole_plan_lacks_nothing_in_the_same_number_of_statements(
    world, house, plan, need, django_assert_max_num_queries
):
    for _number in range(3):
        whole(world, house, plan, need)
    with django_assert_max_num_queries(7):
        assert texts(plan) == []
    TaskGoal.objects.update(target=2)
    TaskPartner.objects.update(agreed_on=None)
    assert texts(plan)[:2] == [
        "Treffpunkte schaffen: ein Teilziel ist nicht messbar",
        "Treffpunkte schaffen: noch mit niemandem abgestimmt",
    ]


# --- pages -----------------------------------------------------------------------------------------------------------
def test_bars_lie_where_the_days_are():
    from lotse.agency.models import AgencyDocument

    document = AgencyDocument(funding_year=2026, until_year=2026)
    steps = [
        TaskStep(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)),
        TaskStep(starts_on=date(2026, 12, 31), ends_on=date(2027, 1, 9)),
    ]
    bar = time_bar(document, steps, date(2026, 1, 11))
    assert (bar.days, bar.marks[:2], bar.today) == (365, (0, 31), 10)
    assert [(one.x, one.width) for one in bar.bars] == [(0, 365), (361, 4)]
    assert time_bar(document, steps, date(2027, 2, 1)).today is None
    assert [one.is_late for one in time_bar(document, steps, date(2027, 1, 5)).bars] == [True, False]


def test_a_plan_is_written_from_its_page(world, house, plan, need, login):
    web, page = login(world.worker), f"/agentur/planung/{plan.public_id}/"
    assert "Erste Aufgabe planen" in web.get(page).content.decode()
    ticked = web.get(f"{page}aufgabe/?bedarf={need.public_id}").content.decode()
    assert f'value="{need.public_id}"' in ticked
    assert "checked" in ticked
    web.post(f"{page}aufgabe/", {"title": "Sommerfest", "field": "SR", "needs": [need.public_id]})
    made = Task.objects.get()
    url = f"/agentur/planung/aufgabe/{made.public_id}/"
    goal = {**GOAL, "baseline": "2", "target": "7,5", "due_on": f"{YEAR}-11-30"}
    assert web.post(f"{url}teilziel/", goal)["Location"] == url
    assert web.post(f"{url}schritt/", {**STEP})["Location"] == url
    assert web.post(f"{url}partner/", {"name": "Stadtteilbüro", "kind": "municipality"})["Location"] == url
    text = web.get(url).content.decode()
    for words in ("2 → 7,5", "Räume suchen", "Stadtteilbüro", "noch offen", "andere Integrationsagentur"):
        assert words in text
    assert made.goals.get().target == Decimal("7.5")
    text = web.get(page).content.decode()
    assert "Noch 4 Angaben" in text


def test_what_is_typed_into_a_task_is_kept_until_it_is_saved(world, plan, need, login):
    web, url = login(world.worker), f"/agentur/planung/{plan.public_id}/aufgabe/"
    drafts.save(
        world.worker.actor, "agency-task", plan.public_id, {"title": ["Halb"], "needs": [need.public_id]}, revision=None, label="Neue Aufgabe", url=url
    )  # fmt: skip
    text = web.get(url).content.decode()
    assert 'value="Halb"' in text
    assert "Ihr Entwurf" in text
    assert " checked" in text
    web.post(url, {"title": "Ganz", "field": "SR", "draft_form": "agency-task", "draft_object": plan.public_id})
    assert drafts.load(world.worker.actor, "agency-task", plan.public_id) is None


def test_a_step_is_ticked_off_where_it_is_seen(world, plan, task, login):
    step = acts.keep_step(**by(world), task=task, **STEP)
    web, page = login(world.worker), f"/agentur/planung/{plan.public_id}/"
    url = f"/agentur/planung/schritt/{step.public_id}/erledigt/"
    assert web.post(url, {"back": page})["Location"] == page
    step.refresh_from_db()
    assert step.done_on
    assert web.post(url)["Location"] == f"/agentur/planung/aufgabe/{task.public_id}/"
    assert login(world.coordinator).post(url).status_code == 403


def test_what_is_not_a_number_is_said_in_words(world, task, login):
    url = f"/agentur/planung/aufgabe/{task.public_id}/teilziel/"
    text = login(world.worker).post(url, {**GOAL, "baseline": "viele", "target": "1,234"}).content.decode()
    assert "Bitte eine Zahl wie 12 oder 2,5 angeben." in text
    assert "zwei hinter dem Komma" in text


def test_who_oversees_reads_the_plan_and_writes_nothing(world, house, plan, task, login):
    web = login(world.coordinator)
    url = f"/agentur/planung/aufgabe/{task.public_id}/"
    text = web.get(url).content.decode()
    assert "Neues Teilziel" not in text
    assert "Aufgabe löschen" not in text
    assert web.get(f"{url}aendern/").status_code == 403
    assert web.post(f"{url}loeschen/").status_code == 403
    assert login(world.far_worker).get(url).status_code == 404


def test_colleagues_of_the_agency_are_offered_as_responsible(world, house):
    assert list(specialists(house.agency).values()) == [world.specialist.person, world.worker.person]


@pytest.mark.parametrize("number", [0, 1, 60])
def test_the_plan_asks_the_same_number_of_statements(
    world, house, plan, need, login, django_assert_max_num_queries, number
):
    for _number in range(number):
        house.task(plan, need)
    web = login(world.worker)
    web.get("/agentur/")
    with django_assert_max_num_queries(32):
        assert web.get(f"/agentur/planung/{plan.public_id}/").status_code == 200
