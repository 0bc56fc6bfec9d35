"""Who reports to whom, how far everybody is, and what may be looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Site
from lotse.wayup.enums import ClosingState, Direction
from lotse.wayup.models import Closing, Installation, ReportingKeys, ReportingPeriod
from lotse.wayup.states import ADDED

WITH = ("organisation", "site", "installation", "drawn_by", "approved_by", "accepted_by", "reopened_by", "above")


@dataclass(frozen=True)
class Unit:
    """Somebody who reports. `sites`: at how many places it counsels, as far as this installation knows."""

    ref: str
    name: str
    organisation_id: int
    above_id: int | None
    depth: int
    sites: int = 1
    site_id: int | None = None
    installation_id: int | None = None

    @property
    def adds_up(self) -> bool:
        return not (self.site_id or self.installation_id)


@dataclass(frozen=True)
class Standing:
    """A unit and how far it is."""

    unit: Unit
    due_on: date
    closing: Closing | None

    @property
    def is_late(self) -> bool:
        """Not handed in, or handed in after the day."""
        return self.handed_in_on > self.due_on

    @property
    def handed_in_on(self) -> date:
        is_done = self.closing and self.closing.is_done and self.closing.approved_at
        return timezone.localdate(self.closing.approved_at) if is_done else timezone.localdate()

    @property
    def is_missing(self) -> bool:
        return not (self.closing and self.closing.is_done)

    @property
    def is_added(self) -> bool:
        return bool(self.closing and self.closing.state in ADDED)

    @property
    def waits(self) -> bool:
        return bool(self.closing and self.closing.state == ClosingState.APPROVED)

    @property
    def rank(self) -> tuple[int, str]:
        """What is to be done comes first."""
        return (
            0 if self.waits else 1 if self.is_missing and self.is_late else 2 if self.is_missing else 3
        ), self.unit.name


# --- who reports ----------------------------------------------------------------------------------------------------


def unit_at(organisation: Organisation) -> Unit:
    """The organisation itself, as one that adds up; the top of the tree has nobody above it here."""
    return _as_unit(organisation, sum(_sites_by_path(organisation.path).values()))


def _as_unit(organisation: Organisation, sites: int) -> Unit:
    depth = depth_of(organisation.path)
    return Unit(organisation.public_id, organisation.name, organisation.pk, organisation.parent_id, depth, sites)


def _sites_by_path(path: str) -> dict[str, int]:
    """How many sites stand at each organisation of a branch; other installations count as one."""
    places: dict[str, int] = {}
    sites = (
        Site.objects.filter(organisation__path__startswith=path).order_by().values_list("organisation__path", flat=True)
    )
    others = Installation.objects.in_force().filter(direction=Direction.BELOW, organisation__path__startswith=path)
    for where in (*sites, *others.order_by().values_list("organisation__path", flat=True)):
        places[where] = places.get(where, 0) + 1
    return places


def units_below(organisation: Organisation) -> list[Unit]:
    """Its own sites, the organisations directly below that counsel somewhere, and other installations."""
    above, depth = organisation.pk, depth_of(organisation.path) + 1
    sites = [
        Unit(s.public_id, s.name, above, above, depth, 1, s.pk) for s in Site.objects.filter(organisation=organisation)
    ]
    places = _sites_by_path(organisation.path)
    below = [
        _as_unit(child, count)
        for child in Organisation.objects.filter(parent=organisation)
        if (count := sum(n for path, n in places.items() if path.startswith(child.path)))
    ]
    others = Installation.objects.in_force().filter(organisation=organisation, direction=Direction.BELOW)
    return [*sites, *below, *(Unit(i.public_id, i.name, above, above, depth, 1, None, i.pk) for i in others)]


def due_of(period: ReportingPeriod, unit: Unit) -> date:
    return due_at(period, unit.depth)


def due_at(period: ReportingPeriod, depth: int) -> date:
    return period.due_on - timedelta(days=depth * period.days_per_level)


def depth_of(path: str) -> int:
    """How many levels stand above an organisation."""
    return path.count("/") - 2


# --- how far they are -----------------------------------------------------------------------------------------------


def newest(rows: Iterable[Closing]) -> dict[str, Closing]:
    """Of each unit the last revision that was not replaced."""
    latest: dict[str, Closing] = {}
    for row in sorted(rows, key=lambda row: row.revision):
        latest[row.unit_ref] = row
    return latest


def standings(period: ReportingPeriod, units: Iterable[Unit]) -> list[Standing]:
    """What is to be done first."""
    known = list(units)
    rows = period.closings.filter(unit_ref__in=[unit.ref for unit in known]).select_related("period", *WITH)
    latest = newest(rows)
    found_all = [Standing(unit, due_of(period, unit), latest.get(unit.ref)) for unit in known]
    return sorted(found_all, key=lambda standing: standing.rank)


def revisions(closing: Closing) -> QuerySet[Closing]:
    """What was shown of this unit before, and might be compared."""
    rows = Closing.objects.filter(period_id=closing.period_id, unit_ref=closing.unit_ref, revision__lt=closing.revision)
    return rows.select_related("period")


def parts_of(closing: Closing) -> QuerySet[Closing]:
    return closing.parts.select_related("period")


# --- for one actor --------------------------------------------------------------------------------------------------


def own_unit(actor: Actor) -> Unit:
    return unit_at(Organisation.objects.get(pk=actor.organisation_id))


def top_of(actor: Actor) -> Organisation:
    path = Organisation.objects.values_list("path", flat=True).get(pk=actor.organisation_id)
    return Organisation.objects.get(pk=int(path.split("/")[1]))


def below_of(actor: Actor) -> list[Unit]:
    return units_below(Organisation.objects.get(pk=actor.organisation_id))


def periods(actor: Actor) -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.visible_to(actor).select_related("organisation")


def get_period(actor: Actor, public_id: str) -> ReportingPeriod:
    return found(periods(actor), public_id)


def get_unit(actor: Actor, ref: str) -> Unit:
    """Her organisation, or what is directly below it."""
    unit = next((unit for unit in (own_unit(actor), *below_of(actor)) if unit.ref == ref), None)
    if unit is None:
        raise Http404
    return unit


def get_closing(actor: Actor, public_id: str) -> Closing:
    return found(Closing.objects.visible_to(actor).select_related("period__organisation", *WITH), public_id)


def installations(actor: Actor) -> QuerySet[Installation]:
    return Installation.objects.visible_to(actor).select_related("registered_by", "confirmed_by")


def get_installation(actor: Actor, public_id: str) -> Installation:
    return found(installations(actor), public_id)


def addressee(organisation_id: int) -> Installation | None:
    rows = Installation.objects.in_force().filter(organisation_id=organisation_id, direction=Direction.ABOVE)
    return rows.order_by("-confirmed_at", "-pk").first()


def keys_of(organisation_id: int) -> ReportingKeys | None:
    return ReportingKeys.objects.filter(organisation_id=organisation_id).first()
