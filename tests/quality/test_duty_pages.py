"""The pages of the team, as colleagues and who plans see them."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.organisations.models import Site
from lotse.quality.duty_papers import week_paper
from lotse.quality.models import Duty, DutyAbsence, DutyTemplate, EmergencyContact, Roster, StandIn
from lotse.quality.queries import duty as queries
from tests.factories import quality_duty as make
from tests.personas import persona

TEAM = "/qualitaet/team/"
DUTY = f"{TEAM}dienstplan/"


@pytest.fixture
def web(world, login):
    return login(world.technical_lead)


def text(answer):
    return answer.content.decode()


def week(day=None):
    return f"{DUTY}?tag={day or make.monday():%Y-%m-%d}"


def test_a_house_begins_with_a_pattern_and_makes_weeks_with_one_button(world, web):
    assert "Erstes Muster anlegen" in text(web.get(f"{DUTY}muster/"))
    given = {
        "weekday": "0", "begins": "09:00", "ends": "12:00", "kind": "open_hours", "needs": "2", "valid_from": "2020-01-01",
        "person": world.counsellor.person.public_id, "site": "",
    }  # fmt: skip
    assert web.post(f"{DUTY}muster/neu/", given)["Location"] == f"{DUTY}muster/"
    assert "Montag 09:00–12:00" in text(web.get(f"{DUTY}muster/"))
    answer = web.post(f"{DUTY}wochen/", {"first_on": f"{make.monday():%Y-%m-%d}", "weeks": "1"})
    assert answer["Location"] == week()
    page = text(web.get(week()))
    assert "Counsellor Beispiel" in page
    assert "1 Lücke" in page
    assert "schon alles angelegt" in text(
        web.post(f"{DUTY}wochen/", {"first_on": f"{make.monday():%Y-%m-%d}", "weeks": "1"})
    )


def test_a_pattern_whose_end_lies_before_its_begin_is_refused(world, web):
    given = {
        "weekday": "0",
        "begins": "12:00",
        "ends": "12:00",
        "kind": "phone",
        "needs": "1",
        "valid_from": "2020-01-01",
    }
    assert "Das Ende liegt vor dem Beginn." in text(web.post(f"{DUTY}muster/neu/", given))
    assert not DutyTemplate.objects.exists()


def test_a_duty_is_entered_and_changed(world, web):
    given = {
        "day": f"{make.monday():%Y-%m-%d}", "begins": "09:00", "ends": "12:00", "kind": "phone", "note": "Raum 2",
        "person": world.counsellor.person.public_id, "deputy": "", "site": world.site.public_id,
    }  # fmt: skip
    assert web.post(f"{DUTY}neu/", given)["Location"] == week()
    duty = Duty.objects.get()
    here = f"{DUTY}dienst/{duty.public_id}/"
    assert 'value="Raum 2"' in text(web.get(here))
    web.post(here, {**given, "is_off": "on", "revision": "1"})
    assert Duty.objects.get().is_off is True
    assert "fällt aus" in text(web.get(week()))


def test_who_has_left_stays_in_the_form_of_her_duty(world, web):
    duty = make.duty(world)
    world.counsellor.person.left_on = timezone.localdate() - timedelta(days=1)
    world.counsellor.person.save()
    assert "Counsellor Beispiel" in text(web.get(f"{DUTY}dienst/{duty.public_id}/"))
    assert "abwesend" in text(web.get(week()))


def test_a_colleague_reads_the_roster_and_plans_nothing(world, login):
    make.duty(world)
    make.away(world, who=world.colleague.person)
    web = login(world.counsellor)
    page = text(web.get(week()))
    assert "Telefondienst" in page
    assert "abwesend: Colleague Beispiel" in page
    assert "Urlaub" not in page
    assert not any(word in page for word in ("neu/", "muster/", "wochen/", "dienst/"))
    assert web.post(f"{DUTY}neu/", {"day": "2026-01-05"}).status_code == 403


def test_why_somebody_is_away_stands_on_no_page_but_that_of_who_plans(world, web, login):
    make.away(world)
    assert "Urlaub" in text(web.get(f"{DUTY}abwesend/"))
    assert login(world.counsellor).get(f"{DUTY}abwesend/").status_code == 403
    row = DutyAbsence.objects.get()
    assert web.post(f"{DUTY}abwesend/{row.public_id}/")["Location"] == f"{DUTY}abwesend/"
    assert not DutyAbsence.objects.exists()


def test_an_absence_is_entered(world, web):
    given = {
        "person": world.counsellor.person.public_id, "first_on": "2026-03-02", "last_on": "2026-03-01", "kind": "other"
    }  # fmt: skip
    assert "Das Ende liegt vor dem Beginn." in text(web.post(f"{DUTY}abwesend/", given))
    web.post(f"{DUTY}abwesend/", {**given, "last_on": "2026-03-06"})
    assert DutyAbsence.objects.get().kind == "other"


@pytest.mark.parametrize("day", ["unsinn", "2026-13-40", "0001-01-01", ""])
def test_a_damaged_day_shows_this_week(world, web, day):
    assert f"Woche {timezone.localdate().isocalendar().week}" in text(web.get(f"{DUTY}?tag={day}"))


def test_ones_own_week_goes_into_a_calendar_without_names(world, login):
    make.duty(world, site=world.site)
    web = login(world.counsellor)
    assert "Telefondienst" in text(web.get(f"{DUTY}ich/?tag={make.monday():%Y-%m-%d}"))
    answer = web.get(f"{DUTY}ich/dienst.ics?tag={make.monday():%Y-%m-%d}")
    said = text(answer)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Telefondienst" in said
    assert "LOCATION:Beratungsstelle Nordstadt" in said
    assert "Counsellor" not in said
    assert "BEGIN:VEVENT" not in text(login(world.colleague).get(f"{DUTY}ich/dienst.ics?tag={make.monday():%Y-%m-%d}"))


def test_the_week_on_paper_has_a_line_for_each_person_and_one_for_what_is_open(world, web):
    make.duty(world)
    make.duty(world, person=None, is_off=False, day=make.monday() + timedelta(days=1))
    make.away(world, who=world.colleague.person, last_on=make.monday())
    paper = week_paper(queries.week(world.counsellor.actor, make.monday()), "KV Nordstadt")
    table = paper.blocks[1]
    assert [row[0] for row in table.rows] == ["Colleague Beispiel", "Counsellor Beispiel", "noch offen"]
    assert [row[1] for row in table.rows] == ["abwesend", "09:00–12:00 Telefondienst", ""]
    assert (paper.landscape, table.rows[2][2]) == (True, "09:00–12:00 Telefondienst")


def test_where_there_are_several_sites_the_paper_names_them(world):
    lindenhof = Site.objects.create(organisation=world.nordstadt, name="Lindenhof")
    make.duty(world, site=lindenhof)
    make.duty(world, site=world.site, begins=time(13), ends=time(14))
    rows = week_paper(queries.week(world.counsellor.actor, make.monday()), "KV Nordstadt").blocks[1].rows
    assert rows[0][1] == "09:00–12:00 Telefondienst, Lindenhof\n13:00–14:00 Telefondienst, Beratungsstelle Nordstadt"


def test_a_roster_is_shown_answered_decided_and_released(world, web, login):
    make.duty(world)
    monday = f"{make.monday():%Y-%m-%d}"
    given = {"first_on": monday, "last_on": monday, "answer_by": f"{timezone.localdate():%Y-%m-%d}"}
    here = web.post(f"{DUTY}abstimmung/neu/", given)["Location"]
    row = Roster.objects.get().answers.get()
    hers, answer = login(world.counsellor), f"{DUTY}antwort/{row.public_id}/"
    assert answer in text(hers.get(week()))
    assert "Telefondienst" in text(hers.get(answer))
    assert "Bitte schreiben Sie Ihren Wunsch." in text(
        hers.post(answer, {"reply": "wishes", "wish": "", "revision": "1"})
    )
    assert hers.post(answer, {"reply": "wishes", "wish": "Später bitte", "revision": "1"})["Location"] == here
    assert "Später bitte" in text(web.get(here))
    assert "Später bitte" not in text(login(world.colleague).get(here))
    assert "Es warten noch Wünsche" in text(web.post(f"{here}freigeben/", {}))
    web.post(f"{DUTY}wunsch/{row.public_id}/", {"wish_state": "granted", "decision": "Ab zehn", "revision": "2"})
    assert "Ab zehn" in text(hers.get(here))
    assert web.post(f"{here}freigeben/", {})["Location"] == here
    assert "beteiligt: 1 von 1" in text(hers.get(f"{DUTY}abstimmung/"))


def test_an_answer_until_yesterday_is_not_asked_for(world, web):
    make.duty(world)
    monday = f"{make.monday():%Y-%m-%d}"
    given = {"first_on": monday, "last_on": monday, "answer_by": f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"}
    assert "Dieser Tag ist schon vorbei." in text(web.post(f"{DUTY}abstimmung/neu/", given))


def test_a_release_without_anybody_asks_why(world, web):
    make.duty(world)
    here = f"{DUTY}abstimmung/{make.shown(world).public_id}/"
    assert "Warum war niemand beteiligt?" in text(web.get(f"{here}freigeben/"))
    web.post(f"{here}freigeben/", {"reason": "Alle neu"})
    assert "ohne Beteiligung: Alle neu" in text(web.get(f"{DUTY}abstimmung/"))


def test_gaps_of_the_deputy_plan_lead_to_entering_a_deputy(world, web, login):
    cover = f"{TEAM}vertretung/"
    page = text(web.get(cover))
    assert "ganz vertreten: 0 von 2" in page
    new = f"{cover}neu/?person={world.counsellor.person.public_id}"
    assert new in page
    assert f'value="{world.counsellor.person.public_id}" selected' in text(web.get(new))
    given = {
        "person": world.counsellor.person.public_id, "deputy": world.colleague.person.public_id, "scope": "all",
        "valid_from": f"{timezone.localdate():%Y-%m-%d}",
    }  # fmt: skip
    web.post(f"{cover}neu/", given)
    assert "ganz vertreten: 1 von 2" in text(web.get(cover))
    row = StandIn.objects.get()
    web.post(f"{cover}{row.public_id}/", {**given, "scope": "phone", "revision": "1"})
    page = text(login(world.counsellor).get(cover))
    assert "nur Telefon" in page
    assert "neu/" not in page


@pytest.mark.parametrize("asked", ["von=2026-03-01&bis=2026-02-01", "von=2026-03-01&bis=2199-01-01", "von=x&bis=y"])
def test_an_odd_period_is_answered(world, web, asked):
    assert web.get(f"{TEAM}vertretung/?{asked}").status_code == 200


def test_the_emergency_list_is_kept(world, web, login):
    web.post(f"{TEAM}notfall/neu/", {"name": "Geschäftsstelle", "phone": "0201 555 10", "matter": "alles"})
    row = EmergencyContact.objects.get()
    web.post(f"{TEAM}notfall/{row.public_id}/", {"name": "Büro", "phone": "0201 555 11", "matter": "", "revision": "1"})
    assert "Büro" in text(login(world.counsellor).get(f"{TEAM}vertretung/"))
    web.post(f"{TEAM}notfall/{row.public_id}/entfernen/")
    assert not EmergencyContact.objects.exists()


def test_the_team_stands_in_the_bar_of_the_room(world, login):
    page = text(login(world.counsellor).get(DUTY))
    assert f'href="{TEAM}"' in page
    assert "Interne Organisation" in text(login(world.counsellor).get(TEAM))


def test_today_shows_ones_duty(world, login):
    make.duty(world, day=timezone.localdate())
    page = text(login(world.counsellor).get("/"))
    assert "Telefondienst ab 09:00 Uhr" in page
    assert "Ihr Dienst heute" not in text(login(world.colleague).get("/"))


def test_pages_cost_the_same_for_one_and_for_many(world, web, django_assert_num_queries):
    def fill(name):
        persona(world, name, world.nordstadt, "counsellor", world.site)
        who = world.personas[name].person
        make.duty(world, person=who, deputy=world.counsellor.person, site=world.site)
        make.pattern(world, person=who)
        make.away(world, who=who)
        make.stand_in(world, who=who)
        make.contact(world)

    fill("first")
    make.shown(world)
    urls = (
        week(),
        f"{DUTY}ich/",
        f"{DUTY}muster/",
        f"{DUTY}abwesend/",
        f"{DUTY}abstimmung/",
        f"{TEAM}vertretung/",
        TEAM,
    )
    counts = []
    for url in urls:
        web.get(url)
        with CaptureQueriesContext(connection) as few:
            web.get(url)
        counts.append(len(few))
    for number in range(4):
        fill(f"more_{number}")
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            assert web.get(url).status_code == 200
    assert max(counts) <= 20
