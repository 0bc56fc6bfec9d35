"""Changes of posts and what they need, for an actor: what is open, what comes next, what was lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.funding import rules
from lotse.funding.enums_staff import AT_AUTHORITY, OPEN, WITH_DISTRICT, ProcessCode, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from lotse.funding.queries import grants as of_grants
from lotse.funding.queries.waiting import came_without_contact
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post, PostShare
from lotse.programmes.models import Grant, GrantAgency

WITH_ALL = ("organisation", "agency", "post", "share__person", "newcomer", "grant__organisation", "grant__authority")
OF_NEWCOMER = (ProcessCode.NEW_HIRE, ProcessCode.DEVIATING_QUALIFICATION)


def agencies(actor: Actor, grant: Grant) -> list[Organisation]:
    """Of the grant, where she keeps the funds of the carrier."""
    rows = GrantAgency.objects.filter(grant=grant, organisation__in=of_grants.carriers(actor, grant))
    return [row.agency for row in rows.select_related("agency__parent").order_by("agency__name", "id")]


def shares(actor: Actor, grant: Grant, day: date) -> list[PostShare]:
    """Filled on a day or later, on posts of her agencies."""
    rows = PostShare.objects.filter(post__organisation__in=agencies(actor, grant)).exclude(valid_to__lt=day)
    return list(rows.select_related("person", "post__organisation").order_by("person__name_key", "id"))


def posts(actor: Actor, grant: Grant) -> list[Post]:
    rows = Post.objects.filter(organisation__in=agencies(actor, grant)).select_related("organisation")
    return list(rows.order_by("organisation__name", "title", "id"))


def people(actor: Actor, grant: Grant, day: date) -> list[Person]:
    """Who may come: everybody at work with her carriers."""
    rows = Person.objects.filter(organisation__in=of_grants.carriers(actor, grant)).at_work_on(day)
    return list(rows.order_by("name_key", "id"))


def changes(actor: Actor) -> QuerySet[StaffChange]:
    return StaffChange.objects.visible_to(actor).select_related(*WITH_ALL)


def get_change(actor: Actor, public_id: str) -> StaffChange:
    return found(changes(actor), public_id)


def processes(actor: Actor, grant: Grant) -> QuerySet[ChangeProcess]:
    rows = ChangeProcess.objects.visible_to(actor).filter(change__grant=grant)
    return rows.select_related("organisation", "letter", "receipt", *(f"change__{name}" for name in WITH_ALL))


def get_process(actor: Actor, public_id: str) -> ChangeProcess:
    rows = ChangeProcess.objects.visible_to(actor)
    return found(rows.select_related("letter", "receipt", *(f"change__{name}" for name in WITH_ALL)), public_id)


def open_processes(actor: Actor, grant: Grant) -> QuerySet[ChangeProcess]:
    return processes(actor, grant).filter(state__in=OPEN)


def may_be_changed(change: StaffChange, rows: Iterable[ChangeProcess]) -> bool:
    """While nothing has left the district, nothing was withdrawn and the post plan is as before."""
    return change.taken_over_on is None and not any(row.sent_on or row.state == State.WITHDRAWN for row in rows)


def may_withdraw(actor: Actor, change: StaffChange, rows: Iterable[ChangeProcess]) -> bool:
    """Who keeps the carrier's funds, while nothing that is open is at the authority; then who keeps the receiver's."""
    is_sent = any(row.state in AT_AUTHORITY for row in rows)
    return rules.keeps_funds_of(actor, change.grant.organisation if is_sent else change.organisation)


@dataclass(frozen=True)
class Line:
    """A process with what comes next: `step` for the district, `waits` for the carrier; both empty where nothing does."""

    process: ChangeProcess
    step: str
    waits: str
    tone: str
    is_late: bool
    is_over: bool

    @property
    def lost(self) -> "Lost | None":
        return lost(self.process)


def lines(rows: Iterable[ChangeProcess], today: date) -> list[Line]:
    return [line(row, today) for row in rows]


def line(row: ChangeProcess, today: date) -> Line:
    is_consent = row.kind == ProcessKind.CONSENT
    is_over = is_consent and row.state in OPEN and not rules.can_be_granted(row.effective_from, today)
    is_late = not is_consent and not rules.is_told_beforehand(row.effective_from, row.change.reported_on)
    tone = {State.GRANTED: "good", State.ACKNOWLEDGED: "good", State.REFUSED: "bad", State.INELIGIBLE: "bad"}
    return Line(row, _step(row, today, is_over), _waits(row), tone.get(State(row.state), ""), is_late, is_over)


def _step(row: ChangeProcess, today: date, is_over: bool) -> str:
    if is_over:
        return "Der erste Tag ist da, ohne Zustimmung"
    if row.state == State.REPORTED and not rules.is_notifiable(row.due_from, today):
        return f"anzuzeigen ab {row.due_from:%d.%m.%Y}"
    words = {
        State.REPORTED: "an die Behörde weiterleiten", State.FORWARDED: "Bestätigung eintragen, sobald sie da ist",
        State.REQUESTED: f"bei der Behörde beantragen, Zustimmung nötig vor dem {row.effective_from:%d.%m.%Y}",
        State.SUBMITTED: f"Antwort eintragen, Zustimmung nötig vor dem {row.effective_from:%d.%m.%Y}",
    }  # fmt: skip
    return words.get(State(row.state), "")


def _waits(row: ChangeProcess) -> str:
    if row.state in WITH_DISTRICT:
        return "liegt beim Bezirk"
    return "liegt bei der Behörde" if row.state in AT_AUTHORITY else ""


@dataclass(frozen=True)
class Lost:
    """What the grant does not pay for, because consent is missing."""

    fte: Decimal
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def fte_days(self) -> Decimal:
        return self.fte * self.days


def lost(process: ChangeProcess) -> Lost | None:
    """From the first day to the end of the change, or of the grant."""
    change = process.change
    fte = _fte_of(process)
    if process.state != State.INELIGIBLE or not fte:
        return None
    first = max(process.effective_from, date(change.grant.first_year, 1, 1))
    ends = date(change.grant.last_year, 12, 31)
    last = min(change.effective_until, ends) if change.effective_until else ends
    return Lost(fte, first, last) if last >= first else None


def _fte_of(process: ChangeProcess) -> Decimal | None:
    change = process.change
    if process.code in OF_NEWCOMER and change.newcomer_fte:
        return change.newcomer_fte
    if process.code == ProcessCode.FTE_INCREASE:
        return change.fte_after - change.fte_before
    return change.fte_before if process.code in (ProcessCode.EXTENSION, *OF_NEWCOMER) else None


@dataclass(frozen=True)
class Newcomer:
    """Somebody new whose contact data the district does not have yet (FU-08)."""

    change: StaffChange
    missing: list[str]
    since: date


def newcomers(actor: Actor, grant: Grant, today: date) -> list[Newcomer]:
    rows = came_without_contact(changes(actor).filter(grant=grant), today)
    return [newcomer(change) for change in rows.order_by("newcomer_from", "id")[:50]]


def newcomer(change: StaffChange) -> Newcomer:
    missing = rules.missing_contact(change.newcomer, change.agency.address) if change.newcomer else ["Person"]
    return Newcomer(change, missing, change.newcomer_from or timezone.localdate() + timedelta(1))
