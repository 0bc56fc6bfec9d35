"""Rows for this part of the room "Förderung", made beneath the actions."""

from datetime import date
from decimal import Decimal

from lotse.funding.models import BankAccount, ContractAmendment, ContractYear, PaymentRound
from lotse.programmes.models import Grant
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.factories.funds import of_money

IBAN, OTHER_IBAN = "DE89370400440532013000", "DE02120300000000202051"
DAY = date(YEAR, 1, 20)


def amendment_of(contract, amounts, *, signed=None, **more) -> ContractAmendment:
    """`amounts`: euro by funding year. `signed`: by both on that day."""
    values = {"number": contract.amendments.count() + 1, "reason": "mehr bewilligt", **more}
    made = ContractAmendment.objects.create(
        organisation=contract.organisation,
        contract=contract,
        carrier_signed_on=signed,
        district_signed_on=signed,
        **values,
    )
    for year, amount in amounts.items():
        ContractYear.objects.create(
            organisation=contract.organisation, contract=contract, amendment=made, funding_year=year, amount=amount
        )
    return made


def account_of(house, entered_by, *, confirmed_by=None, iban=IBAN, on=DAY, **more) -> BankAccount:
    values = {"holder": house.name[:70], "valid_from": on, "confirmed_on": on if confirmed_by else None, **more}
    return BankAccount.objects.create(
        organisation=house, iban=iban, entered_by=entered_by, confirmed_by=confirmed_by, **values
    )


def round_of(grant, amounts, *, paid_on=date(YEAR, 2, 5)) -> PaymentRound:
    """`amounts`: by contract."""
    made = PaymentRound.objects.create(
        organisation=grant.organisation,
        grant=grant,
        number=grant.rounds.count() + 1,
        funding_year=YEAR,
        paid_on=paid_on,
    )
    for contract, amount in amounts.items():
        funds.payment_of(contract, amount, round=made, paid_on=paid_on)
    return made


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix. `house`: an `AgencyWorld`."""
    world = house.world
    contract = funds.contract_of(grant, world.nordstadt)
    amendment = amendment_of(contract, {YEAR: Decimal(20_000)})
    contract.file, amendment.file = of_money(world.coordinator), of_money(world.coordinator)
    contract.save()
    amendment.save()
    call = funds.call_of(grant, {world.nordstadt: Decimal(500)}, received=None)
    made = round_of(grant, {contract: Decimal(100)})
    second = world.coordinator.person
    for place, one in enumerate((world.district, world.nordstadt)):
        account_of(one, world.carrier_manager.person, confirmed_by=second, iban=(IBAN, OTHER_IBAN)[place])
    waiting = account_of(world.nordstadt, world.colleague.person)
    rows = {
        "forwarding_contract_id": contract, "contract_amendment_id": amendment, "call_id": call, "payment_round_id": made,
        "bank_account_id": waiting, "paid_carrier_id": world.nordstadt, "account_house_id": world.nordstadt, "unbound_carrier_id": world.suedstadt,
    }  # fmt: skip
    return {"side": "traeger", **{name: row.public_id for name, row in rows.items()}}
