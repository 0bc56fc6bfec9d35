"""What a deputy sees, and what would go with a caseload."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.amounts import amount
from lotse.casework.enums import Achievement, HandoverState
from lotse.casework.models import Absence, CaseloadTransfer, Client, CounsellingCase, Handover, PlanStep
from lotse.casework.queries.notes import number_to_pass_on
from lotse.core.finding import found
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Person
from lotse.organisations.roles import COUNSELLING_ROLES

AHEAD = timedelta(days=7)


def standing_in(actor: Actor, today: date) -> list[Absence]:
    """For whom she stands in today; nothing for who does not counsel."""
    if not actor.may(Permission.COUNSEL):
        return []
    mine = _stood_in_by(actor.person_id, actor.organisation_id, today)
    return [absence for absence in mine if rules.stands_in_now(absence, today)]


@prepared
def _stood_in_by(person_id: int, organisation_id: int, today: date) -> QuerySet[Absence]:
    mine = Absence.objects.filter(deputy_id=person_id, organisation_id=organisation_id, last_on__gte=today)
    return mine.select_related("person")


def steps_of_absent(absence: Absence, today: date) -> list[CounsellingCase]:
    """Next steps up to a week ahead: who, what and when, and nothing else of the file."""
    cases = CounsellingCase.objects.filter(responsible_id=absence.person_id, ended_on=None, client__frozen_on=None)
    due = cases.filter(next_step_on__lte=today + AHEAD, client__restricted_on=None).select_related("client")
    return list(
        due.only("public_id", "organisation", "next_step_on", "next_step", *NAMED).order_by("next_step_on", "id")[:50]
    )


NAMED = ("client__public_id", "client__organisation", "client__first_name", "client__last_name", "client__number")


def absences(actor: Actor, today: date) -> list[Absence]:
    """Running and coming ones that the actor may know of."""
    rows = Absence.objects.visible_to(actor).filter(last_on__gte=today).select_related("person", "deputy")
    return list(rows.order_by("first_on", "pk"))


def get_absence(actor: Actor, public_id: str) -> Absence:
    return found(Absence.objects.visible_to(actor).select_related("person", "deputy"), public_id)


def counselling_people(actor: Actor) -> dict[str, Person]:
    """By public id: who counsels in the house today."""
    today = timezone.localdate()
    roles = Membership.objects.in_force(today).filter(role__in=COUNSELLING_ROLES).values("person_id")
    people = Person.objects.filter(organisation_id=actor.organisation_id, pk__in=roles).at_work_on(today)
    return {person.public_id: person for person in people}


def caseloads(actor: Actor) -> list[Person]:
    """Whose files and coming appointments without a file the actor may pass on: her own, and those at sites that she leads.

    With `files` and `notes`, how many.
    """
    open_to_her = Client.objects.visible_to(actor).filter(
        Q(responsible_id__in=actor.file_holder_ids) | Q(site_id__in=actor.reviewed_site_ids)
    )
    number = open_to_her.order_by().filter(responsible=OuterRef("pk")).values("responsible").annotate(n=Count("pk"))
    people = Person.objects.filter(organisation_id=actor.organisation_id).annotate(
        files=Coalesce(Subquery(number.values("n")), 0), notes=number_to_pass_on(actor)
    )
    return list(people.filter(Q(files__gt=0) | Q(notes__gt=0)).order_by("last_name", "first_name", "id"))


def files_to_pass_on(actor: Actor, person: Person) -> list[Client]:
    """Open ones first; what is offered already stays where it is."""
    offered = Handover.objects.filter(client=OuterRef("pk"), state=HandoverState.OFFERED)
    is_open = CounsellingCase.objects.filter(client=OuterRef("pk"), ended_on=None)
    files = (
        Client.objects.visible_to(actor)
        .filter(responsible=person)
        .annotate(is_offered=Exists(offered), is_active=Exists(is_open))
    )
    return list(files.order_by("-is_active", "name_key", "id"))


@dataclass(frozen=True)
class Preview:
    files: int
    open_cases: int
    next_steps: int
    plan_steps: int
    notes: int

    @property
    def amount(self) -> str:
        return amount(self.files, self.notes)


def preview(clients: Collection[Client], notes: int = 0) -> Preview:
    """What goes along, in numbers."""
    cases = CounsellingCase.objects.filter(client__in=clients, ended_on=None)
    steps = PlanStep.objects.filter(
        client__in=clients, goal__plan__case__ended_on=None, achieved=Achievement.IN_PROGRESS
    )
    numbers = cases.aggregate(all=Count("pk"), next=Count("pk", filter=Q(next_step_on__isnull=False)))
    return Preview(len(clients), numbers["all"], numbers["next"], steps.count(), notes)


def get_transfer(actor: Actor, public_id: str) -> CaseloadTransfer:
    rows = CaseloadTransfer.objects.visible_to(actor).select_related("from_person", "to_person", "offered_by")
    return found(rows, public_id)


def waiting_transfers(actor: Actor) -> list[CaseloadTransfer]:
    waiting = CaseloadTransfer.objects.waiting_for(actor).select_related("from_person", "to_person")
    return _counted(waiting)


def recent_transfers(actor: Actor) -> list[CaseloadTransfer]:
    rows = CaseloadTransfer.objects.visible_to(actor).select_related("from_person", "to_person")
    return _counted(rows[:10])


def _counted(rows: QuerySet[CaseloadTransfer]) -> list[CaseloadTransfer]:
    """With `amount`: how much goes along, in words."""
    numbered = rows.annotate(files=Count("handovers", distinct=True), number=Count("notes", distinct=True))
    counted = list(numbered)
    for row in counted:
        row.amount = amount(row.files, row.number)
    return counted


def reviewers(actor: Actor) -> list[Person]:
    """Who may review files here: herself first, then who counsels."""
    others = [person for person in counselling_people(actor).values() if person.pk != actor.person_id]
    return [*Person.objects.filter(pk=actor.person_id), *others]
