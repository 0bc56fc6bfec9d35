"""What can be read of casework, always for an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.enums import Achievement, Tier
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
from lotse.casework.models.client import years_later
from lotse.casework.queries.finding import found
from lotse.core.search import fold, prefix_end
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

QUIET_AFTER_DAYS = 90
# What a line of a list shows; nothing sealed is opened for it.
LINE = (
    "public_id",
    "number",
    "first_name",
    "last_name",
    "name_key",
    "birth_date",
    "recording_on",
    "restricted_on",
    "site__name",
)
PERSON = ("client__public_id", "client__first_name", "client__last_name")
# The head of a file: the person with all her own fields, of the others only what names them.
NAME_OF_COLLEAGUE = ("first_name", "last_name")
HEAD = (
    *(f.name for f in Client._meta.concrete_fields),
    "site__name",
    *(f"responsible__{n}" for n in NAME_OF_COLLEAGUE),
)
MANY_TOPICS = 3


def client_list(actor: Actor) -> QuerySet[Client]:
    """The lines of the list, not whole files."""
    return Client.objects.visible_to(actor).select_related("site").only(*LINE).order_by("name_key", "id")


def search_clients(actor: Actor, text: str, limit: int = 25) -> list[Client]:
    """People whose name begins with the words, in either order; a number finds the file number."""
    key = fold(text)
    if not key:
        return []
    files = client_list(actor)
    if key.isdigit():
        return list(files.filter(number=int(key))[:limit])
    end = prefix_end(key)
    by_name = list(files.filter(name_key__gte=key, name_key__lt=end)[:limit])
    if len(by_name) == limit:
        return by_name
    by_given = files.filter(given_key__gte=key, given_key__lt=end).order_by("given_key", "id")[:limit]
    return list(dict.fromkeys([*by_name, *by_given]))[:limit]


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
    candidates = Client.objects.filter(same_name, organisation_id=actor.organisation_id)
    visible = list(candidates.filter(pk__in=Client.objects.visible_to(actor).values("pk"))[:5])
    hidden = candidates.exclude(pk__in=Client.objects.visible_to(actor).values("pk")).exists()
    return Duplicates(visible, hidden)


def get_client(actor: Actor, public_id: str) -> Client:
    """The whole file head; of site and colleague only the names."""
    files = Client.objects.visible_to(actor).select_related("site", "responsible").only(*HEAD)
    return found(files, public_id)


def get_case(actor: Actor, public_id: str) -> CounsellingCase:
    cases = CounsellingCase.objects.visible_to(actor)
    return found(cases.select_related("client__site", "client__responsible", "programme", "referred_to"), public_id)


def plan_of(client: Client, version: int = 0) -> SupportPlan | None:
    """The newest plan of the current case, or the version asked for, with goals, steps and dated statuses, four statements."""
    plans = newest_plans(client).select_related("client__site", "client__responsible", "case__programme")
    steps = PlanStep.objects.order_by("position", "id")
    goals = PlanGoal.objects.order_by("position", "id").prefetch_related(Prefetch("steps", steps))
    chosen = plans.filter(version=version) if version else plans
    return chosen.prefetch_related(Prefetch("goals", goals), "statuses").first()


def get_step(actor: Actor, public_id: str) -> PlanStep:
    return found(PlanStep.objects.visible_to(actor).select_related("goal__plan__client"), public_id)


def get_goal(actor: Actor, public_id: str) -> PlanGoal:
    return found(PlanGoal.objects.visible_to(actor).select_related("plan__client"), public_id)


def get_member(actor: Actor, public_id: str) -> HouseholdMember:
    return found(HouseholdMember.objects.visible_to(actor).select_related("client"), public_id)


def get_contact(actor: Actor, public_id: str) -> Contact:
    return found(Contact.objects.visible_to(actor).select_related("client", "case__programme"), public_id)


def get_consent(actor: Actor, public_id: str) -> Consent:
    return found(Consent.objects.visible_to(actor).select_related("client"), public_id)


def get_appointment(actor: Actor, public_id: str) -> AppointmentNote:
    return found(AppointmentNote.objects.visible_to(actor), public_id)


def current_case(client: Client) -> CounsellingCase | None:
    """The open case, else the last one."""
    return _current_first(client).select_related("programme").first()


def newest_plans(client: Client) -> QuerySet[SupportPlan]:
    """Plans of the current case, the newest first; finding the case costs no statement of its own."""
    return SupportPlan.objects.filter(case=Subquery(_current_first(client).values("pk")[:1]))


def _current_first(client: Client) -> QuerySet[CounsellingCase]:
    return client.cases.order_by(F("ended_on").desc(nulls_first=True), "-id")


def current_part_a(case: CounsellingCase, version: int = 0) -> PartA | None:
    """The newest version, or the one asked for."""
    return (case.parts_a.filter(version=version) if version else case.parts_a).first()


def current_plan(case: CounsellingCase) -> SupportPlan | None:
    """Its state, and whether it `has_goal`; the plan with all its goals is `plan_of`."""
    goals = PlanGoal.objects.filter(plan=OuterRef("pk"))
    return case.plans.only("state").annotate(has_goal=Exists(goals)).first()


def goals_are_due(case: CounsellingCase, plan: SupportPlan | None, today: date) -> bool:
    """In case management for a while, and the current plan still without a goal."""
    if case.tier != Tier.CASE_MANAGEMENT or not case.is_open or (plan and plan.has_goal):
        return False
    since = case.tier_changes.filter(tier=Tier.CASE_MANAGEMENT).values_list("since", flat=True).last()
    return rules.goals_are_due(since, today, settings.GOAL_WITHIN_DAYS)


def timeline(client: Client, limit: int = 20) -> list[Contact]:
    contacts = client.contacts.select_related("counsellor").prefetch_related("topics")
    shown = contacts.only(
        "public_id",
        "organisation",
        "client",
        "case",
        "on",
        "minutes",
        "note",
        *(f"counsellor__{n}" for n in NAME_OF_COLLEAGUE),
    )
    return list(shown.order_by("-on", "-id")[:limit])


def my_next_steps(actor: Actor, today: date, limit: int = 20) -> list[CounsellingCase]:
    """Open cases with a next step up to a week ahead, earliest first."""
    mine = _my_open_cases(actor).filter(next_step_on__lte=today + timedelta(days=7))
    return list(mine.order_by("next_step_on", "id")[:limit])


def my_quiet_cases(actor: Actor, today: date, limit: int = 10) -> list[CounsellingCase]:
    """Open cases without contact for three months and without a next step."""
    since = today - timedelta(days=QUIET_AFTER_DAYS)
    quiet = _my_open_cases(actor).filter(next_step_on=None, no_next_step_reason="", last_contact_on__lt=since)
    return list(quiet.order_by("last_contact_on", "id")[:limit])


def my_due_steps(actor: Actor, today: date, limit: int = 20) -> list[PlanStep]:
    """Steps of plans in my own files that are due up to a week ahead."""
    mine = Client.objects.filter(responsible_id__in=actor.file_holder_ids, organisation_id=actor.organisation_id)
    steps = PlanStep.objects.filter(client_id__in=mine.values("id"), goal__plan__case__ended_on=None).filter(
        achieved=Achievement.IN_PROGRESS, due_on__lte=today + timedelta(days=7)
    )
    shown = steps.select_related("client").only("public_id", "organisation", "text", "due_on", *PERSON)
    return list(shown.order_by("due_on", "id")[:limit])


def my_appointments(actor: Actor, limit: int = 10) -> list[AppointmentNote]:
    since = timezone.now() - timedelta(hours=12)
    notes = AppointmentNote.objects.visible_to(actor).select_related("site")
    return list(notes.filter(takes_place_at__gte=since)[:limit])


def expired_appointments_exist(today: date) -> bool:
    return AppointmentNote.objects.filter(delete_after__lt=today).exists()


def _my_open_cases(actor: Actor) -> QuerySet[CounsellingCase]:
    mine = CounsellingCase.objects.filter(
        responsible_id__in=actor.file_holder_ids, organisation_id=actor.organisation_id
    )
    open_ones = mine.filter(ended_on=None).select_related("client")
    return open_ones.only("public_id", "organisation", "next_step_on", "next_step", "last_contact_on", *PERSON)


def tier_suggestion(case: CounsellingCase) -> str:
    """Orientation in one sentence where the conversations point to the other kind (CL-06); empty where they do not."""
    topics = ContactTopic.objects.filter(contact__case=case).values("topic").distinct().count()
    if case.tier == Tier.BASIC_COUNSELLING and topics >= MANY_TOPICS:
        return f"Vorschlag: Ausführliche Fallsteuerung, denn es geht um {topics} Themen. Sie entscheiden."
    return ""


def waiting_assignments(actor: Actor) -> list[FileAssignment]:
    """What waits for this second person; the file itself stays closed to her: no name is shown."""
    if not actor.may(Permission.CONFIRM_FILE_ACCESS):
        return []
    waiting = FileAssignment.objects.filter(organisation_id=actor.organisation_id, confirmed_at=None)
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


@dataclass(frozen=True)
class Clock:
    """One of the three clocks of D-03, ready to be shown."""

    title: str
    ends_on: date | None
    is_over: bool
    explanation: str


def clocks(case: CounsellingCase, today: date) -> list[Clock]:
    """Eligibility window, longest duration of the offer, and the aim that outside support recedes (D-03)."""
    client, years = case.client, case.programme.max_years
    start = max((d for d in (client.entered_germany_on, client.permanent_status_on) if d), default=None)
    if client.is_resettler:
        start = client.entered_germany_on
    window_end = years_later(start, 3) if start else None
    offer_end = case.extended_until or (years_later(case.first_contact_on, years) if years else None)
    aim = years_later(client.entered_germany_on, 3) if client.entered_germany_on else None
    return [
        Clock(
            "Zugang",
            window_end,
            rules.window_is_over(client, today),
            "drei Jahre nach Einreise oder dauerhaftem Aufenthalt",
        ),
        Clock("Beratung", offer_end, rules.offer_is_over(case, today, years), "längste Dauer des Angebots"),
        Clock("Ziel", aim, bool(aim and today > aim), "danach sollen Regeldienste genügen"),
    ]
