"""Rows for this part of the room "Förderung", made beneath the actions."""

from datetime import date
from decimal import Decimal

from lotse.documents.actions import keep_file
from lotse.documents.enums import Compartment
from lotse.documents.intake import receive
from lotse.funding.enums import NeedKind
from lotse.funding.models import AccountMapping, ForecastValue, NeedReport
from lotse.programmes.models import Grant, Voucher
from tests.documents.files import upload
from tests.factories import funds
from tests.factories.deadlines import YEAR

SPENT_ON = date(YEAR, 3, 4)


def voucher_of(house, **more) -> Voucher:
    values = {
        "organisation": house.agency.parent, "unit": house.agency, "funding_year": YEAR, "on": SPENT_ON,
        "amount": Decimal("19.99"), "payee": "Druckerei Beispiel", "reason": "Flyer",
    }  # fmt: skip
    return Voucher.objects.create(**{**values, **more})


def account_of(grant, carrier, account="4711", **more) -> AccountMapping:
    values = {"line": more.pop("line", None) or funds.line_of(grant)}
    return AccountMapping.objects.create(organisation=carrier, grant=grant, account=account, **values, **more)


def forecast_of(grant, carrier, amount, **more) -> ForecastValue:
    values = {"funding_year": YEAR, "line": more.pop("line", None) or funds.line_of(grant), "note": "Umzug im Herbst"}
    return ForecastValue.objects.create(organisation=carrier, grant=grant, amount=amount, **{**values, **more})


def need_of(grant, carrier, by, kind=NeedKind.NONE, amount=0, **more) -> NeedReport:
    """`by`: a person."""
    values = {"funding_year": YEAR, "reported_on": date(YEAR, 9, 30), "reason": "Stelle unbesetzt"}
    return NeedReport.objects.create(
        organisation=carrier, grant=grant, kind=kind, amount=amount, reported_by=by, **{**values, **more}
    )


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix. `house`: an `AgencyWorld`."""
    carrier, manager = house.agency.parent, house.world.carrier_manager.person
    line = funds.line_of(grant)
    by = house.world.carrier_manager.actor
    with receive(upload(), by=by) as received:
        paper = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
    entry = funds.entry_of(grant, carrier, 7, line=line, file=paper)
    booked = voucher_of(house, reason="Honorar", payee="Referent Beispiel")
    funds.entry_of(grant, carrier, Decimal("19.99"), line=line, voucher=booked, payee=booked.payee, reason="Honorar")
    voucher_of(house, reason="Honorar", payee="Referent Beispiel", amount=25, corrects=booked)
    rows = {
        "ledger_entry_id": entry, "budget_line_id": line, "ledger_account_id": account_of(grant, carrier),
        "forecast_value_id": forecast_of(grant, carrier, 70), "need_report_id": need_of(grant, carrier, manager),
    }  # fmt: skip
    return {name: row.public_id for name, row in rows.items()}
