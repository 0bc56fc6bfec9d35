"""What is owed goes the way of the document: one door to the deadlines of the programme."""

from datetime import date

from lotse.agency.enums import DocumentState
from lotse.agency.models import AgencyDocument
from lotse.organisations.actor import Actor
from lotse.programmes.actions import obligations

STEPS = {
    DocumentState.READY: obligations.hand_in,
    DocumentState.RETURNED: obligations.ask_rework,
    DocumentState.RELEASED: obligations.check,
    DocumentState.TRANSMITTED: obligations.send,
    DocumentState.ACCEPTED: obligations.accept,
    DocumentState.CORRECTION: obligations.ask_rework,
}


def follow(*, by: Actor, document: AgencyDocument, on: date) -> None:
    """Called inside the action that has moved the document."""
    step = STEPS[DocumentState(document.state)]
    step(by=by, bearer=document.agency, document=document.kind, funding_year=document.funding_year, on=on)
