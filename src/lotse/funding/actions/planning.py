"""A carrier's accounts and its own forecasts: kept by the carrier, or for it by the receiver of the grant."""

from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding.actions.ledger import OTHER_LINE
from lotse.funding.actions.shared import kept, of_grant, of_phase
from lotse.funding.models import AccountMapping, ForecastValue
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import BudgetLine, Grant


@action("account_mapping.kept", "hat ein Konto einer Ausgabenart zugeordnet")
def map_account(*, by: Actor, grant: Grant, carrier: Organisation, account: str, line: BudgetLine) -> AccountMapping:
    """An account that is there already gets the new kind of expense; what was booked stays."""
    _kept_line(by, grant, carrier, line)
    account = account.strip()
    there = (
        AccountMapping.objects.select_for_update().filter(organisation=carrier, grant=grant, account=account).first()
    )
    mapping = there or AccountMapping(organisation=carrier, grant=grant, account=account)
    mapping.line = line
    save_checked(mapping)
    record(mapping, fields=["line"])
    return mapping


@action("account_mapping.forgotten", "hat die Zuordnung eines Kontos gelöscht")
def forget_account(*, by: Actor, mapping: AccountMapping) -> None:
    fresh = locked(mapping)
    kept(by, fresh.organisation)
    record(fresh)
    fresh.delete()


@action("forecast_value.kept", "hat eine eigene Prognose eingetragen")
def expect(
    *, by: Actor, grant: Grant, carrier: Organisation, funding_year: int, line: BudgetLine, amount: Decimal, note: str,
    revision: int | None = None,
) -> ForecastValue:  # fmt: skip
    """In place of what is calculated, until it is given up."""
    _kept_line(by, grant, carrier, line)
    of_phase(grant, funding_year)
    rows = ForecastValue.objects.select_for_update()
    there = rows.filter(organisation=carrier, line=line, funding_year=funding_year).first()
    values = {"amount": amount, "note": note.strip()}
    if there:
        changed = revise(there, values, revision)
        record(there, fields=changed, funding_year=funding_year)
        return there
    made = save_checked(
        ForecastValue(organisation=carrier, grant=grant, line=line, funding_year=funding_year, **values)
    )
    record(made, funding_year=funding_year)
    return made


@action("forecast_value.given_up", "hat eine eigene Prognose gelöscht")
def give_up_expected(*, by: Actor, value: ForecastValue) -> None:
    fresh = locked(value)
    kept(by, fresh.organisation)
    record(fresh, funding_year=fresh.funding_year)
    fresh.delete()


def _kept_line(by: Actor, grant: Grant, carrier: Organisation, line: BudgetLine) -> None:
    kept(by, carrier)
    of_grant(grant, carrier)
    refuse_if(line.grant_id != grant.pk, OTHER_LINE, "line")
