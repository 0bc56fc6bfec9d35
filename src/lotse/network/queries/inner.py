"""Who belongs to a meeting, and who sits in its part 1 (DP-08)."""

from django.utils import timezone

from lotse.network import rules
from lotse.network.enums import Function
from lotse.network.models import Attendance, Meeting, Member, NetworkFormat
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.who import actor_for


def takes_part(actor: Actor, meeting: Meeting) -> bool:
    """Invited and no guest."""
    return Attendance.objects.filter(meeting=meeting, person_id=actor.person_id, is_guest=False).exists()


def sits_inside(actor: Actor, meeting: Meeting) -> bool:
    return Attendance.objects.inner_of(actor).filter(meeting=meeting).exists()


def could_sit_inside(person: Person) -> bool:
    """By what she does today; whether she is invited and has a mandate is asked elsewhere."""
    actor = actor_for(person)
    return actor is not None and rules.may_sit_inside(actor)


def person_sits_inside(person: Person, meeting: Meeting) -> bool:
    actor = actor_for(person)
    return actor is not None and sits_inside(actor, meeting)


def insiders(meeting: Meeting) -> list[Person]:
    """Everybody who sits in part 1, to tell them that something waits."""
    places = Attendance.objects.filter(meeting=meeting, in_inner_part=True).select_related("person__user")
    return [place.person for place in places if place.person and person_sits_inside(place.person, meeting)]


def speaker_ids(format: NetworkFormat) -> set[int]:
    """Who speaks for the forum today."""
    speakers = Member.objects.filter(format=format, function=Function.SPEAKER, person__isnull=False)
    return set(speakers.valid_on(timezone.localdate()).values_list("person_id", flat=True))


def could_be_let_in(meeting: Meeting) -> list[Person]:
    """Belong to the meeting and are no guests, could sit in part 1 by what they do, and do not."""
    inside = {person.pk for person in insiders(meeting)}
    places = Attendance.objects.filter(meeting=meeting, is_guest=False, person__isnull=False).select_related("person")
    return [p.person for p in places if p.person and p.person_id not in inside and could_sit_inside(p.person)]
