"""Which processes a change needs (model.md §9.4, 9.5): one event may be notified and need consent at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from lotse.funding.enums_staff import LAST_DAY, ChangeKind, ProcessCode, ProcessKind

K, C = ChangeKind, ProcessCode
NOTIFIED = {
    K.ILLNESS: C.VACANCY_ILLNESS, K.MATERNITY: C.VACANCY_MATERNITY, K.PARENTAL: C.VACANCY_PARENTAL,
    K.VACANT: C.VACANCY_UNFILLED, K.TERMINATION: C.END_TERMINATION, K.MUTUAL: C.END_MUTUAL,
    K.FIXED_TERM: C.END_FIXED_TERM, K.RETIREMENT: C.END_RETIREMENT, K.PERSONAL: C.PERSONAL_CHANGE,
    K.AGENCY_DATA: C.AGENCY_DATA_CHANGE,
}  # fmt: skip
CONSENTED = {
    K.EXTENSION: C.EXTENSION, K.QUALIFICATION: C.DEVIATING_QUALIFICATION, K.SITE_OPEN: C.SITE_OPEN,
    K.SITE_CLOSE: C.SITE_CLOSE,
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What was said of a change. `newcomer_from`: when somebody comes, new or instead of another; None: nobody does."""

    kind: ChangeKind
    effective_from: date
    fte_before: Decimal | None = None
    fte_after: Decimal | None = None
    newcomer_from: date | None = None
    qualification_deviates: bool = False

    @property
    def first_day(self) -> date:
        """On which it is no longer as it was."""
        return self.effective_from + timedelta(1) if self.kind in LAST_DAY else self.effective_from


@dataclass(frozen=True)
class Needed:
    """`due_from`: the day from which it may be sent on; None: at once."""

    kind: ProcessKind
    code: ProcessCode
    effective_from: date
    due_from: date | None = None


def derive(event: Event) -> list[Needed]:
    return [*_of_event(event), *_of_newcomer(event)]


def _of_event(event: Event) -> Iterator[Needed]:
    kind, day = event.kind, event.first_day
    if kind in NOTIFIED:
        due = event.effective_from if kind == K.ILLNESS else None
        yield Needed(ProcessKind.NOTIFY, NOTIFIED[kind], day, due)
    elif kind in CONSENTED:
        yield Needed(ProcessKind.CONSENT, CONSENTED[kind], day)
    elif kind == K.HOURS and event.fte_before is not None and event.fte_after is not None:
        yield _of_hours(event.fte_after - event.fte_before, day)


def _of_hours(difference: Decimal, day: date) -> Needed:
    """The sign decides."""
    if difference > 0:
        return Needed(ProcessKind.CONSENT, C.FTE_INCREASE, day)
    return Needed(ProcessKind.NOTIFY, C.FTE_REDUCTION, day)


def _of_newcomer(event: Event) -> Iterator[Needed]:
    if event.newcomer_from is None:
        return
    yield Needed(ProcessKind.CONSENT, C.NEW_HIRE, event.newcomer_from)
    if event.qualification_deviates:
        yield Needed(ProcessKind.CONSENT, C.DEVIATING_QUALIFICATION, event.newcomer_from)
