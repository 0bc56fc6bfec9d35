"""After a meeting: who was there, minutes of the open part, sent to all."""

import pytest
from django.core.exceptions import ValidationError

from lotse.core.errors import NotAllowed
from lotse.correspondence.delivery import message
from lotse.correspondence.models import OutgoingMail
from lotse.documents.rendering import render_pdf
from lotse.network.actions.closing import close_meeting, note_presence, send_minutes
from lotse.network.actions.live import Words, save_words, take_pen
from lotse.network.actions.meetings import Day, change_meeting
from lotse.network.enums import MeetingState, Part, Presence
from lotse.network.models import Attendance, Decision, Release, Sending
from lotse.network.papers import minutes_paper
from lotse.network.queries.minutes import minutes_of
from tests.factories import network as make

CANARY = "Kanarienvogel-4711"


def noted(who, meeting, text, part=Part.OPEN):
    notes = take_pen(by=who.actor, meeting=meeting, part=part)
    return save_words(by=who.actor, meeting=meeting, part=part, words=Words(text, notes.revision, "k"))


@pytest.fixture
def meeting(world):
    return make.meeting_of(world, make.round_of(world), make.began(180))


def test_a_meeting_is_closed_when_it_is_known_who_was_there(world, meeting):
    with pytest.raises(ValidationError, match="wer da war"):
        close_meeting(by=world.coordinator.actor, meeting=meeting)
    make.all_there(world, meeting)
    assert close_meeting(by=world.coordinator.actor, meeting=meeting).state == MeetingState.HELD


def test_what_has_not_begun_is_not_closed(world, meeting):
    coming = make.meeting_of(world, meeting.format)
    make.all_there(world, coming)
    with pytest.raises(ValidationError, match="noch nicht begonnen"):
        close_meeting(by=world.coordinator.actor, meeting=coming)


@pytest.mark.parametrize("persona", ["counsellor", "outsider", "technical_lead"])
def test_who_only_takes_part_neither_closes_nor_sends(world, meeting, persona):
    by = world.personas[persona].actor
    for verb in (close_meeting, send_minutes):
        with pytest.raises(NotAllowed):
            verb(by=by, meeting=meeting)


def test_who_moderates_closes_and_sends_too(world, meeting):
    change_meeting(
        by=world.coordinator.actor, meeting=meeting, day=Day(meeting.starts_at, 60), moderator=world.outsider.person
    )
    make.all_there(world, meeting, by=world.outsider.actor)
    close_meeting(by=world.outsider.actor, meeting=meeting)
    assert len(send_minutes(by=world.outsider.actor, meeting=meeting)) == 4


def test_closing_takes_over_what_the_notes_say_and_counts_the_time(world, meeting):
    noted(world.counsellor, meeting, "Beschluss: Ja.")
    make.all_there(world, meeting)
    close_meeting(by=world.coordinator.actor, meeting=meeting)
    assert Decision.objects.get().text == "Ja."
    assert set(Attendance.objects.values_list("minutes", flat=True)) == {60}


def test_who_sat_in_part_one_spent_the_whole_time(world):
    made = make.forum_of(world)
    make.held(world, made)
    minutes = dict(Attendance.objects.values_list("name", "minutes"))
    assert minutes == {"Coordinator Beispiel": 45, "Counsellor Beispiel": 120, "Outsider Beispiel": 120}


@pytest.mark.rule("NW-02")
def test_the_minimum_composition_is_ticked_off(world, meeting, login):
    web = login(world.coordinator)
    url = f"/netzwerk/termine/{meeting.public_id}/anwesend/"
    word = "Integrationsbeauftragte*r"
    web.post(url, {"represented": word})
    meeting.refresh_from_db()
    assert meeting.represented == [word]
    web.post(url, {"represented": "ausgedacht"})
    web.post(url, {"represented": word})
    meeting.refresh_from_db()
    assert meeting.represented == []


@pytest.mark.rule("NW-10")
def test_minutes_go_to_everybody_there_or_not_and_who_has_no_address_is_named(world, meeting, login):
    made = meeting.format
    make.stranger(world, made, "Ohne Adresse", "")
    meeting = make.meeting_of(world, made, make.began(180))
    places = {place.name: place.public_id for place in meeting.attendances.all()}
    presences = dict.fromkeys(places.values(), Presence.PRESENT) | {places["Erika Wolf"]: Presence.ABSENT}
    note_presence(by=world.coordinator.actor, meeting=meeting, presences=presences)
    close_meeting(by=world.coordinator.actor, meeting=meeting)
    send_minutes(by=world.coordinator.actor, meeting=meeting)

    assert set(OutgoingMail.objects.values_list("letter", flat=True)) == {"network.minutes"}
    assert sorted(mail.recipient for mail in OutgoingMail.objects.all()) == [
        "coordinator@lotse.example", "counsellor@lotse.example", "outsider@lotse.example", "wolf@stadt.example"
    ]  # fmt: skip
    (name, content, _kind) = message(OutgoingMail.objects.first()).attachments[0]
    assert (name, content[:5]) == ("protokoll.pdf", b"%PDF-")
    shown = login(world.outsider).get(f"/netzwerk/termine/{meeting.public_id}/protokoll/").content.decode()
    assert ("Ohne Adresse" in shown, "ohne E-Mail" in shown) == (True, True)
    with pytest.raises(ValidationError, match="schon verschickt"):
        send_minutes(by=world.coordinator.actor, meeting=meeting)
    assert Sending.objects.count() == 5


@pytest.mark.rule("DP-08")
def test_nothing_of_part_one_stands_in_the_minutes_but_what_was_released(world, login):
    made = make.forum_of(world)
    meeting = make.meeting_of(world, made, make.began(180))
    noted(world.counsellor, meeting, f"{CANARY}\nBeschluss: {CANARY}", Part.INNER)
    noted(world.coordinator, meeting, "Im offenen Teil.")
    make.all_there(world, meeting)
    close_meeting(by=world.coordinator.actor, meeting=meeting)
    secret = {"organisation": meeting.organisation, "meeting": meeting, "proposed_by": world.counsellor.person}
    Release.objects.create(**secret, text=CANARY)
    Release.objects.create(
        **secret, text="Zu lange Wartezeiten.", released_by=world.outsider.person, released_at=make.began()
    )

    minutes = minutes_of(meeting)
    page = login(world.coordinator).get(f"/netzwerk/termine/{meeting.public_id}/protokoll/").content.decode()
    assert (minutes.released, CANARY in repr(minutes_paper(minutes).as_data()), CANARY in page) == (
        ["Zu lange Wartezeiten."], False, False
    )  # fmt: skip
    assert "Zu lange Wartezeiten." in page


def test_minutes_are_a_tagged_paper(world, meeting):
    noted(world.counsellor, meeting, "Verlauf\nBeschluss: Ja.\nAufgabe: Flyer – Wolf, bis 12.03.2027")
    make.all_there(world, meeting)
    close_meeting(by=world.coordinator.actor, meeting=meeting)
    content = render_pdf(minutes_paper(minutes_of(meeting)))
    assert b"/MarkInfo" in content or b"/StructTreeRoot" in content


def test_minutes_of_a_meeting_that_is_not_closed_are_marked_as_a_draft(world):
    made = make.round_of(world, video_link="https://video.example/runde")
    open_one, closed = make.meeting_of(world, made), make.held(world, made)
    papers = [minutes_paper(minutes_of(meeting)) for meeting in (open_one, closed)]
    assert [paper.watermark for paper in papers] == ["Entwurf", ""]
    assert dict(papers[0].blocks[1].rows)["Ort"] == "Videokonferenz"
