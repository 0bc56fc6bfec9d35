"""Volunteers kept, their hours, and forgotten when they ask for it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES
from lotse.agency.actions.shared import own
from lotse.agency.models import Deployment, Measure, Volunteer
from lotse.agency.queries.agencies import carrier_of
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents import deletions
from lotse.documents.enums import DeletionReason
from lotse.organisations.actions.shared import revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

KIND = "volunteer"


@action("volunteer.added", "hat eine*n Ehrenamtliche*n aufgenommen")
def add_volunteer(*, by: Actor, agency: Organisation, **values: Any) -> Volunteer:
    require(rules.works_in(by, agency), WHO_WRITES)
    made = save_checked(Volunteer(organisation_id=carrier_of(agency), agency=agency, **values))
    record(made)
    return made


@action("volunteer.changed", "hat Angaben zu einer*einem Ehrenamtlichen geändert")
def change_volunteer(*, by: Actor, volunteer: Volunteer, revision: int | None = None, **values: Any) -> Volunteer:
    fresh = own(by, volunteer)
    fields = revise(fresh, values, revision)
    record(fresh, fields=fields)
    return fresh


@action("volunteer.deployed", "hat einen Einsatz eingetragen")
def add_deployment(
    *, by: Actor, volunteer: Volunteer, on: date, minutes: int, what: str = "", measure: Measure | None = None
) -> Deployment:
    fresh = own(by, volunteer)
    refuse_if(
        measure is not None and measure.agency_id != fresh.agency_id, "Diese Maßnahme ist von woanders.", "measure"
    )
    made = save_checked(
        Deployment(
            organisation_id=fresh.organisation_id, volunteer=fresh, measure=measure, on=on, minutes=minutes, what=what.strip()
        )
    )  # fmt: skip
    record(made, on=on, minutes=minutes)
    return made


@action("volunteer.deployment_struck", "hat einen Einsatz gestrichen")
def strike_deployment(*, by: Actor, deployment: Deployment) -> None:
    own(by, deployment.volunteer)
    record(deployment)
    deployment.delete()


@action("volunteer.forgotten", "hat die Angaben zu einer*einem Ehrenamtlichen gelöscht")
def forget_volunteer(*, by: Actor, volunteer: Volunteer) -> None:
    """Name and contact go, the hours stay counted."""
    fresh = own(by, volunteer)
    _blank(fresh, timezone.localdate())
    deletions.note(by=by, kind=KIND, obj=fresh, reason=DeletionReason.REQUESTED)
    record(fresh)


def _blank(volunteer: Volunteer, on: date) -> None:
    volunteer.name = volunteer.reached_by = volunteer.qualification = ""
    volunteer.ended_on = volunteer.ended_on or max(on, volunteer.since)
    volunteer.save()


def _blank_again(public_id: str, at: datetime) -> None:
    _blank(Volunteer.objects.get(public_id=public_id), at.date())


def _refs(organisation_id: int | None) -> Any:
    return Volunteer.objects.filter(organisation_id=organisation_id).values_list("public_id", flat=True)


DELETED = deletions.Kind(KIND, _refs, _blank_again)
