"""What can be read of casework, always for an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from lotse.casework.enums import Tier
from lotse.casework.models import (
    AppointmentNote,
    Client,
    Consent,
    Contact,
    ContactTopic,
    CounsellingCase,
    Enquiry,
    FileAssignment,
    HouseholdMember,
    PartA,
    PlanGoal,
    PlanStep,
    SupportPlan,
)
from lotse.casework.queries.lines import Line, client_list, search_clients
from lotse.casework.queries.opened import (
    Reader,
    current_case,
    current_first,
    current_plan,
    get_client,
    get_current_case,
    goals_are_due,
    reader_of,
    timeline,
)
from lotse.casework.queries.today import my_due_steps, my_next_steps, my_quiet_cases
from lotse.core.finding import found
from lotse.core.prepared import prepared
from lotse.core.search import fold, prefix_end
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

__all__ = [
    "Line",
    "client_list",
    "current_case",
    "current_plan",
    "get_client",
    "get_current_case",
    "goals_are_due",
    "my_due_steps",
    "my_next_steps",
    "my_quiet_cases",
    "search_clients",
    "timeline",
]

MANY_TOPICS = 3


def by_number(actor: Actor, number: int) -> Client | None:
    return Client.objects.visible_to(actor).filter(number=number).first()


@dataclass(frozen=True)
class Duplicates:
    """`open`: files the actor may see. `elsewhere`: somebody in the organisation is advised who may be the same person."""

    open: list[Client]
    elsewhere: bool


def likely_duplicates(actor: Actor, first_name: str, last_name: str, birth_date: date | None) -> Duplicates:
    """Same folded name in either order, or same birth date and a name that begins alike; never across organisations."""
    straight, swapped = fold(f"{last_name} {first_name}"), fold(f"{first_name} {last_name}")
    if len(straight) < 3:
        return Duplicates([], False)
    same_name = Q(name_key__in=[straight, swapped])
    beginning = fold(last_name)[:3]
    if birth_date and beginning:
        alike = Q(name_key__gte=beginning, name_key__lt=prefix_end(beginning)) | Q(given_key__startswith=beginning)
        same_name |= Q(birth_date=birth_date) & alike
    candidates = Client.objects.filter(same_name, organisation_id=actor.organisation_id, merged_into=None)
    visible = list(candidates.filter(pk__in=Client.objects.visible_to(actor).values("pk"))[:5])
    hidden = candidates.exclude(pk__in=Client.objects.visible_to(actor).values("pk")).exists()
    return Duplicates(visible, hidden)


def plan_of(client: Client, version: int = 0) -> SupportPlan | None:
    """The newest plan of the current case, or the version asked for, with goals, steps and dated statuses, four statements."""
    plans = newest_plans(client).select_related("client__site", "client__responsible", "case__programme")
    steps = PlanStep.objects.order_by("position", "id")
    goals = PlanGoal.objects.order_by("position", "id").prefetch_related(Prefetch("steps", steps))
    chosen = plans.filter(version=version) if version else plans
    return chosen.prefetch_related(Prefetch("goals", goals), "statuses").first()


def get_step(actor: Actor, public_id: str) -> PlanStep:
    return found(PlanStep.objects.visible_to(actor, one=True).select_related("goal__plan__client"), public_id)


def get_goal(actor: Actor, public_id: str) -> PlanGoal:
    return found(PlanGoal.objects.visible_to(actor, one=True).select_related("plan__client"), public_id)


def get_member(actor: Actor, public_id: str) -> HouseholdMember:
    return found(HouseholdMember.objects.visible_to(actor, one=True).select_related("client__site"), public_id)


def get_contact(actor: Actor, public_id: str) -> Contact:
    return found(Contact.objects.visible_to(actor, one=True).select_related("client", "case__programme"), public_id)


def get_consent(actor: Actor, public_id: str) -> Consent:
    return found(Consent.objects.visible_to(actor, one=True).select_related("client"), public_id)


def get_appointment(actor: Actor, public_id: str) -> AppointmentNote:
    return found(AppointmentNote.objects.visible_to(actor), public_id)


def newest_plans(client: Client) -> QuerySet[SupportPlan]:
    """Plans of the current case, the newest first; finding the case costs no statement of its own."""
    return SupportPlan.objects.filter(case=Subquery(current_first(client.pk, reader_of(client)).values("pk")[:1]))


def cases_of(client: Client) -> list[CounsellingCase]:
    """All cases, the current one first."""
    cases = _cases(client.pk, reader_of(client))
    for case in cases:
        case.client = client
    return cases


@prepared
def _cases(client_id: int, reader: Reader) -> QuerySet[CounsellingCase]:
    return current_first(client_id, reader).select_related("programme", "responsible")


def get_case_of(client: Client, public_id: str) -> CounsellingCase:
    return found(client.cases.select_related("programme"), public_id)


def current_part_a(case: CounsellingCase, version: int = 0) -> PartA | None:
    """The newest version, or the one asked for."""
    return (case.parts_a.filter(version=version) if version else case.parts_a).first()


def my_appointments(actor: Actor, limit: int = 10) -> list[AppointmentNote]:
    since = timezone.now() - timedelta(hours=12)
    notes = AppointmentNote.objects.visible_to(actor).select_related("site")
    return list(notes.filter(takes_place_at__gte=since)[:limit])


def expired_appointments_exist(today: date) -> bool:
    return AppointmentNote.objects.filter(delete_after__lt=today).exists()


def tier_suggestion(case: CounsellingCase) -> str:
    """Orientation in one sentence where the conversations point to the other kind (CL-06); empty where they do not."""
    topics = ContactTopic.objects.filter(contact__case=case).values("topic").distinct().count()
    if case.tier == Tier.BASIC_COUNSELLING and topics >= MANY_TOPICS:
        return f"Vorschlag: Ausführliche Fallsteuerung, denn es geht um {topics} Themen. Sie entscheiden."
    return ""


def waiting_assignments(actor: Actor) -> list[FileAssignment]:
    """What waits for this second person; the file itself stays closed to her: no name is shown."""
    kinds = [
        is_emergency
        for permission, is_emergency in ((Permission.CONFIRM_FILE_ACCESS, False), (Permission.ALLOW_EMERGENCY, True))
        if actor.may(permission)
    ]
    if not kinds:
        return []
    waiting = FileAssignment.objects.filter(organisation_id=actor.organisation_id, confirmed_at=None)
    waiting = waiting.filter(is_emergency__in=kinds).exclude(is_emergency=True, valid_to__lt=timezone.localdate())
    return list(
        waiting.exclude(granted_by_id=actor.person_id)
        .exclude(person_id=actor.person_id)
        .select_related("person__user", "granted_by")
    )


def my_enquiries(actor: Actor, limit: int = 25) -> Iterable[Enquiry]:
    return (
        Enquiry.objects.visible_to(actor)
        .select_related("programme", "site", "referred_to")
        .order_by("-on", "-id")[:limit]
    )
