from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import expect_revision, open_active_file, refuse_future, save_checked
from lotse.casework.actions.moves import lives_in_shared_accommodation
from lotse.casework.models import AppointmentNote, Client, Household, HouseholdMember
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Organisation, Site

APPOINTMENT_NOTE_DAYS = 92  # three months, facts.md §7.3
NOT_INFORMED = "Bitte zuerst über die Datenerfassung informieren: Datum und Sprache angeben."


@action("client.registered", "hat eine Person aufgenommen und über die Datenerfassung informiert")
def register_client(
    *,
    by: Actor,
    site: Site,
    first_name: str,
    last_name: str,
    informed_on: date,
    informed_language: str,
    warnings: Iterable[str] = (),
    **data: Any,
) -> Client:
    """Person and information are one step: nobody is saved uninformed (DP-01)."""
    require(rules.can_counsel(by))
    require(site.organisation_id == by.organisation_id)
    refuse_if(not rules.is_informed(informed_on, informed_language), NOT_INFORMED, "informed_on")
    refuse_future(informed_on, "informed_on")
    client = Client(
        organisation_id=by.organisation_id,
        site=site,
        responsible_id=by.person_id,
        household=Household.objects.create(organisation_id=by.organisation_id),
        number=next_number(by.organisation_id),
        first_name=first_name,
        last_name=last_name,
        informed_on=informed_on,
        informed_language=informed_language,
        **data,
    )
    _refuse_impossible_dates(client)
    save_checked(client)
    record(client, file=client, warnings=warnings)
    return client


def next_number(organisation_id: int) -> int:
    """The organisation's row is the lock: two people registering at once wait for each other."""
    Organisation.objects.select_for_update().get(pk=organisation_id)
    highest = Client.objects.filter(organisation_id=organisation_id).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _refuse_impossible_dates(client: Client) -> None:
    for field in ("birth_date", "entered_germany_on", "permanent_status_on"):
        refuse_future(getattr(client, field), field)


@action("client.changed", "hat die Personendaten geändert")
def update_client(*, by: Actor, client: Client, revision: int | None = None, **data: Any) -> Client:
    fresh = open_active_file(by, client)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    _refuse_impossible_dates(fresh)
    if "address" in changed and lives_in_shared_accommodation(fresh):
        fresh.moved_on = timezone.localdate()
    save_checked(fresh)
    record(fresh, file=fresh, fields=changed)
    return fresh


@action("household.member_added", "hat ein Haushaltsmitglied eingetragen")
def add_household_member(*, by: Actor, client: Client, **data: Any) -> HouseholdMember:
    fresh = open_active_file(by, client)
    refuse_if(not rules.plan_is_open(fresh), "Angehörige werden erst nach Vereinbarung und Einwilligung erfasst.")
    member = HouseholdMember(organisation_id=fresh.organisation_id, client=fresh, **data)
    refuse_future(member.birth_date, "birth_date")
    save_checked(member)
    record(member, file=fresh)
    return member


@action("household.member_changed", "hat ein Haushaltsmitglied geändert")
def update_household_member(
    *, by: Actor, member: HouseholdMember, revision: int | None = None, **data: Any
) -> HouseholdMember:
    client = open_active_file(by, member.client)
    fresh = HouseholdMember.objects.select_for_update().get(pk=member.pk)
    expect_revision(fresh, revision)
    changed = change(fresh, data)
    refuse_future(fresh.birth_date, "birth")
    save_checked(fresh)
    record(fresh, file=client, fields=changed)
    return fresh


@action("household.member_removed", "hat ein Haushaltsmitglied gelöscht")
def remove_household_member(*, by: Actor, member: HouseholdMember) -> None:
    fresh = open_active_file(by, member.client)
    record(member, file=fresh)
    member.delete()


@action("appointment.noted", "hat einen Terminvermerk angelegt")
def note_appointment(*, by: Actor, site: Site, name: str, takes_place_at: datetime) -> AppointmentNote:
    """A name and a time, nothing more; gone after three months."""
    require(rules.can_counsel(by))
    require(site.organisation_id == by.organisation_id)
    note = AppointmentNote(
        organisation_id=by.organisation_id,
        site=site,
        owner_id=by.person_id,
        name=name,
        takes_place_at=takes_place_at,
        delete_after=timezone.localdate(takes_place_at) + timedelta(days=APPOINTMENT_NOTE_DAYS),
    )
    save_checked(note)
    record(note)
    return note


@action("appointment.removed", "hat einen Terminvermerk gelöscht")
def remove_appointment(*, by: Actor, note: AppointmentNote) -> None:
    require(note.owner_id in by.file_holder_ids)
    record(note)
    note.delete()


@action("appointment.expired", "hat abgelaufene Terminvermerke gelöscht")
def delete_expired_appointments(*, by: SystemActor, today: date) -> int:
    """Run daily by the worker; the entry in the log says how many."""
    expired = AppointmentNote.objects.filter(delete_after__lt=today)
    count = expired.count()
    record(by, deleted=count)
    expired.delete()
    return count
