"""The figures of the directory: none of them counts people, so nothing of them is hidden."""

from collections.abc import Mapping
from functools import partial, reduce
from operator import add
from typing import Any

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from lotse.catalogues.own_lists import lists_at_desk
from lotse.core.dates import months_before
from lotse.facts.defined import Counted, choice, facts_of
from lotse.facts.definitions import definitions
from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.facts.values import whole
from lotse.organisations.actor import Actor
from lotse.partners.classes import MBE, PartnerClass, mandatory_classes
from lotse.partners.enums import CooperationKind
from lotse.partners.models import CooperationAgreement, Partner, PartnerPriority
from lotse.partners.queries.partners import CHECK_MONTHS
from lotse.programmes.models import SiteOffer

SET, SHEET = "partners", "network"
NOWHERE = Value(0, output_field=IntegerField())
FRESHNESS = {"fresh": "geprüft", "stale": "bitte prüfen"}


# --- which rows ------------------------------------------------------------------------------------------------------
def _partners(actor: Actor, period: Period) -> QuerySet[Partner]:
    rows = Partner.objects.filter(organisation_id__in=actor.counted_organisation_ids)
    known = rows.filter(created_at__date__lte=period.key_date).active_on(period.key_date)
    return known.annotate(nowhere=NOWHERE)


def _agreements(actor: Actor, period: Period) -> QuerySet[CooperationAgreement]:
    """In force on the key date, also those that have ended since."""
    day = period.key_date
    rows = CooperationAgreement.objects.filter(organisation_id__in=actor.counted_organisation_ids)
    begun = rows.filter(signed_on__lte=day, valid_from__lte=day)
    lasting = begun.filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(ended_on=None) | Q(ended_on__gt=day))
    return lasting.annotate(nowhere=NOWHERE)


def _agreed(actor: Actor, period: Period, *, kind: CooperationKind) -> QuerySet[CooperationAgreement]:
    """Begun, signed or not, and not over on the key date."""
    day = period.key_date
    rows = CooperationAgreement.objects.filter(organisation_id__in=actor.counted_organisation_ids, kind=kind)
    lasting = rows.filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(ended_on=None) | Q(ended_on__gt=day))
    return lasting.filter(valid_from__lte=day).annotate(nowhere=NOWHERE)


def _with_courses(actor: Actor, period: Period) -> QuerySet[CooperationAgreement]:
    return _agreed(actor, period, kind=CooperationKind.COURSE).filter(signed_on__lte=period.key_date)


def _mbe_sites(actor: Actor, period: Period) -> QuerySet[SiteOffer]:
    offers = SiteOffer.objects.valid_on(period.key_date).filter(programme__code=MBE)
    return offers.filter(site__organisation_id__in=actor.counted_organisation_ids).annotate(nowhere=NOWHERE)


def _of_the_house(actor: Actor, path: str = "organisation_id") -> Q:
    return Q(**{path: actor.organisation_id})


# --- as they are listed ----------------------------------------------------------------------------------------------
def _partner_line(row: Partner) -> Line:
    return Line(row.name, row.checked_on, row.social_space, reverse("partners:detail", args=[row.public_id]))


def _agreement_line(row: CooperationAgreement) -> Line:
    place = [row.partner.public_id, row.public_id]
    return Line(row.subject, row.valid_from, row.partner.name, reverse("partners:cooperation", args=place))


def _site_line(row: SiteOffer) -> Line:
    return Line(row.site.name, row.valid_from, row.site.organisation.name, reverse("partners:gaps"))


def _population(
    key: str, countable: Any, line: Any, visible: Any = _of_the_house, related: tuple[str, ...] = ()
) -> Population:
    return Population(
        f"partners.{key}", countable, visible, line, site="nowhere", programme="nowhere", related=related,
        holds_files=False, of_house=True,
    )  # fmt: skip


PARTNERS = _population("directory", _partners, _partner_line)
AGREEMENTS = _population("agreements", _agreements, _agreement_line, related=("partner",))
SITES = _population(
    "sites", _mbe_sites, _site_line, partial(_of_the_house, path="site__organisation_id"), ("site__organisation",)
)


# --- into which cell a row falls -------------------------------------------------------------------------------------
def coverage(period: Period) -> Cast:
    """How many of the mandatory classes are filled at a site (NW-12)."""
    filled = [_is_filled(one, period) for one in mandatory_classes()]
    return Cast(reduce(add, (Case(When(one, then=1), default=0) for one in filled)), CharField())


def _is_filled(wanted: PartnerClass, period: Period) -> Exists:
    """As `rules.covers` says of one partner."""
    lower = PartnerPriority.objects.filter(partner=OuterRef("pk"), programme__code=MBE).exclude(
        priority=wanted.priority
    )
    near = Q(sites=None) | Q(sites=OuterRef("site_id"))
    rows = Partner.objects.filter(
        near, organisation_id=OuterRef("site__organisation_id"), created_at__date__lte=period.key_date
    )
    return Exists(rows.active_on(period.key_date).of_category(wanted.categories).filter(~Exists(lower)))


def freshness(period: Period) -> Case:
    since = months_before(period.key_date, whole(period, CHECK_MONTHS))
    return Case(When(checked_on__lt=since, then=Value("stale")), default=Value("fresh"), output_field=CharField())


def contract(period: Period) -> Case:
    """Nobody signs before the check (CooperationAgreement)."""
    day = period.key_date
    return choice((Q(signed_on__lte=day), "whole"), (Q(checked_on__lte=day), "checked"), otherwise="nothing")


def talked_of(period: Period) -> Case:
    since = months_before(period.key_date, 12)
    return choice((Q(reviewed_on__gte=since) | Q(valid_from__gte=since), "recent"), otherwise="long_ago")


def _column(name: str) -> Any:
    return lambda _period: F(name)


def _category(key: str) -> str:
    return lists_at_desk().label("partner_category", key)


COUNTED: Mapping[str, tuple[Population, Any, Any]] = {
    "coverage": (SITES, coverage, {f"{n}": f"{n} von {len(mandatory_classes())}" for n in range(len(mandatory_classes()), -1, -1)}),
    "categories": (PARTNERS, _column("category"), _category),
    "agreements": (AGREEMENTS, _column("kind"), dict(CooperationKind.choices)),
    "checked": (PARTNERS, freshness, FRESHNESS),
}  # fmt: skip


WHOLE = {"whole": "geprüft und unterschrieben", "checked": "geprüft, nicht unterschrieben", "nothing": "nicht geprüft"}
RECENT = {"recent": "in den letzten zwölf Monaten", "long_ago": "länger her"}
MEASURES = _population(
    "measures", partial(_agreed, kind=CooperationKind.MEASURE), _agreement_line, related=("partner",)
)
COURSES = _population("courses", _with_courses, _agreement_line, related=("partner",))
OF_QUALITY = {"contracts": Counted(MEASURES, contract, WHOLE), "course_agreements": Counted(COURSES, talked_of, RECENT)}


def _fact(key: str, population: Population, cell: Any, words: Any) -> Fact:
    found = definitions(SET)
    said = found.figures[f"{SET}.{key}"]
    return Fact(
        key=said.key, title=said.title, unit=said.unit, definition=said.definition, source=found.source,
        population=population, cell=cell, keys=() if callable(words) else tuple(words),
        words=words if callable(words) else words.__getitem__, version=found.version, sheet=SHEET, share=said.share,
        denominator=said.denominator, counted_when=said.counted_when, impact_level=said.impact_level, settings=said.settings,
        number=said.number, is_proposal=found.is_proposal,
    )  # fmt: skip


def register_facts() -> None:
    for key, how in COUNTED.items():
        register(_fact(key, *how))
    for found in facts_of("quality_evidence", OF_QUALITY, sheet="quality"):
        register(found)
