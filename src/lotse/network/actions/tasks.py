"""Tasks from meetings: given, done with a result, looked at by somebody else, opened again (NW-11)."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.network import rules, states
from lotse.network.actions.inner import enter
from lotse.network.enums import Part, TaskState
from lotse.network.models import ActionItem, Meeting
from lotse.network.queries.inner import person_sits_inside, sits_inside, takes_part
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

NOT_INVITED = "Aufgaben vergibt, wer zu diesem Treffen gehört."
NOT_YOURS = "Diese Aufgabe schließt ab, wer sie übernommen hat, oder wer das Treffen organisiert oder moderiert."
NOT_INSIDE = "Eine Aufgabe aus Teil 1 übernimmt jemand, der in Teil 1 sitzt."
NAME_MISSING = "Bitte sagen, wer die Aufgabe übernimmt."
NOT_YOUR_OWN = "Das Ergebnis prüft jemand anderes: wer das nächste Treffen organisiert oder moderiert."


@action("task.given", "hat eine Aufgabe aus einem Treffen festgehalten")
def create_task(
    *,
    by: Actor,
    meeting: Meeting,
    part: Part | int,
    text: str,
    owner_name: str,
    owner: Person | None = None,
    owner_email: str = "",
    due_on: date | None = None,
) -> ActionItem:
    """`owner_email` for somebody without an account, so that a reminder reaches her too."""
    _may_give(by, meeting, Part(part), owner)
    name = owner_name.strip() or str(owner or "")
    refuse_if(not text.strip(), "Bitte sagen, was zu tun ist.", "text")
    refuse_if(not name, NAME_MISSING, "owner_name")
    task = ActionItem(
        organisation_id=meeting.organisation_id, format_id=meeting.format_id, meeting=meeting, part=part,
        text=text.strip(), owner=owner, owner_name=name, owner_email="" if owner else owner_email, due_on=due_on,
        given_by_id=by.person_id,
    )  # fmt: skip
    task.save()
    record(task, due_on=due_on)
    return task


def _may_give(by: Actor, meeting: Meeting, part: Part, owner: Person | None) -> None:
    if part == Part.INNER:
        enter(by, meeting)
        refuse_if(owner is None or not person_sits_inside(owner, meeting), NOT_INSIDE, "owner")
    else:
        require(takes_part(by, meeting) or rules.arranges(by, meeting.format), NOT_INVITED)


def _locked(by: Actor, task: ActionItem) -> ActionItem:
    """Within what she sees: a task of part 1 does not exist outside it."""
    return ActionItem.objects.visible_to(by).select_for_update(of=("self",)).get(pk=task.pk)


def leads_meeting(by: Actor, task: ActionItem) -> bool:
    """Organises or moderates, and for a task of part 1 sits there."""
    leads = rules.arranges(by, task.format) or task.meeting.moderator_id == by.person_id
    return leads if task.part == Part.OPEN else sits_inside(by, task.meeting)


def may_close(by: Actor, task: ActionItem) -> bool:
    return task.owner_id == by.person_id or leads_meeting(by, task)


def _step(task: ActionItem, to: TaskState) -> None:
    states.require_step(states.TASK, TaskState(task.state), to)
    task.state = to
    task.revision += 1


@action("task.done", "hat eine Aufgabe aus einem Treffen erledigt")
def finish_task(*, by: Actor, task: ActionItem, result: str, on: date | None = None) -> ActionItem:
    return _close(by, task, TaskState.DONE, result, on, "Bitte kurz sagen, was herausgekommen ist.")


@action("task.dropped", "hat eine Aufgabe aus einem Treffen als nicht mehr nötig abgeschlossen")
def drop_task(*, by: Actor, task: ActionItem, result: str) -> ActionItem:
    return _close(by, task, TaskState.DROPPED, result, None, "Bitte kurz sagen, warum sie nicht mehr nötig ist.")


def _close(by: Actor, task: ActionItem, to: TaskState, result: str, on: date | None, missing: str) -> ActionItem:
    fresh, today = _locked(by, task), timezone.localdate()
    require(may_close(by, fresh), NOT_YOURS)
    refuse_if(not result.strip(), missing, "result")
    refuse_if(on is not None and on > today, "Dieser Tag liegt in der Zukunft.", "on")
    _step(fresh, to)
    fresh.result, fresh.closed_on = result.strip(), on or today
    fresh.save()
    record(fresh, fields=["state", "result"])
    return fresh


@action("task.controlled", "hat das Ergebnis einer Aufgabe geprüft")
def control_task(*, by: Actor, task: ActionItem) -> ActionItem:
    """By another than the owner, in the next meeting."""
    fresh = _locked(by, task)
    require(leads_meeting(by, fresh) and fresh.owner_id != by.person_id, NOT_YOUR_OWN)
    refuse_if(fresh.state == TaskState.OPEN, "Geprüft wird, was abgeschlossen ist.")
    fresh.controlled_by_id, fresh.controlled_on = by.person_id, timezone.localdate()
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=["controlled_on"])
    return fresh


@action("task.reopened", "hat eine Aufgabe wieder geöffnet")
def reopen_task(*, by: Actor, task: ActionItem, due_on: date | None = None) -> ActionItem:
    """What was said to be done and is not; the earlier result stays to be read."""
    fresh = _locked(by, task)
    require(may_close(by, fresh), NOT_YOURS)
    _step(fresh, TaskState.OPEN)
    fresh.closed_on = fresh.controlled_on = fresh.controlled_by = None
    fresh.due_on = due_on or fresh.due_on
    fresh.save()
    record(fresh, fields=["state"])
    return fresh


@action("task.changed", "hat eine Aufgabe aus einem Treffen geändert")
def change_task(
    *, by: Actor, task: ActionItem, text: str, owner_name: str, due_on: date | None, revision: int | None = None
) -> ActionItem:
    """Words and day. Another owner is another task, so that nobody is given one without knowing."""
    fresh = _locked(by, task)
    require(may_close(by, fresh) or fresh.given_by_id == by.person_id, NOT_YOURS)
    refuse_if_changed(fresh, revision, "Inzwischen hat jemand anderes gespeichert. Bitte neu laden.")
    refuse_if(not text.strip(), "Bitte sagen, was zu tun ist.", "text")
    fresh.text, fresh.owner_name, fresh.due_on = text.strip(), owner_name.strip() or fresh.owner_name, due_on
    fresh.revision += 1
    fresh.save()
    record(fresh, fields=["text", "due_on"])
    return fresh
