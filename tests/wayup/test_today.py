"""What "Heute" tells whoever reports up: her own sum, what she accepts, and who is late."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lotse.organisations.models import Membership, Site
from lotse.wayup.actions.closings import accept, reopen
from lotse.wayup.models import ReportingPeriod
from lotse.wayup.queries import keys_of
from lotse.wayup.today import work_items
from tests.personas import organisation, persona
from tests.wayup import making
from tests.wayup.making import LAST_YEAR, accepted, another_carrier, approved, carrier_done, drawn

OWN = f"Meldung {LAST_YEAR} abschließen"


def due(period, days):
    """The top is due in so many days; its carriers 14 days earlier, their sites 28."""
    ReportingPeriod.objects.filter(pk=period.pk).update(due_on=making.in_days(days))


def items(who):
    return [(item.title, item.note, item.is_late) for item in work_items(who.actor, timezone.localdate())]


def test_far_from_the_day_nothing_is_told(house, period):
    assert [items(who) for who in (house.coordinator, house.technical_lead, house.carrier_manager)] == [[], [], []]


@pytest.mark.parametrize(("days", "told"), [(43, []), (42, [False]), (14, [False]), (13, [True])])
def test_the_own_sum_is_told_four_weeks_ahead_and_is_late_after_its_day(house, period, days, told):
    due(period, days)
    assert [is_late for title, _, is_late in items(house.technical_lead) if title == OWN] == told


def test_what_is_late_below_is_named_from_the_day_after(house, period):
    due(period, 28)
    assert items(house.technical_lead) == [(OWN, "", False)]
    due(period, 27)
    assert items(house.technical_lead) == [(OWN, "", False), ("1 Meldung fehlt", "Beratungsstelle Nordstadt", True)]


def test_the_sum_says_whose_turn_it_is(house, period):
    due(period, 20)
    accepted(period, house.site, house.technical_lead, house.carrier_manager, house.technical_lead)
    drawn(period, house.nordstadt, house.technical_lead)
    assert items(house.technical_lead) == [(OWN, "wartet auf eine zweite Person", False)]
    assert items(house.carrier_manager) == [(OWN, "wartet auf Freigabe", False)]


def test_what_waits_is_accepted_by_another_than_who_approved_it(house, period):
    approved(period, house.site, house.technical_lead, house.carrier_manager)
    assert items(house.technical_lead) == [("1 Meldung annehmen", "Beratungsstelle Nordstadt", False)]
    assert items(house.carrier_manager) == []


def test_the_carrier_is_told_to_the_district_until_it_is_accepted(house, period):
    closing = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    assert items(house.coordinator) == [("1 Meldung annehmen", "KV Nordstadt", False)]
    accept(by=house.coordinator.actor, closing=closing)
    assert (items(house.coordinator), items(house.technical_lead)) == ([], [])


def test_what_was_given_back_is_missing_again(house, period):
    closing = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    due(period, 10)
    reopen(by=house.coordinator.actor, closing=closing, reason="Bitte prüfen.")
    assert (OWN, "", True) in items(house.technical_lead)
    assert ("2 Meldungen fehlen", "KV Nordstadt, KV Südstadt", True) in items(house.coordinator)


def test_once_the_own_sum_is_closed_nobody_is_missed(house, period):
    closing = carrier_done(house, period, house.nordstadt, house.technical_lead, house.carrier_manager)
    accept(by=house.coordinator.actor, closing=closing)
    approved(period, house.district, house.coordinator, house.management)
    due(period, -30)
    assert items(house.coordinator) == []


def test_many_are_named_by_three(house, period):
    for number in range(4):
        another_carrier(house, number)
    due(period, 5)
    (note,) = [note for title, note, _ in items(house.coordinator) if title == "6 Meldungen fehlen"]
    assert note == "KV Nordstadt, KV Nummer 00, KV Nummer 01 und 3 weitere"


def test_another_installation_is_missed_as_a_carrier_is(house, period):
    making.known_to_each_other(
        (house.technical_lead, house.carrier_manager),
        (house.coordinator, house.management),
        who_keys,
    )
    due(period, 5)
    (note,) = [note for title, note, _ in items(house.coordinator) if title.endswith("fehlen")]
    assert note == "KV Nordstadt, KV Südstadt, die Ebene darunter"


def who_keys(who):
    return keys_of(who.actor.organisation_id).public_key


def test_a_year_that_runs_tells_nothing_and_hides_nothing(house, period):
    making.period(house, year=LAST_YEAR + 1, due_on=making.in_days(500))
    due(period, 20)
    assert (OWN, "", False) in items(house.technical_lead)


@pytest.mark.parametrize("name", ["counsellor", "colleague", "sysadmin", "funder", "dpo"])
def test_who_does_not_report_is_told_nothing_and_nothing_is_asked(house, period, name, django_assert_num_queries):
    due(period, -5)
    actor = house.personas[name].actor
    with django_assert_num_queries(0):
        assert work_items(actor, timezone.localdate()) == []


@pytest.mark.rule("UP-02")
def test_who_counts_only_a_part_is_told_nothing(house, period):
    agency = organisation("Integrationsagentur", "agency", house.nordstadt)
    persona(house, "agency_lead", house.nordstadt, "technical_lead")
    Membership.objects.filter(person=house.agency_lead.person).update(organisation=agency)
    due(period, -5)
    assert items(house.agency_lead) == []


@pytest.mark.parametrize("sites", [0, 300])
def test_two_statements_for_any_number_of_units(house, period, sites, django_assert_num_queries):
    Site.objects.bulk_create([Site(organisation=house.district, name=f"Stelle {n:03}") for n in range(sites)])
    due(period, 5)
    actor = house.coordinator.actor
    with django_assert_num_queries(2):
        found = work_items(actor, timezone.localdate())
    assert [item.title for item in found] == [OWN, f"{sites + 2} Meldungen fehlen"]


def test_without_a_period_one_statement(house, django_assert_num_queries):
    actor = house.coordinator.actor
    with django_assert_num_queries(1):
        assert work_items(actor, timezone.localdate()) == []


def test_the_lines_stand_on_heute_and_lead_to_their_pages(house, period, login):
    approved(period, house.site, house.technical_lead, house.carrier_manager)
    due(period, 20)
    web = login(house.technical_lead)
    page = web.get("/").content.decode()
    for where, title in ((house.nordstadt, OWN), (house.site, "1 Meldung annehmen")):
        address = reverse("wayup:unit", args=[period.public_id, where.public_id])
        assert f'<a href="{address}">{title}</a>' in page
        assert web.get(address).status_code == 200
    assert "Meldungen</h2>" not in login(house.counsellor).get("/").content.decode()
