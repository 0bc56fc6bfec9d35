"""What holds for programmes; each docstring is the rule in one sentence, with its id."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, PostShare
from lotse.programmes.models import Grant, PostFunding


def highest_paid(fundings: Iterable[PostFunding], begin: date, end: date | None) -> Decimal:
    """The largest part of a share that programmes pay together on any day of the period (PR-01)."""
    known = [
        f for f in fundings if (end is None or f.valid_from <= end) and (f.valid_to is None or f.valid_to >= begin)
    ]
    days = {begin, *(f.valid_from for f in known if f.valid_from > begin)}
    return max(sum((f.fte for f in known if f.is_valid_on(day)), Decimal(0)) for day in days)


def lies_within(share: PostShare, begin: date, end: date | None) -> bool:
    """A programme pays for a share only while somebody fills it (PR-01)."""
    starts_in_time = share.valid_from <= begin
    return starts_in_time and (share.valid_to is None or (end is not None and end <= share.valid_to))


def enters_deadlines(actor: Actor) -> bool:
    """Deadlines are there for who works in an agency or oversees some (FU-04)."""
    return bool(actor.agency_paths or actor.overseen_paths)


def coordinates(actor: Actor, organisation: Organisation) -> bool:
    """Only who releases for a branch checks and sends to the authority what is owed there, and sets the deadlines (FU-03)."""
    return organisation.path.startswith(tuple(actor.released_paths))


def hands_in(actor: Actor, bearer: Organisation) -> bool:
    """What is owed is handed in by who owes it: her agency, or her own house; the coordination notes what came on paper (FU-04)."""
    is_own = bearer.path.startswith(tuple(actor.agency_paths)) or bearer.path in actor.overseen_paths
    return is_own or coordinates(actor, bearer)


def is_owed(grant: Grant, funding_year: int, due_year: int) -> bool:
    """Owed is what a grant's own years ask for, and what falls due while it runs, as the next application (FU-04)."""
    return grant.first_year <= funding_year and (funding_year <= grant.last_year or due_year <= grant.last_year)


def is_done_in_time(done_on: date | None, due: date) -> bool:
    """In time is what was done on the day itself at the latest; days are never moved (FU-04)."""
    return done_on is not None and done_on <= due
