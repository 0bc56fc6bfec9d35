"""Grants whose money the actor keeps, all of it or a carrier's, and the carriers that she sees in one."""

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.funding import rules
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.programmes.models import Grant, GrantAgency


def grants(actor: Actor) -> QuerySet[Grant]:
    received = in_branches(actor.funded_paths, "organisation")
    forwarded = in_branches(actor.funded_paths, "agencies__organisation")
    mine = Grant.objects.filter(received | forwarded).order_by().values("pk")
    rows = Grant.objects.filter(pk__in=mine).select_related("organisation", "programme", "authority")
    return rows.order_by("-first_year", "name", "id")


def search_grants(actor: Actor, text: str) -> list[Grant]:
    """By name or reference; no statement for who keeps no funds, or asks for nothing."""
    if not (text and rules.enters(actor)):
        return []
    return list(grants(actor).filter(Q(name__icontains=text) | Q(reference__icontains=text))[:10])


def get_grant(actor: Actor, public_id: str) -> Grant:
    return found(grants(actor), public_id)


def asked_grant(actor: Actor, public_id: str) -> Grant | None:
    """The one that the address names, else the newest; None where there is none at all."""
    return get_grant(actor, public_id) if public_id else grants(actor).first()


def carriers(actor: Actor, grant: Grant) -> QuerySet[Organisation]:
    """Of the grant: all for who keeps the funds of its receiver, else those whose funds she keeps."""
    rows = Organisation.objects.filter(pk__in=GrantAgency.objects.filter(grant=grant).values("organisation"))
    if not rules.keeps_funds_of(actor, grant.organisation):
        rows = rows.filter(in_branches(actor.funded_paths))
    return rows.order_by("name", "id")


def contracted(actor: Actor, grant: Grant) -> QuerySet[Organisation]:
    """Those to which money is forwarded: the receiver keeps what is for its own agencies."""
    return carriers(actor, grant).exclude(pk=grant.organisation_id)


def get_carrier(actor: Actor, grant: Grant, public_id: str) -> Organisation:
    return found(carriers(actor, grant), public_id)
