"""An improvement: somebody is to do it by a day, and it ends only when another has seen whether it helps."""

import pytest
from django.db import IntegrityError, transaction

from lotse.core.errors import NotAllowed
from lotse.quality.actions import improvements as acts
from lotse.quality.enums import Effect, ImprovementState, NoteKind
from lotse.quality.models import Improvement, ImprovementNote
from tests.factories import quality as catalogue
from tests.factories import quality_improvements as make
from tests.factories.quality_improvements import days
from tests.funding.refusing import refused


def kinds(row):
    return [note.kind for note in row.notes.order_by("id")]


@pytest.fixture
def improvement(world):
    return make.raised(world)


@pytest.mark.rule("QM-20")
def test_an_improvement_begins_with_who_does_it_and_by_when(world, improvement):
    assert (improvement.owner, improvement.due_on, improvement.state, improvement.round) == (
        world.counsellor.person,
        days(30),
        ImprovementState.PLANNED,
        1,
    )
    assert improvement.raised_by == world.technical_lead.person
    assert kinds(improvement) == [NoteKind.RAISED]


def test_what_is_wrong_lies_sealed(improvement):
    row = Improvement.objects.get(pk=improvement.pk)
    assert (row.finding, row.plan) == ("Am Eingang hängt nichts.", "Ein Schild bestellen.")
    stored = Improvement.objects.filter(pk=row.pk).values_list("finding", flat=True).get()
    assert b"Eingang" not in bytes(stored)


def test_a_judgement_brings_its_criterion_along(world, assessment):
    row = catalogue.of(assessment, "b-1")
    assert make.raised(world, judgement=row, source="self_assessment").criterion == row.criterion


def test_nothing_of_another_carrier_is_taken(world, criterion):
    far = catalogue.far_manager(world)
    values = {"by": far, "owner": far, "organisation": world.suedstadt}
    assert refused(lambda: make.raised(world, criterion=criterion, **values)) == ["Das gehört zu einem anderen Träger."]


@pytest.mark.rule("QM-20")
def test_who_does_it_works_at_the_carrier(world):
    assert refused(lambda: make.raised(world, owner=world.outsider)) == [
        "Das macht jemand, der bei diesem Träger arbeitet."
    ]


def test_the_day_is_still_to_come(world):
    assert refused(lambda: make.raised(world, due_on=days(-1))) == [
        "Dieser Tag ist vorbei. Bitte einen Tag ab heute wählen."
    ]


@pytest.mark.parametrize("name", ["counsellor", "sysadmin", "coordinator", "outsider"])
def test_raised_by_who_keeps_quality_alone(world, name):
    with pytest.raises(NotAllowed):
        make.raised(world, by=getattr(world, name))


def test_seen_by_who_keeps_quality_and_who_does_it(world, improvement):
    seen = {
        name
        for name, persona in world.personas.items()
        if persona.person and Improvement.objects.visible_to(persona.actor).exists()
    }
    assert seen == {"counsellor", "technical_lead", "carrier_manager"}
    notes = {
        name
        for name, persona in world.personas.items()
        if persona.person and ImprovementNote.objects.visible_to(persona.actor).exists()
    }
    assert notes == seen


def test_the_way_round_once(world, improvement):
    mine = world.counsellor.actor
    acts.begin(by=mine, improvement=improvement)
    acts.note(by=mine, improvement=improvement, text="Bestellt.")
    acts.finish(by=mine, improvement=improvement, text="Hängt.", effect_due_on=days(60))
    by = world.technical_lead
    row = acts.close(by=by.actor, improvement=improvement, effect=Effect.EFFECTIVE, text="Niemand fragt mehr.")
    assert (row.state, row.effect, row.effect_checked_by) == (
        ImprovementState.CHECKED,
        Effect.EFFECTIVE,
        by.person,
    )
    assert kinds(row) == [NoteKind.RAISED, NoteKind.STARTED, NoteKind.NOTE, NoteKind.DONE, NoteKind.EFFECTIVE]


@pytest.mark.rule("QM-20")
def test_who_did_it_does_not_check_it(world):
    row = make.done(world, owner=world.technical_lead)
    values = {"improvement": row, "effect": Effect.EFFECTIVE, "text": "Gut."}
    for persona in (world.technical_lead, world.counsellor):
        with pytest.raises(NotAllowed):
            acts.close(by=persona.actor, **values)
    assert acts.close(by=world.carrier_manager.actor, **values).is_over


@pytest.mark.rule("QM-20")
def test_nothing_is_closed_before_it_is_done(world, improvement):
    by = world.carrier_manager.actor
    assert refused(lambda: acts.close(by=by, improvement=improvement, effect=Effect.EFFECTIVE, text="Gut.")) == [
        "Geprüft wird die Wirkung, wenn die Verbesserung umgesetzt ist."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Improvement.objects.filter(pk=improvement.pk).update(state=ImprovementState.CHECKED, effect_due_on=days(1))


@pytest.mark.rule("QM-20")
def test_what_did_not_help_is_planned_anew(world):
    row = make.done(world)
    by = world.carrier_manager.actor
    again = acts.plan_again(
        by=by, improvement=row, text="Das Schild sieht niemand.", plan="Ein größeres.", owner=world.colleague.person,
        due_on=days(20),
    )  # fmt: skip
    assert (again.state, again.round, again.plan, again.owner, again.due_on, again.effect_due_on) == (
        ImprovementState.PLANNED, 2, "Ein größeres.", world.colleague.person, days(20), None,
    )  # fmt: skip
    assert kinds(again) == [NoteKind.RAISED, NoteKind.DONE, NoteKind.AGAIN]


def test_a_new_round_says_what_happens_next(world):
    row = make.done(world)
    values = {"owner": world.colleague.person, "due_on": days(20), "text": "Nein.", "plan": " "}
    assert refused(lambda: acts.plan_again(by=world.carrier_manager.actor, improvement=row, **values)) == [
        "Bitte sagen, was als Nächstes geschehen soll."
    ]


def test_given_up_says_why(world):
    row = make.done(world)
    by = world.carrier_manager.actor
    assert refused(lambda: acts.close(by=by, improvement=row, effect=Effect.NOT_EFFECTIVE, text="")) == [
        "Bitte sagen, was Sie gesehen haben."
    ]
    ended = acts.close(by=by, improvement=row, effect=Effect.NOT_EFFECTIVE, text="Wir ziehen um.")
    assert (ended.effect, kinds(ended)[-1]) == (Effect.NOT_EFFECTIVE, NoteKind.GIVEN_UP)


def test_what_is_over_stays(world):
    row, by = make.closed(world), world.carrier_manager.actor
    assert refused(lambda: acts.note(by=by, improvement=row, text="Noch etwas.")) == [
        "Diese Verbesserung ist abgeschlossen."
    ]


def test_another_day_stands_in_the_history(world, improvement):
    values = {"title": "Schild", "finding": "F", "plan": "P", "owner": world.counsellor.person, "due_on": days(40)}
    row = acts.change_improvement(by=world.technical_lead.actor, improvement=improvement, revision=1, **values)
    last = row.notes.first()
    assert (last.kind, last.text) == (NoteKind.MOVED, f"bisher Counsellor Beispiel, bis {days(30):%d.%m.%Y}")
    with pytest.raises(NotAllowed):
        acts.change_improvement(by=world.counsellor.actor, improvement=improvement, **values)


def test_an_overdue_one_can_be_changed_without_a_new_day(world, improvement):
    row = make.overdue(improvement)
    values = {"title": "Schild", "finding": "F", "plan": "P", "owner": row.owner, "due_on": row.due_on}
    assert acts.change_improvement(by=world.technical_lead.actor, improvement=row, **values).title == "Schild"


@pytest.mark.rule("QM-20")
def test_who_did_it_cannot_be_changed_before_the_check(world):
    row = make.done(world, owner=world.technical_lead)
    values = {"title": "Schild", "finding": "", "plan": "", "owner": world.counsellor.person, "due_on": row.due_on}
    said = refused(lambda: acts.change_improvement(by=world.technical_lead.actor, improvement=row, **values))
    assert said == [acts.STAYS]


def test_begun_and_done_once(world):
    row, by = make.done(world), world.counsellor.actor
    assert refused(lambda: acts.begin(by=by, improvement=row)) == ["Die Verbesserung ist schon begonnen."]
    values = {"text": "Nochmal", "effect_due_on": days(1)}
    assert refused(lambda: acts.finish(by=by, improvement=row, **values)) == [acts.ALREADY_DONE]


def test_not_worked_on_by_others(world, improvement):
    with pytest.raises(NotAllowed):
        acts.begin(by=world.colleague.actor, improvement=improvement)
