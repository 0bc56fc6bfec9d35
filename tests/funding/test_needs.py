"""What a carrier needs more or less: suggested, reported, asked about, checked; the deadline follows."""

from datetime import date
from decimal import Decimal

import pytest
from lxml import html

from lotse.core.errors import NotAllowed
from lotse.funding.actions.needs import ask_back, check_need, report_need
from lotse.funding.enums import EntryKind, NeedKind
from lotse.funding.models import NeedReport
from lotse.funding.queries.forecast import figures
from lotse.funding.queries.needs import balance_of, shifts, suggested
from lotse.organisations.enums import OrganisationKind
from lotse.programmes.enums import Bearer
from lotse.programmes.models import GrantAgency, Obligation
from tests.factories import deadlines, funds, funds_money
from tests.factories.deadlines import YEAR
from tests.factories.funds_ledger import need_of
from tests.funding.refusing import refused
from tests.personas import organisation, persona

NEEDS = "/foerderung/buchungen/bedarf/"


@pytest.fixture
def owed(world, grant):
    rule = deadlines.rule_of(
        grant, document="need_report", name="Mehr- oder Minderbedarf", bearer=Bearer.CARRIER, offset_years=0,
        internal_month=9, internal_day=30, external_month=None, external_day=None,
    )  # fmt: skip
    return deadlines.owed_by(world.nordstadt, rule)


def told(world, grant, **more):
    values = {"kind": NeedKind.LESS, "amount": Decimal(500), "reason": "Stelle unbesetzt", "carrier": world.nordstadt}
    return {"by": world.carrier_manager.actor, "grant": grant, "funding_year": YEAR, **values, **more}


@pytest.mark.parametrize(
    ("contract", "kind", "amount"), [(900, NeedKind.NONE, 0), (1000, NeedKind.LESS, 100), (850, NeedKind.MORE, 50)]
)
def test_the_difference_between_contract_and_forecast_is_suggested(world, grant, contract, kind, amount):
    funds.contract_of(grant, world.nordstadt, amount=Decimal(contract))
    funds.cost_of(grant, world.nordstadt, 1000)
    funds.own_funds_of(grant, world.nordstadt, 100)
    (found,) = figures(grant, [world.nordstadt], YEAR, date(YEAR, 9, 15))
    suggestion = suggested(found)
    assert (suggestion.kind, suggestion.amount) == (kind, amount)


@pytest.mark.parametrize(("signed", "available"), [(None, 1000), (date(YEAR, 9, 1), 700), (date(YEAR, 10, 1), 1000)])
def test_an_amendment_stands_in_place_of_the_contract_once_it_is_signed(world, grant, signed, available):
    contract = funds.contract_of(grant, world.nordstadt, amount=Decimal(1000))
    funds_money.amendment_of(contract, {YEAR: Decimal(700)}, signed=signed)
    (found,) = figures(grant, [world.nordstadt], YEAR, date(YEAR, 9, 15))
    assert found.available == available


def test_more_own_money_than_planned_lowers_the_need(world, grant):
    funds.contract_of(grant, world.nordstadt, amount=Decimal(900))
    funds.cost_of(grant, world.nordstadt, 1000)
    funds.entry_of(grant, world.nordstadt, 300, EntryKind.OWN_SHARE)
    (found,) = figures(grant, [world.nordstadt], YEAR, date(YEAR, 9, 15))
    assert (found.need, suggested(found).kind) == (700, NeedKind.LESS)


def test_a_report_keeps_the_figures_of_its_day_and_hands_in_what_is_owed(world, grant, owed):
    funds.cost_of(grant, world.nordstadt, 1000)
    report = report_need(**told(world, grant))
    funds.entry_of(grant, world.nordstadt, 5000)
    fresh = NeedReport.objects.get(pk=report.pk)
    assert (fresh.basis["need"], fresh.basis["lines"][0]["planned"]) == ("1000.00", "1000.00")
    assert Obligation.objects.get().state == "submitted_internal"


def test_the_district_checks_and_asks_back(world, grant, owed):
    by = world.coordinator.actor
    first = report_need(**told(world, grant))
    ask_back(by=by, report=first, remark="Welche Stelle?")
    assert Obligation.objects.get().state == "rework"
    second = report_need(**told(world, grant, amount=Decimal(400)))
    assert refused(check_need, by=by, report=first) == ["Inzwischen gibt es eine neuere Meldung dieses Trägers."]
    check_need(by=by, report=second)
    assert Obligation.objects.get().state == "checked"
    assert refused(check_need, by=by, report=second) == ["Diese Meldung ist schon geprüft."]


def test_a_carrier_does_not_check_itself(world, grant, owed):
    report = report_need(**told(world, grant))
    with pytest.raises(NotAllowed):
        check_need(by=world.carrier_manager.actor, report=report)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": Decimal(0)}, "Mehr- und Minderbedarf haben einen Betrag über 0 Euro, sonst keinen."),
        ({"reason": ""}, "Bitte sagen, warum mehr oder weniger gebraucht wird."),
        ({"funding_year": YEAR + 5}, "Dieses Jahr gehört nicht zur Förderphase."),
    ],
)
def test_a_report_says_how_much_and_why(world, grant, changed, said):
    assert refused(report_need, **told(world, grant, **changed)) == [said]


def test_what_is_left_over_covers_what_is_missing(world, grant):
    by = world.carrier_manager.person
    less = need_of(grant, world.nordstadt, by, NeedKind.LESS, Decimal(500))
    more = need_of(grant, world.suedstadt, by, NeedKind.MORE, Decimal(800))
    made = shifts([less, more])
    assert [(one.giver, one.taker, one.amount) for one in made] == [(world.nordstadt, world.suedstadt, 500)]
    balance = balance_of([less, more])
    assert (balance.more, balance.less, balance.rest) == (800, 500, -300)


def test_a_carrier_reports_in_the_browser_with_the_suggestion(world, grant, login):
    funds.cost_of(grant, world.nordstadt, 1000)
    funds.contract_of(grant, world.nordstadt, amount=Decimal(1200))
    client = login(world.carrier_manager)
    assert 'value="200,00"' in client.get(f"{NEEDS}melden/?jahr={YEAR}").content.decode()
    client.post(f"{NEEDS}melden/?jahr={YEAR}", {"kind": "less", "amount": "1.200,50", "reason": "Vakanz"})
    report = NeedReport.objects.get()
    assert (report.amount, report.kind, report.reported_by) == (
        Decimal("1200.50"),
        "less",
        world.carrier_manager.person,
    )
    assert client.get(f"{NEEDS}{report.public_id}/pdf/").status_code == 200


def test_the_district_sees_who_is_missing_and_a_carrier_only_itself(world, grant, login):
    need_of(grant, world.nordstadt, world.carrier_manager.person, NeedKind.LESS, Decimal(500))
    page = login(world.coordinator).get(f"{NEEDS}?jahr={YEAR}")
    assert [row.report is not None for row in page.context["rows"]] == [True, False]
    assert "fehlt" in page.content.decode()


def test_a_carrier_sees_no_report_of_another(world, grant, login):
    other = need_of(grant, world.suedstadt, world.carrier_manager.person)
    client = login(world.carrier_manager)
    assert client.get(f"{NEEDS}{other.public_id}/").status_code == 404
    assert world.suedstadt.name not in client.get(NEEDS).content.decode()


def test_a_clerk_of_the_district_is_not_offered_what_the_carrier_or_the_coordination_reports(world, grant, owed, login):
    persona(world, "clerk", world.district, "admin_clerk")
    web, report = login(world.clerk), f"{NEEDS}melden/?traeger={world.nordstadt.public_id}"
    assert (f"{NEEDS}melden/" in web.get(NEEDS).content.decode(), web.get(report).status_code) == (False, 403)
    with pytest.raises(NotAllowed):
        report_need(**told(world, grant, by=world.clerk.actor))
    for name in ("coordinator", "carrier_manager"):
        assert f"{NEEDS}melden/" in login(world.personas[name]).get(NEEDS).content.decode()


def test_a_clerk_of_the_district_reports_for_its_own_agencies(world, grant, login):
    house = funds.own_agency_of(grant).organisation
    persona(world, "clerk", world.district, "admin_clerk")
    page = login(world.clerk).get(NEEDS).content.decode()
    assert f"melden/?zuwendung={grant.public_id}&amp;jahr={YEAR}&amp;traeger={house.public_id}" in page
    assert report_need(**told(world, grant, by=world.clerk.actor, carrier=house)).organisation == house


def test_sixty_carriers_are_read_page_by_page_and_one_is_chosen_from_a_list(world, grant, login):
    for number in range(58):
        house = organisation(
            f"KV Beispiel {number:02}", OrganisationKind.COUNTY_ASSOCIATION, world.district, is_carrier=True
        )
        GrantAgency.objects.create(
            grant=grant, organisation=house, agency=organisation("IA", OrganisationKind.AGENCY, house)
        )
    web = login(world.coordinator)
    for address in (NEEDS, "/foerderung/buchungen/plan/"):
        first, second = (html.fromstring(web.get(f"{address}?ab={start}").content) for start in (0, 50))
        rows = [len(page.xpath("(//main//table)[1]/tbody/tr")) for page in (first, second)]
        assert (rows, "Weitere von 60" in first.text_content(), "Weitere" in second.text_content()) == (
            [50, 10],
            True,
            False,
        )
    page = html.fromstring(web.get(f"{NEEDS}melden/").content)
    assert len(page.xpath("//select[@name='traeger']/option")) == 60
