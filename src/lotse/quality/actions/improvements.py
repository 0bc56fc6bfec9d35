"""Improvements: raised, planned anew, begun, done, and closed only when another has seen that they help."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules
from lotse.quality.actions.shared import kept
from lotse.quality.enums import Effect, ImprovementSource, ImprovementState, NoteKind
from lotse.quality.models import Criterion, Improvement, ImprovementNote, Judgement

NOT_HERE = "Das macht jemand, der bei diesem Träger arbeitet."
PAST = "Dieser Tag ist vorbei. Bitte einen Tag ab heute wählen."
ELSEWHERE = "Das gehört zu einem anderen Träger."
NOT_HERS = "Das macht, wer für die Verbesserung zuständig ist oder die Qualität sichert."
OVER = "Diese Verbesserung ist abgeschlossen."
BEGUN = "Die Verbesserung ist schon begonnen."
ALREADY_DONE = "Die Verbesserung ist schon umgesetzt. Jetzt wird geprüft, ob sie wirkt."
NOT_DONE = "Geprüft wird die Wirkung, wenn die Verbesserung umgesetzt ist."
ANOTHER = (
    "Die Wirkung prüft jemand anderes als die Person, die verbessert hat, aus dem Kreis, der die Qualität sichert."
)
SAYS = "Bitte sagen, was Sie gesehen haben."
NEXT = "Bitte sagen, was als Nächstes geschehen soll."
EMPTY = "Bitte etwas eintragen."
STAYS = "Umgesetzt ist umgesetzt: Zuständig bleibt, wer es getan hat, bis die Wirkung geprüft ist."


@action("improvement.raised", "hat eine Verbesserung angelegt")
def raise_improvement(
    *, by: Actor, organisation: Organisation, source: ImprovementSource | str, title: str, owner: Person, due_on: date,
    finding: str = "", plan: str = "", criterion: Criterion | None = None, judgement: Judgement | None = None,
) -> Improvement:  # fmt: skip
    """From whatever it comes; who points to it from elsewhere keeps the row that is answered."""
    kept(by, organisation)
    criterion = judgement.criterion if judgement else criterion
    refuse_if(criterion is not None and criterion.organisation_id != organisation.pk, ELSEWHERE)
    _can_be_done(organisation, owner, due_on)
    now = timezone.now()
    made = Improvement(
        organisation=organisation, source=source, criterion=criterion, judgement=judgement, title=title.strip(),
        finding=finding.strip(), plan=plan.strip(), owner=owner, due_on=due_on, raised_by_id=by.person_id, raised_at=now,
        moved_at=now,
    )  # fmt: skip
    save_checked(made)
    _note(by, made, NoteKind.RAISED)
    record(made, source=str(source), due_on=due_on)
    return made


def _can_be_done(house: Organisation, owner: Person, due_on: date, before: date | None = None) -> None:
    refuse_if(not rules.works_at(owner, house), NOT_HERE, "owner")
    refuse_if(due_on != before and due_on < timezone.localdate(), PAST, "due_on")


def _note(by: Actor, improvement: Improvement, kind: NoteKind, text: str = "") -> ImprovementNote:
    return save_checked(
        ImprovementNote(
            organisation_id=improvement.organisation_id, improvement=improvement, kind=kind, round=improvement.round,
            text=text.strip(), written_by_id=by.person_id, written_at=timezone.now(),
        )
    )  # fmt: skip


def _at_work(by: Actor, improvement: Improvement) -> Improvement:
    fresh = locked(improvement)
    require(rules.may_work_on(by, fresh), NOT_HERS)
    refuse_if(fresh.is_over, OVER)
    return fresh


@action("improvement.changed", "hat eine Verbesserung geändert")
def change_improvement(
    *, by: Actor, improvement: Improvement, title: str, finding: str, plan: str, owner: Person, due_on: date,
    revision: int | None = None,
) -> Improvement:  # fmt: skip
    """Another day or another owner stands in the history."""
    fresh = locked(improvement)
    kept(by, fresh.organisation)
    refuse_if(fresh.is_over, OVER)
    refuse_if(fresh.is_done and owner != fresh.owner, STAYS, "owner")
    _can_be_done(fresh.organisation, owner, due_on, fresh.due_on)
    was = (fresh.due_on, fresh.owner)
    values = {
        "title": title.strip(),
        "finding": finding.strip(),
        "plan": plan.strip(),
        "owner": owner,
        "due_on": due_on,
    }
    changed = revise(fresh, {**values, "moved_at": timezone.now()}, revision)
    if (due_on, owner) != was:
        _note(by, fresh, NoteKind.MOVED, f"bisher {was[1]}, bis {was[0]:%d.%m.%Y}")
    record(fresh, fields=[name for name in changed if name in values])
    return fresh


@action("improvement.noted", "hat etwas zu einer Verbesserung notiert")
def note(*, by: Actor, improvement: Improvement, text: str) -> ImprovementNote:
    fresh = _at_work(by, improvement)
    refuse_if(not text.strip(), EMPTY, "text")
    revise(fresh, {"moved_at": timezone.now()}, None)
    made = _note(by, fresh, NoteKind.NOTE, text)
    record(fresh)
    return made


@action("improvement.begun", "hat mit einer Verbesserung begonnen")
def begin(*, by: Actor, improvement: Improvement) -> Improvement:
    fresh = _at_work(by, improvement)
    refuse_if(fresh.state != ImprovementState.PLANNED, BEGUN)
    revise(fresh, {"state": ImprovementState.IN_WORK, "moved_at": timezone.now()}, None)
    _note(by, fresh, NoteKind.STARTED)
    record(fresh, round=fresh.round)
    return fresh


@action("improvement.done", "hat eine Verbesserung umgesetzt")
def finish(*, by: Actor, improvement: Improvement, text: str, effect_due_on: date) -> Improvement:
    """What was done, and when it can be seen whether it helps."""
    fresh = _at_work(by, improvement)
    refuse_if(fresh.is_done, ALREADY_DONE)
    refuse_if(not text.strip(), EMPTY, "text")
    refuse_if(effect_due_on < timezone.localdate(), PAST, "effect_due_on")
    values = {"state": ImprovementState.DONE, "effect_due_on": effect_due_on, "moved_at": timezone.now()}
    revise(fresh, values, None)
    _note(by, fresh, NoteKind.DONE, text)
    record(fresh, round=fresh.round, effect_due_on=effect_due_on)
    return fresh


def _to_check(by: Actor, improvement: Improvement, text: str) -> Improvement:
    fresh = locked(improvement)
    require(rules.may_check_effect(by, fresh), ANOTHER)
    refuse_if(fresh.is_over, OVER)
    refuse_if(not fresh.is_done, NOT_DONE)
    refuse_if(not text.strip(), SAYS, "text")
    return fresh


@action("improvement.checked", "hat die Wirkung einer Verbesserung geprüft und sie abgeschlossen")
def close(*, by: Actor, improvement: Improvement, effect: Effect | str, text: str) -> Improvement:
    """It helps; or it does not, and `text` says why nothing more is done."""
    fresh = _to_check(by, improvement, text)
    now = timezone.now()
    values = {"effect_checked_by_id": by.person_id, "effect_checked_at": now, "moved_at": now}
    revise(fresh, {"state": ImprovementState.CHECKED, "effect": str(effect), **values}, None)
    _note(by, fresh, NoteKind.EFFECTIVE if effect == Effect.EFFECTIVE else NoteKind.GIVEN_UP, text)
    record(fresh, effect=str(effect), round=fresh.round)
    return fresh


@action("improvement.again", "hat die Wirkung einer Verbesserung geprüft und einen neuen Schritt vereinbart")
def plan_again(
    *, by: Actor, improvement: Improvement, text: str, plan: str, owner: Person, due_on: date
) -> Improvement:
    """It did not help: what was seen, and the next step with who and when."""
    fresh = _to_check(by, improvement, text)
    refuse_if(not plan.strip(), NEXT, "plan")
    _can_be_done(fresh.organisation, owner, due_on)
    _note(by, fresh, NoteKind.AGAIN, text)
    values = {"plan": plan.strip(), "owner": owner, "due_on": due_on, "effect_due_on": None, "round": fresh.round + 1}
    revise(fresh, {"state": ImprovementState.PLANNED, "moved_at": timezone.now(), **values}, None)
    record(fresh, effect=str(Effect.NOT_EFFECTIVE), round=fresh.round, due_on=due_on)
    return fresh
