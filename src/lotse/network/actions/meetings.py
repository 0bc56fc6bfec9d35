"""Dates of a format: planned for a year, changed, called off, moved, with their guests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, record_each, refuse_if, refuse_if_changed, require
from lotse.network import rules, states
from lotse.network.actions.agenda import carry_over, lay_out
from lotse.network.actions.formats import HOUSE_ONLY
from lotse.network.actions.invitations import CANCELLED, GUEST, INVITED, MOVED, UPDATED, tell, tell_all
from lotse.network.enums import MeetingState, Presence, Reply
from lotse.network.models import Attendance, Meeting, Member, NetworkFormat
from lotse.network.queries.people import person_behind
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor

NOT_YOURS = "Termine plant, wer das Format organisiert."
OVER = "Dieser Termin ist vorbei oder abgesagt."
ENDED = "Dieses Format ist beendet."
NO_PLACE = "Bitte nehmen Sie sich zuerst selbst als Mitglied auf: Nur wer dazugehört, sieht die Termine."
TOLD = ("starts_at", "ends_at", "place", "video_link")


@dataclass(frozen=True)
class Day:
    """When a meeting begins and how long it lasts, in minutes."""

    starts_at: datetime
    lasts: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.lasts)


def locked(by: Actor, meeting: Meeting) -> Meeting:
    """Inside an action, for who keeps its dates."""
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("format").get(pk=meeting.pk)
    require(rules.arranges(by, fresh.format), NOT_YOURS)
    return fresh


@action("meeting.planned", "hat Termine geplant")
def plan_meetings(*, by: Actor, planned: Sequence[tuple[NetworkFormat, Day]]) -> list[Meeting]:
    """Of one format or several, all or none. Members have their places at once, the agenda is laid out."""
    made = [_plan(by, format, day) for format, day in planned]
    refuse_if(not made, "Bitte mindestens einen Tag eintragen.")
    record_each(made)
    return made


def _plan(by: Actor, format: NetworkFormat, day: Day) -> Meeting:
    require(rules.arranges(by, format), NOT_YOURS)
    refuse_if(not format.is_running, ENDED)
    meeting = _new(format, day)
    meeting.save()
    seat_members(meeting)
    _refuse_unseen(by, meeting)
    lay_out(meeting)
    return meeting


def _refuse_unseen(by: Actor, meeting: Meeting) -> None:
    """Who leads a team sees its meetings by her own place, as everybody there."""
    if not rules.organises(by, meeting.organisation_id):
        refuse_if(not meeting.attendances.filter(person_id=by.person_id).exists(), NO_PLACE)


def _new(format: NetworkFormat, day: Day, **more: Any) -> Meeting:
    values = {"place": format.place, "video_link": format.video_link, **more}
    return Meeting(
        organisation_id=format.organisation_id, format=format, starts_at=day.starts_at, ends_at=day.ends_at, **values
    )


def seat_members(meeting: Meeting) -> None:
    """Inside an action: a place for every member of that day who has none yet."""
    seated = list(Attendance.objects.filter(meeting=meeting).values_list("person_id", "email", "name"))
    for member in Member.objects.filter(format=meeting.format_id).valid_on(timezone.localdate(meeting.starts_at)):
        if not _is_seated(member, seated):
            _seat(meeting, member)


def _is_seated(member: Member, seated: Iterable[tuple[int | None, str, str]]) -> bool:
    return any(
        (member.person_id and member.person_id == person)
        or (member.email and member.email.lower() == email.lower())
        or (not member.email and not member.person_id and member.name == name)
        for person, email, name in seated
    )


def _seat(meeting: Meeting, member: Member) -> None:
    inside = member.in_inner_part and meeting.format.has_inner_part
    Attendance.objects.create(
        organisation_id=meeting.organisation_id, meeting=meeting, person_id=member.person_id, name=member.name,
        email=member.email, institution=member.institution, in_inner_part=inside,
    )  # fmt: skip


@action("meeting.invited", "hat zu einem Termin eingeladen")
def invite(*, by: Actor, meeting: Meeting) -> list[Attendance]:
    """Everybody with an address; the others come back, to be told another way."""
    fresh = locked(by, meeting)
    states.require_step(states.MEETING, MeetingState(fresh.state), MeetingState.INVITED)
    refuse_if(fresh.ends_at < timezone.now(), "Dieser Termin liegt in der Vergangenheit.")
    seat_members(fresh)
    refuse_if(
        not fresh.attendances.exists(), "Zu diesem Format gehört noch niemand. Bitte zuerst Mitglieder eintragen."
    )
    fresh.state, fresh.invited_at = MeetingState.INVITED, timezone.now()
    fresh.save()
    record(fresh, count=fresh.attendances.count())
    return tell_all(INVITED, fresh)


@action("meeting.changed", "hat einen Termin geändert")
def change_meeting(*, by: Actor, meeting: Meeting, day: Day, revision: int | None = None, **parts: Any) -> Meeting:
    """Who was invited is told when time or place are other ones, and her calendar moves the entry."""
    fresh = locked(by, meeting)
    refuse_if(not fresh.is_coming, OVER)
    refuse_if_changed(fresh, revision)
    changed = change(fresh, {"starts_at": day.starts_at, "ends_at": day.ends_at, **parts})
    fresh.revision += 1
    if fresh.state == MeetingState.INVITED and set(changed) & set(TOLD):
        fresh.sequence += 1
        tell_all(UPDATED, fresh)
    fresh.save()
    record(fresh, fields=changed)
    return fresh


@action("meeting.called_off", "hat einen Termin abgesagt")
def call_off(*, by: Actor, meeting: Meeting, reason: str, instead: Day | None = None) -> Meeting:
    """With a replacement the members are told both in one mail; the replacement comes back, else the meeting itself."""
    fresh = locked(by, meeting)
    was_invited = fresh.state == MeetingState.INVITED
    after = MeetingState.RESCHEDULED if instead else MeetingState.CANCELLED
    states.require_step(states.MEETING, MeetingState(fresh.state), after)
    fresh.state, fresh.called_off_at, fresh.call_off_reason = after, timezone.now(), reason
    fresh.sequence += 1
    fresh.save()
    record(fresh, reason_given=bool(reason))
    if instead:
        return _replace(fresh, instead, was_invited)
    if was_invited:
        tell_all(CANCELLED, fresh)
    return fresh


@action("meeting.replaced", "hat einen Ersatztermin gefunden")
def find_replacement(*, by: Actor, meeting: Meeting, instead: Day) -> Meeting:
    """For one that was called off before."""
    fresh = locked(by, meeting)
    refuse_if(fresh.state != MeetingState.CANCELLED, "Einen Ersatztermin gibt es für einen abgesagten Termin.")
    states.require_step(states.MEETING, MeetingState(fresh.state), MeetingState.RESCHEDULED)
    fresh.state = MeetingState.RESCHEDULED
    fresh.save()
    record(fresh)
    return _replace(fresh, instead, was_invited=fresh.invited_at is not None)


def _replace(old: Meeting, day: Day, was_invited: bool) -> Meeting:
    """The calendar entry is the same one with a higher number, so that it moves (`invitations.root_of`)."""
    kept = {name: getattr(old, name) for name in ("place", "video_link", "moderator", "minute_taker", "presents")}
    new = _new(old.format, day, replaces=old, sequence=old.sequence + 1, **kept)
    if was_invited:
        new.state, new.invited_at = MeetingState.INVITED, timezone.now()
    new.save()
    for place in Attendance.objects.filter(meeting=old):
        _seat_again(new, place)
    carry_over(old, new)
    if was_invited:
        tell_all(MOVED, new)
    return new


def _seat_again(new: Meeting, place: Attendance) -> None:
    Attendance.objects.create(
        organisation_id=new.organisation_id, meeting=new, person_id=place.person_id, name=place.name, email=place.email,
        institution=place.institution, is_guest=place.is_guest, in_inner_part=place.in_inner_part,
    )  # fmt: skip


@action("meeting.dropped", "hat einen geplanten Termin gelöscht")
def drop_meeting(*, by: Actor, meeting: Meeting) -> None:
    """Only while nobody was invited and nothing was written."""
    fresh = locked(by, meeting)
    refuse_if(fresh.state != MeetingState.PLANNED, "Eingeladen ist schon. Bitte sagen Sie den Termin ab.")
    has_more = (
        fresh.inner_begun_at
        or fresh.notes.exists()
        or fresh.tasks.exists()
        or fresh.topics.exists()
        or fresh.replaces_id
    )
    refuse_if(bool(has_more), "Zu diesem Termin ist schon etwas festgehalten. Bitte sagen Sie ihn ab.")
    record(fresh)
    fresh.agenda.all().delete()
    fresh.attendances.all().delete()
    fresh.delete()


@action("meeting.guest_added", "hat einen Gast zu einem Termin eingeladen")
def add_guest(*, by: Actor, meeting: Meeting, name: str, email: str = "", institution: str = "") -> Attendance:
    """For the open part only; told at once where everybody else was."""
    fresh = locked(by, meeting)
    require(rules.organises(by, fresh.organisation_id), HOUSE_ONLY)
    refuse_if(not fresh.is_coming, OVER)
    same = Attendance.objects.filter(meeting=fresh, email__iexact=email)
    refuse_if(bool(email) and same.exists(), "Diese Adresse ist schon eingeladen.", "email")
    guest = Attendance.objects.create(
        organisation_id=fresh.organisation_id, meeting=fresh, person=person_behind(email), name=name, email=email,
        institution=institution, is_guest=True,
    )  # fmt: skip
    record(guest)
    if fresh.state == MeetingState.INVITED:
        tell(GUEST, fresh, guest)
    return guest


@action("meeting.place_removed", "hat jemanden aus einem Termin genommen")
def remove_place(*, by: Actor, place: Attendance) -> None:
    """Whoever was there stays on record."""
    fresh = locked(by, place.meeting)
    refuse_if(not fresh.is_coming, OVER)
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=place.pk, meeting=fresh)
    refuse_if(row.presence == Presence.PRESENT, "Diese Person war schon da.")
    refuse_if(row.in_inner_part, "Wer in Teil 1 sitzt, wird nicht ausgeladen. Das regeln die, die dort sitzen.")
    if fresh.state == MeetingState.INVITED:
        fresh.sequence += 1
        fresh.save(update_fields=["sequence"])
        tell(CANCELLED, fresh, row, is_off=True)
    record(row)
    row.delete()


@action("meeting.replied", "hat auf eine Einladung geantwortet")
def reply(*, by: Any, place: Attendance, answer: Reply) -> Attendance:
    """By herself, with a login or behind her link."""
    meeting = Meeting.objects.get(pk=place.meeting_id)
    refuse_if(not meeting.is_coming or meeting.ends_at < timezone.now(), OVER)
    fresh = Attendance.objects.select_for_update(of=("self",)).get(pk=place.pk)
    require(getattr(by, "person_id", fresh.person_id) == fresh.person_id, "Das ist die Einladung einer anderen Person.")
    fresh.reply, fresh.replied_at = answer, timezone.now()
    fresh.save(update_fields=["reply", "replied_at"])
    record(fresh, reply=str(answer))
    return fresh


@action("meeting.presenter_chosen", "hat festgelegt, wer etwas vorstellt")
def choose_presenter(*, by: Actor, meeting: Meeting, institution: str) -> Meeting:
    fresh = locked(by, meeting)
    fresh.presents = institution
    fresh.save(update_fields=["presents"])
    record(fresh)
    return fresh
