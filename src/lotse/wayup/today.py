"""What waits for whoever reports up, for "Heute": her own sum, what she accepts, and who is late. Two statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery, Value

from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Site
from lotse.wayup.enums import ClosingState, Direction
from lotse.wayup.models import Closing, Installation, ReportingPeriod
from lotse.wayup.queries import depth_of, due_at
from lotse.wayup.states import DONE

AHEAD = timedelta(days=28)  # a year is not closed in an afternoon
NAMED = 3


@dataclass(frozen=True)
class WorkItem:
    """A line that leads to the page of a unit. `note` may be empty."""

    title: str
    note: str
    due_on: date
    is_late: bool
    period_ref: str
    unit_ref: str


@dataclass(frozen=True)
class _Row:
    """A unit and its last revision; `path` is asked of her own organisation only."""

    ref: str
    name: str
    path: str
    state: str | None
    drawn_by_id: int | None
    approved_by_id: int | None
    is_below: int

    @property
    def is_missing(self) -> bool:
        return self.state not in DONE


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    """Of the last year that has ended; nothing is asked for who does not report."""
    if not actor.may(Permission.REPORT_UP):
        return []
    period = ReportingPeriod.objects.visible_to(actor).filter(ends_on__lt=today).first()
    return _items(actor, period, today) if period else []


def _items(actor: Actor, period: ReportingPeriod, today: date) -> list[WorkItem]:
    rows = [_Row(*row) for row in _units(actor, period)]
    own, *below = sorted(rows, key=lambda row: (row.is_below, row.name))
    if not own.path.startswith(tuple(actor.counted_paths)):
        return []  # who may count only a part neither closes nor accepts (UP-02)
    found = _Found(period, own, today)
    return [*found.own_sum(actor), *found.to_accept(actor, below), *found.late(below)]


@dataclass(frozen=True)
class _Found:
    period: ReportingPeriod
    own: _Row
    today: date

    def _due(self, levels_below: int = 0) -> date:
        return due_at(self.period, depth_of(self.own.path) + levels_below)

    def own_sum(self, actor: Actor) -> list[WorkItem]:
        due_on = self._due()
        if not self.own.is_missing or due_on > self.today + AHEAD:
            return []
        return [self._item(f"Meldung {self.period} abschließen", self._step(actor), due_on)]

    def _step(self, actor: Actor) -> str:
        if self.own.state != ClosingState.OPEN:
            return ""
        return "wartet auf eine zweite Person" if self.own.drawn_by_id == actor.person_id else "wartet auf Freigabe"

    def to_accept(self, actor: Actor, below: Sequence[_Row]) -> list[WorkItem]:
        rows = [row for row in below if row.state == ClosingState.APPROVED and row.approved_by_id != actor.person_id]
        return [self._item(_counted(rows, "annehmen"), _names(rows), self._due(), rows)] if rows else []

    def late(self, below: Sequence[_Row]) -> list[WorkItem]:
        """Once her own sum is closed, nobody waits for them."""
        due_on, rows = self._due(1), [row for row in below if row.is_missing]
        if not rows or due_on >= self.today or not self.own.is_missing:
            return []
        return [self._item(_counted(rows, "fehlt" if len(rows) == 1 else "fehlen"), _names(rows), due_on, rows)]

    def _item(self, title: str, note: str, due_on: date, rows: Sequence[_Row] = ()) -> WorkItem:
        """One unit has its own page; several stand on the page of what adds them up."""
        unit = rows[0] if len(rows) == 1 else self.own
        return WorkItem(title, note, due_on, due_on < self.today, self.period.public_id, unit.ref)


def _counted(rows: Sequence[_Row], verb: str) -> str:
    return f"{len(rows)} {'Meldung' if len(rows) == 1 else 'Meldungen'} {verb}"


def _names(rows: Sequence[_Row]) -> str:
    named = [row.name for row in rows[:NAMED]]
    rest = len(rows) - len(named)
    return ", ".join(named) + (f" und {rest} weitere" if rest else "")


def _units(actor: Actor, period: ReportingPeriod) -> QuerySet[Any]:
    """Her own organisation, and everybody directly below that reports."""
    here = actor.organisation_id
    counsels = Exists(Site.objects.filter(organisation__path__startswith=OuterRef("path")))
    elsewhere = Installation.objects.in_force().filter(direction=Direction.BELOW)
    has_others = Exists(elsewhere.filter(organisation__path__startswith=OuterRef("path")))
    own = _with_state(Organisation.objects.filter(pk=here), period, "path", 0)
    return own.union(
        _with_state(Organisation.objects.filter(counsels | has_others, parent_id=here), period, "path", 1),
        _with_state(Site.objects.filter(organisation_id=here), period, "organisation__path", 1),
        _with_state(elsewhere.filter(organisation_id=here), period, "organisation__path", 1),
        all=True,
    )


def _with_state(units: QuerySet[Any], period: ReportingPeriod, path: str, is_below: int) -> QuerySet[Any]:
    last = Closing.objects.filter(period=period, unit_ref=OuterRef("public_id")).order_by("-revision")
    told = {name: Subquery(last.values(name)[:1]) for name in ("state", "drawn_by_id", "approved_by_id")}
    below = Value(is_below, output_field=IntegerField())
    return units.order_by().annotate(**told, is_below=below).values_list("public_id", "name", path, *told, "is_below")
