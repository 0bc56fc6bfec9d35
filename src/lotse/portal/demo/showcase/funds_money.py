"""Money of the district on its way: contracts, one not signed and two amended; quarterly calls and rounds; a repayment; accounts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from lotse.funding.actions import contracts as acts
from lotse.funding.actions.accounts import confirm_account, enter_account
from lotse.funding.actions.calls import call_funds, note_received
from lotse.funding.actions.payments import note_repayment, pay_round
from lotse.funding.models import ForwardingContract
from lotse.funding.queries.contracts import agreed_by_year, planned_by_year, proposed_years
from lotse.funding.queries.grants import carriers, contracted
from lotse.funding.queries.rounds import proposals
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.models import Grant

USUAL, MORE, CENT = Decimal(60_000), Decimal(2_400), Decimal("0.01")
COMES_AFTER, GOES_AFTER = timedelta(9), timedelta(12)
BANK = "10000000"


def tell(stage: Stage) -> None:
    grants = list(Grant.objects.order_by("first_year"))
    for grant in grants:
        contracts = _contracts(stage, grant, is_running=grant == grants[-1])
        _quarters(stage, grant)
        if grant != grants[-1] and contracts:
            _give_back(stage, contracts[0], grant.last_year)
    _amended(stage, grants[-1])
    _accounts(stage, grants[-1])


def _contracts(stage: Stage, grant: Grant, *, is_running: bool) -> list[ForwardingContract]:
    """Where the phase is running, the last carrier has not signed yet."""
    by, made = stage.district.lead.actor, []
    for carrier in contracted(by, grant):
        proposed = proposed_years(grant, carrier)
        amounts = {year: proposed.get(year) or USUAL for year in grant.years}
        made.append(acts.begin_contract(by=by, grant=grant, carrier=carrier, amounts=amounts))
    signed = made[:-1] if is_running and len(made) > 1 else made
    for number, contract in enumerate(made):
        acts.sign_for_district(by=by, contract=contract, on=min(date(grant.first_year, 1, 5), stage.today))
        if contract in signed:
            acts.sign_for_carrier(
                by=by, contract=contract, on=min(date(grant.first_year, 1, 6 + number % 10), stage.today)
            )
    return signed


def _quarters(stage: Stage, grant: Grant) -> None:
    """What came last still waits to be forwarded."""
    by, days = stage.district.lead.actor, list(_days(stage, grant))
    for called in days:
        shares = _shares(stage, grant, called.year)
        call = call_funds(
            by=by, grant=grant, funding_year=called.year, called_on=called, spend_from=called,
            spend_until=called + timedelta(grant.spend_within_days), shares=shares,
        )  # fmt: skip
        if called + COMES_AFTER <= stage.today:
            note_received(by=by, call=call, on=called + COMES_AFTER)
        is_last = grant.last_year >= stage.today.year and called == days[-1]
        if not is_last and called + GOES_AFTER <= stage.today:
            _forward(stage, grant, called.year, called + GOES_AFTER)


def _days(stage: Stage, grant: Grant) -> Iterator[date]:
    for year in grant.years:
        for month in (1, 4, 7, 10):
            if (day := date(year, month, 20)) <= stage.today:
                yield day


def _shares(stage: Stage, grant: Grant, year: int) -> dict[Organisation, Decimal]:
    planned = planned_by_year(grant, stage.today)
    quarters = {one: planned[one.pk][year] / 4 for one in carriers(stage.district.lead.actor, grant)}
    return {one: amount.quantize(CENT, ROUND_DOWN) for one, amount in quarters.items()}


def _forward(stage: Stage, grant: Grant, year: int, on: date) -> None:
    by = stage.district.lead.actor
    ready = [row for row in proposals(by, grant, year, on) if row.contract and not row.reason]
    amounts = {row.contract: row.amount for row in ready if row.contract}
    pay_round(by=by, grant=grant, funding_year=year, on=on, amounts=amounts)


def _give_back(stage: Stage, contract: ForwardingContract, year: int) -> None:
    note_repayment(
        by=stage.district.lead.actor, contract=contract, funding_year=year, on=date(year, 12, 15), amount=Decimal("812.40"),
        reason="Werkstatt ausgefallen",
    )  # fmt: skip


def _amended(stage: Stage, running: Grant) -> None:
    """One more for the last year, signed by both; another waits for the carrier."""
    if stage.today < date(running.first_year, 2, 1):
        return
    by = stage.district.lead.actor
    rows = running.contracts.filter(carrier_signed_on__isnull=False).order_by("pk")[:2]
    agreed = agreed_by_year(running, stage.today)
    for number, contract in enumerate(rows):
        amounts = {**agreed[contract.organisation_id]}
        amounts[running.last_year] += MORE
        made = acts.begin_amendment(by=by, contract=contract, reason="Stellenaufstockung bewilligt", amounts=amounts)
        acts.sign_amendment_for_district(by=by, amendment=made, on=stage.today - timedelta(10))
        if number == 0:
            acts.sign_amendment_for_carrier(by=by, amendment=made, on=stage.today - timedelta(6))


def _accounts(stage: Stage, grant: Grant) -> None:
    """Invented, with check digits that fit; one has not been confirmed yet."""
    heads = stage.district
    houses = [grant.organisation, *contracted(heads.lead.actor, grant)]
    for number, house in enumerate(houses, 1):
        account = enter_account(
            by=heads.lead.actor, organisation=house, holder=f"{house.name} (Beispiel)"[:70], iban=_iban(number), bic="",
            valid_from=date(grant.first_year, 1, 2),
        )  # fmt: skip
        if number < len(houses):
            confirm_account(by=heads.manager.actor, account=account)


def _iban(number: int) -> str:
    account = f"{BANK}{number:010}"
    return f"DE{98 - int(f'{account}131400') % 97:02}{account}"
