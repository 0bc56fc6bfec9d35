"""While a meeting happens: the points as they begin, and the notes, written by one person at a time.

Taking the pen and laying it down are in the log. What is typed in between is saved every few seconds under that pen and is not
an entry each: the log would hold how fast somebody types.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.errors import NotAllowed
from lotse.network import rules
from lotse.network.actions.agenda import WHO_LEADS, open_for_changes
from lotse.network.actions.harvest import harvest
from lotse.network.actions.inner import enter
from lotse.network.enums import Part
from lotse.network.models import AgendaItem, Meeting, Notes
from lotse.network.queries.inner import sits_inside
from lotse.network.queries.pen import is_held_by_another, may_write
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor

WHO_WRITES = "Mitschreiben kann, wer zu diesem Treffen eingeladen ist."
SENT = "Das Protokoll ist schon verschickt und wird nicht mehr geändert."
CLOSED = "Dieses Treffen ist abgesagt."


class PenGone(Exception):
    """Somebody else writes, or another window of the same person does; the caller shows both texts."""

    def __init__(self, stored: Notes) -> None:
        super().__init__("the pen is elsewhere")
        self.stored = stored


@dataclass(frozen=True)
class Words:
    """What a page sends: the text, the revision it knows, a key for these words, and keys of what it sent without an answer."""

    text: str
    revision: int
    key: str
    tried: Collection[str] = ()


def _open(by: Actor, meeting: Meeting, part: Part) -> Meeting:
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("format").get(pk=meeting.pk)
    require(may_write(by, fresh, part), WHO_WRITES)
    refuse_if(fresh.minutes_sent_at is not None and part == Part.OPEN, SENT)
    refuse_if(fresh.is_off, CLOSED)
    if part == Part.INNER:
        enter(by, fresh)
    return fresh


def _notes(meeting: Meeting, part: Part) -> Notes:
    """The row under a lock; the lock on the meeting keeps a second one from being made."""
    found = Notes.objects.select_for_update(of=("self",)).filter(meeting=meeting, part=part).first()
    if found is None:
        found = Notes(organisation_id=meeting.organisation_id, meeting=meeting, part=part)
        found.save()
    return found


@action("notes.pen_taken", "hat die Mitschrift übernommen")
def take_pen(*, by: Actor, meeting: Meeting, part: Part, append: str = "") -> Notes:
    """Free, laid down, or its holder not heard of for half a minute. `append`: own words that found no place before."""
    fresh = _open(by, meeting, part)
    notes = _notes(fresh, part)
    if is_held_by_another(notes, by.person_id):
        refuse_if(True, f"{notes.writer} schreibt gerade. Sie können übernehmen, sobald der Stift frei ist.")
    notes.writer_id, notes.writer_seen_at = by.person_id, timezone.now()
    if append.strip():
        notes.text = "\n\n".join(part for part in (notes.text.rstrip(), append.strip()) if part)
    notes.revision += 1
    notes.save()
    record(notes, part=int(part))
    return notes


@action("notes.pen_laid_down", "hat die Mitschrift abgegeben")
def lay_down_pen(*, by: Actor, meeting: Meeting, part: Part) -> Notes:
    fresh = _open(by, meeting, part)
    notes = _notes(fresh, part)
    if notes.writer_id == by.person_id:
        harvest(by, fresh, notes)
        notes.writer, notes.writer_seen_at = None, None
        notes.save()
    record(notes, part=int(part))
    return notes


@action("notes.gathered", "hat Beschlüsse und Aufgaben aus der Mitschrift übernommen")
def gather(*, by: Actor, meeting: Meeting, part: Part) -> Notes:
    fresh = _open(by, meeting, part)
    notes = _notes(fresh, part)
    harvest(by, fresh, notes)
    notes.save()
    record(notes, part=int(part))
    return notes


@transaction.atomic
def save_words(*, by: Actor, meeting: Meeting, part: Part, words: Words) -> Notes:
    """Under the pen that was taken; see the head of this module. Raises `PenGone`."""
    require(may_write(by, meeting, part), WHO_WRITES)
    notes = Notes.objects.select_for_update(of=("self",)).filter(meeting=meeting, part=part).first()
    if notes is None:
        raise NotAllowed("Bitte zuerst mit dem Mitschreiben beginnen.")
    is_known = notes.revision == words.revision or notes.last_key in words.tried
    if notes.writer_id != by.person_id or not is_known:
        raise PenGone(notes)
    notes.text, notes.last_key = words.text, words.key[:32]
    notes.revision += 1
    notes.writer_seen_at = timezone.now()
    notes.save()
    return notes


def keep_pen(*, by: Actor, meeting: Meeting, part: Part) -> bool:
    """Her page is still there. False when the pen is elsewhere."""
    held = Notes.objects.filter(meeting=meeting, part=part, writer_id=by.person_id)
    return bool(held.update(writer_seen_at=timezone.now()))


@action("meeting.point_begun", "hat einen Punkt der Tagesordnung aufgerufen")
def begin_item(*, by: Actor, item: AgendaItem) -> AgendaItem:
    """With the first point the meeting has begun."""
    meeting = open_for_changes(item.meeting)
    require(sits_inside(by, meeting) if item.part == Part.INNER else rules.leads(by, meeting), WHO_LEADS)
    now = timezone.now()
    fresh = locked(item)
    fresh.begun_at = now
    fresh.save(update_fields=["begun_at"])
    if meeting.begun_at is None:
        meeting.begun_at = now
        meeting.save(update_fields=["begun_at"])
    record(fresh)
    return fresh
