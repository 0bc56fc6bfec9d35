"""Which kinds of partners that the migration counselling must have are missing at which of its sites (NW-12)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lotse.organisations.actor import Actor
from lotse.organisations.models import Site
from lotse.partners import rules
from lotse.partners.classes import MBE, PartnerClass, mandatory_classes
from lotse.partners.enums import Priority
from lotse.partners.models import Partner
from lotse.programmes.models import SiteOffer


@dataclass(frozen=True)
class Standing:
    """One class at one site, and who fills it."""

    wanted: PartnerClass
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class SiteCoverage:
    site: Site
    standings: tuple[Standing, ...]

    @property
    def missing(self) -> list[PartnerClass]:
        return [one.wanted for one in self.standings if not one.partners]

    @property
    def covered(self) -> int:
        return len(self.standings) - len(self.missing)


def my_coverage(actor: Actor, today: date) -> list[SiteCoverage]:
    """Of the own house; sites where she works come first."""
    found = _coverage({actor.organisation_id}, today)
    return sorted(found, key=lambda one: (one.site.pk not in actor.site_ids, one.site.name, one.site.pk))


def coverage_below(actor: Actor, today: date) -> list[SiteCoverage]:
    """Of the other houses whose work she counts: which classes are filled, never by whom."""
    below = actor.counted_organisation_ids - {actor.organisation_id}
    found = _coverage(below, today) if below else []
    return sorted(found, key=lambda one: (one.site.organisation.name, one.site.name, one.site.pk))


def _coverage(organisation_ids: Collection[int], today: date) -> list[SiteCoverage]:
    offers = SiteOffer.objects.valid_on(today).filter(programme__code=MBE, site__organisation_id__in=organisation_ids)
    sites = {offer.site_id: offer.site for offer in offers.select_related("site__organisation")}
    partners = _candidates(organisation_ids, today) if sites else []
    return [SiteCoverage(site, _standings(site, partners)) for site in sites.values()]


def _candidates(organisation_ids: Collection[int], today: date) -> list[Partner]:
    rows = Partner.objects.filter(organisation_id__in=organisation_ids).active_on(today).order_by("name_key", "id")
    wanted = [key for one in mandatory_classes() for key in one.categories]
    return list(rows.of_category(wanted).prefetch_related("further_categories", "sites", "own_priorities__programme"))


def _standings(site: Site, partners: Collection[Partner]) -> tuple[Standing, ...]:
    near = [partner for partner in partners if _matters_to(partner, site)]
    return tuple(
        Standing(one, tuple(p for p in near if rules.covers(p.categories, one, own_priority(p)))) for one in mandatory_classes()
    )  # fmt: skip


def _matters_to(partner: Partner, site: Site) -> bool:
    sites = partner.sites.all()
    return partner.organisation_id == site.organisation_id and (not sites or site in sites)


def own_priority(partner: Partner, programme: str = MBE) -> Priority | None:
    return next(
        (Priority(row.priority) for row in partner.own_priorities.all() if row.programme.code == programme), None
    )
