import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.casework.actions import plans
from lotse.casework.actions.file import Outdated
from lotse.casework.actions.parts_a import answers_of, revise_part_a, save_chapter
from lotse.casework.enums import Achievement, PlanState, PlanStatusValue
from lotse.casework.models import GermanLevel, PlanStatus, PlanStep, SupportPlan
from lotse.casework.models.plan import derived_status
from lotse.casework.states import PLAN, STEP, require_step
from tests.factories import casework as make

A = Achievement


@pytest.mark.rule("CL-13")
def test_plan_is_agreed_only_when_the_environment_is_answered(world):
    plan = make.plan(world)
    make.step(world, make.goal(world, plan))

    with pytest.raises(ValidationError, match="Umfeld"):
        plans.agree(by=world.counsellor.actor, plan=plan, on=timezone.localdate())

    plans.answer_environment(by=world.counsellor.actor, plan=plan, environment=["family"])
    assert plans.agree(by=world.counsellor.actor, plan=plan, on=timezone.localdate()).state == PlanState.AGREED


@pytest.mark.rule("CL-18")
@pytest.mark.parametrize(
    "given", [{"area": "", "goal": "find_work"}, {"area": "work", "area_text": "auch Text"}, {"goal": "", "goal_text": " "}],
    ids=["no area", "both", "no goal"],
)  # fmt: skip
def test_area_and_goal_come_from_the_list_or_in_own_words(world, given):
    with pytest.raises(ValidationError, match="eigenen Worten"):
        make.goal(world, make.plan(world), **given)


@pytest.mark.rule("CL-18")
def test_own_words_are_stored(world):
    goal = make.goal(world, make.plan(world), area="", area_text="Garten", goal="", goal_text="Beete anlegen")

    goal.refresh_from_db()
    assert (goal.area_text, goal.goal_text) == ("Garten", "Beete anlegen")


@pytest.mark.rule("CL-19")
def test_everything_from_the_step_rightwards_belongs_to_the_step(world):
    step = make.step(
        world,
        make.goal(world, make.plan(world)),
        who="partner",
        who_name="Jobcenter",
        services=["jobcentre"],
        notes="Termin folgt",
    )

    stored = PlanStep.objects.get(pk=step.pk)
    assert (stored.who, stored.who_name, stored.services, stored.notes) == (
        "partner",
        "Jobcenter",
        ["jobcentre"],
        "Termin folgt",
    )
    assert stored.achieved == A.IN_PROGRESS


@pytest.mark.parametrize(
    ("steps", "expected"),
    [((), A.IN_PROGRESS), ((A.YES, A.IN_PROGRESS), A.IN_PROGRESS), ((A.YES, A.YES), A.YES), ((A.NO, A.NO), A.NO), ((A.YES, A.NO), A.PARTLY),
     ((A.PARTLY,), A.PARTLY)],
)  # fmt: skip
def test_status_of_a_goal_follows_its_steps(steps, expected):
    assert derived_status(steps) == expected


@pytest.mark.rule("CL-20")
def test_status_at_key_date_is_a_dated_series(world):
    plan = make.plan(world, agreed=True)
    for days, value in ((9, PlanStatusValue.IN_IMPLEMENTATION), (1, PlanStatusValue.NO_FURTHER_NEED)):
        plans.record_status(by=world.counsellor.actor, plan=plan, key_date=make.days_ago(days), value=value)

    assert list(PlanStatus.objects.values_list("value", flat=True)) == ["no_further_need", "in_implementation"]
    with pytest.raises(ValidationError, match="schon einen Stand"):
        plans.record_status(
            by=world.counsellor.actor, plan=plan, key_date=make.days_ago(1), value=PlanStatusValue.DEPARTED
        )


def test_signing_brings_the_plan_into_implementation(world):
    plan = make.plan(world, agreed=True)

    signed = plans.sign(by=world.counsellor.actor, plan=plan, on=timezone.localdate())

    assert (signed.state, signed.signed_on) == (PlanState.IN_IMPLEMENTATION, timezone.localdate())


def test_revision_carries_over_what_is_not_yet_achieved(world):
    plan = make.plan(world, agreed=True)
    first = PlanStep.objects.get()
    make.step(world, first.goal, text="Zeugnis übersetzen")
    plans.set_achievement(by=world.counsellor.actor, step=first, achieved=A.YES)

    new = plans.revise(by=world.counsellor.actor, plan=plan, on=timezone.localdate())

    assert (new.version, new.number, new.state) == (2, plan.number, PlanState.DRAFT)
    assert [s.text for s in PlanStep.objects.filter(goal__plan=new)] == ["Zeugnis übersetzen"]
    assert SupportPlan.objects.get(pk=plan.pk).state == PlanState.COMPLETED


def test_agreed_goals_are_not_struck_out(world):
    plan = make.plan(world, agreed=True)

    with pytest.raises(ValidationError, match="nicht gestrichen"):
        plans.remove_goal(by=world.counsellor.actor, goal=plan.goals.get())


def test_who_saves_second_is_told_that_somebody_else_has_saved(world):
    plan = make.plan(world)
    seen = plan.revision
    plans.answer_environment(by=world.counsellor.actor, plan=plan, environment=["family"], revision=seen)

    with pytest.raises(Outdated):
        plans.answer_environment(by=world.counsellor.actor, plan=plan, environment=["work"], revision=seen)
    assert SupportPlan.objects.get().environment == ["family"]


@pytest.mark.parametrize("before", PlanState)
@pytest.mark.parametrize("after", PlanState)
def test_plan_moves_only_along_its_table(before, after):
    allowed = after in PLAN[before]
    if allowed:
        require_step(PLAN, before, after)
    else:
        with pytest.raises(ValidationError):
            require_step(PLAN, before, after)


def test_every_result_of_a_step_can_be_corrected():
    assert {before: set(A) - {before} for before in A} == {
        A.IN_PROGRESS: {A.YES, A.NO, A.PARTLY}, **{b: set(A) - {b} for b in (A.YES, A.NO, A.PARTLY)}
    }  # fmt: skip
    assert {before: set(after) for before, after in STEP.items()} == {before: set(A) - {before} for before in A}


@pytest.mark.rule("DP-07")
def test_answers_whose_condition_does_not_hold_are_dropped(world):
    given = {"driving_licence": False, "licence_valid_de": True, "car_available": True}

    part_a = save_chapter(by=world.counsellor.actor, case=make.case(world), chapter_key="mobility", given=given)

    assert part_a.answers == {"driving_licence": False, "car_available": True}


@pytest.mark.rule("CL-17")
def test_recognition_in_progress_names_the_office(world):
    case = make.case(world)
    given = {"occupation_certificate": True, "occupation_recognition": "in_progress"}

    with pytest.raises(ValidationError, match="Anerkennung"):
        save_chapter(by=world.counsellor.actor, case=case, chapter_key="occupation", given=given)

    given["occupation_recognition_office"] = "Handwerkskammer"
    part_a = save_chapter(by=world.counsellor.actor, case=case, chapter_key="occupation", given=given)
    assert answers_of(part_a)["occupation_recognition_office"] == "Handwerkskammer"


@pytest.mark.rule("CL-16")
def test_level_of_german_becomes_a_dated_series(world):
    case = make.case(world)
    for level in ("a1", "a1", "a2"):
        save_chapter(by=world.counsellor.actor, case=case, chapter_key="german", given={"german_level": level})

    assert list(GermanLevel.objects.values_list("level", flat=True)) == ["a2", "a1"]


def test_revised_part_a_is_prefilled_and_the_old_one_stays(world):
    case = make.case(world)
    old = save_chapter(
        by=world.counsellor.actor, case=case, chapter_key="occupation", given={"occupation": "Schreiner"}
    )

    new = revise_part_a(by=world.counsellor.actor, case=case)

    assert (old.version, new.version) == (1, 2)
    assert answers_of(new) == {"occupation": "Schreiner"}
