"""People who work here: they come, change their names, and leave everything behind on one day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, Q, QuerySet

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import change, locked, log_of, managed, require_manager, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Deputy, Membership, Organisation, Person, PostShare
from lotse.organisations.ties import ties_of

FUNDED = "Ein Stellenanteil, der später beginnen sollte, ist schon finanziert. Bitte zuerst die Finanzierung beenden."


@action("person.employed", "hat eine Person eingetragen")
def employ(*, by: Actor, organisation: Organisation, first_name: str, last_name: str, **data: Any) -> Person:
    person = Person(organisation=managed(by, organisation), first_name=first_name, last_name=last_name, **data)
    save_checked(person)
    record(person, organisation_id=log_of(person.organisation))
    return person


@action("person.changed", "hat die Angaben zu einer Person geändert")
def change_person(*, by: Actor, person: Person, **data: Any) -> Person:
    """A new last name keeps the old one as the former name, unless another is given."""
    require_manager(by, person.organisation_id)
    fresh = locked(person)
    old_name, old_former = fresh.last_name, fresh.former_name
    changed = change(fresh, data)
    if "last_name" in changed and fresh.former_name == old_former:
        fresh.former_name = old_name
    save_checked(fresh)
    record(fresh, organisation_id=log_of(fresh.organisation), fields=changed)
    return fresh


@action("person.left", "hat das Ausscheiden einer Person eingetragen")
def leave(*, by: Actor, person: Person, on: date) -> Person:
    """`on` is the last day. Roles, posts and deputies end with it; files are handed over before (OR-06)."""
    require_manager(by, person.organisation_id)
    fresh = locked(person)
    refuse_if(fresh.left_on is not None, "Das Ausscheiden ist schon eingetragen.", "on")
    open_ties = ", ".join(f"{tie.count} {tie.label}" for tie in ties_of(fresh))
    refuse_if(bool(open_ties), f"Bitte zuerst übergeben: {open_ties}.", "on")
    fresh.left_on = on
    save_checked(fresh)
    ended = sum(_end_all(rows, on) for rows in _held_by(fresh))
    record(fresh, organisation_id=log_of(fresh.organisation), fields=["left_on"], left_on=on, ended=ended)
    return fresh


def _held_by(person: Person) -> tuple[QuerySet, ...]:
    return (
        Membership.objects.filter(person=person),
        Deputy.objects.filter(Q(person=person) | Q(deputy=person)),
        PostShare.objects.filter(person=person),
    )


def _end_all(rows: QuerySet, on: date) -> int:
    """What runs ends that day, what would begin later never begins."""
    try:
        never, _kinds = rows.filter(valid_from__gt=on).delete()
    except ProtectedError as error:  # a programme already pays for a share that will not begin
        raise ValidationError({"on": FUNDED}) from error
    return never + rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)
