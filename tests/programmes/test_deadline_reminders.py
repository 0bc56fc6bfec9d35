"""Who is told when: reminders before the day, the coordination after it; lines on Heute; days in the calendar."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from lotse.core.calendars import elsewhere
from lotse.correspondence.actions import make_feed
from lotse.correspondence.models import OutgoingMail
from lotse.programmes.actions.reminders import remind_of_deadlines
from lotse.programmes.enums import Bearer
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import Obligation
from lotse.programmes.queries.today import deadline_lines
from tests.factories.deadlines import grant_of, owed_by, rule_of

DUE, OUTSIDE = date(2027, 4, 30), date(2027, 6, 30)


@pytest.fixture
def rule(house):
    return rule_of(grant_of(house))


@pytest.fixture
def report(world, house, rule):
    return owed_by(house.agency, rule)


@pytest.fixture
def on(monkeypatch):
    """Runs the chore on a day: how many mails went to whom."""

    def run(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: day)
        before = OutgoingMail.objects.count()
        remind_of_deadlines()
        mails = list(OutgoingMail.objects.order_by("pk")[before:])
        return {mail.recipient.split("@")[0]: mail.body for mail in mails}

    return run


def ahead(**time):
    return DUE - timedelta(**time)


@pytest.mark.rule("FU-04")
def test_who_hands_in_is_reminded_8_4_2_and_1_weeks_ahead_once_each(report, on):
    days = [ahead(weeks=9), *(ahead(weeks=w) for w in (8, 7, 4, 3, 2, 1)), ahead(days=6), DUE]
    assert [set(on(day)) for day in days] == [
        set(), {"worker", "specialist"}, set(), {"worker", "specialist"}, set(), {"worker", "specialist"},
        {"worker", "specialist"}, set(), set(),
    ]  # fmt: skip


def test_a_reminder_names_weekday_and_days_left(report, on):
    assert (
        "Sachbericht 2026 (Integrationsagentur Nordstadt): fällig am Freitag, 30. April 2027, in 7 Tagen."
        in on(ahead(weeks=1))["worker"]
    )


def test_several_deadlines_are_one_mail(house, report, on):
    owed_by(house.agency, rule_of(report.rule.grant, document="controlling", name="Online-Controlling"))
    mails = on(ahead(weeks=4))
    assert mails["worker"].count("fällig am") == 2


def test_what_a_carrier_owes_goes_to_who_leads_it(world, rule, on):
    owed_by(world.nordstadt, rule_of(rule.grant, document="interim_proof", bearer=Bearer.CARRIER))
    assert set(on(ahead(weeks=8))) == {"carrier_manager"}


def test_where_nobody_leads_the_coordination_is_reminded(world, rule, on):
    owed_by(world.suedstadt, rule_of(rule.grant, document="interim_proof", bearer=Bearer.CARRIER))
    assert set(on(ahead(weeks=8))) == {"coordinator"}


def test_the_houses_own_warning_comes_on_its_day(house, report, on):
    Obligation.objects.update(warn_due=ahead(weeks=12))
    assert [set(on(ahead(weeks=w))) for w in (13, 12, 11)] == [set(), {"worker", "specialist"}, set()]


def test_what_is_handed_in_reminds_nobody(report, on):
    Obligation.objects.update(state=State.SUBMITTED_INTERNAL)
    assert on(ahead(weeks=1)) == {}


@pytest.mark.rule("FU-04")
def test_the_coordination_is_told_the_day_after_and_before_and_after_the_day_outside(report, on):
    days = [
        DUE,
        DUE + timedelta(days=1),
        DUE + timedelta(days=2),
        OUTSIDE - timedelta(weeks=2),
        OUTSIDE,
        OUTSIDE + timedelta(days=1),
    ]
    told = [{who: body.splitlines()[0] for who, body in on(day).items() if who == "coordinator"} for day in days]
    assert told == [
        {},
        {"coordinator": "Sachbericht 2026: seit 30. April 2027 nicht eingereicht. Betrifft 1 Stelle."},
        {},
        {"coordinator": "Sachbericht 2026: seit 30. April 2027 nicht eingereicht. Betrifft 1 Stelle."},
        {},
        {"coordinator": "Sachbericht 2026: bei der Behörde seit 30. Juni 2027 überfällig. Betrifft 1 Stelle."},
    ]  # fmt: skip


def test_what_was_checked_and_not_sent_is_told_before_the_day_outside(report, on):
    Obligation.objects.update(state=State.CHECKED)
    assert on(OUTSIDE - timedelta(weeks=3)) == {}
    assert "noch nicht abgegeben" in on(OUTSIDE - timedelta(weeks=2))["coordinator"]


def test_many_that_miss_the_same_are_one_line(house, report, rule, on):
    owed_by(house.far_agency, rule)
    assert "Betrifft 2 Stellen." in on(DUE + timedelta(days=1))["coordinator"]


# --- Heute and the calendar ------------------------------------------------------------------------------------------
def lines(persona, day):
    return [(line.title, line.sentence, line.badge, line.tone) for line in deadline_lines(persona.actor, day)]


def test_heute_says_what_is_near_and_what_is_late(world, report):
    assert lines(world.worker, ahead(weeks=5)) == []
    assert lines(world.worker, ahead(days=12)) == [
        ("Sachbericht 2026", "fällig Freitag, 30. April 2027", "in 12 Tagen", "warn")
    ]
    assert lines(world.worker, DUE)[0][2:] == ("heute", "warn")
    assert lines(world.worker, DUE + timedelta(days=1))[0][2:] == ("überfällig", "bad")


def test_heute_counts_for_the_coordination_and_says_what_is_to_check(world, house, report, rule):
    owed_by(house.far_agency, rule)
    assert lines(world.coordinator, DUE)[0][1] == "fällig Freitag, 30. April 2027 · 2 Stellen"
    Obligation.objects.filter(pk=report.pk).update(state=State.SUBMITTED_INTERNAL)
    assert ("Sachbericht 2026", "Integrationsagentur Nordstadt", "zu prüfen", "") in lines(world.coordinator, DUE)


def test_heute_asks_one_statement_and_none_of_who_counsels(world, report, django_assert_num_queries):
    worker, counsellor = world.worker.actor, world.counsellor.actor
    with django_assert_num_queries(1):
        deadline_lines(worker, DUE)
    with django_assert_num_queries(0):
        deadline_lines(counsellor, DUE)


def test_heute_has_the_lines_on_its_page(world, report, login):
    Obligation.objects.update(internal_due=timezone.localdate())
    assert "Sachbericht 2026" in login(world.worker).get("/").content.decode()


def _calendar(persona):
    start = timezone.make_aware(datetime(2027, 1, 1))
    found = elsewhere(persona.actor, start, start + timedelta(days=365))
    return [(entry.title, entry.day, entry.is_whole_day) for entry in found]


def test_days_stand_in_the_calendar_of_who_is_concerned(world, house, report, rule):
    owed_by(house.far_agency, rule)
    assert _calendar(world.worker) == [("Frist: Sachbericht 2026", DUE, True)]
    assert _calendar(world.coordinator) == [
        ("Frist: Sachbericht 2026 (2)", DUE, True), ("Frist Behörde: Sachbericht 2026 (2)", OUTSIDE, True),
    ]  # fmt: skip
    assert _calendar(world.counsellor) == []


def test_the_own_feed_holds_deadlines_as_whole_days(world, house, report, client):
    day = timezone.localdate() + timedelta(days=9)
    Obligation.objects.update(internal_due=day)
    answer = client.get("/kalender/termine.ics", {"t": make_feed(by=world.worker.actor)}).content.decode()
    assert (f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in answer, "SUMMARY:Frist: Sachbericht 2026" in answer) == (True, True)
    assert report.public_id not in answer


def test_who_works_for_agencies_gets_an_address_for_her_calendar(world, house, login):
    assert login(world.worker).get("/termine/kalender/").status_code == 200
    assert login(world.sysadmin).get("/termine/kalender/").status_code == 403
