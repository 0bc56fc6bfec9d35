"""Notices of the authority and agreements with carriers: rows that are added, and never changed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase, paper_of
from lotse.funding.models import GrantNotice, NoticeYear, VolumeAgreement
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


@action("grant_notice.entered", "hat einen Bescheid eingetragen")
def enter_notice(
    *, by: Actor, grant: Grant, dated_on: date, amounts: Mapping[int, Decimal], reference: str = "", note: str = "",
    received: Received | None = None,
) -> GrantNotice:  # fmt: skip
    """`amounts`: euro by funding year; a year that it does not name stays as it was."""
    kept(by, grant.organisation)
    happened(dated_on, "dated_on")
    refuse_if(not amounts, "Bitte mindestens für ein Förderjahr einen Betrag angeben.")
    values = {"dated_on": dated_on, "reference": reference.strip(), "note": note.strip()}
    file = paper_of(by, grant, grant.last_year, received) if received else None
    made = save_checked(GrantNotice(organisation=grant.organisation, grant=grant, file=file, **values))
    for year, amount in amounts.items():
        of_phase(grant, year)
        save_checked(NoticeYear(organisation=grant.organisation, notice=made, funding_year=year, amount=amount))
    record(made, dated_on=dated_on, years=sorted(amounts))
    return made


@action("volume_agreement.noted", "hat eine Vereinbarung über den Umfang eingetragen")
def note_agreement(
    *, by: Actor, grant: Grant, carrier: Organisation, agreed_on: date, fte: Decimal, yearly_amount: Decimal, note: str = ""
) -> VolumeAgreement:  # fmt: skip
    kept(by, grant.organisation)
    of_grant(grant, carrier)
    happened(agreed_on, "agreed_on")
    values = {"agreed_on": agreed_on, "fte": fte, "yearly_amount": yearly_amount, "note": note.strip()}
    made = save_checked(VolumeAgreement(organisation=carrier, grant=grant, **values))
    record(made, agreed_on=agreed_on)
    return made
