"""A change that holds, taken over into the post plan: the same steps that are shown before are done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

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
from lotse.organisations.models import Person, PostShare
from lotse.programmes.actions.programmes import end_funding, fund_share
from lotse.programmes.models import PostFunding

DAY, NONE = timedelta(1), Decimal(0)
TAKEN = "Das ist schon übernommen."
NOTHING_TO_DO = "Am Stellenplan ändert sich dadurch nichts."
STILL_OPEN = "Zuerst muss die Behörde geantwortet haben oder benachrichtigt sein."
NOT_NAMED = "Bitte zuerst die neue Person wählen."
OF_NEWCOMER = (ProcessCode.NEW_HIRE, ProcessCode.DEVIATING_QUALIFICATION)


@dataclass(frozen=True)
class New:
    """A share that begins; `paid`: how much of it by the grant."""

    person: Person
    fte: Decimal
    first: date
    last: date | None
    paid: Decimal


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
    own = [row for row in change.processes.all() if row.code not in OF_NEWCOMER]
    happens = not own or any(row.state not in (State.REFUSED, State.WITHDRAWN) for row in own)
    return [*(_of_share(change) if happens and change.share else ()), *_of_newcomer(change)]


def _of_share(change: StaffChange) -> Iterator[Step]:
    share, first, kind = change.share, change.event.first_day, ChangeKind(change.kind)
    if kind in ENDS:
        yield from _ended(share, first - DAY)
    elif kind in AWAY:
        yield from _unpaid(share, _of_grant(change), first - DAY)
        yield from _paid_again(change)
    elif kind == ChangeKind.HOURS:
        yield from _ended(share, first - DAY)
        yield _begun(
            change, New(share.person, change.fte_after or NONE, first, share.valid_to, _paid_for_hours(change))
        )
    elif kind == ChangeKind.EXTENSION:
        paid = share.fte if _has_consent(change) else NONE
        yield _begun(change, New(share.person, share.fte, first, change.effective_until, paid))


def _of_newcomer(change: StaffChange) -> Iterator[Step]:
    """Paid for where the authority has agreed to all that was asked of her."""
    if _comes(change) and change.newcomer and change.newcomer_fte and change.newcomer_from:
        until = None if change.kind in ENDS else change.effective_until
        states = {row.state for row in change.processes.all() if row.code in OF_NEWCOMER}
        paid = change.newcomer_fte if states == {State.GRANTED} else NONE
        yield _begun(change, New(change.newcomer, change.newcomer_fte, change.newcomer_from, until, paid))


def _comes(change: StaffChange) -> bool:
    states = {row.state for row in change.processes.all() if row.code == ProcessCode.NEW_HIRE}
    return bool(states - {State.REFUSED, State.WITHDRAWN})


def _has_consent(change: StaffChange) -> bool:
    """Also where none is needed."""
    asked = [row for row in change.processes.all() if row.kind == ProcessKind.CONSENT and row.code not in OF_NEWCOMER]
    return all(row.state == State.GRANTED for row in asked)


def _paid_for_hours(change: StaffChange) -> Decimal:
    """What the grant paid before, and the difference where it may pay for it too."""
    before = sum((row.fte for row in _of_grant(change)), NONE)
    after, same = change.fte_after or NONE, change.fte_before or NONE
    if after < same:
        return min(before, after)
    return before + after - same if before and _has_consent(change) else before


def _running(share: PostShare, after: date) -> list[PostFunding]:
    rows = share.fundings.all()
    return [row for row in rows if row.valid_from <= after and (row.valid_to is None or row.valid_to > after)]


def _of_grant(change: StaffChange) -> list[PostFunding]:
    """What the grant pays of the share on the last day as before, and would go on paying."""
    last = change.event.first_day - DAY
    return [row for row in _running(change.share, last) if row.grant_id == change.grant_id] if change.share else []


def _unpaid(share: PostShare, rows: list[PostFunding], last: date) -> Iterator[Step]:
    for row in rows:
        words = f"{share.person}: die Finanzierung von {_fte(row.fte)} endet am {last:%d.%m.%Y}."
        yield Step(words, partial(_stop, row, last))


def _ended(share: PostShare, last: date) -> Iterator[Step]:
    yield from _unpaid(share, _running(share, last), last)
    if share.valid_to is None or share.valid_to > last:
        words = f"{share.person}: der Anteil von {_fte(share.fte)} an „{share.post}“ endet am {last:%d.%m.%Y}."
        yield Step(words, lambda by: end_share(by=by, share=share, on=last))


def _paid_again(change: StaffChange) -> Iterator[Step]:
    """When she comes back."""
    first = change.effective_until + DAY if change.effective_until else None
    for row in _of_grant(change) if first else ():
        if row.valid_to is None or row.valid_to >= first:
            words = f"{change.share.person}: {_fte(row.fte)} werden ab {first:%d.%m.%Y} wieder finanziert."
            yield Step(words, partial(_go_on, change, row, first, row.valid_to))


def _begun(change: StaffChange, new: New) -> Step:
    until = f" bis {new.last:%d.%m.%Y}" if new.last else ""
    paid = f"{_fte(new.paid)} aus der Zuwendung finanziert" if new.paid else "nicht aus der Zuwendung finanziert"
    words = f"{new.person}: {_fte(new.fte)} an „{change.post}“ ab {new.first:%d.%m.%Y}{until}, {paid}."
    return Step(words, partial(_begin, change, new))


def _stop(row: PostFunding, last: date, by: Actor) -> None:
    end_funding(by=by, funding=row, on=last)


def _go_on(change: StaffChange, row: PostFunding, first: date, last: date | None, by: Actor) -> None:
    _fund(by, change, row.share, row.fte, first, last)


def _begin(change: StaffChange, new: New, by: Actor) -> None:
    away = change.share.person if change.share and change.kind in AWAY else None
    share = fill_post(
        by=by, post=change.post, person=new.person, fte=new.fte, valid_from=new.first, valid_to=new.last,
        fixed_term=new.last is not None, substitute_for=away,
    )  # fmt: skip
    if new.paid:
        _fund(by, change, share, new.paid, new.first, new.last)


def _fund(by: Actor, change: StaffChange, share: PostShare, fte: Decimal, first: date, last: date | None) -> None:
    grant = change.grant
    fund_share(by=by, programme=grant.programme, share=share, fte=fte, valid_from=first, valid_to=last, grant=grant)


def _fte(value: Decimal) -> str:
    return number_format(value, 2)


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
