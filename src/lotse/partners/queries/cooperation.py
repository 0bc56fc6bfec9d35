"""Agreements with partners: those of one partner, those that want something done today, and providers without one (CL-22)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.organisations.ties import Hanging
from lotse.partners import rules
from lotse.partners.enums import CooperationKind
from lotse.partners.models import CooperationAgreement, Partner

LISTED = (
    "public_id", "organisation", "partner", "kind", "version", "subject", "valid_from", "valid_to", "review_on",
    "checked_on", "signed_on", "ended_on",
)  # fmt: skip
NAMED = ("partner__public_id", "partner__name")
REVIEW_AHEAD, END_AHEAD = timedelta(days=7), timedelta(days=30)


def cooperations_of(actor: Actor, partner: Partner) -> list[CooperationAgreement]:
    return list(
        CooperationAgreement.objects.visible_to(actor)
        .with_partner(partner)
        .select_related("partner")
        .only(*LISTED, *NAMED)
    )


def get_cooperation(actor: Actor, partner_id: str, public_id: str) -> CooperationAgreement:
    """`partner_id` is the first one named in it, whose address it has."""
    rows = CooperationAgreement.objects.visible_to(actor).filter(partner__public_id=partner_id)
    whole = ("organisation", "partner", "responsible", "signed_by", "scan", "replaces", "replaced_by")
    return found(rows.select_related(*whole).prefetch_related("parties__partner"), public_id)


def course_agreements(today: date) -> QuerySet[CooperationAgreement]:
    return CooperationAgreement.objects.in_force_on(today).filter(kind=CooperationKind.COURSE)


def providers_without_agreement(actor: Actor, today: date) -> QuerySet[Partner]:
    """Course providers with whom no agreement is in force (CL-22)."""
    providers = Partner.objects.visible_to(actor).filter(ended_on=None).of_category([rules.COURSE_PROVIDER])
    agreed = course_agreements(today).with_partner(OuterRef("pk"))
    return providers.filter(~Exists(agreed)).order_by("name_key", "id")


def agreed_providers(partner_ids: set[int], today: date) -> set[int]:
    """Which of these have an agreement about courses in force."""
    if not partner_ids:
        return set()
    named = Q(partner_id__in=partner_ids) | Q(parties__partner_id__in=partner_ids)
    rows = course_agreements(today).filter(named).order_by()
    pairs = rows.values_list("partner_id", "parties__partner_id")
    return {pk for pair in pairs for pk in pair} & partner_ids


def to_do(
    organisation_id: int, person_id: int, signs: bool, review_by: date, end_by: date
) -> QuerySet[CooperationAgreement]:
    """Mine to be talked about or ending by these days, and for who signs, what waits for it."""
    ends_soon = Q(valid_to__lte=end_by, replaced_by=None)
    mine = Q(responsible_id=person_id, signed_on__isnull=False) & (Q(review_on__lte=review_by) | ends_soon)
    wanted = mine | Q(checked_on__isnull=False, signed_on=None) if signs else mine
    return CooperationAgreement.objects.filter(wanted, organisation_id=organisation_id, ended_on=None)


def my_cooperations(actor: Actor, today: date) -> list[CooperationAgreement]:
    if not rules.looks(actor):
        return []
    signs = actor.may(Permission.SIGN_COOPERATION)
    rows = to_do(actor.organisation_id, actor.person_id, signs, today + REVIEW_AHEAD, today + END_AHEAD)
    shown = rows.select_related("partner").only(*LISTED, *NAMED)
    return list(shown.order_by("id")[:20])


def open_cooperations(person: Person) -> Hanging:
    rows = CooperationAgreement.objects.filter(responsible=person, ended_on=None)
    return Hanging("Kooperationsvereinbarung", "Kooperationsvereinbarungen", (rows,))


def possible_people(actor: Actor, kept: Person | None = None) -> dict[str, Person]:
    """Who can be responsible: everybody at work here, and who is it already."""
    house = Person.objects.filter(organisation_id=actor.organisation_id).at_work_on(timezone.localdate())
    return {
        person.public_id: person
        for person in [*house.order_by("last_name", "first_name", "id"), *([kept] if kept else [])]
    }
