"""What the page "Heute" shows of casework: mine, and what I stand in for."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from lotse.casework.enums import Achievement
from lotse.casework.models import Client, CounsellingCase, FileAssignment, PlanStep
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor

AHEAD = timedelta(days=7)
QUIET_AFTER = timedelta(days=90)
EMERGENCIES_SHOWN = timedelta(days=14)
PERSON = ("client__public_id", "client__first_name", "client__last_name")


class Mine(NamedTuple):
    """Whose files are mine today, as plain values that a prepared statement takes."""

    holders: tuple[int, ...]
    organisation_id: int


def mine_of(actor: Actor) -> Mine:
    return Mine(tuple(sorted(actor.file_holder_ids)), actor.organisation_id)


def my_next_steps(actor: Actor, today: date) -> list[CounsellingCase]:
    """Open cases with a next step up to a week ahead, earliest first."""
    return _next_steps(mine_of(actor), today + AHEAD)


@prepared
def _next_steps(mine: Mine, until: date) -> QuerySet[CounsellingCase]:
    return _open_cases(mine).filter(next_step_on__lte=until).order_by("next_step_on", "id")[:20]


def my_quiet_cases(actor: Actor, today: date) -> list[CounsellingCase]:
    """Open cases without contact for three months and without a next step."""
    return _quiet_cases(mine_of(actor), today - QUIET_AFTER)


@prepared
def _quiet_cases(mine: Mine, since: date) -> QuerySet[CounsellingCase]:
    quiet = _open_cases(mine).filter(next_step_on=None, no_next_step_reason="", last_contact_on__lt=since)
    return quiet.order_by("last_contact_on", "id")[:10]


def _open_cases(mine: Mine) -> QuerySet[CounsellingCase]:
    cases = CounsellingCase.objects.filter(responsible_id__in=mine.holders, organisation_id=mine.organisation_id)
    shown = ("public_id", "organisation", "next_step_on", "next_step", "last_contact_on", *PERSON)
    return cases.filter(ended_on=None, client__restricted_on=None).select_related("client").only(*shown)


def my_due_steps(actor: Actor, today: date) -> list[PlanStep]:
    """Steps of plans in my own files that are due up to a week ahead."""
    return _due_steps(mine_of(actor), today + AHEAD)


@prepared
def _due_steps(mine: Mine, until: date) -> QuerySet[PlanStep]:
    clients = Client.objects.filter(
        responsible_id__in=mine.holders, organisation_id=mine.organisation_id, restricted_on=None
    )
    steps = PlanStep.objects.filter(client_id__in=clients.values("id"), goal__plan__case__ended_on=None)
    due = steps.filter(achieved=Achievement.IN_PROGRESS, due_on__lte=until).order_by("due_on", "id")
    return due.select_related("client").only("public_id", "organisation", "text", "due_on", *PERSON)[:20]


def emergencies_in_my_files(actor: Actor, today: date) -> list[FileAssignment]:
    """Who has opened a file of mine in an emergency in the last two weeks."""
    return _emergencies(mine_of(actor), actor.person_id, today - EMERGENCIES_SHOWN)


@prepared
def _emergencies(mine: Mine, person_id: int, since: date) -> QuerySet[FileAssignment]:
    house = FileAssignment.objects.filter(organisation_id=mine.organisation_id)
    recent = house.filter(opens_until__isnull=False, valid_from__gte=since)
    of_others = recent.filter(client__responsible_id__in=mine.holders).exclude(person_id=person_id)
    return of_others.select_related("client", "person")
