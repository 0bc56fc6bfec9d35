"""What happened to one invented person, day by day: told once, then written in bulk or replayed through the actions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lotse.casework.enums import Achievement, CaseState, PlanStatusValue, Tier, Who
from lotse.organisations.models import Person, Site
from lotse.programmes.models import Programme

TEXT_VERSION = "client_text 2026-11"
HANDED_OUT_IN = "de"


@dataclass(slots=True)
class Step:
    text: str
    who: Who
    due_on: date
    achieved: Achievement = Achievement.IN_PROGRESS
    achieved_on: date | None = None


@dataclass(slots=True)
class Goal:
    area: str
    goal: str
    steps: list[Step]


@dataclass(slots=True)
class Plan:
    """Begun on a day, agreed, handed out and signed on another."""

    drafted_on: date
    signed_on: date
    goals: list[Goal]
    statuses: list[tuple[date, PlanStatusValue]]


@dataclass(slots=True)
class Meeting:
    on: date
    minutes: int | None
    channel: str
    note: str
    topics: list[str]


@dataclass(slots=True)
class End:
    state: CaseState
    on: date
    reason: str
    evaluated_on: date | None = None
    checked_on: date | None = None


@dataclass(slots=True)
class Story:
    """`fate`: given, refused, withdrawn or open (not yet decided). Everything else follows from what the person allows."""

    site: Site
    counsellor: Person
    programme: Programme
    start: date
    fate: str
    first_name: str
    last_name: str
    language: str
    person: dict[str, Any]
    route: str
    channel: str
    withdrawn_on: date | None = None
    moved_on: date | None = None
    new_address: str = ""
    members: list[tuple[str, date]] = field(default_factory=list)
    tiers: list[tuple[Tier, date]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    levels: list[tuple[str, date]] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    plan: Plan | None = None
    next_step_on: date | None = None
    end: End | None = None

    @property
    def works(self) -> bool:
        """There is, or was, a consent to work with."""
        return self.fate in ("given", "withdrawn")

    @property
    def lacks_plan_reason(self) -> bool:
        """A case closes only with a plan or with the reason why there is none (CL-05)."""
        return self.end is not None and self.end.state == CaseState.CLOSED and self.plan is None


@dataclass(slots=True)
class Question:
    """A one-off enquiry."""

    site: Site
    programme: Programme
    counsellor: Person
    on: date
    channel: str
    outcome: str
    topic: str


CONCERN = "Braucht Unterstützung mit Behörden und Deutschkurs."
NEXT_STEP = "Rückmeldung besprechen"
EVALUATION = "Gemeinsam ausgewertet."
SUSTAINABILITY = "Trägt."
NO_PLAN = "no_need"
ENVIRONMENT = ["family"]
SERVICES = ["jobcentre"]
ROUTE_OF_QUESTION = "own_initiative"
