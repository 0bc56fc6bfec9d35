"""What the agencies bring to the page of the day."""

from datetime import date, timedelta

import pytest

from lotse.agency.actions.materials import add_material
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, Loan, PlanChange, SignInSheet
from lotse.agency.queries.prescribed import SOON
from lotse.agency.queries.today import work_items
from tests.agency.test_standing import agencies_ready
from tests.factories import forms
from tests.factories.agencies import YEAR

DAY = date(YEAR, 6, 15)
BEFORE = DAY - timedelta(days=1)


def lines(persona):
    return [(item.title, item.badge) for item in work_items(persona.actor, DAY)]


def test_what_came_back_stands_on_the_day_of_the_agency(world, house, login):
    back = house.document(DocumentKind.REPORT, state=DocumentState.RETURNED)
    house.document(DocumentKind.TASK_PLAN, state=DocumentState.READY)
    assert lines(world.worker) == [(f"Sachbericht {YEAR}", "zurückgegeben")]
    assert lines(world.far_worker) == lines(world.counsellor) == []
    page = login(world.worker).get("/").content.decode()
    assert f"/agentur/bericht/{back.public_id}/" in page


def test_what_waits_stands_on_the_day_of_the_coordination(world, house):
    house.document(DocumentKind.TASK_PLAN, state=DocumentState.READY)
    assert lines(world.coordinator) == [(f"Aufgabenplanung {YEAR}", "wartet auf Freigabe")]
    assert lines(world.carrier_manager) == []
    AgencyDocument.objects.update(responsible=world.coordinator.person)
    assert lines(world.coordinator) == []


def test_many_of_a_kind_are_one_line_that_opens_the_table(world, house):
    agencies_ready(house, 3)
    [item] = work_items(world.coordinator.actor, DAY)
    assert (item.title, item.url) == (f"3 × Sachbericht {YEAR}", f"/agentur/stand/?jahr={YEAR}&stand=wartet&art=report")


def told(persona):
    return [(item.title, item.sentence, item.badge, item.url) for item in work_items(persona.actor, DAY)]


def change(house, plan, **more):
    said = {"description": "Ein anderer Ort", "consulted_on": date(YEAR, 4, 1), "told_by": house.world.worker.person}
    return PlanChange.objects.create(organisation=plan.organisation, document=plan, **{**said, **more})


def sheet(house, measure, on=BEFORE):
    return SignInSheet.objects.create(organisation=measure.organisation, measure=measure, on=on)


def loan(house, name, due_on=BEFORE):
    material = add_material(by=house.world.worker.actor, agency=house.agency, name=name)
    lent = {"borrower": "Eine Schule", "lent_on": date(YEAR, 5, 1), "due_on": due_on}
    return Loan.objects.create(organisation=house.agency.parent, material=material, **lent)


@pytest.fixture
def little(world, house):
    """One of each."""
    made = change(house, house.document())
    planned = house.measure(title="Lesefest", state="planned", on=BEFORE)
    kept = {"valid_to": DAY + timedelta(days=9)}
    return {
        "change": made.public_id, "measure": planned.public_id, "sheet": sheet(house, planned).public_id,
        "loan": loan(house, "Koffer").public_id,
        "form": forms.form(world.coordinator, world.district, "ia_report", **kept).public_id,
        "logo": forms.logo(world.coordinator, world.district, **kept).public_id,
    }  # fmt: skip


def test_one_of_a_kind_says_what_it_is_and_leads_there(world, house, little):
    assert told(world.worker) == [
        ("Lesefest", "Anwesenheitsliste vom 14.06.2026", "abschließen", f"/agentur/listen/{little['sheet']}/"),
        ("Lesefest", "war am 14.06.2026 geplant", "nachtragen", f"/agentur/massnahmen/{little['measure']}/"),
        ("Koffer", "verliehen bis 14.06.2026", "überfällig", "/agentur/material/"),
    ]
    name, weighed = house.agency.name, f"/agentur/planung/aenderung/{little['change']}/entscheiden/"
    assert told(world.coordinator) == [
        ("Ist die Änderung grundlegend?", f"{name}, besprochen am 01.04.2026", "einschätzen", weighed),
        ("Vorlage Sachbericht", "gültig bis 24.06.2026", "Nachfolge fehlt", "/agentur/vorlagen/"),
        ("Logo Ministerium", "gültig bis 24.06.2026", "Nachfolge fehlt", "/agentur/vorlagen/"),
    ]
    assert told(world.far_worker) == told(world.carrier_manager) == told(world.funder) == []


def test_several_of_a_kind_are_one_line_with_their_number(world, house, little):
    for number in range(2):
        change(house, house.document(funding_year=YEAR + 1 + number, until_year=YEAR + 1 + number))
        sheet(house, house.measure(title="Früher", on=date(YEAR, 6, 1)), on=date(YEAR, 6, 1 + number))
        house.measure(state="planned", on=date(YEAR, 5, 1 + number))
        loan(house, f"Spiel {number}", due_on=date(YEAR, 5, 3 + number))
    assert [line[:3] for line in told(world.worker)] == [
        ("3 Anwesenheitslisten", "zuerst Früher, 01.06.2026", "abschließen"),
        ("3 Maßnahmen 2026", "die erste war am 01.05.2026 geplant", "nachtragen"),
        ("3 × Material", "zuerst Spiel 0, verliehen bis 03.05.2026", "überfällig"),
    ]
    assert told(world.coordinator)[0][:3] == (
        "3 Änderungen der Planung", f"zuerst {house.agency.name}, besprochen am 01.04.2026", "einschätzen",
    )  # fmt: skip


def test_measures_to_enter_open_the_list_of_their_year(world, house):
    for on in (date(YEAR - 1, 12, 1), date(YEAR - 1, 12, 2), date(YEAR, 1, 9)):
        house.measure(state="planned", on=on, funding_year=on.year)
    last, now = work_items(world.worker.actor, DAY)
    assert (last.title, last.url) == ("2 Maßnahmen 2025", "/agentur/massnahmen/?jahr=2025&fehlt=entry")
    assert now.sentence == "war am 09.01.2026 geplant"


def test_what_is_not_due_or_done_is_not_told(world, house):
    today = house.measure(state="planned", on=DAY)
    house.measure(state="cancelled", on=BEFORE)
    sheet(house, today, on=DAY)
    loan(house, "Koffer", due_on=DAY)
    assert told(world.worker) == []


@pytest.mark.rule("IA-02")
@pytest.mark.parametrize(
    ("days", "is_told"),
    [(-SOON.days - 1, False), (-SOON.days, True), (0, True), (SOON.days, True), (SOON.days + 1, False), (None, False)],
)
def test_a_form_is_told_of_eight_weeks_around_its_end(world, house, days, is_told):
    end = None if days is None else DAY + timedelta(days=days)
    forms.form(world.coordinator, world.district, "ia_report", valid_to=end)
    assert bool(told(world.coordinator)) is is_told


@pytest.mark.rule("IA-02")
@pytest.mark.parametrize(
    ("purpose", "end", "is_told"),
    [("ia_report", None, False), ("ia_report", 90, False), ("ia_report", 3, True), ("ia_analysis", None, True)],
)
def test_what_has_a_successor_is_not_told(world, house, purpose, end, is_told):
    soon = DAY + timedelta(days=4)
    forms.form(world.coordinator, world.district, "ia_report", valid_to=soon)
    valid_to = end and DAY + timedelta(days=end)
    forms.form(world.coordinator, world.district, purpose, valid_from=BEFORE, valid_to=valid_to)
    assert bool(told(world.coordinator)) is is_told


def test_the_day_of_the_agency_shows_it(world, house, little, login):
    page = login(world.worker).get("/").content.decode()
    assert "Koffer" in page
    assert f"/agentur/listen/{little['sheet']}/" in page


@pytest.mark.parametrize("times", [0, 1, 12])
def test_it_costs_two_statements_however_much_there_is_and_none_for_others(
    world, house, django_assert_num_queries, times
):
    for number in range(times):
        change(house, house.document(funding_year=YEAR + number, until_year=YEAR + number))
        sheet(house, house.measure(state="planned", on=BEFORE))
        loan(house, f"Koffer {number}")
    for persona, statements in ((world.worker, 2), (world.coordinator, 2), (world.counsellor, 0)):
        actor = persona.actor
        with django_assert_num_queries(statements):
            work_items(actor, DAY)
