"""The way of what is owed (model.md §12.7): handed in, checked, sent, accepted; returned or dropped.

`hand_in`, `check`, `send`, `accept`, `ask_rework` are for who has a document in hand: where nobody owes it nothing happens.
The steps below them (`…_obligation`) are for the page of a deadline, and stricter: one after the other.
"""

from datetime import date
from typing import Protocol

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.notices import notify
from lotse.programmes import rules
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import Obligation
from lotse.programmes.queries.obligations import owed
from lotse.programmes.queries.people import handing_in

WHO_HANDS_IN = "Das reicht ein, wer es schuldet."
WHO_CHECKS = "Prüfen und abgeben kann nur die Koordination."
NOT_NOW = "Das ist jetzt nicht dran: Der Stand ist „{state}“. Bitte laden Sie die Seite neu."
FUTURE = "Dieser Tag liegt in der Zukunft."
NO_AUTHORITY = "Hier ist nichts an die Behörde abzugeben."
DAYS = ("submitted_on", "checked_on", "sent_on", "accepted_on")
# The days that are known once a state is reached.
REACHED = {
    State.SUBMITTED_INTERNAL: DAYS[:1],
    State.CHECKED: DAYS[:2],
    State.SUBMITTED_EXTERNAL: DAYS[:3],
    State.ACCEPTED: DAYS,
}
OPEN = (State.UPCOMING, State.SUBMITTED_INTERNAL, State.CHECKED, State.REWORK)
# What goes before, where the coordination goes step by step.
BEFORE = {
    State.SUBMITTED_INTERNAL: (State.UPCOMING, State.REWORK),
    State.CHECKED: (State.SUBMITTED_INTERNAL,),
    State.SUBMITTED_EXTERNAL: (State.CHECKED,),
    State.ACCEPTED: (State.SUBMITTED_EXTERNAL,),
    State.REWORK: (State.SUBMITTED_INTERNAL, State.CHECKED, State.SUBMITTED_EXTERNAL),
    State.DROPPED: OPEN,
}


@action("obligation.handed_in", "hat eingereicht, was fällig war")
def hand_in_obligation(*, by: Actor, obligation: Obligation, on: date, follows: bool = False) -> Obligation:
    """`follows`: a document goes ahead and its deadline with it, whatever stood there. The first day counts as in time or late."""
    fresh = _locked(obligation)
    require(rules.hands_in(by, fresh.bearer), WHO_HANDS_IN)
    _go(fresh, State.SUBMITTED_INTERNAL, on, follows)
    return _kept(fresh, on)


@action("obligation.checked", "hat geprüft, was eingereicht war")
def check_obligation(*, by: Actor, obligation: Obligation, on: date, follows: bool = False) -> Obligation:
    fresh = _coordinated(by, obligation)
    _go(fresh, State.CHECKED, on, follows)
    return _kept(fresh, on)


@action("obligation.sent", "hat bei der Behörde abgegeben, was fällig war")
def send_obligation(*, by: Actor, obligation: Obligation, on: date, follows: bool = False) -> Obligation:
    fresh = _coordinated(by, obligation)
    refuse_if(fresh.external_due is None and not follows, NO_AUTHORITY)
    _go(fresh, State.SUBMITTED_EXTERNAL, on, follows)
    return _kept(fresh, on)


@action("obligation.accepted", "hat die Annahme durch die Behörde eingetragen")
def accept_obligation(*, by: Actor, obligation: Obligation, on: date, follows: bool = False) -> Obligation:
    fresh = _coordinated(by, obligation)
    _go(fresh, State.ACCEPTED, on, follows)
    return _kept(fresh, on)


@action("obligation.returned", "hat um Nachbesserung gebeten")
def return_obligation(
    *, by: Actor, obligation: Obligation, on: date, follows: bool = False, note: str = ""
) -> Obligation:
    fresh = _coordinated(by, obligation)
    _go(fresh, State.REWORK, on, follows)
    fresh.checked_on, fresh.accepted_on, fresh.note = None, None, note
    if not follows:  # a returned document tells its own writers
        text = f"bitte bessern Sie nach: {fresh}. Was fehlt, steht in Lotse."
        notify(handing_in(fresh.bearer, timezone.localdate()), "Bitte nachbessern", text)
    return _kept(fresh, on)


@action("obligation.dropped", "hat eine Frist als entfallen eingetragen")
def drop(*, by: Actor, obligation: Obligation, on: date, note: str) -> Obligation:
    fresh = _coordinated(by, obligation)
    _go(fresh, State.DROPPED, on)
    fresh.note = note
    return _kept(fresh, on)


class _Step(Protocol):
    def __call__(self, *, by: Actor, obligation: Obligation, on: date, follows: bool = False) -> Obligation: ...


class DocumentStep(Protocol):
    """A step named by the document; None where nobody owes it."""

    def __call__(
        self, *, by: Actor, bearer: Organisation, document: str, funding_year: int, on: date
    ) -> Obligation | None: ...


def _of_document(step: _Step) -> DocumentStep:
    def act(*, by: Actor, bearer: Organisation, document: str, funding_year: int, on: date) -> Obligation | None:
        found = owed(bearer, document, funding_year)
        return step(by=by, obligation=found, on=on, follows=True) if found else None

    return act


hand_in = _of_document(hand_in_obligation)
check = _of_document(check_obligation)
send = _of_document(send_obligation)
accept = _of_document(accept_obligation)
ask_rework = _of_document(return_obligation)


def _locked(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("bearer", "rule")
    return rows.get(pk=obligation.pk)


def _coordinated(by: Actor, obligation: Obligation) -> Obligation:
    fresh = _locked(obligation)
    require(rules.coordinates(by, fresh.bearer), WHO_CHECKS)
    return fresh


def _go(fresh: Obligation, to: State, on: date, follows: bool = False) -> None:
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(not follows and fresh.state not in BEFORE[to], NOT_NOW.format(state=fresh.get_state_display()))
    fresh.state = to


def _kept(fresh: Obligation, on: date) -> Obligation:
    """The day of this step and of all before it, where none is known yet: the first one says whether it was in time."""
    for name in REACHED.get(State(fresh.state), ()):
        setattr(fresh, name, getattr(fresh, name) or on)
    fresh.save()
    record(fresh, on=on, document=fresh.document, funding_year=fresh.funding_year)
    return fresh
