"""Everything that somebody could try to read part 1 of a forum without sitting there (DP-08)."""

import contextlib
from collections import defaultdict
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.correspondence.models import OutgoingMail
from lotse.network import rules
from lotse.network.actions.inner import enter, let_in, note_missing
from lotse.network.actions.invitations import entry_of
from lotse.network.actions.live import Words, lay_down_pen, save_words, take_pen
from lotse.network.actions.mandates import end_mandate
from lotse.network.actions.meetings import drop_meeting, remove_place
from lotse.network.enums import MeetingState, Part, Presence
from lotse.network.models import ActionItem, Attendance, Mandate, Meeting, Objection, Topic, TopicStep
from lotse.network.queries.inner import could_sit_inside, insiders, sits_inside
from lotse.network.queries.minutes import minutes_of
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership
from lotse.organisations.roles import ROLES
from tests.access.matrix import MATRIX
from tests.access.test_access import address
from tests.canary import places
from tests.factories import forum as make
from tests.factories import organisations as staff
from tests.factories.forum import KINDS, SECRET, seen_by
from tests.personas import grant, persona

pytestmark = pytest.mark.rule("DP-08")
EVERYTHING = {kind.__name__ for kind in KINDS}
TODAY, YESTERDAY, TOMORROW = (lambda days=days: timezone.localdate() + timedelta(days=days) for days in (0, -1, 1))


@pytest.fixture
def held(forum):
    """Part 1 took place and everything that can be written there was."""
    forum.begin()
    make.secrets(forum)
    return forum


@pytest.fixture
def coming(forum):
    """Somebody has proposed points and topics for a meeting to come."""
    make.secrets(forum)
    return forum


def seen(forum, name):
    return seen_by(forum.world.personas[name].actor)


# --- who is inside, and who is not -----------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["counsellor", "outsider"])
def test_who_sits_inside_sees_everything_of_every_carrier(held, name):
    assert seen(held, name) == EVERYTHING


@pytest.mark.parametrize(
    "name", ["officer", "colleague", "technical_lead", "carrier_manager", "sysadmin", "coordinator", "dpo", "funder", "specialist"]
)  # fmt: skip
def test_who_does_not_sit_inside_sees_nothing(held, name):
    assert seen(held, name) == set()


@pytest.mark.parametrize("role", sorted(role.key for role in ROLES.values() if role.permissions))
def test_a_place_and_a_mandate_do_not_help_who_leads_organises_or_administers(held, role):
    make.also(held.world, "double", "counsellor", role)
    held.mandate("double", created_at=held.meeting.created_at)
    held.seat("double", inner_since=held.meeting.created_at)

    adds_nothing = role in ("counsellor", "intman", "integration_specialist", "qm_officer", "funder_readonly")
    assert seen(held, "double") == (EVERYTHING if adds_nothing else set())


@pytest.mark.parametrize("role", ["technical_lead", "integration_officer", "sysadmin", "carrier_manager", "dpo"])
def test_who_is_given_a_lead_later_is_outside_at_once(held, role):
    grant(held.world.outsider.person, role, held.world.suedstadt, held.world.far_site)
    assert seen(held, "outsider") == set()


def test_who_counsels_no_more_is_outside_with_her_own_topic(held):
    Membership.objects.filter(person=held.world.counsellor.person).update(valid_to=YESTERDAY())
    assert seen(held, "counsellor") == {"Topic", "TopicStep"}


def test_a_deputy_of_somebody_inside_stays_outside(held):
    staff.deputy(held.world, confirmed=True)
    assert held.world.counsellor.person.pk in held.world.colleague.actor.file_holder_ids
    assert seen(held, "colleague") == set()


def test_a_guest_with_an_account_sees_the_open_part_only(held):
    held.mandate("colleague")
    held.seat("colleague", in_inner_part=False, is_guest=True)
    assert Meeting.objects.visible_to(held.world.colleague.actor).exists()
    assert seen(held, "colleague") == set()
    with pytest.raises(IntegrityError, match=r"attendance_guests_in_the_open_part|CHECK"), transaction.atomic():
        Attendance.objects.filter(is_guest=True).update(in_inner_part=True, inner_since=timezone.now())


def test_a_participant_of_another_forum_sees_nothing(held, world):
    other = make.network_format(world, "Anderes Forum", has_inner_part=True, needs_mandate=True)
    Mandate.objects.create(
        organisation=world.nordstadt, format=other, person=world.colleague.person, granted_by=world.technical_lead.person,
        valid_from=make.START, scope="alles",
    )  # fmt: skip
    held.seat("colleague", meeting=make.meeting_of(other))
    assert seen(held, "colleague") == set()


def test_who_sits_in_a_later_meeting_does_not_read_the_earlier_one(held):
    held.mandate("colleague")
    held.seat("colleague", meeting=make.meeting_of(held.format, days=90))
    assert seen(held, "colleague") == {"Topic", "TopicStep"}  # the topic is still to be spoken about there


def test_who_has_left_the_forum_keeps_what_she_was_there_for_and_nothing_later(held):
    Mandate.objects.filter(person=held.world.outsider.person).update(valid_to=TODAY())
    later = make.meeting_of(held.format, days=90, inner_begun_at=timezone.now() + timedelta(days=90))
    held.seat("outsider", meeting=later)
    outsider = held.world.outsider.actor
    assert seen(held, "outsider") == EVERYTHING
    assert not sits_inside(outsider, later)


def test_a_former_participant_sees_no_topic_that_came_after_her(held):
    Mandate.objects.filter(person=held.world.outsider.person).update(valid_to=TODAY())
    Topic.objects.update(created_at=timezone.now() + timedelta(days=1), meeting=None)
    assert seen(held, "outsider") == EVERYTHING - {"Topic", "TopicStep"}


# --- being shut out by who is not inside -----------------------------------------------------------------------
@pytest.mark.parametrize("presence", [Presence.EXCUSED, Presence.ABSENT])
@pytest.mark.parametrize("state", ["held", "coming"])
def test_who_leads_the_meeting_shuts_nobody_out_of_part_1_by_noting_her_as_missing(
    request, world, login, presence, state
):
    forum = request.getfixturevalue(state)
    place = forum.meeting.attendances.get(person=world.outsider.person)
    url = reverse("network:presence", args=[forum.meeting.public_id])
    for value in (presence, Presence.PRESENT, presence):
        assert login(world.officer).post(url, {place.public_id: value}).status_code == 302
        place.refresh_from_db()
        assert (place.presence, seen(forum, "outsider")) == (value, EVERYTHING)


def test_a_place_in_part_1_is_not_taken_away_from_outside(held, world):
    officer, place = world.officer.actor, held.meeting.attendances.get(person=world.outsider.person)
    with pytest.raises(ValidationError, match="nicht ausgeladen"):
        remove_place(by=officer, place=place)
    with pytest.raises(ValidationError, match="schon etwas festgehalten"):
        drop_meeting(by=officer, meeting=held.meeting)
    assert seen(held, "outsider") == EVERYTHING


def test_a_meeting_whose_part_1_has_begun_is_not_dropped_even_without_a_word(forum, world):
    forum.begin()
    with pytest.raises(ValidationError, match="schon etwas festgehalten"):
        drop_meeting(by=world.officer.actor, meeting=forum.meeting)


def test_a_mandate_is_not_ended_for_a_day_on_which_she_sat_inside(held, world):
    mandate, lead = Mandate.objects.get(person=world.counsellor.person), world.technical_lead.actor
    with pytest.raises(ValidationError, match="frühestens an diesem Tag"):
        end_mandate(by=lead, mandate=mandate, on=YESTERDAY())
    end_mandate(by=lead, mandate=mandate, on=TODAY())
    assert seen(held, "counsellor") == EVERYTHING


def test_those_inside_say_who_was_missing_and_she_is_told(held, world, django_capture_on_commit_callbacks):
    held.mandate("colleague", created_at=held.meeting.created_at)
    held.seat("colleague", inner_since=held.meeting.created_at)
    assert seen(held, "colleague") == EVERYTHING
    with django_capture_on_commit_callbacks(execute=True):
        note_missing(by=world.outsider.actor, meeting=held.meeting, person=world.colleague.person)
    assert seen(held, "colleague") == set()
    assert [SECRET in text.body for text in mail.outbox if text.to == ["colleague@lotse.example"]] == [False]

    place = held.meeting.attendances.get(person=world.colleague.person)
    assert (place.presence, place.inner_since) == (Presence.UNKNOWN, None)
    let_in(by=world.counsellor.actor, meeting=held.meeting, person=world.colleague.person)
    assert seen(held, "colleague") == EVERYTHING


@pytest.mark.parametrize("name", ["officer", "technical_lead", "colleague", "sysadmin"])
def test_nobody_outside_says_who_was_missing(held, world, login, name):
    held.seat(name, in_inner_part=False)
    Meeting.objects.update(moderator=world.personas[name].person)
    with pytest.raises(NotAllowed):
        note_missing(by=world.personas[name].actor, meeting=held.meeting, person=world.outsider.person)
    url = reverse("network:missed_inner", args=[held.meeting.public_id])
    assert login(world.personas[name]).post(url, {"person": world.outsider.person.public_id}).status_code == 404
    assert seen(held, "outsider") == EVERYTHING


def test_nobody_is_missing_before_it_began_and_nobody_says_it_of_herself(forum, world):
    counsellor, outsider = world.counsellor, world.outsider.person
    with pytest.raises(ValidationError, match="noch nicht begonnen"):
        note_missing(by=counsellor.actor, meeting=forum.meeting, person=outsider)
    forum.begin()
    with pytest.raises(ValidationError, match="jemand anderes"):
        note_missing(by=counsellor.actor, meeting=forum.meeting, person=counsellor.person)
    with pytest.raises(NotAllowed):
        note_missing(by=counsellor.actor, meeting=forum.meeting, person=world.colleague.person)


def test_the_page_inside_notes_who_was_missing_and_lets_her_in_again(held, world, login):
    web, url = login(world.counsellor), f"/netzwerk/teil-1/{held.meeting.public_id}/"
    assert "war nicht dabei" in web.get(url).content.decode()
    web.post(f"{url}fehlte/", {"person": world.outsider.person.public_id})
    assert seen(held, "outsider") == set()
    shown = web.get(url).content.decode()
    assert ("war nicht dabei" in shown, "mitlesen lassen" in shown) == (False, True)


# --- mandates --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("term", [
    {"valid_to": YESTERDAY}, {"valid_from": TOMORROW}, {"valid_from": YESTERDAY, "valid_to": YESTERDAY},
])  # fmt: skip
@pytest.mark.parametrize("state", ["held", "coming"])
def test_without_a_mandate_of_that_day_she_sees_nothing(request, state, term):
    forum = request.getfixturevalue(state)
    Mandate.objects.filter(person=forum.world.outsider.person).update(**{name: day() for name, day in term.items()})
    assert seen(forum, "outsider") == set()


def test_nobody_grants_herself_a_mandate(forum):
    with pytest.raises(IntegrityError):
        forum.mandate("colleague", granted_by=forum.world.colleague.person)


def test_a_mandate_dated_back_afterwards_opens_nothing(held):
    held.seat("colleague", inner_since=held.meeting.created_at)
    held.mandate("colleague")
    assert seen(held, "colleague") == set()


# --- what the organiser can change -----------------------------------------------------------------------------
def test_a_place_that_the_officer_gives_afterwards_opens_nothing(held):
    held.mandate("colleague", created_at=held.meeting.created_at)
    held.seat("colleague")
    assert seen(held, "colleague") == set()


def test_a_place_that_is_given_by_hand_in_an_old_row_counts_from_now_on(held):
    held.mandate("colleague", created_at=held.meeting.created_at)
    place = held.seat("colleague", in_inner_part=False)
    place.in_inner_part = True
    place.save(update_fields=["in_inner_part"])
    assert seen(held, "colleague") == set()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=place.pk).update(inner_since=None)


@pytest.mark.parametrize("days", [-400, 400])
def test_another_date_of_the_meeting_changes_nothing(held, days):
    """A mandate of another time does not fit because the meeting was moved there."""
    that_day = timezone.localdate() + timedelta(days=days)
    held.mandate("colleague", valid_from=that_day, valid_to=that_day, created_at=held.meeting.created_at)
    held.seat("colleague", inner_since=held.meeting.created_at)
    starts = timezone.now() + timedelta(days=days)
    Meeting.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=1))

    assert seen(held, "colleague") == set()
    assert seen(held, "counsellor") == EVERYTHING


@pytest.mark.parametrize("change", [
    {"has_inner_part": False}, {"has_inner_part": False, "needs_mandate": False}, {"reports_to": None}, {"name": "Anders"},
])  # fmt: skip
def test_other_words_for_the_format_open_nothing(held, change):
    type(held.format).objects.filter(pk=held.format.pk).update(**change)
    assert seen(held, "officer") == set()
    held.seat("colleague", in_inner_part=False)
    assert seen(held, "colleague") == set()


def test_moderating_and_taking_the_minutes_open_nothing(held):
    officer = held.world.officer.person
    Meeting.objects.update(moderator=officer, minute_taker=officer, state=MeetingState.HELD)
    held.seat("officer")
    held.member("officer")
    assert seen(held, "officer") == set()


def test_who_organised_when_it_took_place_does_not_read_it_when_she_counsels_later(held, world):
    """She had given herself a place and had a mandate; the first word took the place away."""
    held.meeting.inner_begun_at = None
    held.meeting.save()
    make.also(world, "double", "counsellor", "integration_officer")
    held.mandate("double")
    held.seat("double")
    enter(world.counsellor.actor, held.meeting)

    Membership.objects.filter(person=world.double.person, role="integration_officer").delete()
    assert rules.may_sit_inside(world.double.actor)
    assert seen(held, "double") == set()


def test_the_first_word_shuts_the_door_once(forum, world):
    enter(world.counsellor.actor, forum.meeting)
    first = Meeting.objects.get(pk=forum.meeting.pk).inner_begun_at
    enter(world.outsider.actor, forum.meeting)
    assert Meeting.objects.get(pk=forum.meeting.pk).inner_begun_at == first
    with pytest.raises(NotAllowed):
        enter(world.officer.actor, forum.meeting)


def test_a_cancelled_meeting_shows_no_proposals_any_more(coming):
    Meeting.objects.update(state=MeetingState.CANCELLED, called_off_at=timezone.now(), call_off_reason="krank")
    assert seen(coming, "outsider") == set()


# --- being let in by those inside ------------------------------------------------------------------------------
def test_who_was_there_lets_in_who_came_later(held, world):
    held.mandate("colleague")
    held.seat("colleague", in_inner_part=False)
    let_in(by=world.counsellor.actor, meeting=held.meeting, person=world.colleague.person)
    assert seen(held, "colleague") == EVERYTHING
    assert {p.pk for p in insiders(held.meeting)} == {
        world.personas[name].person.pk for name in ("counsellor", "outsider", "colleague")
    }


def test_nobody_outside_lets_anybody_in(held, world):
    held.mandate("colleague")
    held.seat("colleague", in_inner_part=False)
    for name in ("officer", "colleague", "technical_lead"):
        with pytest.raises(NotAllowed):
            let_in(by=world.personas[name].actor, meeting=held.meeting, person=world.colleague.person)


def test_let_in_is_only_who_could_sit_there(held, world):
    held.seat("officer", in_inner_part=False)
    held.seat("technical_lead", in_inner_part=False, is_guest=True)
    persona(world, "late", world.nordstadt, "counsellor", world.site)
    held.seat("late", in_inner_part=False)
    counsellor = world.counsellor.actor
    with pytest.raises(ValidationError):
        let_in(by=counsellor, meeting=held.meeting, person=world.officer.person)
    with pytest.raises(ValidationError):
        let_in(by=counsellor, meeting=held.meeting, person=world.counsellor.person)
    for stranger in (world.technical_lead, world.colleague):
        with pytest.raises(NotAllowed):
            let_in(by=counsellor, meeting=held.meeting, person=stranger.person)

    let_in(by=counsellor, meeting=held.meeting, person=world.late.person)
    assert seen(held, "late") == set()  # still without a mandate


# --- what is hers, and what she may not keep -------------------------------------------------------------------
def test_a_task_of_part_1_is_no_more_hers_when_she_is_outside(held, world):
    grant(world.counsellor.person, "technical_lead", world.nordstadt, world.site)
    assert not ActionItem.objects.visible_to(world.counsellor.actor).exists()


def test_words_from_before_the_release_of_a_topic_stay_inside(held, world):
    Topic.objects.update(released_on=TODAY(), state="released_by_forum")
    TopicStep.objects.create(
        organisation=world.nordstadt,
        topic=Topic.objects.get(),
        state="released_by_forum",
        on=TODAY(),
        by=world.outsider.person,
    )
    of_officer = TopicStep.objects.visible_to(world.officer.actor).values_list("state", flat=True)
    assert list(of_officer) == ["released_by_forum"]
    assert TopicStep.objects.visible_to(world.outsider.actor).count() == 2


def test_objections_stay_inside_after_the_release(held, world):
    Objection.objects.update(withdrawn_at=timezone.now())
    release = Objection.objects.get().release
    type(release).objects.update(released_by=world.outsider.person, released_at=timezone.now())
    assert seen(held, "officer") == {"Release"}


def test_of_a_released_topic_guests_know_what_was_on_their_agenda(held, world):
    held.seat("colleague", in_inner_part=False, is_guest=True)
    Topic.objects.update(released_on=TODAY(), state="released_by_forum")
    assert seen(held, "officer") >= {"Topic"}
    assert seen(held, "colleague") == set()
    make.AgendaItem.objects.update(part=2)
    assert "Topic" in seen(held, "colleague")


def test_the_rule_names_who_may_sit_inside(world):
    assert rules.may_sit_inside(world.counsellor.actor)
    assert not rules.may_sit_inside(world.specialist.actor)
    assert not could_sit_inside(world.technical_lead.person)
    assert could_sit_inside(world.outsider.person)
    grant(world.outsider.person, "qm_officer", world.suedstadt)
    assert rules.may_sit_inside(world.outsider.actor)
    grant(world.outsider.person, "desk_officer", world.suedstadt)
    assert Permission.ORGANISE_NETWORK in world.outsider.actor.permissions
    assert not rules.may_sit_inside(world.outsider.actor)


def test_a_place_without_a_mandate_takes_no_task_and_stops_no_pen(forum, world):
    """Her name in the notes of part 1 stays a line of text."""
    persona(world, "late", world.nordstadt, "counsellor", world.site)
    forum.seat("late")
    by, part = world.counsellor.actor, Part.INNER
    notes = take_pen(by=by, meeting=forum.meeting, part=part)
    Attendance.objects.filter(person=world.outsider.person).update(presence=Presence.ABSENT)
    Attendance.objects.filter(person=world.counsellor.person).update(presence=Presence.PRESENT)
    text = "Aufgabe: Raum suchen – Late Beispiel\nAufgabe: Anrufen – Outsider Beispiel"
    save_words(by=by, meeting=forum.meeting, part=part, words=Words(text, notes.revision, "k"))
    lay_down_pen(by=by, meeting=forum.meeting, part=part)
    assert [task.owner for task in ActionItem.objects.all()] == [world.outsider.person]


# --- every page there is ---------------------------------------------------------------------------------------
ELSEWHERE = ["portal:home", "portal:search", "auditlog:protocol", "correspondence:mail_log", "organisations:detail"]
PAGES = sorted(name for name in MATRIX if name.startswith("network:")) + ELSEWHERE
POSTED = {"text": "x", "title": "x", "lasts": "5", "part": "1", "revision": "1", "settled": "on", "result": "x", "reason": "x", "note": "x", "answer": "x", "append": "x", "gather": "1"}  # fmt: skip


def addresses(forum, rows):
    """Of every page, pointed at what lies in part 1."""
    ids = {type(row).__name__: row.public_id for row in rows}
    known = {
        "meeting_id": forum.meeting.public_id, "inner_id": forum.meeting.public_id, "format_id": forum.format.public_id,
        "release_id": ids["Release"], "task_id": ids["ActionItem"], "topic_id": ids["Topic"], "agenda_id": ids["AgendaItem"],
        "attendance_id": forum.meeting.attendances.first().public_id, "organisation_id": forum.world.nordstadt.public_id,
        "network_member_id": forum.format.members.first().public_id,
    }  # fmt: skip
    for part in (1, 2):
        for name in PAGES:
            with contextlib.suppress(NoReverseMatch):
                yield address(name, defaultdict(lambda: "gibtesnicht", known, part=part))


def told(answer):
    shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return shown.decode(errors="replace")


@pytest.mark.parametrize("name", ["officer", "double", "technical_lead", "sysadmin"])
def test_no_page_shows_a_word_of_part_1_outside_it_whatever_is_asked_or_sent(held, world, login, name):
    """The officer organises, moderates, takes the minutes and has given herself a place; so have the others."""
    make.also(world, "double", "counsellor", "technical_lead")
    rows = [kind.objects.get() for kind in KINDS]
    who = world.personas[name].person
    held.seat(name, is_guest=False)
    Meeting.objects.update(moderator=who, minute_taker=who)
    web = login(world.personas[name])
    web.raise_request_exception = False
    for url in dict.fromkeys(addresses(held, rows)):
        for answer in (web.get(url, {"q": SECRET}), web.post(url, POSTED), web.get(url)):
            words = told(answer).replace(f'value="{SECRET}"', "").replace(f"Suche: {SECRET}", "")
            assert (SECRET in words, answer.status_code == 500) == (False, False), url
    assert [SECRET in mail.body + mail.calendar for mail in OutgoingMail.objects.all() if SECRET in mail.body] == []
    assert SECRET not in f"{list(Event.objects.values_list('details', 'fields', 'actor_label'))}"


def test_the_word_is_there_to_be_seen_inside(held, world, login):
    """The test above would pass on empty pages."""
    web = login(world.counsellor)
    rows = [kind.objects.get() for kind in KINDS]
    seen_at = {url for url in addresses(held, rows) if SECRET in told(web.get(url))}
    assert {f"/netzwerk/{page}/" for page in ("aufgaben", "themen")} <= seen_at
    assert {f"/netzwerk/teil-1/{held.meeting.public_id}/", f"/netzwerk/termine/{held.meeting.public_id}/"} <= seen_at


def test_minutes_and_calendar_hold_the_open_part_only(held):
    assert SECRET not in f"{minutes_of(held.meeting)}"
    assert SECRET not in f"{entry_of(held.meeting, held.meeting.starts_at)}"


def test_what_lies_in_the_database_is_sealed(held):
    assert SECRET.encode() not in places.database()
