"""The directory of one house, and what is kept about one of its partners."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from lotse.core.dates import months_before
from lotse.core.finding import found
from lotse.core.search import fold, prefix_end
from lotse.facts.definitions import all_settings
from lotse.facts.values import values_for
from lotse.organisations.actor import Actor
from lotse.partners import rules
from lotse.partners.classes import categories_with, known_programmes
from lotse.partners.enums import Priority
from lotse.partners.models import (
    ContactPerson,
    Partner,
    PartnerContact,
    PartnerLanguage,
    PartnerOffer,
    PartnerPriority,
    PartnerRating,
    PartnerRelation,
)
from lotse.programmes.models import Programme, SiteOffer

CHECK_MONTHS = "partners.check_months"
MINE, NOBODY = "meine", "niemand"
SHOWN, CHECKED_AT_ONCE = 5, 20


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty: all. `ranked`: programme and priority, "mbe:mandatory"."""

    text: str = ""
    category: str = ""
    ranked: str = ""
    space: str = ""
    language: str = ""
    topic: str = ""
    whose: str = ""

    @property
    def is_narrow(self) -> bool:
        return any((self.category, self.ranked, self.space, self.language, self.topic, self.whose))


def partner_list(actor: Actor, text: str = "", wanted: Wanted | None = None) -> QuerySet[Partner]:
    """By the beginning of the name, of a word in it, or of what is offered."""
    partners = Partner.objects.visible_to(actor).filter(ended_on=None).order_by("name_key", "id")
    if key := fold(text):
        partners = partners.filter(_named(key))
    return _narrowed(partners, actor, wanted) if wanted else partners


def _named(key: str) -> Q:
    offered = PartnerOffer.objects.filter(partner=OuterRef("pk"), title_key__gte=key, title_key__lt=prefix_end(key))
    begins = Q(name_key__gte=key, name_key__lt=prefix_end(key))
    return begins | Q(name_key__contains=f" {key}") | Exists(offered)


def _narrowed(partners: QuerySet[Partner], actor: Actor, wanted: Wanted) -> QuerySet[Partner]:
    conditions = (
        (wanted.space, Q(social_space=wanted.space)),
        (wanted.language, Exists(_of(PartnerLanguage, language=wanted.language))),
        (wanted.topic, Exists(_of(PartnerOffer, topic=wanted.topic))),
        (wanted.whose == MINE, Q(keeper_id=actor.person_id)),
        (wanted.whose == NOBODY, _unkept()),
    )
    partners = reduce(lambda rows, one: rows.filter(one[1]) if one[0] else rows, conditions, partners)
    partners = partners.of_category([wanted.category]) if wanted.category else partners
    return _ranked(partners, *wanted.ranked.split(":", 1)) if ":" in wanted.ranked else partners


def _of(model: type, **more: str) -> QuerySet:
    return model.objects.filter(partner=OuterRef("pk"), **more)


def _unkept() -> Q:
    """By nobody, or by somebody who has left."""
    return Q(keeper=None) | Q(keeper__left_on__lt=timezone.localdate())


def _ranked(partners: QuerySet[Partner], programme: str, priority: str) -> QuerySet[Partner]:
    """By its kinds, the highest counts; where the house ranks it itself, by that."""
    order = list(Priority)
    if priority not in Priority.values:
        return partners.none()
    own = PartnerPriority.objects.filter(partner=OuterRef("pk"), programme__code=programme)
    higher = {key for one in order[: order.index(Priority(priority))] for key in categories_with(one, programme)}
    by_kind = partners.of_category(categories_with(Priority(priority), programme)).filter(~Exists(own))
    if higher:
        by_kind = by_kind.exclude(pk__in=Partner.objects.of_category(higher).values("pk"))
    return partners.filter(Q(pk__in=by_kind.order_by().values("pk")) | Exists(own.filter(priority=priority)))


def get_partner(actor: Actor, public_id: str) -> Partner:
    return found(Partner.objects.visible_to(actor), public_id)


def whole_partner(actor: Actor, public_id: str) -> Partner:
    """With all that stands on its page but agreements and relations."""
    offers = PartnerOffer.objects.select_related("contact").prefetch_related("spoken")
    contacts = PartnerContact.objects.select_related("person")[:SHOWN]
    ratings = PartnerRating.objects.select_related("person")[:SHOWN]
    rows = Partner.objects.visible_to(actor).select_related("keeper")
    return found(
        rows.prefetch_related(
            "further_categories",
            "spoken",
            "sites",
            "people",
            Prefetch("own_priorities", PartnerPriority.objects.select_related("programme")),
            Prefetch("offers", offers),
            Prefetch("contacts", contacts, to_attr="last_contacts"),
            Prefetch("ratings", ratings, to_attr="last_ratings"),
        ),
        public_id,
    )


def edited_partner(actor: Actor, public_id: str) -> Partner:
    rows = Partner.objects.visible_to(actor).select_related("keeper")
    return found(rows.prefetch_related("further_categories", "spoken", "sites"), public_id)


def listed(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """With what the list shows of each."""
    newest = PartnerContact.objects.filter(partner=OuterRef("pk")).order_by("-on").values("on")[:1]
    return partners.prefetch_related("further_categories", "people").annotate(last_contact_on=Subquery(newest))


def ranked_programmes(actor: Actor) -> list[Programme]:
    """Those of the house that say which partners they need."""
    offered = SiteOffer.objects.filter(site__organisation_id=actor.organisation_id).valid_on(timezone.localdate())
    rows = Programme.objects.filter(pk__in=offered.values("programme_id"), code__in=known_programmes())
    return list(rows.order_by("pk"))


def ranked_programme(actor: Actor, code: str) -> Programme:
    programme = next((one for one in ranked_programmes(actor) if one.code == code), None)
    if programme is None:
        raise Http404
    return programme


def get_offer(actor: Actor, partner_id: str, public_id: str) -> PartnerOffer:
    rows = PartnerOffer.objects.visible_to(actor).filter(partner__public_id=partner_id)
    return found(rows.select_related("partner", "contact").prefetch_related("spoken"), public_id)


def people_of(partner: Partner) -> dict[str, ContactPerson]:
    return {person.public_id: person for person in partner.people.all()}


def get_person(actor: Actor, partner_id: str, public_id: str) -> ContactPerson:
    rows = ContactPerson.objects.visible_to(actor).filter(partner__public_id=partner_id)
    return found(rows.select_related("partner"), public_id)


def get_contact(actor: Actor, partner_id: str, public_id: str) -> PartnerContact:
    rows = PartnerContact.objects.visible_to(actor).filter(partner__public_id=partner_id)
    return found(rows.select_related("partner"), public_id)


def get_relation(actor: Actor, public_id: str) -> PartnerRelation:
    return found(PartnerRelation.objects.visible_to(actor).select_related("partner", "other"), public_id)


def social_spaces(actor: Actor) -> list[str]:
    """As they are written so far, so that one place gets one name."""
    rows = Partner.objects.visible_to(actor).exclude(social_space="").order_by("social_space")
    return list(rows.values_list("social_space", flat=True).distinct())


def languages_spoken(actor: Actor) -> list[str]:
    rows = PartnerLanguage.objects.filter(partner__organisation_id=actor.organisation_id).order_by("language")
    return list(rows.values_list("language", flat=True).distinct())


def other_partners(actor: Actor, than: Partner) -> dict[str, Partner]:
    return {one.public_id: one for one in partner_list(actor).exclude(pk=than.pk)}


# What must be looked at again -----------------------------------------------------------------------------------------
def check_months(actor: Actor, today: date) -> int:
    return int(values_for(actor, today).get(CHECK_MONTHS) or all_settings()[CHECK_MONTHS].default)


def stale_partners(actor: Actor, today: date) -> QuerySet[Partner]:
    """What stands about them was not checked for the months that the house has set (PA-02)."""
    rows = Partner.objects.visible_to(actor).filter(ended_on=None)
    return rows.filter(checked_on__lt=months_before(today, check_months(actor, today))).select_related("keeper")


def my_stale_partners(actor: Actor, today: date) -> list[Partner]:
    if not rules.keeps(actor, actor.organisation_id):
        return []
    return list(
        stale_partners(actor, today).filter(keeper_id=actor.person_id).order_by("checked_on", "id")[:CHECKED_AT_ONCE]
    )


def long_unchecked(today: date) -> date:
    """Whoever was checked since then is not stale in any house: the shortest time that one can set."""
    return today - timedelta(days=28 * all_settings()[CHECK_MONTHS].least)


def perhaps_stale(person_id: int, before: date) -> QuerySet[Partner]:
    return Partner.objects.filter(keeper_id=person_id, ended_on=None, checked_on__lt=before)
