"""What holds in the agencies, as predicates; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection

from lotse.agency.enums import DocumentKind, Renewal
from lotse.agency.models import AgencyDocument, PlanChange
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation


def enters(actor: Actor) -> bool:
    """The room is for who works in an agency or oversees some; files of clients are never in it (IA-13)."""
    return bool(actor.agency_paths or actor.overseen_paths)


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
