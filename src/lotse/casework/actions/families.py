"""A relative who is advised herself: a file of her own, linked with the row in the household, without typing anything twice."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework.actions.clients import register_client
from lotse.casework.actions.file import expect_revision, open_active_file, save_checked
from lotse.casework.actions.pairs import lock_both
from lotse.casework.models import Client, HouseholdMember
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site

HAS_FILE = "Für diese Person gibt es schon eine eigene Akte."


@action("household.own_file_opened", "hat für ein Haushaltsmitglied eine eigene Akte angelegt")
def open_own_file(
    *,
    by: Actor,
    member: HouseholdMember,
    site: Site,
    informed_on: date,
    informed_language: str,
    warnings: Iterable[str] = (),
    **data: Any,
) -> Client:
    """A person like any other; the family is the same, and the row in the household stays as it is."""
    client, fresh = _open(by, member)
    made = register_client(
        by=by, site=site, informed_on=informed_on, informed_language=informed_language, warnings=warnings, **data
    )
    _tie(client, fresh, made)
    record(fresh, file=client, number=made.number)
    return made


@action("household.file_linked", "hat ein Haushaltsmitglied mit seiner eigenen Akte verknüpft")
def link_own_file(*, by: Actor, member: HouseholdMember, other: Client) -> HouseholdMember:
    refuse_if(other.pk == member.client_id, "Das ist die Akte, in der die Person schon steht.")
    lock_both(by, member.client, other)
    client, fresh = _open(by, member)
    found = Client.objects.get(pk=other.pk)
    _tie(client, fresh, found)
    record(fresh, file=client, number=found.number)
    record(fresh, file=found, number=client.number)
    return fresh


@action("household.file_unlinked", "hat ein Haushaltsmitglied von seiner eigenen Akte gelöst")
def unlink_own_file(*, by: Actor, member: HouseholdMember) -> HouseholdMember:
    """Both stay; the family stays, too, for the files know it."""
    client = open_active_file(by, member.client)
    fresh = HouseholdMember.objects.select_for_update().get(pk=member.pk)
    fresh.own_file = None
    expect_revision(fresh, fresh.revision)
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


def _open(by: Actor, member: HouseholdMember) -> tuple[Client, HouseholdMember]:
    client = open_active_file(by, member.client)
    fresh = HouseholdMember.objects.select_for_update().get(pk=member.pk)
    refuse_if(fresh.own_file_id is not None, HAS_FILE)
    return client, fresh


def _tie(client: Client, member: HouseholdMember, own: Client) -> None:
    """One family: who had no relatives with a file before comes into this household."""
    member.own_file = own
    expect_revision(member, member.revision)
    save_checked(member)
    is_alone = not Client.objects.filter(household_id=own.household_id).exclude(pk=own.pk).exists()
    if is_alone and own.household_id != client.household_id:
        own.household_id = client.household_id
        own.save()
