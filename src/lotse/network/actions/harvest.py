"""Inside an action: decisions and tasks from the lines of the notes. Saving again doubles nothing."""

import json

from django.utils import timezone

from lotse.network.actions.tasks import create_task
from lotse.network.enums import Part, Presence, TaskState
from lotse.network.models import ActionItem, Attendance, Decision, Meeting, Notes
from lotse.network.queries.inner import insiders
from lotse.network.wording import TaskLine, decisions_in, tasks_in, whose
from lotse.organisations.actor import Actor


def harvest(by: Actor, meeting: Meeting, notes: Notes) -> None:
    """`notes` is saved by the caller."""
    _keep_decisions(notes)
    lines = tasks_in(notes.text, timezone.localdate(meeting.starts_at))
    taken: dict[str, str] = json.loads(notes.taken) if notes.taken else {}
    wanted = {line.key for line in lines}
    gone = {key: task for key, task in taken.items() if key not in wanted}
    _take_back(list(gone.values()))
    kept = {key: task for key, task in taken.items() if key in wanted}
    people = _people(notes)
    owned = [(line, _owner(line, people)) for line in lines if line.key not in kept]
    made = {
        line.key: _task(by, meeting, notes, line, place).public_id for line, place in owned
        if place or notes.part == Part.OPEN
    }  # fmt: skip
    notes.taken = json.dumps(kept | made, ensure_ascii=False)


def _keep_decisions(notes: Notes) -> None:
    """As they stand in the notes now, in their order; a row whose words are still there stays."""
    wanted = decisions_in(notes.text)
    rows = list(Decision.objects.filter(meeting_id=notes.meeting_id, part=notes.part))
    for position, text in enumerate(wanted, 1):
        row = next((row for row in rows if row.text == text), None)
        if row is not None:
            rows.remove(row)
        else:
            row = Decision(
                organisation_id=notes.organisation_id, meeting_id=notes.meeting_id, part=notes.part, text=text
            )
        row.position = position
        row.save()
    for row in rows:
        row.delete()


def _take_back(refs: list[str]) -> None:
    """A line that was changed or struck: its task goes, unless somebody has done something with it."""
    untouched = ActionItem.objects.filter(public_id__in=refs, state=TaskState.OPEN, revision=1)
    untouched.delete()


def _people(notes: Notes) -> list[Attendance]:
    """Those who were there, everybody invited while nobody has noted that yet; of the inner part those who sit there."""
    places = Attendance.objects.filter(meeting_id=notes.meeting_id).select_related("person")
    if notes.part == Part.INNER:  # not all who were given a place may take it
        return list(places.filter(person__in=insiders(notes.meeting)))
    present = [place for place in places if place.presence == Presence.PRESENT]
    return present or list(places)


def _owner(line: TaskLine, people: list[Attendance]) -> Attendance | None:
    number = whose(line.owner_name, [(place.name, at) for at, place in enumerate(people)])
    return people[number] if number is not None else None


def _task(by: Actor, meeting: Meeting, notes: Notes, line: TaskLine, place: Attendance | None) -> ActionItem:
    """In the inner part only somebody who sits there takes a task; a line with another name waits in the text."""
    return create_task(
        by=by, meeting=meeting, part=notes.part, text=line.text, owner=place.person if place else None,
        owner_name=place.name if place else line.owner_name, owner_email=place.email if place else "", due_on=line.due_on,
    )  # fmt: skip
