"""Forwarding contracts: begun, signed by both, amended."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase
from lotse.funding.models import ContractAmendment, ContractYear, ForwardingContract
from lotse.funding.models.contracts import SignedPaper
from lotse.funding.queries.contracts import was_paid_since
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

P = TypeVar("P", bound=SignedPaper)
SIGNED = "Diese Unterschrift ist schon eingetragen."
FIRST_SIGN = "Erst muss unterschrieben sein, was es schon gibt."
OWN = "Der Zuwendungsempfänger leitet nicht an sich selbst weiter."
PAID = "Danach wurde schon weitergeleitet. Was gilt, ändert ein Nachtrag."
NO_AMOUNT = "Bitte mindestens für ein Jahr einen Betrag angeben."


@action("forwarding_contract.begun", "hat einen Weiterleitungsvertrag angelegt")
def begin_contract(
    *, by: Actor, grant: Grant, carrier: Organisation, amounts: Mapping[int, Decimal]
) -> ForwardingContract:
    """`amounts`: euro by funding year."""
    kept(by, grant.organisation)
    of_grant(grant, carrier)
    refuse_if(carrier == grant.organisation, OWN)
    made = save_checked(ForwardingContract(organisation=carrier, grant=grant))
    _say(made, amounts)
    record(made, years=sorted(amounts))
    return made


@action("forwarding_contract.discarded", "hat einen Weiterleitungsvertrag verworfen")
def discard_contract(*, by: Actor, contract: ForwardingContract) -> None:
    """A draft that nobody has signed."""
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    _unsigned(fresh)
    record(fresh)
    fresh.delete()


@action("contract_amendment.begun", "hat einen Nachtrag zum Weiterleitungsvertrag angelegt")
def begin_amendment(
    *, by: Actor, contract: ForwardingContract, reason: str, amounts: Mapping[int, Decimal]
) -> ContractAmendment:
    """`amounts`: of every year, as it shall be from now on. One after the other, so that it is clear which one is the newest."""
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    amendments = list(fresh.amendments.all())
    refuse_if(any(paper.in_force_from is None for paper in (fresh, *amendments)), FIRST_SIGN)
    made = ContractAmendment(
        organisation=fresh.organisation, contract=fresh, number=len(amendments) + 1, reason=reason.strip()
    )
    save_checked(made)
    _say(fresh, amounts, made)
    record(made, number=made.number, years=sorted(amounts))
    return made


@action("contract_amendment.discarded", "hat einen Nachtrag verworfen")
def discard_amendment(*, by: Actor, amendment: ContractAmendment) -> None:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.contract.grant.organisation)
    _unsigned(fresh)
    record(fresh)
    fresh.delete()


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
    return _filed(by, fresh, received)


@action("contract_amendment.signed_by_carrier", "hat die Unterschrift des Trägers unter einen Nachtrag eingetragen")
def sign_amendment_for_carrier(*, by: Actor, amendment: ContractAmendment, on: date) -> ContractAmendment:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.organisation)
    _in_turn(fresh, on)
    return _signed(fresh, "carrier_signed_on", on)


@action("contract_amendment.signed_by_district", "hat die Unterschrift unter einen Nachtrag eingetragen")
def sign_amendment_for_district(*, by: Actor, amendment: ContractAmendment, on: date) -> ContractAmendment:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.contract.grant.organisation)
    _in_turn(fresh, on)
    return _signed(fresh, "district_signed_on", on)


@action("forwarding_contract.signature_of_carrier_taken_back", "hat die Unterschrift des Trägers zurückgenommen")
def unsign_for_carrier(*, by: Actor, contract: ForwardingContract) -> ForwardingContract:
    """Where a day was wrong, and nothing was built on it yet."""
    fresh = locked_contract(contract)
    kept(by, fresh.organisation)
    return _taken_back(fresh, fresh, "carrier_signed_on")


@action(
    "forwarding_contract.signature_of_district_taken_back",
    "hat die Unterschrift des Zuwendungsempfängers zurückgenommen",
)
def unsign_for_district(*, by: Actor, contract: ForwardingContract) -> ForwardingContract:
    fresh = locked_contract(contract)
    kept(by, fresh.grant.organisation)
    return _taken_back(fresh, fresh, "district_signed_on")


@action(
    "contract_amendment.signature_of_carrier_taken_back",
    "hat die Unterschrift des Trägers unter einem Nachtrag zurückgenommen",
)
def unsign_amendment_for_carrier(*, by: Actor, amendment: ContractAmendment) -> ContractAmendment:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.organisation)
    return _taken_back(fresh, fresh.contract, "carrier_signed_on")


@action(
    "contract_amendment.signature_of_district_taken_back", "hat die Unterschrift unter einem Nachtrag zurückgenommen"
)
def unsign_amendment_for_district(*, by: Actor, amendment: ContractAmendment) -> ContractAmendment:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.contract.grant.organisation)
    return _taken_back(fresh, fresh.contract, "district_signed_on")


@action("contract_amendment.filed", "hat einen Nachtrag abgelegt")
def file_amendment(*, by: Actor, amendment: ContractAmendment, received: Received) -> ContractAmendment:
    fresh = _locked_amendment(amendment)
    kept(by, fresh.contract.grant.organisation)
    return _filed(by, fresh, received)


def locked_contract(contract: ForwardingContract) -> ForwardingContract:
    """Whoever moves money of a carrier waits here for whoever does so already."""
    rows = ForwardingContract.objects.select_for_update(of=("self",)).select_related(
        "grant__organisation", "organisation"
    )
    return rows.get(pk=contract.pk)


def _locked_amendment(amendment: ContractAmendment) -> ContractAmendment:
    """Behind its contract, as every payment waits for it."""
    contract = locked_contract(amendment.contract)
    fresh = locked(amendment)
    fresh.contract = contract
    return fresh


def _say(
    contract: ForwardingContract, amounts: Mapping[int, Decimal], amendment: ContractAmendment | None = None
) -> None:
    refuse_if(not amounts, NO_AMOUNT)
    for year, amount in amounts.items():
        of_phase(contract.grant, year)
        row = ContractYear(
            organisation=contract.organisation, contract=contract, amendment=amendment, funding_year=year, amount=amount
        )
        save_checked(row)


def _unsigned(paper: SignedPaper) -> None:
    is_signed = paper.carrier_signed_on or paper.district_signed_on or paper.file
    refuse_if(bool(is_signed), "Was unterschrieben ist, bleibt.")


def _in_turn(amendment: ContractAmendment, on: date) -> None:
    """So that the newest is the one with the highest number, on every day."""
    earlier = [amendment.contract, *amendment.contract.amendments.filter(number__lt=amendment.number)]
    last = max((paper.in_force_from for paper in earlier if paper.in_force_from), default=date.min)
    refuse_if(on < last, f"Was davor galt, gilt erst seit dem {last:%d.%m.%Y}.", "on")


def _signed(paper: P, field: str, on: date) -> P:
    refuse_if(getattr(paper, field) is not None, SIGNED)
    happened(on, "on")
    setattr(paper, field, on)
    paper.save(update_fields=[field])
    record(paper, fields=[field], on=on)
    return paper


def _taken_back(paper: P, contract: ForwardingContract, field: str) -> P:
    refuse_if(getattr(paper, field) is None, "Hier ist keine Unterschrift eingetragen.")
    later = contract.amendments.filter(created_at__gt=paper.created_at)
    refuse_if(later.exists(), "Darauf baut schon ein Nachtrag auf.")
    refuse_if(was_paid_since(paper, contract.payments.all()), PAID)
    setattr(paper, field, None)
    paper.save(update_fields=[field])
    record(paper, fields=[field])
    return paper


def _filed(by: Actor, paper: P, received: Received) -> P:
    refuse_if(paper.file is not None, "Das unterschriebene Papier liegt schon hier.")
    paper.file = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="with_owner")
    paper.save(update_fields=["file"])
    record(paper, file=paper.file)
    return paper
