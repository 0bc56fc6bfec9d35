"""Bank details: which are used on a day, and which wait for a second person."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from lotse.core.finding import found
from lotse.funding import rules
from lotse.funding.models import BankAccount
from lotse.funding.queries.grants import carriers
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant


class HouseAccount(NamedTuple):
    """`waiting`: the newest one, not confirmed yet; `may_confirm`: by who is asking."""

    house: Organisation
    used: BankAccount | None
    waiting: BankAccount | None
    may_confirm: bool


def used_on(houses: Iterable[int], on: date) -> dict[int, BankAccount]:
    """By id of the organisation: the newest that is confirmed and holds by then."""
    rows = BankAccount.objects.filter(organisation__in=list(houses), confirmed_by__isnull=False, valid_from__lte=on)
    return {row.organisation_id: row for row in rows.order_by("valid_from", "id")}


def houses(actor: Actor, grant: Grant) -> QuerySet[Organisation]:
    """The receiver, for who keeps its funds, and the carriers that she sees."""
    mine = carriers(actor, grant).order_by().values("pk")
    receiver = Q(pk=grant.organisation_id) if rules.keeps_funds_of(actor, grant.organisation) else Q(pk__in=[])
    return Organisation.objects.filter(Q(pk__in=mine) | receiver).order_by("name", "id")


def get_house(actor: Actor, grant: Grant, public_id: str) -> Organisation:
    return found(houses(actor, grant), public_id)


def get_account(actor: Actor, public_id: str) -> BankAccount:
    return found(BankAccount.objects.visible_to(actor).select_related("organisation"), public_id)


def house_accounts(actor: Actor, grant: Grant, on: date) -> list[HouseAccount]:
    rows = list(houses(actor, grant))
    used, waiting = used_on([row.pk for row in rows], on), waiting_for(actor, grant)
    return [
        HouseAccount(row, used.get(row.pk), late, bool(late and rules.may_confirm(actor, late)))
        for row in rows
        for late in [waiting.get(row.pk)]
    ]


def waiting_for(actor: Actor, grant: Grant) -> dict[int, BankAccount]:
    """By id of the organisation: entered after what is used, and not confirmed."""
    rows = BankAccount.objects.filter(organisation__in=houses(actor, grant).order_by().values("pk"))
    found: dict[int, BankAccount] = {}
    for row in rows.select_related("entered_by", "organisation").order_by("id"):
        if row.confirmed_by_id is None:
            found[row.organisation_id] = row
        else:
            found.pop(row.organisation_id, None)
    return found
