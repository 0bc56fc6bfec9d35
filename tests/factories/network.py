"""Formats and their meetings, made through the actions."""

from datetime import date, timedelta

from django.utils import timezone

from lotse.network.actions.charters import write_charter
from lotse.network.actions.closing import close_meeting, note_presence
from lotse.network.actions.formats import add_member, begin_format
from lotse.network.actions.meetings import Day, invite, plan_meetings
from lotse.network.enums import Function, Presence
from lotse.network.forms.formats import start_of
from lotse.network.models import Attendance, Mandate, Member

SINCE = date(2024, 1, 1)


def soon(days=14, hour=10):
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


def began(minutes=10):
    return timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=minutes)


def format_of(world, kind="coordination_round", by=None, **more):
    """Organised by the district's coordinator; nobody belongs to it yet."""
    start = {**start_of(kind), "begun_on": SINCE, "reports_to": None, **more}
    return begin_format(by=by or world.coordinator.actor, kind=kind, **start)


def member(world, format, who, **more):
    """By her address alone, as somebody of another carrier is added."""
    values = {"function": Function.MEMBER, "institution": "", **more}
    made = add_member(by=world.coordinator.actor, format=format, name=str(who.person), email=who.user.email, **values)
    return joined_earlier(made)


def stranger(world, format, name="Erika Wolf", email="wolf@stadt.example", **more):
    values = {"function": Function.MEMBER, "institution": "Stadt Nordstadt", **more}
    made = add_member(by=world.coordinator.actor, format=format, name=name, email=email, **values)
    return joined_earlier(made)


def joined_earlier(made):
    Member.objects.filter(pk=made.pk).update(valid_from=SINCE)
    made.refresh_from_db()
    return made


def round_of(world, **more):
    """A coordination round with two counsellors of different carriers and somebody from the town."""
    made = format_of(world, **more)
    member(world, made, world.coordinator, function=Function.ORGANISER)
    member(world, made, world.counsellor, institution="KV Nordstadt")
    member(world, made, world.outsider, institution="KV Südstadt")
    stranger(world, made)
    return made


def forum_of(world):
    """A forum with a protected part: two counsellors inside, the coordinator outside it."""
    made = format_of(world, "intman_forum")
    member(world, made, world.coordinator, function=Function.ORGANISER)
    for who in (world.counsellor, world.outsider):
        member(world, made, who, in_inner_part=True)
        Mandate.objects.create(
            organisation=who.person.organisation, format=made, person=who.person,
            granted_by=world.technical_lead.person, scope="spricht für den Träger", valid_from=SINCE,
        )  # fmt: skip
    return made


def meeting_of(world, format, starts_at=None, lasts=None, invited=False, by=None):
    day = Day(starts_at or soon(), lasts or format.lasts)
    (made,) = plan_meetings(by=by or world.coordinator.actor, planned=[(format, day)])
    if invited:
        invite(by=by or world.coordinator.actor, meeting=made)
        made.refresh_from_db()
    return made


def place_of(meeting, who):
    return Attendance.objects.get(meeting=meeting, person=getattr(who, "person", who))


def all_there(world, meeting, by=None):
    places = Attendance.objects.filter(meeting=meeting)
    presences = {place.public_id: Presence.PRESENT for place in places}
    return note_presence(by=by or world.coordinator.actor, meeting=meeting, presences=presences)


def held(world, format, starts_at=None, by=None):
    """Over, everybody was there, closed."""
    made = meeting_of(world, format, starts_at or began(180), by=by)
    all_there(world, made, by=by)
    return close_meeting(by=by or world.coordinator.actor, meeting=made)


def ids(world):
    """A format of the coordinator to which one counsellor belongs, with a charter and a date."""
    made = format_of(world)
    belongs = member(world, made, world.counsellor)
    meeting = meeting_of(world, made, invited=True)
    charter = write_charter(
        by=world.coordinator.actor, format=made, participants="Träger", goals="Ziele", rhythm="je Quartal",
        organising="die Stabsstelle", agreed_on=timezone.localdate(),
    )  # fmt: skip
    return {
        "format_id": made.public_id, "network_member_id": belongs.public_id, "charter_id": charter.public_id,
        "meeting_id": meeting.public_id, "attendance_id": place_of(meeting, world.counsellor).public_id,
        "agenda_id": meeting.agenda.first().public_id, "part": 2,
    }  # fmt: skip
