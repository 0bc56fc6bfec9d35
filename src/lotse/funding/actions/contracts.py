"""Forwarding contracts: begun, and signed by both."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase
from lotse.funding.models import ContractYear, ForwardingContract
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

SIGNED = "Diese Unterschrift ist schon eingetragen."


@action("forwarding_contract.begun", "hat einen Weiterleitungsvertrag angelegt")
def begin_contract(
    *, by: Actor, grant: Grant, carrier: Organisation, amounts: Mapping[int, Decimal]
) -> ForwardingContract:
    """`amounts`: euro by funding year."""
    kept(by, grant.organisation)
    of_grant(grant, carrier)
    made = save_checked(ForwardingContract(organisation=carrier, grant=grant))
    for year, amount in amounts.items():
        of_phase(grant, year)
        save_checked(ContractYear(organisation=carrier, contract=made, funding_year=year, amount=amount))
    record(made, years=sorted(amounts))
    return made


@action("forwarding_contract.signed_by_carrier", "hat die Unterschrift des Trägers eingetragen")
def sign_for_carrier(*, by: Actor, contract: ForwardingContract, on: date) -> ForwardingContract:
    fresh = locked_contract(contract)
    kept(by, fresh.organisation)
    return _signed(fresh, "carrier_signed_on", on)


@action("forwarding_contract.signed_by_district", "hat die Unterschrift des Zuwendungsempfängers eingetragen")
def sign_for_district(*, by: Actor, contract: ForwardingContract, on: date) -> ForwardingContract:
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    return _signed(fresh, "district_signed_on", on)


@action("forwarding_contract.filed", "hat einen Weiterleitungsvertrag abgelegt")
def file_contract(*, by: Actor, contract: ForwardingContract, received: Received) -> ForwardingContract:
    """The signed paper; it stays as long as the contract."""
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    refuse_if(fresh.file is not None, "Der unterschriebene Vertrag liegt schon hier.")
    fresh.file = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="with_owner")
    fresh.save(update_fields=["file"])
    record(fresh, file=fresh.file)
    return fresh


def locked_contract(contract: ForwardingContract) -> ForwardingContract:
    """Whoever moves money of a carrier waits here for whoever does so already."""
    rows = ForwardingContract.objects.select_for_update(of=("self",)).select_related(
        "grant__organisation", "organisation"
    )
    return rows.get(pk=contract.pk)


def _signed(contract: ForwardingContract, field: str, on: date) -> ForwardingContract:
    refuse_if(getattr(contract, field) is not None, SIGNED)
    happened(on, "on")
    setattr(contract, field, on)
    contract.save(update_fields=[field])
    record(contract, fields=[field], on=on)
    return contract
