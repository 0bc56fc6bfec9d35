"""After a meeting: who was there, closed, minutes to all (NW-10)."""

from collections.abc import Collection, Iterable, Mapping

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.correspondence.letters import Attachment, letter
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail
from lotse.documents.rendering import render_pdf
from lotse.network import rules, states
from lotse.network.actions.agenda import OVER
from lotse.network.actions.harvest import harvest
from lotse.network.actions.invitations import when_of
from lotse.network.enums import MeetingState, Part, Presence
from lotse.network.models import Attendance, Meeting, Notes, Sending
from lotse.network.papers import minutes_paper
from lotse.network.queries.agenda import open_part_begins
from lotse.network.queries.minutes import minutes_of
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

WHO = "Das macht, wer das Treffen organisiert, moderiert oder das Protokoll führt."


def _attached(mail: OutgoingMail) -> Iterable[Attachment]:
    sent = Sending.objects.filter(mail=mail, meeting__isnull=False).select_related("meeting__format")
    return [
        ("protokoll.pdf", render_pdf(minutes_paper(minutes_of(one.meeting))), "application/pdf")
        for one in sent if one.meeting
    ]  # fmt: skip


MINUTES = letter(
    "network.minutes", "Protokoll", subject="Protokoll eines Treffens", template="network/letters/minutes.txt",
    attachments=_attached,
)  # fmt: skip


def _led(by: Actor, meeting: Meeting) -> Meeting:
    fresh = Meeting.objects.select_for_update(of=("self",)).select_related("format").get(pk=meeting.pk)
    require(rules.leads(by, fresh), WHO)
    return fresh


@action("meeting.presence_noted", "hat festgehalten, wer da war")
def note_presence(
    *, by: Actor, meeting: Meeting, presences: Mapping[str, Presence], represented: Collection[str] | None = None
) -> Meeting:
    """`presences`: public id of a place → what is known now. `represented`: words of the minimum composition (NW-02)."""
    fresh = _led(by, meeting)
    refuse_if(fresh.is_off, OVER)
    places = Attendance.objects.select_for_update(of=("self",)).filter(meeting=fresh, public_id__in=presences)
    for place in places:
        if place.presence != presences[place.public_id]:
            place.presence = presences[place.public_id]
            place.save(update_fields=["presence"])
    if represented is not None:
        fresh.represented = sorted(represented)
        fresh.save(update_fields=["represented"])
    record(fresh, count=len(presences))
    return fresh


@action("meeting.closed", "hat ein Treffen abgeschlossen")
def close_meeting(*, by: Actor, meeting: Meeting) -> Meeting:
    """It was held. What stands in the open notes as a decision or a task is taken over; the time spent is counted."""
    fresh = _led(by, meeting)
    refuse_if(fresh.starts_at > timezone.now(), "Dieses Treffen hat noch nicht begonnen.")
    nobody = not Attendance.objects.filter(meeting=fresh, presence=Presence.PRESENT).exists()
    refuse_if(nobody, "Bitte zuerst festhalten, wer da war.")
    states.require_step(states.MEETING, MeetingState(fresh.state), MeetingState.HELD)
    for notes in Notes.objects.select_for_update(of=("self",)).filter(meeting=fresh, part=Part.OPEN):
        harvest(by, fresh, notes)
        notes.writer, notes.writer_seen_at = None, None
        notes.save()
    fresh.state = MeetingState.HELD
    fresh.save()
    _count_time(fresh)
    record(fresh)
    return fresh


def _count_time(meeting: Meeting) -> None:
    whole = (meeting.ends_at - meeting.starts_at).total_seconds()
    opened = (meeting.ends_at - open_part_begins(meeting)).total_seconds()
    there = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT, minutes=None)
    there.filter(in_inner_part=True).update(minutes=int(whole // 60))
    there.filter(in_inner_part=False).update(minutes=max(int(opened // 60), 0))


@action("meeting.minutes_sent", "hat das Protokoll an alle Teilnehmenden verschickt")
def send_minutes(*, by: Actor, meeting: Meeting) -> list[Sending]:
    """To everybody who was invited, there or not; once."""
    fresh = _led(by, meeting)
    refuse_if(not fresh.is_held, "Bitte schließen Sie das Treffen zuerst ab.")
    refuse_if(fresh.minutes_sent_at is not None, "Das Protokoll ist schon verschickt.")
    house = Organisation.objects.get(pk=fresh.organisation_id).name
    sent = [_send(fresh, place, house) for place in Attendance.objects.filter(meeting=fresh)]
    fresh.minutes_sent_at = timezone.now()
    fresh.save(update_fields=["minutes_sent_at"])
    record(fresh, count=sum(1 for one in sent if one.email))
    return sent


def _send(meeting: Meeting, place: Attendance, house: str) -> Sending:
    values = {"name": place.name, "format": meeting.format, "house": house, "when": when_of(meeting.starts_at)}
    mail = None
    if place.email:
        mail = queue_mail(MINUTES, organisation_id=meeting.organisation_id, to=place.email, values=values)
    return Sending.objects.create(
        organisation_id=meeting.organisation_id, meeting=meeting, mail=mail, name=place.name, email=place.email
    )
