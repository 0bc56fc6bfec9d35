"""What only the district does with a change: it tells the authority, asks it, and notes what it answered (FU-03)."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received
from lotse.funding import rules
from lotse.funding.actions.shared import happened, kept, paper_of
from lotse.funding.actions.staff import year_of
from lotse.funding.enums_staff import AT_AUTHORITY, OPEN, WITH_DISTRICT, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from lotse.funding.queries.keepers import keepers
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify

SENT_ALREADY = "Das ist schon weitergeleitet oder abgeschlossen."
NOT_SENT = "Eine Antwort gibt es erst, wenn das Schreiben bei der Behörde ist."
RETROACTIVE = "Der erste Tag liegt nicht mehr in der Zukunft. Rückwirkend gibt es keine Zustimmung."
STILL_PAID = "Bis zum {:%d.%m.%Y} zahlt der Träger den Lohn weiter. Vorher ist nichts anzuzeigen."
OTHER_ANSWER = "Diese Antwort passt nicht zu diesem Vorgang."
ANSWERS = {ProcessKind.NOTIFY: (State.ACKNOWLEDGED,), ProcessKind.CONSENT: (State.GRANTED, State.REFUSED)}


def _received(by: Actor, process: ChangeProcess) -> ChangeProcess:
    """The process, for who keeps the funds of the receiver; its change is locked."""
    change = locked(StaffChange(pk=process.change_id))
    kept(by, change.grant.organisation)
    fresh = locked(process)
    fresh.change = change
    return fresh


@action("change_process.forwarded", "hat eine Änderung an die Behörde weitergeleitet")
def forward_process(*, by: Actor, process: ChangeProcess, on: date, received: Received) -> ChangeProcess:
    """`received`: the letter, which stays as it went out."""
    fresh = _received(by, process)
    refuse_if(fresh.state not in WITH_DISTRICT, SENT_ALREADY)
    happened(on, "on")
    refuse_if(on < fresh.change.reported_on, "Dieser Tag liegt vor der Meldung.", "on")
    if fresh.kind == ProcessKind.CONSENT:
        refuse_if(not rules.can_be_granted(fresh.effective_from, on), RETROACTIVE, "on")
    if fresh.due_from:
        refuse_if(not rules.is_notifiable(fresh.due_from, on), STILL_PAID.format(fresh.due_from), "on")
    fresh.state = State.FORWARDED if fresh.kind == ProcessKind.NOTIFY else State.SUBMITTED
    fresh.sent_on = on
    fresh.letter = paper_of(by, fresh.change.grant, year_of(fresh.change, on), received)
    return _saved(fresh)


@action("change_process.answered", "hat die Antwort der Behörde auf eine Änderung eingetragen")
def note_answer(
    *, by: Actor, process: ChangeProcess, answer: State, on: date, note: str = "", received: Received | None = None
) -> ChangeProcess:
    """`on`: the day of the letter. Consent that comes on the first day or later does not help any more (FU-05)."""
    fresh = _received(by, process)
    refuse_if(fresh.state not in AT_AUTHORITY, NOT_SENT)
    refuse_if(answer not in ANSWERS[ProcessKind(fresh.kind)], OTHER_ANSWER, "answer")
    happened(on, "on")
    refuse_if(
        fresh.sent_on is not None and on < fresh.sent_on, "Dieser Tag liegt vor dem Schreiben an die Behörde.", "on"
    )
    is_vain = answer == State.GRANTED and not rules.can_be_granted(fresh.effective_from, on)
    fresh.state, fresh.decided_on, fresh.note = State.INELIGIBLE if is_vain else answer, on, note.strip()
    if received:
        fresh.receipt = paper_of(by, fresh.change.grant, year_of(fresh.change, on), received)
    made = _saved(fresh)
    _tell_carrier(by, made)
    return made


@action("change_process.set_aside", "hat einen Vorgang ohne Zustimmung abgelegt")
def set_aside(*, by: Actor, process: ChangeProcess) -> ChangeProcess:
    """The first day has come without consent: what is paid from then on is not eligible."""
    fresh = _received(by, process)
    is_open = fresh.kind == ProcessKind.CONSENT and fresh.state in OPEN
    is_over = not rules.can_be_granted(fresh.effective_from, timezone.localdate())
    refuse_if(not (is_open and is_over), "Das kann noch genehmigt werden.")
    fresh.state = State.INELIGIBLE
    made = _saved(fresh)
    _tell_carrier(by, made)
    return made


def _saved(process: ChangeProcess) -> ChangeProcess:
    save_checked(process)
    record(process, code=process.code, state=process.state, sent_on=process.sent_on, decided_on=process.decided_on)
    return process


def _tell_carrier(by: Actor, process: ChangeProcess) -> None:
    told = [one for one in keepers(process.organisation, timezone.localdate()) if one.pk != by.person_id]
    text = f"Zu einer gemeldeten Änderung gibt es eine Entscheidung: {process.get_state_display()}."
    notify(told, "Antwort zu einer Änderung", text)
