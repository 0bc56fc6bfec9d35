"""Dates of a format: planned, invited to with an entry for the calendar, changed, called off, replaced, answered."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.correspondence.delivery import message
from lotse.correspondence.models import OutgoingMail
from lotse.network.actions.meetings import (
    Day,
    add_guest,
    call_off,
    change_meeting,
    choose_presenter,
    drop_meeting,
    find_replacement,
    invite,
    plan_meetings,
    remove_place,
    reply,
)
from lotse.network.enums import MeetingState, Reply
from lotse.network.models import AgendaItem, Attendance, Meeting
from lotse.network.queries.agenda import next_to_present, open_part_begins
from lotse.network.queries.meetings import place_behind
from tests.factories import network as make

ZONE = re.compile(r"t=([^\s]+)")


def mails():
    return list(OutgoingMail.objects.order_by("id"))


def field(mail, name):
    lines = mail.calendar.replace("\r\n ", "").splitlines()
    return next((line.split(":", 1)[1] for line in lines if line.split(":")[0].split(";")[0] == name), None)


def token_in(mail):
    return ZONE.search(mail.body).group(1).replace("%3A", ":")


def test_planned_dates_have_their_members_and_their_agenda_at_once(world):
    made = make.round_of(world)
    meeting = make.meeting_of(world, made)

    assert list(meeting.attendances.values_list("name", flat=True)) == [
        "Coordinator Beispiel", "Counsellor Beispiel", "Erika Wolf", "Outsider Beispiel"
    ]  # fmt: skip
    assert [item.lasts for item in meeting.agenda.all()] == [2, 5, 40, 10, 3]
    assert (meeting.state, mails()) == (MeetingState.PLANNED, [])


def test_several_formats_are_planned_in_one_go_or_not_at_all(world):
    one, ended = make.round_of(world), make.format_of(world, name="Alt", ended_on=make.SINCE)
    day = Day(make.soon(), 60)
    with pytest.raises(ValidationError, match="beendet"):
        plan_meetings(by=world.coordinator.actor, planned=[(one, day), (ended, day)])
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("persona", ["counsellor", "technical_lead", "outsider", "sysadmin"])
def test_only_who_organises_plans(world, persona):
    made = make.round_of(world)
    with pytest.raises(NotAllowed):
        plan_meetings(by=world.personas[persona].actor, planned=[(made, Day(make.soon(), 60))])


def test_everybody_is_invited_alone_with_an_entry_for_the_calendar(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)

    sent = mails()
    assert sorted(mail.recipient for mail in sent) == [
        "coordinator@lotse.example", "counsellor@lotse.example", "outsider@lotse.example", "wolf@stadt.example"
    ]  # fmt: skip
    assert {field(mail, "METHOD") for mail in sent} == {"REQUEST"}
    assert {field(mail, "SEQUENCE") for mail in sent} == {"0"}
    assert all(mail.calendar.count("ATTENDEE") == 1 for mail in sent)
    assert all(field(mail, "ATTENDEE") == f"mailto:{mail.recipient}" for mail in sent)
    assert meeting.public_id not in "".join(mail.calendar for mail in sent)
    assert (meeting.state, {mail.subject for mail in sent}) == (MeetingState.INVITED, {"Einladung zu einem Treffen"})


def test_a_mail_program_reads_the_method_beside_the_type(world):
    make.meeting_of(world, make.round_of(world), invited=True)
    (part,) = message(mails()[0]).message().get_payload()[1:]
    assert (part.get_content_type(), part.get_param("method"), part.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "termin.ics",
    )


def test_who_has_no_address_is_named_when_inviting(world):
    made = make.round_of(world)
    make.stranger(world, made, "Ohne Adresse", "")
    meeting = make.meeting_of(world, made)
    assert [place.name for place in invite(by=world.coordinator.actor, meeting=meeting)] == ["Ohne Adresse"]


def test_nobody_is_invited_twice_or_to_what_is_over(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    with pytest.raises(ValidationError):
        invite(by=world.coordinator.actor, meeting=meeting)
    over = make.meeting_of(world, meeting.format, make.soon(-2))
    with pytest.raises(ValidationError, match="Vergangenheit"):
        invite(by=world.coordinator.actor, meeting=over)


def test_members_who_joined_since_the_planning_are_invited_too(world):
    made = make.round_of(world)
    meeting = make.meeting_of(world, made)
    make.member(world, made, world.technical_lead)
    invite(by=world.coordinator.actor, meeting=meeting)
    assert meeting.attendances.count() == 5


def test_another_time_is_told_with_the_next_sequence(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    before = len(mails())
    later = Day(meeting.starts_at + timedelta(days=1), 60)
    change_meeting(by=world.coordinator.actor, meeting=meeting, day=later, place="Rathaus", revision=meeting.revision)

    sent = mails()[before:]
    assert len(sent) == 4
    assert {(field(mail, "METHOD"), field(mail, "SEQUENCE"), field(mail, "LOCATION")) for mail in sent} == {
        ("REQUEST", "1", "Rathaus")
    }
    assert {field(mail, "UID") for mail in sent} == {field(mail, "UID") for mail in mails()[:before]}


def test_what_no_calendar_shows_is_not_told(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    before = len(mails())
    day = Day(meeting.starts_at, 60)
    change_meeting(by=world.coordinator.actor, meeting=meeting, day=day, moderator=world.counsellor.person)
    assert len(mails()) == before


def test_who_saves_second_is_told(world):
    meeting = make.meeting_of(world, make.round_of(world))
    change_meeting(by=world.coordinator.actor, meeting=meeting, day=Day(meeting.starts_at, 90), revision=1)
    with pytest.raises(ValidationError, match="jemand anderes"):
        change_meeting(by=world.coordinator.actor, meeting=meeting, day=Day(meeting.starts_at, 120), revision=1)


def test_a_cancelled_meeting_leaves_the_calendars(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    before = len(mails())
    call_off(by=world.coordinator.actor, meeting=meeting, reason="Krankheit")

    sent = mails()[before:]
    assert {(field(mail, "METHOD"), field(mail, "STATUS"), field(mail, "SEQUENCE")) for mail in sent} == {
        ("CANCEL", "CANCELLED", "1")
    }
    assert all("Krankheit" in mail.body for mail in sent)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED


def test_a_replacement_is_told_in_the_same_mail_and_moves_the_entry(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    reply(by=world.counsellor.actor, place=make.place_of(meeting, world.counsellor), answer=Reply.NO)
    first = mails()
    new = call_off(by=world.coordinator.actor, meeting=meeting, reason="Krankheit", instead=Day(make.soon(21), 60))

    sent = mails()[len(first) :]
    meeting.refresh_from_db()
    assert (meeting.state, new.state, new.replaces, meeting.replaced_by) == (
        MeetingState.RESCHEDULED, MeetingState.INVITED, meeting, new
    )  # fmt: skip
    assert len(sent) == 4
    assert {(field(mail, "METHOD"), field(mail, "SEQUENCE")) for mail in sent} == {("REQUEST", "2")}
    assert {field(mail, "UID") for mail in sent} == {field(mail, "UID") for mail in first}
    assert all("findet nicht statt" in mail.body and "Neuer Termin" in mail.body for mail in sent)
    assert {place.reply for place in new.attendances.all()} == {Reply.OPEN}


def test_a_replacement_can_be_found_later_and_takes_the_proposals_along(world):
    from lotse.network.actions.agenda import propose_item

    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    propose_item(by=world.outsider.actor, meeting=meeting, title="Wohnsitzregelung", lasts=10)
    call_off(by=world.coordinator.actor, meeting=meeting, reason="Sturm")
    new = find_replacement(by=world.coordinator.actor, meeting=meeting, instead=Day(make.soon(21), 60))

    assert new.state == MeetingState.INVITED
    assert [item.title for item in new.agenda.all()][-2:] == ["Wohnsitzregelung", "Abschluss"]
    with pytest.raises(ValidationError):
        find_replacement(by=world.coordinator.actor, meeting=meeting, instead=Day(make.soon(28), 60))


def test_only_a_plan_can_be_deleted(world):
    planned = make.meeting_of(world, make.round_of(world))
    drop_meeting(by=world.coordinator.actor, meeting=planned)
    invited = make.meeting_of(world, planned.format, invited=True)
    with pytest.raises(ValidationError, match="sagen Sie den Termin ab"):
        drop_meeting(by=world.coordinator.actor, meeting=invited)
    assert list(Meeting.objects.all()) == [invited]


def test_guests_are_told_at_once_and_come_to_the_open_part(world):
    meeting = make.meeting_of(world, make.forum_of(world), invited=True)
    before = len(mails())
    guest = add_guest(by=world.coordinator.actor, meeting=meeting, name="Gast", email="gast@amt.example")

    (mail,) = mails()[before:]
    assert (guest.in_inner_part, open_part_begins(meeting) - meeting.starts_at) == (False, timedelta(minutes=75))
    inside = next(m for m in mails() if m.recipient == "counsellor@lotse.example")
    assert field(inside, "DTSTART") < field(mail, "DTSTART")


def test_a_guest_who_is_taken_out_is_told(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    guest = add_guest(by=world.coordinator.actor, meeting=meeting, name="Gast", email="gast@amt.example")
    remove_place(by=world.coordinator.actor, place=guest)
    assert (field(mails()[-1], "METHOD"), mails()[-1].recipient) == ("CANCEL", "gast@amt.example")
    assert not Attendance.objects.filter(name="Gast").exists()


def test_an_answer_needs_no_login_only_the_link(world, client):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    mail = next(mail for mail in mails() if mail.recipient == "wolf@stadt.example")
    address, token = reverse("network:answer"), token_in(mail)

    page = client.get(address, {"t": token})
    place = Attendance.objects.get(email="wolf@stadt.example")
    assert (page.status_code, place.reply) == (200, Reply.OPEN)
    assert "Erika Wolf, kommen Sie?" in page.content.decode()
    assert "counsellor" not in page.content.decode().lower()

    answered = client.post(address, {"t": token, "answer": "yes"})
    place.refresh_from_db()
    assert (place.reply, "Danke. Sie kommen." in answered.content.decode()) == (Reply.YES, True)
    assert place_behind(token).meeting == meeting


def test_a_wrong_or_old_link_says_nothing(world, client):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    mail = next(mail for mail in mails() if mail.recipient == "wolf@stadt.example")
    old = token_in(mail)
    change_meeting(by=world.coordinator.actor, meeting=meeting, day=Day(make.soon(20), 60))

    assert {client.get(reverse("network:answer"), {"t": token}).status_code for token in ("", "x", old)} == {404}


def test_nobody_answers_for_another_or_to_what_is_off(world):
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    place = make.place_of(meeting, world.outsider)
    with pytest.raises(NotAllowed):
        reply(by=world.counsellor.actor, place=place, answer=Reply.NO)
    call_off(by=world.coordinator.actor, meeting=meeting, reason="Krankheit")
    with pytest.raises(ValidationError, match="abgesagt"):
        reply(by=world.outsider.actor, place=place, answer=Reply.YES)


@pytest.mark.rule("NW-13")
def test_who_has_not_presented_for_longest_is_suggested(world):
    made = make.round_of(world, rotates=True)
    now = make.began(120)
    for days, presents in ((90, "KV Nordstadt"), (60, "KV Südstadt")):
        past = make.held(world, made, now - timedelta(days=days))
        choose_presenter(by=world.coordinator.actor, meeting=past, institution=presents)
    coming = make.meeting_of(world, made)
    assert next_to_present(coming)[0] == "Stadt Nordstadt"

    choose_presenter(by=world.coordinator.actor, meeting=make.held(world, made, now), institution="Stadt Nordstadt")
    assert next_to_present(coming)[0] == "KV Nordstadt"


def test_nothing_leaves_before_the_worker_sends_it(world):
    make.meeting_of(world, make.round_of(world), invited=True)
    assert (len(mails()), AgendaItem.objects.count(), outbox.outbox) == (4, 5, [])
