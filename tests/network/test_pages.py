"""Pages of the network: what stands on them, and that no collection asks more for three rows than for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lotse.network.actions.meetings import call_off, reply
from lotse.network.enums import Reply
from lotse.network.models import Meeting, NetworkFormat
from lotse.network.queries.meetings import calendar
from lotse.network.queries.work import all_work
from tests.factories import network as make

MOST = 12


def asked(web, url):
    web.get(url)
    with CaptureQueriesContext(connection) as statements:
        assert web.get(url).status_code == 200
    return len(statements)


def grow(world, number):
    for each in range(number):
        made = make.round_of(world, name=f"Runde {NetworkFormat.objects.count()}")
        meeting = make.meeting_of(world, made, make.soon(5 + each), invited=True)
        make.held(world, made, make.began(300 + each))
        call_off(by=world.coordinator.actor, meeting=make.meeting_of(world, made, make.soon(40 + each)), reason="Sturm")
    return made, meeting


COLLECTIONS = ("network:home", "network:formats", "network:meetings", "network:year", "network:plan_year")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collections_ask_the_same_for_one_row_and_for_three(world, login, name):
    grow(world, 1)
    web, url = login(world.coordinator), reverse(name)
    few = asked(web, url)
    grow(world, 2)
    assert asked(web, url) == few


@pytest.mark.parametrize("name", ["network:home", "network:formats", "network:meetings", "network:year"])
@pytest.mark.parametrize("persona", ["coordinator", "counsellor", "outsider"])
def test_pages_keep_within_the_budget(world, login, name, persona):
    grow(world, 2)
    assert asked(login(world.personas[persona]), reverse(name)) <= MOST


def test_one_format_and_one_meeting_ask_the_same_however_many_belong_to_them(world, login):
    made, meeting = grow(world, 1)
    web = login(world.coordinator)
    urls = (reverse("network:format", args=[made.public_id]), reverse("network:meeting", args=[meeting.public_id]))
    few = [asked(web, url) for url in urls]
    for number in range(3):
        make.stranger(world, made, f"Gast {number}", f"gast{number}@stadt.example")
        make.held(world, made, make.began(600 + number))
    assert [asked(web, url) for url in urls] == few


def test_the_year_of_a_district_costs_what_a_month_costs(world, login):
    grow(world, 1)
    web = login(world.coordinator)
    few = asked(web, reverse("network:year"))
    format = NetworkFormat.objects.first()
    begins = timezone.localtime().replace(month=1, day=2, hour=9)
    Meeting.objects.bulk_create(
        Meeting(organisation_id=format.organisation_id, format=format, starts_at=at, ends_at=at + timedelta(hours=1))
        for at in (begins + timedelta(days=number) for number in range(300))
    )
    assert (asked(web, reverse("network:year")), few <= MOST) == (few, True)


def test_the_own_calendar_holds_the_meetings_to_which_somebody_is_invited(world, login):
    _made, meeting = grow(world, 1)
    start, end = meeting.starts_at - timedelta(days=1), meeting.starts_at + timedelta(days=1)
    (entry,) = calendar(world.counsellor.actor, start, end)
    assert (entry.title, entry.next_label, entry.is_off) == ("Runde 0", "Antworten", False)
    assert calendar(world.colleague.actor, start, end) == []
    reply(by=world.counsellor.actor, place=make.place_of(meeting, world.counsellor), answer=Reply.NO)
    assert calendar(world.counsellor.actor, start, end)[0].is_off

    week = login(world.outsider).get("/termine/", {"tag": f"{meeting.starts_at:%Y-%m-%d}"}).content.decode()
    assert "Runde 0" in week


def test_today_says_what_the_network_wants_of_whom(world):
    _made, meeting = grow(world, 1)
    today = timezone.localdate()
    hers = all_work(world.counsellor.actor, today, has_calendar=True)
    assert [(item.title, item.badge) for item in hers] == [("Runde 0", "Kommen Sie?")]
    reply(by=world.counsellor.actor, place=make.place_of(meeting, world.counsellor), answer=Reply.YES)
    assert all_work(world.counsellor.actor, today, has_calendar=True) == []
    assert [item.badge for item in all_work(world.counsellor.actor, today)] == [""]

    organising = {(item.badge, item.sentence) for item in all_work(world.coordinator.actor, today)}
    assert {"Kommen Sie?", "Protokoll noch nicht verschickt", "Vereinbarung fehlt"} == {
        badge for badge, _words in organising
    }


@pytest.mark.rule("NW-03")
def test_today_warns_when_the_minimum_of_the_period_is_in_danger(world):
    make.format_of(world, "specialist_circle")
    badges = [item.badge for item in all_work(world.coordinator.actor, timezone.localdate())]
    assert badges == ["Mindestzahl", "Vereinbarung fehlt"]


def test_who_is_not_invited_finds_nothing(world, login):
    made, meeting = grow(world, 1)
    web = login(world.colleague)
    for name, ref in (
        ("format", made),
        ("meeting", meeting),
        ("minutes", meeting),
        ("session", meeting),
        ("ics", meeting),
    ):
        assert web.get(reverse(f"network:{name}", args=[ref.public_id])).status_code == 404


def test_a_year_is_planned_in_one_form(world, login):
    circle = make.format_of(world, "specialist_circle")
    make.stranger(world, circle)
    web, url = login(world.coordinator), "/netzwerk/termine/planen/?jahr=2027"
    form = web.get(url).context["form"]
    data = {bound.html_name: str(bound.value() or "") for bound in form.visible_fields()}
    assert sum(1 for name, value in data.items() if name.startswith("on") and value) == 3

    answer = web.post(url, data | {"on3": "2027-10-03"})
    assert "ist frei: Sonntag" in answer.content.decode()
    answer = web.post(url, data | {"on3": "2027-10-04"})
    assert (answer.status_code, Meeting.objects.filter(format=circle).count()) == (302, 4)


def test_a_format_begins_with_what_its_kind_knows(world, login):
    web = login(world.coordinator)
    assert "Facharbeitskreis" in web.get("/netzwerk/formate/neu/").content.decode()
    form = web.get("/netzwerk/formate/neu/?art=intman_forum").context["form"]
    data = {bound.html_name: bound.value() for bound in form.visible_fields() if bound.value() not in (None, False)}
    data["begun_on"] = "2026-01-01"
    answer = web.post("/netzwerk/formate/neu/?art=intman_forum", data)
    made = NetworkFormat.objects.get()
    assert answer.status_code == 302
    assert (made.has_inner_part, made.needs_mandate, made.lasts, made.at_least, made.agenda_key) == (
        True,
        True,
        120,
        1,
        "intman_forum",
    )


def test_a_coming_meeting_is_not_called_unfinished_beside_a_past_one(world, login):
    made = make.round_of(world)
    make.held(world, made, make.began(300))
    make.meeting_of(world, made)
    page = login(world.coordinator).get(reverse("network:format", args=[made.public_id])).content.decode()
    assert ("geplant" in page, "nicht abgeschlossen" in page) == (True, False)


def test_a_membership_is_ended_from_the_page_of_the_member(world, login):
    made = make.round_of(world)
    member = made.members.get(email="wolf@stadt.example")
    web, where = login(world.coordinator), [made.public_id, member.public_id]
    end = reverse("network:end_member", args=where)
    assert f'action="{end}"' in web.get(reverse("network:edit_member", args=where)).content.decode()
    web.post(end)
    member.refresh_from_db()
    assert member.valid_to == timezone.localdate()


def test_a_year_without_any_date_says_so(world, login):
    page = login(world.coordinator).get(reverse("network:year") + "?jahr=2020").content.decode()
    assert "2020 ist kein Termin eingetragen." in page
