"""The pages of an application, as each side sees them."""

import io
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.formats import number_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from lotse.documents.rendering import Table
from lotse.documents.rendering.sheets import write_xlsx
from lotse.funding.application_papers import STEPS, euro, whole_paper, workbook
from lotse.funding.models import Application, CarrierPart, GrantNotice, PartCost, PartPost, VolumeAgreement
from lotse.funding.queries.applications import whole_of
from lotse.funding.queries.plan import granted
from lotse.funding.queries.snapshots import as_data, from_data
from tests.documents.files import upload
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.factories.funds_applications import filled, post_of

TODAY = f"{timezone.localdate()}"


@pytest.fixture
def district(world, login):
    return login(world.coordinator)


@pytest.fixture
def carrier(world, login):
    return login(world.carrier_manager)


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_way_of_an_application_in_the_browser(world, house, grant, district, carrier):
    line = funds.line_of(grant)
    base = f"/foerderung/antrag/{grant.public_id}/"
    assert "Antrag beginnen" in text(district.get("/foerderung/antrag/"))
    assert "noch nicht begonnen" in text(carrier.get("/foerderung/antrag/"))
    district.post(f"{base}beginnen/")
    part = CarrierPart.objects.get(organisation=world.nordstadt)
    mine = f"/foerderung/antrag/teil/{part.public_id}/"
    post = {"title": "Fachkraft", "agency": house.agency.public_id, "fte": "0,75", "revision": 1}
    carrier.post(f"{mine}stelle/", post)
    assert PartPost.objects.get().fte == Decimal("0.75")
    plan = {
        f"k0-{YEAR}": "1.000,50",
        f"k0-{YEAR + 1}": "900",
        f"own_share-{YEAR}": "200 €",
        f"own_share-{YEAR + 1}": "90",
        "revision": 2,
    }
    carrier.post(f"{mine}plan/", plan)
    assert {(c.line, c.funding_year, c.amount) for c in PartCost.objects.all()} == {
        (line, YEAR, Decimal("1000.50")), (line, YEAR + 1, Decimal(900)),
    }  # fmt: skip
    shown = text(carrier.get(mine))
    assert "1.610,50" in shown  # 1900.50 less 290
    carrier.post(f"{mine}einreichen/", {"on": TODAY})
    assert "Noch nicht zu stellen" in text(district.get("/foerderung/antrag/"))
    filled(grant, world.suedstadt)
    other = CarrierPart.objects.get(organisation=world.suedstadt)
    district.post(f"/foerderung/antrag/teil/{other.public_id}/einreichen/", {"on": TODAY})
    assert "Alle Teile sind da." in text(district.get("/foerderung/antrag/"))
    district.post(f"{base}stellen/", {"on": TODAY})
    assert Application.objects.get().state == "submitted"
    district.post(f"{base}nachbessern/", {"on": TODAY, "remark": "Anlage fehlt", "parts": [part.public_id]})
    assert "Anlage fehlt" in text(carrier.get(mine))
    assert "Anlage fehlt" in text(district.get("/foerderung/antrag/"))


def test_a_carrier_never_reads_of_another(world, house, grant, carrier):
    for house_ in (world.nordstadt, world.suedstadt):
        filled(grant, house_)
    other = CarrierPart.objects.get(organisation=world.suedstadt)
    shown = text(carrier.get("/foerderung/antrag/"))
    assert (str(world.nordstadt) in shown, str(world.suedstadt) in shown) == (True, False)
    for way in ("", "plan/", "stelle/", "massnahmen/", "einreichen/", "pdf/"):
        assert carrier.get(f"/foerderung/antrag/teil/{other.public_id}/{way}").status_code == 404


def test_an_own_share_too_low_is_acknowledged_before_it_goes_on(world, grant, district):
    part = filled(grant, world.nordstadt, own=50)
    url = f"/foerderung/antrag/teil/{part.public_id}/einreichen/"
    asked = text(district.post(url, {"on": TODAY}))
    assert "nur 5,00 % Eigenanteil ein, verlangt sind 10,00 %" in asked
    seen = [f"own_share_{YEAR}_0", f"own_share_{YEAR + 1}_1"]
    assert district.post(url, {"on": TODAY, "acknowledged": seen}).status_code == 302
    part.refresh_from_db()
    assert part.is_handed_in


def test_a_notice_is_entered_and_a_later_one_decides(world, grant, district):
    url = f"/foerderung/antrag/{grant.public_id}/bescheide/neu/"
    district.post(
        url, {"dated_on": f"{YEAR}-01-05", f"y-{YEAR}": "10.000", f"y-{YEAR + 1}": "9.000,50", "file": upload()}
    )
    district.post(url, {"dated_on": f"{YEAR}-03-05", f"y-{YEAR}": "9000", "note": "Kürzung"})
    assert granted(grant) == {YEAR: Decimal(9000), YEAR + 1: Decimal("9000.50")}
    shown = text(district.get(f"/foerderung/antrag/{grant.public_id}/bescheide/"))
    assert "18.000,50" in shown
    first = GrantNotice.objects.earliest("pk")
    assert district.get(f"/foerderung/antrag/bescheid/{first.public_id}/").status_code == 200
    empty = district.post(url, {"dated_on": f"{YEAR}-03-05"})
    assert "Bitte mindestens für ein Förderjahr einen Betrag angeben." in text(empty)


def test_what_was_agreed_stands_beside_what_is_applied_for(world, grant, district, carrier):
    filled(grant, world.nordstadt)
    url = f"/foerderung/antrag/{grant.public_id}/vereinbarungen/neu/"
    values = {
        "carrier": world.nordstadt.public_id,
        "agreed_on": f"{YEAR - 1}-09-01",
        "fte": "1,25",
        "yearly_amount": "900",
    }
    district.post(url, values)
    assert VolumeAgreement.objects.get().fte == Decimal("1.25")
    assert "vereinbart 1,25" in text(district.get("/foerderung/antrag/"))
    part = CarrierPart.objects.get()
    assert "1,25 VZÄ und 900,00 € im Jahr" in text(carrier.get(f"/foerderung/antrag/teil/{part.public_id}/"))


def test_the_pages_ask_as_often_for_one_carrier_as_for_two(
    world, house, grant, district, django_assert_max_num_queries
):
    part = filled(grant, world.nordstadt)
    post_of(part, house.agency)
    district.get("/foerderung/antrag/")
    with django_assert_max_num_queries(60) as few:
        district.get("/foerderung/antrag/")
    filled(grant, world.suedstadt)
    with django_assert_max_num_queries(len(few)):
        district.get("/foerderung/antrag/")


cents = some.sampled_from([Decimal(one) for one in ("0.00", "0.01", "0.10", "33.33", "1234.56", "99999.00")])


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(amounts=some.lists(some.tuples(cents, cents), min_size=4, max_size=4))
def test_the_sum_is_the_same_on_the_page_on_paper_in_the_workbook_and_in_the_snapshot(world, grant, district, amounts):

    Application.objects.all().delete()
    places = [(house, year) for house in (world.nordstadt, world.suedstadt) for year in grant.years]
    for (house, year), (cost, own) in zip(places, amounts, strict=True):
        funds.part_of(grant, house)
        if cost:
            funds.cost_of(grant, house, cost, funding_year=year)
        if own:
            funds.own_funds_of(grant, house, own, funding_year=year)
    costs, own = (sum(column, Decimal(0)) for column in zip(*amounts, strict=True))
    whole = whole_of(Application.objects.get())
    assert (whole.total.costs, whole.total.asked) == (costs, costs - own)
    assert sum((row.total for row in whole.rows), Decimal(0)) == costs
    shown = text(district.get("/foerderung/antrag/"))
    assert number_format(costs - own, 2, force_grouping=True) in shown
    again = from_data(as_data(whole))
    assert (again, again.total) == (whole, whole.total)
    tables = [block for block in whole_paper(whole).blocks if isinstance(block, Table)]
    assert (tables[0].rows[-1][2], tables[0].rows[-1][3]) == (euro(costs), euro(costs - own))
    last = list(load_workbook(io.BytesIO(write_xlsx(workbook(whole)))).worksheets[0].values)[-1]
    assert round(sum(Decimal(str(value)) for value in last[2 :: len(STEPS)]), 2) == costs
