"""Calls of funds: made by the receiver of the grant alone (FU-03), and noted when the money came."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase
from lotse.funding.models import CallOfFunds, CallShare
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


@action("call_of_funds.made", "hat Mittel abgerufen")
def call_funds(
    *, by: Actor, grant: Grant, funding_year: int, called_on: date, spend_from: date, spend_until: date,
    shares: Mapping[Organisation, Decimal],
) -> CallOfFunds:  # fmt: skip
    kept(by, grant.organisation)
    of_phase(grant, funding_year)
    happened(called_on, "called_on")
    refuse_if(not shares, "Bitte mindestens für einen Träger einen Betrag angeben.")
    made = CallOfFunds(
        organisation=grant.organisation, grant=grant, funding_year=funding_year, called_on=called_on,
        spend_from=spend_from, spend_until=spend_until,
    )  # fmt: skip
    save_checked(made)
    for carrier, amount in shares.items():
        of_grant(grant, carrier)
        save_checked(CallShare(organisation=grant.organisation, call=made, carrier=carrier, amount=amount))
    record(made, funding_year=funding_year, carriers=len(shares))
    return made


@action("call_of_funds.received", "hat den Eingang abgerufener Mittel eingetragen")
def note_received(*, by: Actor, call: CallOfFunds, on: date) -> CallOfFunds:
    fresh = locked(call)
    kept(by, fresh.organisation)
    refuse_if(fresh.received_on is not None, "Der Eingang ist schon eingetragen.")
    happened(on, "received_on")
    fresh.received_on = on
    save_checked(fresh)
    record(fresh, on=on)
    return fresh
