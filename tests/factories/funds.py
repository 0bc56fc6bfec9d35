"""Money of a grant: its plan, notices, contracts, calls, payments and entries. Rows, made beneath the actions."""

from datetime import date
from decimal import Decimal

from lotse.documents.enums import Compartment
from lotse.funding.enums import EntryKind
from lotse.funding.models import (
    Application,
    CallOfFunds,
    CallShare,
    CarrierPart,
    ContractYear,
    ForwardingContract,
    GrantNotice,
    LedgerEntry,
    NoticeYear,
    PartCost,
    PartFunds,
    Payment,
)
from lotse.organisations.enums import OrganisationKind
from lotse.programmes.models import BudgetLine, GrantAgency
from tests.documents.files import keep
from tests.factories.deadlines import YEAR
from tests.personas import organisation

SIGNED = date(YEAR, 1, 10)


def own_agency_of(grant) -> GrantAgency:
    """An agency of the receiver itself."""
    house = grant.organisation
    agency = organisation("Integrationsagentur des Bezirks", OrganisationKind.AGENCY, house)
    return GrantAgency.objects.create(grant=grant, organisation=house, agency=agency)


def of_money(persona):
    """A paper, kept where papers of money are."""
    return keep(persona, compartment=Compartment.FUNDING)


def contract_of(grant, carrier, *, signed=SIGNED, amount=Decimal(10_000)) -> ForwardingContract:
    made = ForwardingContract.objects.create(
        organisation=carrier, grant=grant, carrier_signed_on=signed, district_signed_on=signed
    )
    for year in grant.years:
        ContractYear.objects.create(organisation=carrier, contract=made, funding_year=year, amount=amount)
    return made


def call_of(grant, shares, *, received=date(YEAR, 2, 1), **more) -> CallOfFunds:
    """`shares`: amounts by carrier."""
    values = {
        "organisation": grant.organisation, "funding_year": YEAR, "called_on": date(YEAR, 1, 15),
        "spend_from": date(YEAR, 1, 1), "spend_until": date(YEAR, 3, 31), "received_on": received,
    }  # fmt: skip
    made = CallOfFunds.objects.create(grant=grant, **{**values, **more})
    for carrier, amount in shares.items():
        CallShare.objects.create(organisation=grant.organisation, call=made, carrier=carrier, amount=amount)
    return made


def payment_of(contract, amount, **more) -> Payment:
    values = {"organisation": contract.organisation, "funding_year": YEAR, "paid_on": date(YEAR, 2, 5)}
    return Payment.objects.create(contract=contract, amount=amount, **{**values, **more})


def line_of(grant, name="Sachausgaben", **more) -> BudgetLine:
    """That kind of expense, made where there is none."""
    values = {"organisation": grant.organisation, "position": grant.lines.count() + 1}
    return BudgetLine.objects.get_or_create(grant=grant, name=name, defaults={**values, **more})[0]


def entry_of(grant, carrier, amount, kind=EntryKind.EXPENSE, **more) -> LedgerEntry:
    values = {"funding_year": YEAR, "on": date(YEAR, 2, 10), "payee": "Druckerei Beispiel", "reason": "Flyer"}
    if kind == EntryKind.EXPENSE and "line" not in more:
        values["line"] = line_of(grant)
    return LedgerEntry.objects.create(organisation=carrier, grant=grant, kind=kind, amount=amount, **{**values, **more})


def part_of(grant, carrier, **more) -> CarrierPart:
    """The carrier's part of the one application, both made where they are not there."""
    whole, _new = Application.objects.get_or_create(grant=grant, defaults={"organisation": grant.organisation})
    return CarrierPart.objects.get_or_create(application=whole, organisation=carrier, defaults=more)[0]


def cost_of(grant, carrier, amount, **more) -> PartCost:
    values = {"part": part_of(grant, carrier), "funding_year": YEAR, "line": more.pop("line", None) or line_of(grant)}
    return PartCost.objects.create(organisation=carrier, amount=amount, **{**values, **more})


def own_funds_of(grant, carrier, amount, **more) -> PartFunds:
    values = {"part": part_of(grant, carrier), "funding_year": YEAR}
    return PartFunds.objects.create(organisation=carrier, amount=amount, **{**values, **more})


def notice_of(grant, amounts, *, on=date(YEAR, 1, 5)) -> GrantNotice:
    """`amounts`: euro by funding year."""
    made = GrantNotice.objects.create(organisation=grant.organisation, grant=grant, dated_on=on)
    for year, amount in amounts.items():
        NoticeYear.objects.create(organisation=grant.organisation, notice=made, funding_year=year, amount=amount)
    return made
