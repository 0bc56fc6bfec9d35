"""The calendar that a device fetches without a login: it knows when, and nothing else."""

import logging
import re
from datetime import datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar

from lotse.accounts.tokens import hash_of
from lotse.auditlog.models import Event
from lotse.casework.actions.calendar import set_appointment_state
from lotse.casework.actions.clients import note_appointment
from lotse.casework.enums import AppointmentState
from lotse.correspondence.actions import end_feed, make_feed, set_reminder
from lotse.correspondence.models import CalendarFeed, OutgoingMail, ReminderSetting
from lotse.correspondence.queries import FETCHED, is_fetch_to_be_logged, last_fetched
from lotse.organisations.actions.people import leave
from lotse.portal.calendar_views import FETCHES, WRONG_TOKENS
from lotse.portal.reminders import remind_everybody
from tests.factories import casework as make

SECRET = "Özdemir"


def tomorrow(hour=10):
    return datetime.combine(make.days_ago(-1), time(hour))


@pytest.fixture
def token(world):
    return make_feed(by=world.counsellor.actor)


@pytest.fixture
def fetch(client):
    return lambda token: client.get("/kalender/termine.ics", {"t": token})


def events(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.mark.rule("CO-03")
def test_feed_says_when_and_nothing_else(world, token, fetch):
    (row,) = make.appointment(
        world, of=make.person(world, last_name=SECRET), starts=tomorrow(), place="elsewhere", elsewhere="Frauenhaus",
    )  # fmt: skip
    at = timezone.make_aware(tomorrow(14))
    note = note_appointment(by=world.counsellor.actor, site=world.site, name=SECRET, takes_place_at=at)

    answer = fetch(token)

    first, second = events(answer)
    assert [set(event) for event in (first, second)] == [{"SUMMARY", "UID", "DTSTAMP", "DTSTART", "DTEND"}] * 2
    assert (str(first["SUMMARY"]), first.decoded("DTSTART"), first.decoded("DTEND")) == ("Termin", row.starts_at, row.ends_at)  # fmt: skip
    told = answer.content.decode()
    hidden = (SECRET, "Frauenhaus", row.public_id, note.public_id, "Nordstadt", "http")
    assert [word for word in hidden if word in told] == []
    assert [str(event["UID"]) for event in events(fetch(token))] == [str(first["UID"]), str(second["UID"])]


def test_what_was_called_off_leaves_the_calendar(world, token, fetch):
    (row,) = make.appointment(world)
    assert len(events(fetch(token))) == 1
    set_appointment_state(by=world.counsellor.actor, appointment=row, state=AppointmentState.CANCELLED_BY_CLIENT)
    assert events(fetch(token)) == []


def test_feed_holds_only_what_is_mine(world, fetch):
    make.appointment(world)
    assert events(fetch(make_feed(by=world.colleague.actor))) == []


@pytest.mark.rule("CO-03")
def test_token_is_stored_as_a_checksum(world, token):
    assert CalendarFeed.objects.get().token_hash == hash_of(token) != token


@pytest.mark.rule("CO-03")
def test_a_wrong_an_ended_and_a_renewed_token_open_nothing(world, token, fetch):
    renewed = make_feed(by=world.counsellor.actor)
    answers = [fetch(t).status_code for t in ("", "x" * 43, token, renewed)]
    end_feed(by=world.counsellor.actor, feed=CalendarFeed.objects.get(ended_at=None))

    assert answers == [404, 404, 404, 200]
    assert fetch(renewed).status_code == 404


def test_feed_ends_with_the_work_and_with_the_login(world, fetch):
    token, other = make_feed(by=world.counsellor.actor), make_feed(by=world.colleague.actor)
    world.colleague.user.is_active = False
    world.colleague.user.save()
    leave(by=world.carrier_manager.actor, person=world.counsellor.person, on=timezone.localdate() - timedelta(days=1))

    assert [fetch(t).status_code for t in (token, other)] == [404, 404]


def test_token_stands_in_no_log(world, token, fetch, caplog):
    caplog.set_level(logging.DEBUG)
    for t in (token, token + "x"):
        fetch(t)
    for _ in range(FETCHES):
        fetch(token)

    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert ["/kalender/termine.ics" in lines, token in lines] == [True, False]
    assert [e for e in Event.objects.all() if token in f"{e.details}{e.object_ref}"] == []


@pytest.mark.rule("CO-03")
def test_who_guesses_is_slowed_down_and_who_knows_is_not(world, token, fetch):
    guesses = [fetch(f"guess-{number}").status_code for number in range(WRONG_TOKENS + 1)]

    assert guesses == [404] * WRONG_TOKENS + [429]
    assert fetch(token).status_code == 200


def test_a_calendar_that_asks_all_the_time_is_slowed_down(token, fetch):
    assert [fetch(token).status_code for _ in range(FETCHES + 1)] == [200] * FETCHES + [429]


def test_last_use_is_shown_and_logged_once_an_hour(world, token, fetch, login, monkeypatch):
    for _ in range(2):
        fetch(token)
    feed, logged = CalendarFeed.objects.get(), Event.objects.get(key=FETCHED)

    assert last_fetched(feed) == logged.at
    shown = f"{timezone.localtime(logged.at):%d.%m.%Y, %H:%M}"
    assert f"<dd>{shown}</dd>" in login(world.counsellor).get("/termine/kalender/").content.decode()
    due = []
    for minutes in (59, 60):
        monkeypatch.setattr(timezone, "now", lambda m=minutes: logged.at + timedelta(minutes=m))
        due.append(is_fetch_to_be_logged(feed))
    assert due == [False, True]


def test_address_is_shown_once_on_the_page(world, login, client):
    web = login(world.counsellor)

    page = web.post("/termine/kalender/adresse/").content.decode()
    address = re.search(r'value="(http[^"]+)"', page)[1].replace("&amp;", "&")

    assert client.get(address).status_code == 200
    again = web.get("/termine/kalender/").content.decode()
    assert [address in again, "Zuletzt abgerufen" in again] == [False, True]
    web.post("/termine/kalender/abschalten/")
    assert client.get(address).status_code == 404


# --- reminders -----------------------------------------------------------------------------------------------------
@pytest.fixture
def at(monkeypatch):
    def _at(hour, days=0):
        moment = timezone.make_aware(datetime.combine(make.days_ago(-days), time(hour)))
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return _at


@pytest.mark.rule("CO-04")
def test_digest_says_how_many_and_when_never_with_whom(world, at):
    for hour in (9, 11):
        make.appointment(world, of=make.person(world, last_name=SECRET), starts=tomorrow(hour))
    note_appointment(
        by=world.counsellor.actor, site=world.site, name=SECRET, takes_place_at=timezone.make_aware(tomorrow(15))
    )
    at(7)

    assert [remind_everybody(), remind_everybody()] == [1, 0]

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == (world.counsellor.user.email, "Lotse: Ihre Termine")
    assert ["haben Sie 3 Termine" in mail.body, f"{tomorrow().day}." in mail.body, SECRET in mail.body] == [True, True, False]  # fmt: skip


def test_nobody_is_reminded_at_night_nor_of_what_was_called_off(world, at):
    first, second = (make.appointment(world, starts=tomorrow(hour))[0] for hour in (9, 11))
    at(5)
    assert remind_everybody() == 0
    at(6)
    for row in (first, second):
        set_appointment_state(by=world.counsellor.actor, appointment=row, state=AppointmentState.CANCELLED_BY_US)
    assert (remind_everybody(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.rule("CO-04")
@pytest.mark.parametrize(("days", "sent"), [(0, [0, 0, 0]), (1, [0, 0, 1]), (2, [0, 1, 0]), (3, [1, 0, 0])])
def test_she_says_when_she_is_reminded_or_never(world, login, at, days, sent):
    make.appointment(world, starts=datetime.combine(make.days_ago(-3), time(9)))
    login(world.counsellor).post("/termine/kalender/", {"days_before": f"{days}"})
    if days == 3 or days == 0:
        set_reminder(by=world.counsellor.actor, days_before=days)

    found = []
    base = make.days_ago(0)
    for later in range(3):
        at(7, days=later - (make.days_ago(0) - base).days)
        found.append(remind_everybody())
        at(7)
    assert (found, ReminderSetting.objects.get().days_before) == (sent, days)


def test_worker_reminds(world, at):
    make.appointment(world)
    at(7)
    call_command("worker", "--once")
    assert OutgoingMail.objects.get().subject == "Lotse: Ihre Termine"
