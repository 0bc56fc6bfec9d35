"""What of part 1 is to be let out, was let out, and what somebody objects to (NW-05)."""

import re

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.network.enums import Function, Part
from lotse.network.models import Attendance, Meeting, Member, Notes, Objection, Release
from lotse.network.queries.inner import person_sits_inside, speaker_ids
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person


def releases(actor: Actor) -> QuerySet[Release]:
    seen = Objection.objects.visible_to(actor).select_related("by")
    rows = Release.objects.visible_to(actor).select_related(
        "meeting__format", "proposed_by", "released_by", "replaced_by"
    )
    return rows.prefetch_related(Prefetch("objections", queryset=seen))


def of_meeting(actor: Actor, meeting: Meeting) -> QuerySet[Release]:
    return releases(actor).filter(meeting=meeting)


def get_release(actor: Actor, release_id: str) -> Release:
    return found(releases(actor), release_id)


def get_meeting(actor: Actor, meeting_id: str) -> Meeting:
    return found(Meeting.objects.visible_to(actor).select_related("format__reports_to"), meeting_id)


def released(actor: Actor, meeting: Meeting) -> QuerySet[Release]:
    """What everybody of the meeting reads, newest version of each; for the minutes."""
    return of_meeting(actor, meeting).filter(released_at__isnull=False).exclude(replaced_by__released_at__isnull=False)


def waiting_for_me(actor: Actor) -> QuerySet[Release]:
    """Proposed by others of her part 1, not released, and she has not objected: for *Heute*."""
    inner = Attendance.objects.inner_of(actor).values("meeting_id")
    rows = releases(actor).filter(meeting_id__in=inner, released_at=None).exclude(proposed_by_id=actor.person_id)
    hers = Objection.objects.standing().filter(by_id=actor.person_id).values("release_id")
    return rows.exclude(pk__in=hers)


def to_forward(actor: Actor) -> QuerySet[Release]:
    """Released and not yet passed on, where she may do it."""
    inner = Attendance.objects.inner_of(actor).values("meeting_id")
    rows = releases(actor).filter(meeting_id__in=inner, released_at__isnull=False, forwarded_at=None)
    rows = rows.exclude(replaced_by__released_at__isnull=False).filter(meeting__format__reports_to__isnull=False)
    speaks = Member.objects.filter(person_id=actor.person_id, function=Function.SPEAKER).valid_on(timezone.localdate())
    others = Member.objects.filter(function=Function.SPEAKER, person__isnull=False).valid_on(timezone.localdate())
    hers, nobodys = Q(meeting__format__in=speaks.values("format")), ~Q(meeting__format__in=others.values("format"))
    return rows.filter(hers | nobodys)


def get_objection(actor: Actor, objection_id: str) -> Objection:
    return found(Objection.objects.visible_to(actor).select_related("release__meeting"), objection_id)


def paragraphs(actor: Actor, meeting: Meeting) -> list[str]:
    """The inner notes in pieces that can be ticked."""
    notes = Notes.objects.visible_to(actor).filter(meeting=meeting, part=Part.INNER).first()
    return [piece.strip() for piece in re.split(r"\n+", notes.text) if piece.strip()] if notes else []


def who_confirms(release: Release) -> set[int]:
    """The speaker where one was appointed, was there and has not proposed it herself; empty: anybody else of part 1."""
    people = Person.objects.filter(pk__in=speaker_ids(release.meeting.format) - {release.proposed_by_id})
    return {person.pk for person in people if person_sits_inside(person, release.meeting)}


def who_forwards(release: Release) -> set[int]:
    """The speaker where one was appointed and was there; empty: anybody of part 1."""
    people = Person.objects.filter(pk__in=speaker_ids(release.meeting.format))
    return {person.pk for person in people if person_sits_inside(person, release.meeting)}
