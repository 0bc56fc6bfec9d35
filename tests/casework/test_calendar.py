"""Appointments: arranged, repeated, moved, held; the clocks change and the year ends meanwhile."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import NotAllowed
from lotse.casework.actions import calendar as acts
from lotse.casework.actions.access import confirm_assignment, request_assignment
from lotse.casework.actions.clients import note_appointment
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.file import Outdated
from lotse.casework.enums import Act, AppointmentState
from lotse.casework.models import Appointment, Consent, Contact
from lotse.casework.queries.calendar import calendar, calendars_open_to
from lotse.casework.schedule import midnight, span, week_of
from lotse.casework.states import APPOINTMENT
from lotse.partners.models import Partner
from tests.factories import casework as make
from tests.factories import organisations as staff

S = AppointmentState


def local(row):
    return [timezone.localtime(moment).strftime("%d.%m.%Y %H:%M") for moment in (row.starts_at, row.ends_at)]


def an_hour_ago():
    return timezone.localtime().replace(second=0, microsecond=0, tzinfo=None) - timedelta(hours=1)


@pytest.fixture
def now(monkeypatch):
    """Noon of a winter's day, so that an hour ago is the same day."""
    moment = datetime(2026, 1, 21, 11, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


# --- when ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "hours_in_utc"),
    [(date(2026, 3, 23), [9, 8]), (date(2026, 10, 19), [8, 9])],
    ids=["29 March", "25 October"],
)
def test_series_keeps_its_time_on_the_wall_when_the_clocks_change(world, first, hours_in_utc):
    series = make.appointment(world, starts=datetime.combine(first, time(10)), times=2)

    assert [local(row)[0][-5:] for row in series] == ["10:00", "10:00"]
    assert [row.starts_at.astimezone(UTC).hour for row in series] == hours_in_utc
    assert {row.minutes for row in series} == {60}


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [(date(2026, 3, 29), time(1, 30), "03:30"), (date(2026, 10, 25), time(2, 30), "02:30")],
    ids=["29 March", "25 October"],
)
def test_an_hour_is_an_hour_on_the_day_the_clocks_change(day, begins, ends):
    start, end = span(day, begins, 60)

    assert (end.astimezone(UTC) - start.astimezone(UTC), f"{end:%H:%M}") == (timedelta(hours=1), ends)


def test_a_time_that_a_day_does_not_have_is_refused(world):
    with pytest.raises(ValidationError, match=r"gibt es am 29\.03\.2026 nicht"):
        make.appointment(world, starts=datetime(2026, 3, 22, 2, 30), times=2)
    assert not Appointment.objects.exists()


def test_series_goes_on_into_the_next_year(world):
    series = make.appointment(world, starts=datetime(2026, 12, 21, 9), times=4)

    assert [local(row)[0] for row in series] == [
        "21.12.2026 09:00", "28.12.2026 09:00", "04.01.2027 09:00", "11.01.2027 09:00",
    ]  # fmt: skip
    assert len({row.series_ref for row in series}) == 1


def test_a_week_across_the_year_shows_both_years(world, login):
    make.appointment(world, of=make.person(world, last_name="Silvester"), starts=datetime(2026, 12, 31, 9))
    make.appointment(world, of=make.person(world, last_name="Neujahr"), starts=datetime(2027, 1, 1, 9))

    page = login(world.counsellor).get("/termine/?tag=2026-12-28").content.decode()

    assert week_of(date(2026, 12, 31)) == week_of(date(2027, 1, 1))
    assert ["Silvester" in page, "Neujahr" in page, "Woche 53" in page, "?tag=2027-01-04" in page] == [True] * 4


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_sunday_the_clocks_change_has_all_its_appointments(world, day):
    for hour in (0, 23):
        make.appointment(world, starts=datetime.combine(day, time(hour)), minutes=30)

    found = calendar(world.counsellor.actor, midnight(day), midnight(day + timedelta(days=1)))

    assert [f"{timezone.localtime(entry.starts_at):%H:%M}" for entry in found] == ["00:00", "23:00"]


# --- moving --------------------------------------------------------------------------------------------------------
def moved(world, row, on, begins, **more):
    kept = {name: getattr(row, name) for name in ("purpose", "place", "person", "site", "room")}
    return acts.change_appointment(
        by=world.counsellor.actor, appointment=row, on=on, begins=begins, minutes=60, **{**kept, **more}
    )


def test_one_of_a_series_moves_alone(world):
    first, second = make.appointment(world, starts=datetime(2027, 2, 1, 9), times=2)

    moved(world, first, date(2027, 2, 2), time(11))

    assert [local(row)[0] for row in Appointment.objects.all()] == ["02.02.2027 11:00", "08.02.2027 09:00"]
    second.refresh_from_db()
    assert second.revision == 1


def test_all_following_move_along_but_not_what_was_before_or_is_over(world):
    rows = make.appointment(world, starts=datetime(2027, 2, 1, 9), times=4)
    acts.set_appointment_state(by=world.counsellor.actor, appointment=rows[3], state=S.CANCELLED_BY_US)

    moved(world, rows[1], date(2027, 2, 9), time(11), room="Zimmer 2", following=True)

    found = [(local(row)[0], row.room) for row in Appointment.objects.order_by("id")]
    assert found == [
        ("01.02.2027 09:00", ""), ("09.02.2027 11:00", "Zimmer 2"), ("16.02.2027 11:00", "Zimmer 2"), ("22.02.2027 09:00", ""),
    ]  # fmt: skip


def test_what_was_moved_alone_keeps_its_time_when_only_the_room_changes(world):
    rows = make.appointment(world, starts=datetime(2027, 2, 1, 9), times=3)
    moved(world, rows[2], date(2027, 2, 17), time(15))

    moved(world, rows[0], date(2027, 2, 1), time(9), room="Zimmer 2", following=True)

    last = Appointment.objects.get(pk=rows[2].pk)
    assert (local(last)[0], last.room) == ("17.02.2027 15:00", "Zimmer 2")


def test_all_following_are_called_off_together(world):
    rows = make.appointment(world, starts=datetime(2027, 2, 1, 9), times=3)

    acts.set_appointment_state(
        by=world.counsellor.actor, appointment=rows[1], state=S.CANCELLED_BY_CLIENT, following=True
    )

    states = list(Appointment.objects.order_by("id").values_list("state", flat=True))
    assert states == [S.PLANNED, S.CANCELLED_BY_CLIENT, S.CANCELLED_BY_CLIENT]


def test_who_moves_second_is_told(world):
    (row,) = make.appointment(world, starts=datetime(2027, 2, 1, 9))
    moved(world, row, date(2027, 2, 2), time(9), revision=1)

    with pytest.raises(Outdated):
        moved(world, row, date(2027, 2, 3), time(9), revision=1)
    assert local(Appointment.objects.get())[0] == "02.02.2027 09:00"


def typed(world, **more):
    return {
        "on": "2027-02-01", "begins": "09:00", "minutes": "60", "purpose": "counselling", "place": "room", "repeats": "once",
        "person": world.counsellor.person.public_id, "site": world.site.public_id, **more,
    }  # fmt: skip


def test_who_moves_second_sees_both_versions(world, login):
    (row,) = make.appointment(world, starts=datetime(2027, 2, 1, 9))
    moved(world, row, date(2027, 2, 2), time(9))

    answer = login(world.counsellor).post(
        f"{row.get_absolute_url()}aendern/", typed(world, on="2027-02-03", revision="1")
    )

    page = answer.content.decode()
    assert ["Inzwischen wurde gespeichert." in page, "02.02.2027" in page, "03.02.2027" in page] == [True] * 3


def test_a_decided_appointment_is_not_moved(world):
    (row,) = make.appointment(world)
    acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=S.CANCELLED_BY_US)

    with pytest.raises(ValidationError, match="Nur ein geplanter Termin"):
        moved(world, row, date(2027, 2, 2), time(9))


# --- what became of it ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("after", [state for state in S if state not in (S.PLANNED, S.CONSENT_ENDED)])
def test_every_state_is_reached_and_taken_back(world, after):
    (row,) = make.appointment(world, starts=an_hour_ago())
    for state in (after, S.PLANNED):
        acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=state)
        row.refresh_from_db()
        assert row.state == state


@pytest.mark.parametrize(
    ("before", "after"), [(b, a) for b in S for a in S if b != S.PLANNED and a not in (S.PLANNED, b)]
)
def test_one_end_does_not_become_another(before, after):
    assert after not in APPOINTMENT[before]


@pytest.mark.parametrize("state", [S.HELD, S.NO_SHOW])
def test_what_has_not_begun_was_neither_held_nor_missed(world, state):
    (row,) = make.appointment(world)
    with pytest.raises(ValidationError, match="noch nicht begonnen"):
        acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=state)


def test_a_held_appointment_becomes_a_contact_and_nothing_is_typed_twice(world, login, now):
    case = make.case(world)
    (row,) = make.appointment(
        world, of=case.client, starts=an_hour_ago(), minutes=45, place="phone", interpreter_language="ar",
        interpreter_booked=Decimal(1),
    )  # fmt: skip
    web, address = login(world.counsellor), f"{row.get_absolute_url()}kontakt/"

    form = web.get(address).context["form"]
    shown = {name: form[name].value() for name in ("on", "channel", "minutes", "interpreter_used", "revision")}
    web.post(address, {**{k: f"{v}" for k, v in shown.items()}, "topics": ["housing"]})

    contact = Contact.objects.get()
    row.refresh_from_db()
    assert (contact.on, contact.channel, contact.minutes, contact.interpreter, contact.language) == (
        timezone.localdate(), "phone", 45, True, "ar",
    )  # fmt: skip
    assert (row.state, row.contact, row.interpreter_used) == (S.HELD, contact, Decimal(1))


def test_of_one_appointment_there_is_one_contact(world):
    case = make.case(world)
    (row,) = make.appointment(world, of=case.client, starts=an_hour_ago())
    contact = {"by": world.counsellor.actor, "appointment": row, "case": case, "on": timezone.localdate()}
    acts.record_contact_of(**contact, channel="phone", topics=["housing"])

    with pytest.raises(ValidationError, match="schon einen Kontakt"):
        acts.record_contact_of(**contact, channel="phone", topics=["housing"])
    with pytest.raises(ValidationError, match="Er hat also stattgefunden"):
        acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=S.PLANNED)
    assert Contact.objects.count() == 1


def test_hours_of_the_interpreter_are_kept_for_somebody_who_did_not_come(world, login):
    (row,) = make.appointment(world, starts=an_hour_ago(), interpreter_language="ti", interpreter_booked=Decimal("1.5"))
    acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=S.NO_SHOW)

    login(world.counsellor).post(f"{row.get_absolute_url()}stunden/", {"used": "1.25", "revision": "2"})

    row.refresh_from_db()
    assert (row.state, row.interpreter_used) == (S.NO_SHOW, Decimal("1.25"))


# --- clashes -------------------------------------------------------------------------------------------------------
def test_a_clash_is_said_and_may_be_acknowledged(world, login):
    client = make.person(world)
    make.appointment(world, of=client, starts=datetime(2027, 2, 1, 9, 30), room="Zimmer 2")
    web, address = login(world.counsellor), f"/akte/{client.public_id}/termine/neu/"

    first = web.post(address, typed(world, room="zimmer 2")).content.decode()
    assert "Counsellor Beispiel hat da schon einen Termin: 01.02.2027, 09:30–10:30." in first
    assert "zimmer 2 ist da schon belegt: 01.02.2027, 09:30–10:30." in first
    web.post(address, typed(world, room="zimmer 2", acknowledged=["clash-0", "clash-1"]))

    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(("begins", "minutes", "says"), [
    (time(10, 59), 15, ["überschneidet sich"]), (time(11), 15, []), (time(9), 60, []),
])  # fmt: skip
def test_the_week_marks_what_begins_before_another_is_over(world, begins, minutes, says):
    [first] = make.appointment(world)
    starts = datetime.combine(timezone.localdate(first.starts_at), begins)
    make.appointment(world, starts=starts, minutes=minutes)
    day = midnight(starts.date())

    def marks():
        entries = calendar(world.counsellor.actor, day, day + timedelta(days=1))
        return [words for entry in entries for words, _tone in entry.badges if words == "überschneidet sich"]

    assert marks() == says
    acts.set_appointment_state(by=world.counsellor.actor, appointment=first, state=S.CANCELLED_BY_US)
    assert marks() == []


def test_a_room_taken_by_a_colleague_names_nobody(world, login):
    theirs = make.person(world, by=world.colleague.actor, last_name="Geheim")
    make.appointment(world, of=theirs, by=world.colleague.actor, starts=datetime(2027, 2, 1, 9), room="Zimmer 2")
    mine = make.person(world)

    answer = login(world.counsellor).post(f"/akte/{mine.public_id}/termine/neu/", typed(world, room="Zimmer 2"))

    page = answer.content.decode()
    assert ["Zimmer 2 ist da schon belegt: 01.02.2027" in page, "Geheim" in page] == [True, False]


@pytest.mark.parametrize(
    ("minute", "state"), [(0, S.PLANNED), (30, S.CANCELLED_BY_US)], ids=["one after the other", "called off"]
)
def test_no_clash_where_the_time_is_free(world, login, minute, state):
    client = make.person(world)
    (row,) = make.appointment(world, of=client, starts=datetime(2027, 2, 1, 10 if minute == 0 else 9, minute))
    if state != S.PLANNED:
        acts.set_appointment_state(by=world.counsellor.actor, appointment=row, state=state)

    login(world.counsellor).post(f"/akte/{client.public_id}/termine/neu/", typed(world))

    assert Appointment.objects.count() == 2


def test_a_note_without_file_clashes_too(world, login):
    at = datetime(2027, 2, 1, 9, 30, tzinfo=timezone.get_current_timezone())
    note_appointment(by=world.counsellor.actor, site=world.site, name="Geheim", takes_place_at=at)
    client = make.person(world)

    answer = login(world.counsellor).post(f"/akte/{client.public_id}/termine/neu/", typed(world))

    page = answer.content.decode()
    assert ["09:30–10:30" in page, "Geheim" in page] == [True, False]


def test_a_series_is_arranged_on_the_page(world, login):
    client = make.person(world)
    typed_series = typed(world, repeats="weekly", times="3", interpreter_language="ar", interpreter_booked="1.5")

    login(world.counsellor).post(f"/akte/{client.public_id}/termine/neu/", typed_series)

    rows = list(Appointment.objects.all())
    assert [(local(row)[0], row.interpreter_booked) for row in rows] == [
        (f"{day}.02.2027 09:00", Decimal("1.50")) for day in ("01", "08", "15")
    ]


# --- who sees it ---------------------------------------------------------------------------------------------------
def test_the_week_shows_files_and_notes_of_one_person(world, login):
    monday = datetime(2027, 2, 1, 9)
    make.appointment(world, of=make.person(world, last_name="Akte"), starts=monday)
    at = monday.replace(tzinfo=timezone.get_current_timezone())
    note_appointment(by=world.counsellor.actor, site=world.site, name="Ohneakte", takes_place_at=at)

    mine, theirs = (
        login(who).get("/termine/?tag=2027-02-03").content.decode() for who in (world.counsellor, world.colleague)
    )

    assert ["Akte" in mine, "Ohneakte" in mine, "Ohneakte" in theirs, "Mira Akte" in theirs] == [
        True,
        True,
        False,
        False,
    ]


def test_the_deputy_and_the_technical_lead_choose_whose_week(world, login):
    make.appointment(world, of=make.person(world, last_name="Akte"), starts=datetime(2027, 2, 1, 9))
    staff.deputy(world, confirmed=True)
    address = f"/termine/?tag=2027-02-01&person={world.counsellor.person.public_id}"

    pages = [login(who).get(address).content.decode() for who in (world.colleague, world.technical_lead)]

    assert ["Mira Akte" in page for page in pages] == [True, True]
    assert [p.last_name for p in calendars_open_to(world.outsider.actor)] == ["Beispiel"]


def test_the_week_of_a_stranger_is_ones_own(world, login):
    make.appointment(world, of=make.person(world, last_name="Akte"), starts=datetime(2027, 2, 1, 9))

    page = login(world.colleague).get(f"/termine/?tag=2027-02-01&person={world.counsellor.person.public_id}")

    assert ["Mira Akte" in page.content.decode(), "Meine Woche" in page.content.decode()] == [False, True]


def test_of_many_calendars_one_is_asked_for_by_name(world, login, monkeypatch):
    monkeypatch.setattr("lotse.casework.queries.calendar.MOST_OFFERED", 1)
    web, sought = login(world.technical_lead), world.counsellor.person

    many, one, nobody = (
        web.get("/termine/", {"wer": text}).content.decode()
        for text in ("", f"{sought.last_name} {sought.first_name}".upper(), "Niemand")
    )

    assert ["<select" in page for page in (many, one, nobody)] == [False, False, False]
    assert [f"Woche von {sought}" in page for page in (many, one, nobody)] == [False, True, False]
    assert ["Niemand mit diesem Namen" in page for page in (many, one, nobody)] == [False, False, True]


def test_an_appointment_is_with_somebody_who_can_open_the_file(world):
    client, colleague = make.person(world), world.colleague
    with pytest.raises(ValidationError, match="kann die Akte nicht öffnen"):
        make.appointment(world, of=client, person=colleague.person)

    asked = {"client": client, "person": colleague.person, "reason": "Urlaub", "valid_from": timezone.localdate()}
    confirm_assignment(by=world.technical_lead.actor, assignment=request_assignment(by=world.counsellor.actor, **asked))
    make.appointment(world, of=client, person=colleague.person)


@pytest.mark.rule("DP-12")
def test_a_resting_file_has_no_appointments_on_any_calendar(world, login):
    client = make.decide(world, make.person(world, last_name="Ruht"))
    (row,) = make.appointment(world, of=client, starts=datetime(2027, 2, 1, 9))
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=Act.RECORDING), on=timezone.localdate())

    web = login(world.counsellor)
    assert "Ruht" not in web.get("/termine/?tag=2027-02-01").content.decode()
    assert "Mira Ruht" in web.get(row.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="ruht"):
        moved(world, row, date(2027, 2, 2), time(9))


@pytest.mark.rule("CL-02")
def test_without_agreement_and_consent_an_appointment_has_no_note(world):
    with pytest.raises(ValidationError, match="Einwilligung"):
        make.appointment(world, note="Braucht Hilfe.")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://video.lotse.example/1"])
def test_only_a_safe_link_is_kept(world, link):
    with pytest.raises(ValidationError, match="https://"):
        make.appointment(world, place="video", video_link=link)


@pytest.mark.parametrize("who", ["colleague", "technical_lead", "outsider", "sysadmin"])
def test_nobody_else_arranges(world, who):
    client, stranger = make.person(world), world.personas[who]
    with pytest.raises(NotAllowed):
        make.appointment(world, of=client, by=stranger.actor)


@pytest.mark.parametrize("day", ["", "morgen", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_a_day_that_makes_no_sense_shows_this_week(world, login, day):
    page = login(world.counsellor).get(f"/termine/?tag={day}")
    assert page.context["first"] == week_of(timezone.localdate())[0]


def test_a_new_appointment_begins_with_a_name(world, login):
    client = make.person(world, last_name="Haddad")

    page = login(world.counsellor).get("/termine/neu/?tag=2027-02-01&q=hadd").content.decode()

    assert f'<a href="/akte/{client.public_id}/termine/neu/?tag=2027-02-01">Mira Haddad</a>' in page


def test_interpreter_comes_from_a_partner_of_the_house(world, login):
    client = make.person(world, interpreter_needed=True, contact_language="ti")
    partner = Partner.objects.create(organisation=world.nordstadt, name="Sprachbrücke", category="other")
    web, address = login(world.counsellor), f"/akte/{client.public_id}/termine/neu/"

    assert web.get(address).context["form"]["interpreter_language"].value() == "ti"
    web.post(address, typed(world, interpreter_language="ti", interpreter_from=partner.public_id))

    assert Appointment.objects.get().interpreter_from == partner
