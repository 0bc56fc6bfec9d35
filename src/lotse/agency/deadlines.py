"""What is owed goes the way of the document: one door to the deadlines of the programme."""

from datetime import date
from importlib import import_module
from importlib.util import find_spec

from lotse.agency.enums import DocumentState
from lotse.agency.models import AgencyDocument
from lotse.organisations.actor import Actor

STEPS = {
    DocumentState.READY: "hand_in",
    DocumentState.RETURNED: "ask_rework",
    DocumentState.RELEASED: "check",
    DocumentState.TRANSMITTED: "send",
    DocumentState.ACCEPTED: "accept",
    DocumentState.CORRECTION: "ask_rework",
}
OBLIGATIONS = "lotse.programmes.actions.obligations"


def follow(*, by: Actor, document: AgencyDocument, on: date) -> None:
    """Called inside the action that has moved the document."""
    if find_spec(OBLIGATIONS):
        step = getattr(import_module(OBLIGATIONS), STEPS[DocumentState(document.state)])
        step(by=by, bearer=document.agency, document=document.kind, funding_year=document.funding_year, on=on)
