"""A change that holds, taken over into the post plan: the same steps that are shown before are done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import number_format

from lotse.auditlog.door import action, record, refuse_if
from lotse.funding.actions.shared import kept
from lotse.funding.enums_staff import AWAY, ENDS, OPEN, ChangeKind, ProcessCode, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import StaffChange
from lotse.organisations.actions.posts import end_share, fill_post
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person, Post, PostShare
from lotse.programmes.actions.programmes import end_funding, fund_share
from lotse.programmes.models import PostFunding

DAY = timedelta(1)
TAKEN = "Das ist schon übernommen."
NOTHING_TO_DO = "Am Stellenplan ändert sich dadurch nichts."
STILL_OPEN = "Zuerst muss die Behörde geantwortet haben oder benachrichtigt sein."
NOT_NAMED = "Bitte zuerst die neue Person wählen."
GRANTED_ONLY = (ProcessCode.NEW_HIRE, ProcessCode.DEVIATING_QUALIFICATION)


@dataclass(frozen=True)
class Step:
    words: str
    act: Callable[[Actor], object]


def obstacle(change: StaffChange) -> str:
    """Why it cannot be taken over yet; empty when it can."""
    rows = list(change.processes.all())
    if change.taken_over_on:
        return TAKEN
    waits = [row for row in rows if row.state in OPEN and row.state != State.FORWARDED]
    if waits:
        return STILL_OPEN
    if _comes(change) and change.newcomer is None:
        return NOT_NAMED
    return "" if steps(change) else NOTHING_TO_DO


def steps(change: StaffChange) -> list[Step]:
    """In the order in which they are done. What was refused or withdrawn does not happen."""
    own = [row for row in change.processes.all() if row.code not in GRANTED_ONLY]
    happens = not own or any(row.state not in (State.REFUSED, State.WITHDRAWN) for row in own)
    return [*(_of_share(change) if happens and change.share else ()), *_of_newcomer(change)]


def _of_share(change: StaffChange) -> Iterator[Step]:
    share, first, kind = change.share, change.event.first_day, ChangeKind(change.kind)
    if kind in ENDS:
        yield from _ended(share, first - DAY)
    elif kind in AWAY:
        yield from _unpaid(share, first - DAY)
        if change.effective_until:
            yield from _paid_again(change, change.effective_until + DAY)
    elif kind == ChangeKind.HOURS:
        yield from _ended(share, first - DAY)
        yield _begun(change, share.person, change.fte_after, first, share.valid_to, _is_paid(change))
    elif kind == ChangeKind.EXTENSION:
        yield _begun(change, share.person, share.fte, first, change.effective_until, _is_paid(change))


def _of_newcomer(change: StaffChange) -> Iterator[Step]:
    if _comes(change) and change.newcomer and change.newcomer_fte and change.newcomer_from:
        until = None if change.kind in ENDS else change.effective_until
        states = {row.state for row in change.processes.all() if row.code in GRANTED_ONLY}
        is_paid = states == {State.GRANTED}
        yield _begun(change, change.newcomer, change.newcomer_fte, change.newcomer_from, until, is_paid)


def _comes(change: StaffChange) -> bool:
    states = {row.state for row in change.processes.all() if row.code == ProcessCode.NEW_HIRE}
    return bool(states - {State.REFUSED, State.WITHDRAWN})


def _is_paid(change: StaffChange) -> bool:
    """What needs consent is paid for only with it."""
    asked = [row for row in change.processes.all() if row.kind == ProcessKind.CONSENT and row.code not in GRANTED_ONLY]
    return all(row.state == State.GRANTED for row in asked)


def _running(share: PostShare, after: date) -> list[PostFunding]:
    return [
        row
        for row in share.fundings.all()
        if row.valid_from <= after and (row.valid_to is None or row.valid_to > after)
    ]


def _unpaid(share: PostShare, last: date) -> Iterator[Step]:
    for row in _running(share, last):
        words = f"{share.person}: die Finanzierung von {_fte(row.fte)} endet am {last:%d.%m.%Y}."
        yield Step(words, lambda by, row=row: end_funding(by=by, funding=row, on=last))


def _ended(share: PostShare, last: date) -> Iterator[Step]:
    yield from _unpaid(share, last)
    if share.valid_to is None or share.valid_to > last:
        words = f"{share.person}: der Anteil von {_fte(share.fte)} an „{share.post}“ endet am {last:%d.%m.%Y}."
        yield Step(words, lambda by: end_share(by=by, share=share, on=last))


def _paid_again(change: StaffChange, first: date) -> Iterator[Step]:
    share, grant = change.share, change.grant
    for row in _running(share, change.event.first_day - DAY):
        if row.grant_id == grant.pk and (row.valid_to is None or row.valid_to >= first):
            words = f"{share.person}: {_fte(row.fte)} werden ab {first:%d.%m.%Y} wieder finanziert."
            yield Step(words, lambda by, row=row: _fund(by, change, share, row.fte, first, row.valid_to))


def _begun(
    change: StaffChange, person: Person, fte: Decimal | None, first: date, last: date | None, is_paid: bool
) -> Step:
    until = f" bis {last:%d.%m.%Y}" if last else ""
    paid = "finanziert aus der Zuwendung" if is_paid else "nicht aus der Zuwendung finanziert"
    words = f"{person}: {_fte(fte)} an „{change.post}“ ab {first:%d.%m.%Y}{until}, {paid}."
    return Step(words, lambda by: _begin(by, change, change.post, person, fte, first, last, is_paid))


def _begin(
    by: Actor, change: StaffChange, post: Post, person: Person, fte: Decimal, first: date, last: date | None, is_paid: bool
) -> None:  # fmt: skip
    away = change.share.person if change.share and change.kind in AWAY and person != change.share.person else None
    share = fill_post(
        by=by, post=post, person=person, fte=fte, valid_from=first, valid_to=last, fixed_term=last is not None, substitute_for=away
    )  # fmt: skip
    if is_paid:
        _fund(by, change, share, fte, first, last)


def _fund(by: Actor, change: StaffChange, share: PostShare, fte: Decimal, first: date, last: date | None) -> None:
    grant = change.grant
    fund_share(by=by, programme=grant.programme, share=share, fte=fte, valid_from=first, valid_to=last, grant=grant)


def _fte(value: Decimal | None) -> str:
    return number_format(value or Decimal(0), 2)


@action("staff_change.taken_over", "hat eine Änderung in den Stellenplan übernommen")
def take_over(*, by: Actor, change: StaffChange) -> StaffChange:
    """Posts are kept by who manages the agency, so each step asks for that right itself."""
    fresh = locked(change)
    kept(by, fresh.organisation)
    hindered = obstacle(fresh)
    refuse_if(bool(hindered), hindered)
    done = [step.act(by) for step in steps(fresh)]
    fresh.taken_over_on = timezone.localdate()
    fresh.save(update_fields=["taken_over_on"])
    record(fresh, steps=len(done))
    return fresh
