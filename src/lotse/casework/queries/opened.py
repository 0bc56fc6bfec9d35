"""What the pages of one file show, read by statements that are written once."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple, TypedDict

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.http import Http404

from lotse.casework import rules
from lotse.casework.enums import Tier
from lotse.casework.models import Client, Contact, ContactTopic, CounsellingCase, PlanGoal, SupportPlan, TierChange
from lotse.casework.models.scope import Sight, sight_of_one
from lotse.core.prepared import prepared
from lotse.organisations.actor import Actor

# The head of a file: the person with all her own fields, of the others only what names them.
NAME_OF_COLLEAGUE = ("first_name", "last_name")
HEAD = (
    *(f.name for f in Client._meta.concrete_fields),
    "site__name",
    *(f"responsible__{n}" for n in NAME_OF_COLLEAGUE),
)
LATEST = 20  # contacts


class Reader(NamedTuple):
    """Who reads the file, and the case she has chosen, as plain values that a prepared statement takes."""

    person_id: int = 0
    wanted: str = ""


def reader_of(client: Client) -> Reader:
    return Reader(client.read_by, client.case_wanted)


def get_client(actor: Actor, public_id: str) -> Client:
    """The whole file head; of site and colleague only the names."""
    found = _client(sight_of_one(actor), public_id)
    if not found:
        raise Http404
    return found[0]


@prepared
def _client(sight: Sight, public_id: str) -> QuerySet[Client]:
    files = Client.objects.in_sight(sight).select_related("site", "responsible").only(*HEAD)
    return files.filter(public_id=public_id).order_by()


def current_case(client: Client) -> CounsellingCase | None:
    """The open case, else the last one."""
    for case in _current_case(client.pk, reader_of(client)):
        case.client = client
        return case
    return None


@prepared
def _current_case(client_id: int, reader: Reader) -> QuerySet[CounsellingCase]:
    return current_first(client_id, reader).select_related("programme")[:1]


def get_current_case(actor: Actor, public_id: str, wanted: str = "") -> CounsellingCase:
    """The same for the file of this id, with its client, by one statement."""
    for case in _case_of_file(sight_of_one(actor), public_id, Reader(actor.person_id, wanted)):
        return case
    raise Http404


@prepared
def _case_of_file(sight: Sight, public_id: str, reader: Reader) -> QuerySet[CounsellingCase]:
    cases = CounsellingCase.objects.in_sight(sight).filter(client__public_id=public_id)
    return _in_order(cases.select_related("programme", "client__site", "client__responsible"), reader)[:1]


def current_first(client_id: int, reader: Reader) -> QuerySet[CounsellingCase]:
    return _in_order(CounsellingCase.objects.filter(client_id=client_id), reader)


def _in_order(cases: QuerySet[CounsellingCase], reader: Reader) -> QuerySet[CounsellingCase]:
    """The one that was chosen, else her own of two services, else the open one, else the last one."""
    chosen = When(public_id=reader.wanted, then=0)
    own = When(responsible_id=reader.person_id, ended_on=None, then=1)
    return cases.order_by(Case(chosen, own, default=2), F("ended_on").desc(nulls_first=True), "-id")


def current_plan(case: CounsellingCase) -> SupportPlan | None:
    """Its state, and whether it `has_goal`; the plan with all its goals is `plan_of`."""
    return next(iter(_current_plan(case.pk)), None)


@prepared
def _current_plan(case_id: int) -> QuerySet[SupportPlan]:
    goals = PlanGoal.objects.filter(plan=OuterRef("pk"))
    return SupportPlan.objects.filter(case_id=case_id).only("state").annotate(has_goal=Exists(goals))[:1]


def goals_are_due(case: CounsellingCase, plan: SupportPlan | None, today: date) -> bool:
    """In case management for a while, and the current plan still without a goal."""
    if not rules.part_b_is_expected(case.tier) or not case.is_open or (plan and plan.has_goal):
        return False
    since = next(iter(_managed_since(case.pk)), None)
    return rules.goals_are_due(since, today, settings.GOAL_WITHIN_DAYS)


@prepared
def _managed_since(case_id: int) -> QuerySet[TierChange, date]:
    changes = TierChange.objects.filter(case_id=case_id, tier=Tier.CASE_MANAGEMENT)
    return changes.order_by("-since", "-id").values_list("since", flat=True)[:1]


class Talk(TypedDict):
    """A contact as the file shows it. Templates read a dictionary in half the time they need for an object."""

    public_id: str
    case_id: int
    on: date
    minutes: int | None
    by: str
    topics: list[str]
    note: str


def timeline(client: Client) -> list[Talk]:
    """The last ones."""
    rows = _contacts(client.pk)
    topics: dict[int, list[str]] = defaultdict(list)
    for contact_id, topic in _topics(tuple(row[0] for row in rows)):
        topics[contact_id].append(topic)
    note: Any = Contact._meta.get_field("note")
    return [
        Talk(
            public_id=public_id, case_id=case_id, on=on, minutes=minutes, by=f"{first_name} {last_name}", topics=topics[pk],
            note=note.opened(sealed, public_id),
        )
        for pk, public_id, case_id, on, minutes, sealed, first_name, last_name in rows
    ]  # fmt: skip


@prepared
def _contacts(client_id: int) -> QuerySet[Contact, Any]:
    latest = Contact.objects.filter(client_id=client_id).order_by("-on", "-id")
    names = (f"counsellor__{name}" for name in NAME_OF_COLLEAGUE)
    return latest.values_list("id", "public_id", "case_id", "on", "minutes", "note", *names)[:LATEST]


@prepared
def _topics(contact_ids: tuple[int, ...]) -> QuerySet[ContactTopic, Any]:
    return ContactTopic.objects.filter(contact__in=contact_ids).order_by("id").values_list("contact_id", "topic")
