"""What holds in the agencies, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection
from decimal import Decimal

from lotse.agency.enums import DocumentKind, DocumentState, Renewal
from lotse.agency.models import AgencyDocument, PlanChange, TaskGoal
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def enters(actor: Actor) -> bool:
    """The room is for who works in an agency or oversees some; files of clients are never in it (IA-13)."""
    return bool(actor.agency_paths or actor.overseen_paths)


def oversees(actor: Actor) -> bool:
    """How far all agencies are is shown to who oversees some (IA-13)."""
    return bool(actor.overseen_paths)


def works_in(actor: Actor, agency: Organisation) -> bool:
    """What an agency documents is written by who works in it (IA-13)."""
    return agency.path.startswith(tuple(actor.agency_paths))


def releases(actor: Actor, agency: Organisation) -> bool:
    """Only the coordination releases and transmits documents of an agency (IA-11)."""
    return agency.path.startswith(tuple(actor.released_paths))


def may_write(actor: Actor, document: AgencyDocument) -> bool:
    """A document is written in its agency, until it is handed in for review (IA-11)."""
    return document.is_writable and works_in(actor, document.agency)


def offers_support(actor: Actor, organisation: Organisation) -> bool:
    """Trainings, the handbook and answers to carriers come from the coordination (IA-14)."""
    return releases(actor, organisation)


def reviews(actor: Actor, document: AgencyDocument) -> bool:
    """What was handed in is commented on and returned by the coordination (IA-11)."""
    return document.state == DocumentState.READY and releases(actor, document.agency)


def may_release(actor: Actor, document: AgencyDocument) -> bool:
    """The coordination releases what was handed in, but nobody what she herself is responsible for (IA-11)."""
    return reviews(actor, document) and document.responsible_id != actor.person_id


def transmits(actor: Actor, document: AgencyDocument) -> bool:
    """What was released goes to the authority through the coordination (FU-03)."""
    return document.state == DocumentState.RELEASED and releases(actor, document.agency)


def hears_back(actor: Actor, document: AgencyDocument) -> bool:
    """What the authority answers is noted by the coordination, once it has the document (FU-03)."""
    return document.state == DocumentState.TRANSMITTED and releases(actor, document.agency)


def is_reached(goal: TaskGoal, achieved: Decimal) -> bool:
    """A goal is reached at its target or beyond it, upwards or downwards from where it began (IA-08)."""
    return achieved >= goal.target if goal.target >= goal.baseline else achieved <= goal.target


def may_note_change(actor: Actor, document: AgencyDocument) -> bool:
    """Once a plan is released, what changes in it is noted by its agency, after it was talked over with the coordination (IA-09)."""
    return document.kind == DocumentKind.TASK_PLAN and document.is_frozen and works_in(actor, document.agency)


def decides_change(actor: Actor, change: PlanChange) -> bool:
    """Whether a change of a plan is fundamental is decided once, and by the coordination only (IA-09)."""
    return change.fundamental is None and releases(actor, change.document.agency)


def tells_authority(actor: Actor, change: PlanChange) -> bool:
    """The authority is told of fundamental changes only, by the agency or the coordination (IA-09)."""
    agency = change.document.agency
    return change.must_tell and (works_in(actor, agency) or releases(actor, agency))


Reach = tuple[Collection[str], Collection[str]]


def renewal_for(before: Reach | None, now: Reach) -> Renewal:
    """An analysis goes on with the one before, unless it comes to a space or field that is new (IA-06). Reach: spaces, fields."""
    if before is None:
        return Renewal.NEW
    is_within = all(set(new) <= set(old) for old, new in zip(before, now, strict=True))
    return Renewal.UPDATE if is_within else Renewal.NEW


def is_special_field(special: str, fields: Collection[str]) -> bool:
    """One of the chosen fields is the special one (IA-04)."""
    return special in fields


def opens_names(actor: Actor, agency: Organisation) -> bool:
    """Lists with names are opened, with a reason, by who works in the agency or releases its documents (IA-12)."""
    return works_in(actor, agency) or releases(actor, agency)
