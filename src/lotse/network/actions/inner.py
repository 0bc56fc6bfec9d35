"""Part 1 of a forum: who comes in, and when the door is shut (DP-08)."""

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.errors import NotAllowed
from lotse.network.models import Attendance, Meeting
from lotse.network.queries.inner import could_sit_inside, sits_inside
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify

AMONG_THEMSELVES = "Teil 1 ist für die, die dort sitzen."
MISSED = (
    "für den {:%d.%m.%Y} ist festgehalten, dass Sie in Teil 1 nicht dabei waren. Stimmt das nicht, bitten Sie jemanden aus Teil 1, "
    "Sie wieder mitlesen zu lassen."
)


def enter(by: Actor, meeting: Meeting) -> None:
    """Every action that writes notes, decisions, tasks or words to let out into part 1 begins with this.

    The first of them shuts the door: from now on only those inside let somebody in.
    """
    require(sits_inside(by, meeting), AMONG_THEMSELVES)
    fresh = locked(meeting)
    if fresh.inner_begun_at is None:
        _clear_places(fresh)
        fresh.inner_begun_at = timezone.now()
        fresh.save(update_fields=["inner_begun_at"])
    meeting.inner_begun_at = fresh.inner_begun_at


def _clear_places(meeting: Meeting) -> None:
    """Who leads by now was given a place that she must not have, not even when she leads no more."""
    for place in meeting.attendances.filter(in_inner_part=True).select_related("person"):
        if not could_sit_inside(place.person):
            place.in_inner_part = False
            place.save(update_fields=["in_inner_part"])


@action("meeting.let_in", "hat jemanden in Teil 1 eingelassen")
def let_in(*, by: Actor, meeting: Meeting, person: Person) -> Attendance:
    """Somebody came whose place was not noted in time. Those who were there know it."""
    enter(by, meeting)
    place = _place(meeting, person)
    refuse_if(not could_sit_inside(person), "In Teil 1 sitzt nur, wer berät und nichts leitet oder organisiert.")
    refuse_if(person.pk == by.person_id, "Sie sitzen schon in Teil 1.")
    place.in_inner_part, place.let_in_by_id = True, by.person_id
    place.save(update_fields=["in_inner_part"])
    record(place, fields=["in_inner_part"])
    return place


def _place(meeting: Meeting, person: Person) -> Attendance:
    found: Attendance | None = (
        meeting.attendances.select_for_update(of=("self",)).filter(person=person, is_guest=False).first()
    )
    if found is None:
        raise NotAllowed("Diese Person gehört nicht zu diesem Treffen.")
    return found


@action("meeting.missed_inner", "hat festgehalten, dass jemand in Teil 1 fehlte")
def note_missing(*, by: Actor, meeting: Meeting, person: Person) -> Attendance:
    """Only those inside know who was there; she is told, and any of them lets her in again."""
    require(sits_inside(by, meeting), AMONG_THEMSELVES)
    refuse_if(meeting.inner_begun_at is None, "Teil 1 hat noch nicht begonnen.")
    refuse_if(person.pk == by.person_id, "Das hält jemand anderes fest.")
    place = _place(meeting, person)
    place.in_inner_part = False
    place.save(update_fields=["in_inner_part"])
    record(place, fields=["in_inner_part"])
    notify([person], f"Teil 1: {meeting.format}", MISSED.format(meeting.starts_at))
    return place
