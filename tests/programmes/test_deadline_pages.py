"""Pages of deadlines and grants: what is shown to whom, and the steps on them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import DeadlineRule, Grant, Obligation, Programme
from tests.factories.agencies import YEAR
from tests.factories.deadlines import grant_of, owed_by, rule_of

LIST = "/agentur/fristen/"


@pytest.fixture
def rule(house):
    return rule_of(grant_of(house), source="Kompendium")


@pytest.fixture
def report(house, rule):
    return owed_by(house.agency, rule)


@pytest.fixture
def far_report(house, rule):
    return owed_by(house.far_agency, rule)


def url(row, step=""):
    return f"{LIST}{row.public_id}/{step}"


def text(answer):
    return answer.content.decode()


def refs(answer):
    return {one["row"] for one in answer.context["rows"]}


def test_the_list_shows_each_reader_what_is_hers(world, report, far_report, login):
    assert refs(login(world.worker).get(f"{LIST}?stand=alle")) == {report}
    assert refs(login(world.coordinator).get(f"{LIST}?stand=alle")) == {report, far_report}
    assert login(world.counsellor).get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("stand=spaet", {"late"}), ("stand=pruefen", {"handed_in"}), ("stand=offen", {"late", "handed_in", "far"}),
        ("stand=alle", {"late", "handed_in", "far", "done"}), ("", {"late", "handed_in"}), ("jahr=1999", set()),
        ("zu=2026&was=report", {"late", "handed_in"}),
        ("jahr=x&stand=quatsch", {"late", "handed_in"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(world, house, rule, login, query, shown):
    soon = timezone.localdate() + timedelta(days=30)
    rows = {
        "late": owed_by(house.agency, rule, internal_due=date(2026, 4, 30), external_due=soon),
        "handed_in": owed_by(house.far_agency, rule, state=State.SUBMITTED_INTERNAL, internal_due=soon, external_due=soon),
        "far": owed_by(house.agency, rule, funding_year=2021, internal_due=soon + timedelta(days=90), external_due=None),
        "done": owed_by(house.agency, rule, funding_year=2020, state=State.ACCEPTED, sent_on=soon),
    }  # fmt: skip
    assert refs(login(world.coordinator).get(f"{LIST}?{query}")) == {rows[name] for name in shown}


def test_the_list_is_narrowed_to_one_agency(world, house, report, far_report, login):
    assert refs(login(world.coordinator).get(f"{LIST}?stand=alle&agentur={house.far_agency.public_id}")) == {far_report}


def test_three_hundred_deadlines_come_in_pages_and_few_statements(
    world, house, rule, login, django_assert_max_num_queries
):
    for year in range(300):
        owed_by(house.agency, rule, funding_year=2000 + year, internal_due=date(2027, 1 + year % 4, 9))
    web = login(world.coordinator)
    with django_assert_max_num_queries(12):
        page = web.get(f"{LIST}?stand=alle")
    assert (len(page.context["rows"]), page.context["page"].is_first) == (50, True)
    second = web.get(f"{LIST}?stand=alle&ab={page.context['page'].next_cursor}")
    assert (len(second.context["rows"]), refs(page) & refs(second)) == (50, set())


def test_without_a_grant_the_coordination_is_told_what_to_do(world, house, login):
    assert "Zuwendung eintragen" in text(login(world.coordinator).get(LIST))
    assert "nichts fällig" in text(login(world.worker).get(LIST))
    assert "Zuwendung eintragen" not in text(login(world.worker).get(LIST))


def test_the_year_counts_what_is_still_open(world, house, report, far_report, login):
    Obligation.objects.filter(pk=report.pk).update(submitted_on=date(2027, 4, 1), state=State.SUBMITTED_INTERNAL)
    page = login(world.coordinator).get(f"{LIST}jahr/?jahr={YEAR + 1}")
    found = {month.month: [(line.is_external, line.words) for line in lines] for month, lines in page.context["months"]}
    assert {m: lines for m, lines in found.items() if lines} == {
        4: [(False, "1 von 2 offen")], 6: [(True, "2 von 2 offen")],
    }  # fmt: skip
    assert "Fr, 30.04." in text(page)


def test_a_deadline_shows_its_weekday_and_its_next_step_to_who_takes_it(world, report, login):
    page = text(login(world.worker).get(url(report)))
    assert "Freitag, 30. April 2027" in page
    assert "Einreichen" in page
    assert "entfällt" not in page
    assert "Einreichen" not in text(login(world.carrier_manager).get(url(report)))
    assert login(world.far_worker).get(url(report)).status_code == 404


def test_a_day_on_a_weekend_says_that_it_stays(world, house, rule, login):
    sunday = owed_by(house.agency, rule, internal_due=date(2027, 5, 2))
    assert "verschiebt sich nicht" in text(login(world.worker).get(url(sunday)))


def test_the_whole_way_on_the_pages(world, report, login):
    today = {"on": timezone.localdate().isoformat()}
    assert login(world.worker).post(url(report, "einreichen/"), today).status_code == 302
    assert login(world.worker).post(url(report, "pruefen/"), today).status_code == 403
    coordinator = login(world.coordinator)
    for step in ("pruefen/", "abgeben/", "annehmen/"):
        assert coordinator.post(url(report, step), today).status_code == 302
    report.refresh_from_db()
    assert report.state == State.ACCEPTED
    assert "hat geprüft, was eingereicht war" in text(coordinator.get(url(report)))


def test_what_came_late_says_so(world, house, rule, login):
    late = owed_by(house.agency, rule, state=State.SUBMITTED_INTERNAL, submitted_on=date(2027, 5, 1))
    in_time = owed_by(
        house.agency, rule, funding_year=2000, state=State.SUBMITTED_INTERNAL, submitted_on=date(2027, 4, 30)
    )
    web = login(world.worker)
    assert ["verspätet" in text(web.get(url(row))) for row in (late, in_time)] == [True, False]


def test_a_second_click_does_not_go_a_step_too_far(world, report, login):
    today, web = {"on": timezone.localdate().isoformat()}, login(world.coordinator)
    web.post(url(report, "einreichen/"), today)
    again = web.post(url(report, "einreichen/"), today)
    assert (again.status_code, "Stand ist „eingereicht“" in text(again)) == (200, True)


def test_returned_with_what_is_missing(world, house, rule, login):
    row = owed_by(house.agency, rule, state=State.SUBMITTED_INTERNAL)
    answer = {"on": timezone.localdate().isoformat(), "note": "Anlage 2"}
    assert login(world.coordinator).post(url(row, "nachbessern/"), answer).status_code == 302
    assert "Anlage 2" in text(login(world.worker).get(url(row)))
    assert login(world.worker).get(url(row, "nachbessern/")).status_code == 403
    assert login(world.worker).get(url(row, "entfaellt/")).status_code == 403


def test_dropped_with_a_reason(world, report, login):
    answer = {"on": timezone.localdate().isoformat(), "note": "Träger ausgeschieden"}
    assert login(world.coordinator).post(url(report, "entfaellt/"), answer).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.note) == (State.DROPPED, "Träger ausgeschieden")


# --- grants ----------------------------------------------------------------------------------------------------------
GRANTS = f"{LIST}zuwendungen/"


CONDITIONS = {"own_share_percent": "10", "overrun_percent": "20", "spend_within_days": "60", "retention_years": "10"}


def test_a_grant_is_begun_on_its_page(world, house, login):
    Programme.objects.create(code="ia", name="Integrationsagentur", is_counselling=False)
    typed = {
        "name": "Phase 2027/28", "organisation": world.district.public_id, "programme": "ia", "first_year": 2027,
        "last_year": 2028, "rules_from": timezone.localdate().isoformat(), "financing": "share",
        "agencies": [house.agency.public_id, house.far_agency.public_id], **CONDITIONS,
    }  # fmt: skip
    answer = login(world.coordinator).post(f"{GRANTS}neu/", typed)
    made = Grant.objects.get()
    assert (answer["Location"], made.agencies.count()) == (f"{GRANTS}{made.public_id}/", 2)
    assert login(world.worker).get(f"{GRANTS}neu/").status_code == 403


def test_the_newest_grant_comes_first(world, house, login):
    old, new = grant_of(house, name="B", first_year=2024, last_year=2025), grant_of(house, name="A")
    page = login(world.coordinator).get(GRANTS)
    assert [(row, row.agency_count) for row in page.context["grants"]] == [(new, 2), (old, 2)]


def test_the_next_phase_begins_after_the_last_one(world, rule, login):
    first = login(world.coordinator).get(f"{GRANTS}neu/").context["form"].initial
    assert (first["first_year"], first["last_year"], first["programme"]) == (YEAR + 2, YEAR + 3, "ia")


def test_a_worker_reads_the_rules_of_her_grant_and_changes_none(world, rule, login):
    page = text(login(world.worker).get(f"{GRANTS}{rule.grant.public_id}/"))
    assert ("30.04." in page, "ändern" in page, "Südstadt" in page) == (True, False, False)
    for act in (f"regeln/{rule.public_id}/aendern/", f"regeln/{rule.public_id}/beenden/"):
        assert login(world.worker).get(f"{LIST}{act}").status_code == 403


def rule_typed(**more):
    return {
        "name": "Sachbericht", "bearer": "agency", "internal": "31.3.", "external": "30.06.", "valid_from": "2027-01-01",
        "warn": "", "every_years": 1, "anchor_year": 2026, "offset_years": 1, **more,
    }  # fmt: skip


def test_a_rule_is_changed_and_open_deadlines_follow_by_a_click(world, rule, report, login):
    web = login(world.coordinator)
    assert web.post(f"{LIST}regeln/{rule.public_id}/aendern/", rule_typed()).status_code == 302
    page = text(web.get(f"{GRANTS}{rule.grant.public_id}/"))
    assert "Offene Fristen passen nicht mehr" in page
    report.refresh_from_db()
    assert report.internal_due == date(2027, 4, 30)
    web.post(f"{GRANTS}{rule.grant.public_id}/anpassen/")
    report.refresh_from_db()
    assert report.internal_due == date(2027, 3, 31)


@pytest.mark.parametrize(("typed", "field"), [("31.2.", "internal"), ("30", "internal"), ("29.02.", "internal")])
def test_a_day_that_is_none_is_refused_beside_its_field(world, rule, login, typed, field):
    page = login(world.coordinator).post(f"{LIST}regeln/{rule.public_id}/aendern/", rule_typed(internal=typed))
    assert page.context["form"].errors == {field: ["Bitte Tag und Monat wie 30.04. angeben."]}


def test_days_in_the_wrong_order_are_said_at_the_field(world, rule, login):
    page = login(world.coordinator).post(f"{LIST}regeln/{rule.public_id}/aendern/", rule_typed(external="1.1."))
    assert "vor dem internen Termin" in text(page)


def test_a_new_rule_and_the_end_of_one(world, rule, login):
    web = login(world.coordinator)
    typed = rule_typed(name="Belegliste", valid_from=timezone.localdate().isoformat())
    assert web.post(f"{GRANTS}{rule.grant.public_id}/frist/", typed).status_code == 302
    made = DeadlineRule.objects.get(name="Belegliste")
    assert made.document == "belegliste"
    web.post(f"{LIST}regeln/{made.public_id}/beenden/", {"on": "2030-12-31"})
    made.refresh_from_db()
    assert made.valid_to == date(2030, 12, 31)


def test_a_second_rule_for_the_same_is_refused(world, rule, login):
    page = login(world.coordinator).post(f"{GRANTS}{rule.grant.public_id}/frist/", rule_typed())
    assert "schon eine Frist" in text(page)


def test_agencies_join_and_leave_a_grant(world, house, rule, login):
    web, second = login(world.coordinator), house.second_agency()
    web.post(f"{GRANTS}{rule.grant.public_id}/agenturen/", {"agencies": [second.public_id]})
    member = rule.grant.agencies.get(agency=second)
    web.post(f"{GRANTS}agentur/{member.public_id}/entfernen/")
    assert not rule.grant.agencies.filter(agency=second).exists()


def test_a_grant_is_changed_by_the_coordination(world, rule, login):
    typed = {"name": "Phase neu", "reference": "36.1", "funder": "", "authority": "", "financing": "gap", **CONDITIONS}
    assert login(world.coordinator).post(f"{GRANTS}{rule.grant.public_id}/bearbeiten/", typed).status_code == 302
    assert login(world.worker).get(f"{GRANTS}{rule.grant.public_id}/bearbeiten/").status_code == 403
    assert Grant.objects.get().reference == "36.1"
