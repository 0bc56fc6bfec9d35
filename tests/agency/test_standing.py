"""The table of the coordination, and releasing many on one day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.standing import chosen, counted, standing
from lotse.agency.queries.way import next_waiting, waiting
from lotse.organisations.enums import OrganisationKind
from lotse.programmes.enums import ObligationState
from lotse.programmes.models import DeadlineRule, Grant, Obligation
from tests.agency import way
from tests.factories import deadlines
from tests.factories.agencies import YEAR
from tests.personas import organisation

TODAY = date(YEAR + 1, 5, 4)
TABLE = f"/agentur/stand/?jahr={YEAR}"


def agencies_ready(house, count):
    """Each with a report that waits."""
    made = [organisation(f"Agentur {n:03}", OrganisationKind.AGENCY, house.agency.parent) for n in range(count)]
    return [
        house.document(
            DocumentKind.REPORT, agency=one, state=DocumentState.READY, responsible=house.world.worker.person
        )
        for one in made
    ]


@pytest.fixture
def owed(world):
    grant = Grant.objects.create(
        organisation=world.district, programme=world.mbe, name="Phase", first_year=YEAR, last_year=YEAR
    )
    rule = DeadlineRule.objects.create(
        grant=grant, document="report", name="Sachbericht", bearer="agency", anchor_year=YEAR + 1, internal_month=4,
        internal_day=30, valid_from=date(YEAR, 1, 1),
    )  # fmt: skip

    def owe(agency, **more):
        days = {"internal_due": date(YEAR + 1, 4, 30), "external_due": date(YEAR + 1, 6, 30), "funding_year": YEAR}
        return Obligation.objects.create(
            organisation=agency.parent, bearer=agency, rule=rule, document="report", **{**days, **more}
        )

    return owe


def cell_of(actor, agency, kind=DocumentKind.REPORT):
    [row] = [row for row in standing(actor, YEAR, TODAY) if row.agency == agency]
    return {cell.kind: cell for cell in row.cells}[kind]


@pytest.mark.rule("IA-13")
def test_the_table_is_for_who_oversees_agencies(world, house, login):
    inside = {name for name, p in world.personas.items() if p.person and rules.oversees(p.actor)}
    assert inside == {"carrier_manager", "coordinator"}
    assert login(world.worker).get(TABLE).status_code == 403
    page = login(world.carrier_manager).get(TABLE).content.decode()
    assert house.agency.name in page
    assert house.far_agency.name not in page


def test_what_nobody_has_begun_is_late_after_its_day(world, house, owed):
    owed(house.agency)
    cell = cell_of(world.coordinator.actor, house.agency)
    assert (cell.document, cell.due, cell.is_late) == (None, date(YEAR + 1, 4, 30), True)
    assert cell_of(world.coordinator.actor, house.agency, DocumentKind.ANALYSIS).due is None


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (DocumentState.DRAFT, date(YEAR + 1, 4, 30)),
        (DocumentState.RETURNED, date(YEAR + 1, 4, 30)),
        (DocumentState.READY, date(YEAR + 1, 6, 30)),
    ],
)
def test_handed_in_it_is_the_day_of_the_authority_that_counts(world, house, owed, state, due):
    owed(house.agency)
    house.document(DocumentKind.REPORT, state=state)
    cell = cell_of(world.coordinator.actor, house.agency)
    assert (cell.due, cell.is_late) == (due, due < TODAY)


def test_what_was_transmitted_or_dropped_is_no_longer_due(world, house, owed):
    owed(house.agency, state="dropped")
    assert cell_of(world.coordinator.actor, house.agency).due is None
    Obligation.objects.update(state="upcoming")
    done = {"transmitted_on": TODAY, "released_at": timezone.now(), "released_by": world.coordinator.person}
    house.document(DocumentKind.REPORT, state=DocumentState.TRANSMITTED, **done)
    assert cell_of(world.coordinator.actor, house.agency).due is None


def test_an_analysis_stands_in_both_of_its_years_and_the_last_version_counts(world, house):
    house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 1, until_year=YEAR)
    second = house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 1, until_year=YEAR, version=2)
    assert cell_of(world.coordinator.actor, house.agency, DocumentKind.ANALYSIS).document == second


def test_the_table_is_filtered_and_sorted(world, house, owed):
    owed(house.far_agency)
    house.document(DocumentKind.REPORT, state=DocumentState.RETURNED, missing=3)
    house.document(DocumentKind.REPORT, agency=house.far_agency, state=DocumentState.READY)
    rows = standing(world.coordinator.actor, YEAR, TODAY)
    near, far = house.agency, house.far_agency
    assert [row.agency for row in chosen(rows, "wartet", "", "")] == [far]
    assert [row.agency for row in chosen(rows, "zurueck", "report", "")] == [near]
    assert chosen(rows, "zurueck", "analysis", "") == []
    assert [row.agency for row in chosen(rows, "", "", "frist")] == [far, near]
    assert [row.agency for row in chosen(rows, "kaputt", "", "fehlt")] == [near, far]
    assert counted(rows, "report") == {"wartet": 1, "zurueck": 1, "offen": 1, "spaet": 0}


def test_two_hundred_agencies_cost_as_many_statements_as_two(world, house, login):
    web = login(world.coordinator)
    web.get(TABLE)
    with CaptureQueriesContext(connection) as few:
        web.get(TABLE)
    agencies_ready(house, 198)
    with CaptureQueriesContext(connection) as many:
        page = web.get(TABLE).content.decode()
    assert "200 von 200 Agenturen" in page
    assert len(many) == len(few) + 1  # which one is the first to be checked


def test_a_damaged_address_shows_a_year(world, house, login):
    web = login(world.coordinator)
    for query in ("jahr=abc", "jahr=99999", "jahr=1000", "ab=-4&stand=x&sort=y&art=z"):
        assert web.get(f"/agentur/stand/?{query}").status_code == 200


def test_what_she_is_responsible_for_herself_is_not_on_her_pile(world, house):
    first, second = agencies_ready(house, 2)
    AgencyDocument.objects.filter(pk=first.pk).update(responsible=world.coordinator.person)
    assert list(waiting(world.coordinator.actor)) == [second]
    assert list(waiting(world.worker.actor)) == []


def test_the_pile_goes_on_where_she_is_and_begins_again_at_its_end(world, house):
    first, second, third = agencies_ready(house, 3)
    by = world.coordinator.actor
    assert [next_waiting(by, one) for one in (first, second, third)] == [second, third, first]
    AgencyDocument.objects.exclude(pk=first.pk).delete()
    assert next_waiting(by, first) is None


def test_thirteen_reports_are_released_on_the_last_day(world, house, login):
    """From one to the next, each with one press; one goes back and is not met again."""
    documents = agencies_ready(house, 13)
    web = login(world.coordinator)
    page = web.get(TABLE).content.decode()
    assert 'Wartet auf Freigabe <span class="small">13</span>' in page
    here = page.split('<a class="kern-btn kern-btn--primary" href="')[1].split('"')[0]
    met = []
    while here.startswith("/agentur/bericht/"):
        met.append(here.split("/")[3])
        shown = web.get(here).content.decode()
        assert 'accesskey="f"' in shown
        base = f"/agentur/dokument/{met[-1]}/"
        if len(met) == 5:
            following = shown.split('accesskey="n"')[0].rsplit('href="', 1)[1].split('"')[0]
            web.post(f"{base}zurueckgeben/", {"note": "Der Verwendungszweck fehlt."})
            here = following
        else:
            here = web.post(f"{base}freigeben/", {"reihe": "1"})["Location"]
    assert (here, sorted(met)) == ("/agentur/stand/", sorted(one.public_id for one in documents))
    states = AgencyDocument.objects.filter(pk__in=[one.pk for one in documents]).values_list("state", flat=True)
    assert sorted(states) == ["released"] * 12 + ["returned"]


def test_a_release_that_is_refused_stays_where_it_is(world, house, login):
    mine, _other = agencies_ready(house, 2)
    AgencyDocument.objects.filter(pk=mine.pk).update(state=DocumentState.RETURNED)
    answer = login(world.coordinator).post(f"/agentur/dokument/{mine.public_id}/freigeben/", {"reihe": "1"})
    assert answer["Location"] == f"/agentur/bericht/{mine.public_id}/"


def test_what_is_owed_goes_the_way_of_the_document(world, house):
    """The deadline of the report is handed in, checked, sent and accepted with it."""
    due = deadlines.owed_by(house.agency, deadlines.rule_of(deadlines.grant_of(house)))
    way.planned(house)
    way.accepted(house)
    due.refresh_from_db()
    today = timezone.localdate()
    days = (due.submitted_on, due.checked_on, due.sent_on, due.accepted_on)
    assert (due.state, days) == (ObligationState.ACCEPTED, (today,) * 4)
