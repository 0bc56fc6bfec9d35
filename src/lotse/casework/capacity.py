"""Free capacity: open cases beside the posts in force today. No client is named, and small numbers stay with who may know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lotse.casework import rules
from lotse.casework.facts import open_cases
from lotse.casework.models import CaseloadGuide
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Organisation, Person, PostShare, Site
from lotse.organisations.queries import counted_sites, sites_of
from lotse.organisations.roles import COUNSELLING_ROLES

PROPOSED = 150  # rule of thumb of the welfare associations for the MBE, cases per full-time post and year
STEP = 10


@dataclass(frozen=True)
class Load:
    """`cases`: exact, or the upper end of a step of ten. `room`: how many more fit, None where no post is known."""

    name: str
    fte: Decimal
    cases: int
    is_exact: bool
    guide: int

    @property
    def room(self) -> int | None:
        return int(self.fte * self.guide) - self.cases if self.fte else None

    @property
    def has_room(self) -> bool | None:
        return None if self.room is None else self.room > 0


@dataclass(frozen=True)
class SiteLoad:
    site: Site
    whole: Load
    people: list[Load]


@dataclass(frozen=True)
class Guide:
    """`is_proposed`: nobody in the house has decided it yet."""

    cases: int
    is_proposed: bool
    since: date | None = None


class Staff:
    """Who counsels where on a day, with how much of a post; the same statements for any number of sites."""

    def __init__(self, actor: Actor, sites: Iterable[Site], day: date) -> None:
        self.sites = {site.pk: site for site in sites}
        self.homes = self._homes(day)
        self.shares = self._shares(actor, day)

    def _homes(self, day: date) -> dict[int, int]:
        """Where a person counsels; the first site where there are several."""
        roles = Membership.objects.in_force(day).filter(role__in=COUNSELLING_ROLES, site_id__in=self.sites)
        return dict(roles.order_by("-site_id").values_list("person_id", "site_id"))

    def _shares(self, actor: Actor, day: date) -> dict[tuple[int, int], Decimal]:
        """FTE by person and site; a post without a site counts where the person counsels."""
        found: dict[tuple[int, int], Decimal] = {}
        rows = PostShare.objects.visible_to(actor).valid_on(day).filter(person_id__in=self.homes)
        for person, site, fte in rows.values_list("person_id", "post__site_id", "fte"):
            place = (person, site or self.homes[person])
            found[place] = found.get(place, Decimal(0)) + fte
        return found

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        return {person.pk: str(person) for person in Person.objects.filter(pk__in=set(ids))}


def capacity(actor: Actor, day: date) -> list[SiteLoad]:
    """Every site the actor may know of; people only where she may see them, by name and never by load."""
    sites = _sites(actor)
    staff, cases = Staff(actor, sites, day), open_cases(actor, [site.pk for site in sites])
    places = {*cases, *staff.homes.items(), *staff.shares}
    names = staff.names(person for person, _site in places)
    guides = _guides(sites, day)
    return [_site_load(actor, site, _Desk(staff, cases, places, names, guides[site.pk].cases)) for site in sites]


def free_places(actor: Actor, site_id: int, day: date) -> int | None:
    """How many more people fit at a site; None where it cannot be said."""
    return next((load.whole.room for load in capacity(actor, day) if load.site.pk == site_id), None)


@dataclass(frozen=True)
class _Desk:
    """What the lines of one site are made of."""

    staff: Staff
    cases: dict[tuple[int, int], int]
    places: set[tuple[int, int]]
    names: dict[int, str]
    guide: int

    def load(self, actor: Actor, site: Site, people: list[int], of: int | None = None) -> Load:
        """`of`: the one person whose line it is; None for the site."""
        is_exact = rules.knows_exact_load(actor, of, site.pk)
        cases = sum(self.cases.get((person, site.pk), 0) for person in people)
        fte = sum((self.staff.shares.get((person, site.pk), Decimal(0)) for person in people), Decimal(0))
        return Load(self.names.get(of or 0, ""), fte, cases if is_exact else in_steps(cases), is_exact, self.guide)


def _site_load(actor: Actor, site: Site, desk: _Desk) -> SiteLoad:
    people = sorted((p for p, place in desk.places if place == site.pk), key=lambda p: (desk.names[p], p))
    shown = [p for p in people if p == actor.person_id or _sees_colleagues(actor, site)]
    lines = [desk.load(actor, site, [person], of=person) for person in shown]
    return SiteLoad(site, desk.load(actor, site, people), lines)


def _sees_colleagues(actor: Actor, site: Site) -> bool:
    return site.pk in actor.reviewed_site_ids or actor.may(Permission.MANAGE_ORGANISATION)


def in_steps(cases: int) -> int:
    """The upper end of a step of ten, and never zero: who may not read the cases learns no small number (KA-01)."""
    return max(STEP, -(-cases // STEP) * STEP)


def _sites(actor: Actor) -> list[Site]:
    """All that she coordinates, or where she works."""
    return counted_sites(actor) if actor.may(Permission.MANAGE_ORGANISATION) else sites_of(actor)


def guide_for(actor: Actor, day: date) -> Guide:
    """What holds in the actor's own house."""
    return _guide(Organisation.objects.get(pk=actor.organisation_id), _decided(day))


def _guides(sites: Iterable[Site], day: date) -> dict[int, Guide]:
    decided = _decided(day)
    houses = Organisation.objects.in_bulk({site.organisation_id for site in sites})
    return {site.pk: _guide(houses[site.organisation_id], decided) for site in sites}


def _decided(day: date) -> dict[int, CaseloadGuide]:
    """The figure in force, by organisation."""
    rows = CaseloadGuide.objects.filter(valid_from__lte=day).order_by("valid_from", "id")
    return {row.organisation_id: row for row in rows}


def _guide(house: Organisation, decided: dict[int, CaseloadGuide]) -> Guide:
    """The house's own figure, else that of the organisation above it, else what Lotse proposes."""
    upwards = reversed([int(pk) for pk in house.path.strip("/").split("/")])
    nearest = next((decided[pk] for pk in upwards if pk in decided), None)
    return Guide(nearest.cases_per_fte, False, nearest.valid_from) if nearest else Guide(PROPOSED, True)
