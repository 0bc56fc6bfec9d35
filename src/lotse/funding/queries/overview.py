"""The money of a grant at a glance: carrier by carrier on a day, and what is to be done next."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from lotse.funding import rules
from lotse.funding.models import ContractAmendment
from lotse.funding.queries import calls as call_queries
from lotse.funding.queries.accounts import waiting_for
from lotse.funding.queries.balance import CarrierBalance, balances
from lotse.funding.queries.contracts import carrier_contracts
from lotse.funding.queries.grants import carriers
from lotse.funding.queries.movements import PILES, POTS
from lotse.funding.queries.rounds import proposals
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

SOON = 14
# Of one, of several.
WITHOUT_CONTRACT = ("Träger ohne Weiterleitungsvertrag",) * 2
CONTRACTS = tuple(
    f"{what} nicht von beiden unterschrieben" for what in ("Weiterleitungsvertrag", "Weiterleitungsverträge")
)
AMENDMENTS = tuple(f"{what} nicht von beiden unterschrieben" for what in ("Nachtrag", "Nachträge"))
ACCOUNTS = ("Bankverbindung wartet auf Bestätigung", "Bankverbindungen warten auf Bestätigung")
CALLS = tuple(f"{what} noch nicht eingegangen" for what in ("Mittelabruf", "Mittelabrufe"))


class CarrierLine(NamedTuple):
    carrier: Organisation
    balance: CarrierBalance

    @property
    def cells(self) -> list[tuple[str, str, Decimal]]:
        return cells_of(self.balance)


class Open(NamedTuple):
    """What is to be done: how many, how much, until when; `kind` says where it is done."""

    kind: str
    words: str
    count: int
    amount: Decimal | None = None
    until: date | None = None
    is_late: bool = False


def carrier_lines(actor: Actor, grant: Grant, on: date, year: int | None) -> list[CarrierLine]:
    found = balances(grant, on, year)
    return [CarrierLine(one, found.get(one.pk, CarrierBalance())) for one in carriers(actor, grant)]


def cells_of(balance: CarrierBalance) -> list[tuple[str, str, Decimal]]:
    """Every pot and pile with its words, in the order of the table."""
    return [(pot, words, getattr(balance, pot)) for pot, words in {**POTS, **PILES}.items()]


def sum_of(lines: list[CarrierLine]) -> CarrierBalance:
    return CarrierBalance(
        **{
            pot.name: sum((getattr(line.balance, pot.name) for line in lines), Decimal(0))
            for pot in fields(CarrierBalance)
        }
    )


def to_do(actor: Actor, grant: Grant, today: date) -> list[Open]:
    """Contracts, spending days and accounts for everybody; calls and rounds for who keeps the receiver's funds."""
    found = [*_contracts(actor, grant, today), *_spending(actor, grant, today), *_accounts(actor, grant)]
    if rules.keeps_funds_of(actor, grant.organisation):
        found += [*_calls(actor, grant), *_forwarding(actor, grant, today)]
    return found


def _contracts(actor: Actor, grant: Grant, today: date) -> list[Open]:
    rows = carrier_contracts(actor, grant, today)
    missing = sum(1 for row in rows if row.contract is None)
    unsigned = sum(1 for row in rows if row.contract and row.contract.in_force_from is None)
    amended = ContractAmendment.objects.visible_to(actor).filter(contract__grant=grant)
    open_amended = sum(1 for row in amended if row.in_force_from is None)
    told = [
        (WITHOUT_CONTRACT, missing), (CONTRACTS, unsigned), (AMENDMENTS, open_amended),
    ]  # fmt: skip
    return [Open("contracts", words[count > 1], count) for words, count in told if count]


def _spending(actor: Actor, grant: Grant, today: date) -> list[Open]:
    """Money that is to be spent soon, or should have been."""
    lines = [line for line in call_queries.share_lines(actor, grant, today) if line.unspent and line.until]
    soon = [line for line in lines if line.until and line.until <= today + timedelta(SOON)]
    if not soon:
        return []
    until = min(line.until for line in soon if line.until)
    amount = sum((line.unspent for line in soon), Decimal(0))
    return [Open("spending", "Abgerufenes Geld noch nicht ausgegeben", len(soon), amount, until, until < today)]


def _accounts(actor: Actor, grant: Grant) -> list[Open]:
    count = len(waiting_for(actor, grant))
    return [Open("accounts", ACCOUNTS[count > 1], count)] if count else []


def _calls(actor: Actor, grant: Grant) -> list[Open]:
    waiting = list(call_queries.calls(actor, grant).filter(received_on=None))
    amount = sum((row.sum or Decimal(0) for row in waiting), Decimal(0))
    return [Open("calls", CALLS[len(waiting) > 1], len(waiting), amount)] if waiting else []


def _forwarding(actor: Actor, grant: Grant, today: date) -> list[Open]:
    found = []
    for year in grant.years:
        ready = [row for row in proposals(actor, grant, year, today) if row.amount and not row.reason]
        if ready:
            amount = sum((row.amount for row in ready), Decimal(0))
            found.append(
                Open(f"round:{year}", f"Für {year} eingegangen, noch nicht weitergeleitet", len(ready), amount)
            )
    return found
