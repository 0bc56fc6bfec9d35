"""Whether one condition holds: yes, no, or not known. Where it holds for a time, until which day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from lotse.core.dates import years_later
from lotse.programmes.eligibility.known import Known, Span
from lotse.programmes.eligibility.ruleset import Condition, Ruleset


@dataclass(frozen=True)
class Verdict:
    holds: bool | None
    until: date | None = None


@dataclass(frozen=True)
class Matter:
    """What a condition is judged on."""

    known: Known
    day: date
    ruleset: Ruleset
    programme: str

    @property
    def status_class(self) -> str:
        """Who is counted as resettler is one; a permanent stay without the title's name is still permanent."""
        if self.known.is_resettler:
            return "resettler"
        named = self.ruleset.class_of(self.known.residence_status)
        return named or ("permanent" if self.known.permanent_since else "")


def judge(condition: Condition, matter: Matter) -> Verdict:
    return _KINDS[condition.kind](condition, matter)


def _age_from(condition: Condition, matter: Matter) -> Verdict:
    return Verdict(_has_reached(condition.years, matter.known.born, matter.day))


def _age_below(condition: Condition, matter: Matter) -> Verdict:
    born = matter.known.born
    reached = _has_reached(condition.years, born, matter.day)
    if reached is None or born is None:
        return Verdict(None)
    return Verdict(not reached, years_later(born.first, condition.years) - timedelta(days=1))


def _has_reached(years: int, born: Span | None, day: date) -> bool | None:
    if born is None:
        return None
    if years_later(born.last, years) <= day:
        return True
    return None if years_later(born.first, years) <= day else False


def _resettler(_condition: Condition, matter: Matter) -> Verdict:
    """A status of its own says so; Germans may have been resettlers, so for them it is asked."""
    if matter.known.is_resettler is not None:
        return Verdict(matter.known.is_resettler)
    named = matter.status_class
    return Verdict(None if named in ("", "german") else named == "resettler")


def _status(condition: Condition, matter: Matter) -> Verdict:
    named = matter.status_class
    is_open = not named or named in condition.unsure
    return Verdict(None if is_open else named in condition.classes)


def _window(condition: Condition, matter: Matter) -> Verdict:
    """The last day counts. Where the later of two days decides, the one that is known is enough for a yes."""
    known = matter.known
    start = known.entered
    if "status" in condition.starts and (permanent := Span.of(known.permanent_since)):
        start = permanent.latest(start)
    if start is None:
        return Verdict(None)
    if matter.day <= years_later(start.first, condition.years):
        return Verdict(True, years_later(start.first, condition.years))
    could_begin_later = "status" in condition.starts and known.permanent_since is None
    is_over = matter.day > years_later(start.last, condition.years)
    return Verdict(False if is_over and not could_begin_later else None)


def _flag(condition: Condition, matter: Matter) -> Verdict:
    return Verdict(getattr(matter.known, condition.field))


def _unasked(_condition: Condition, _matter: Matter) -> Verdict:
    """Nothing in Lotse says so; whoever advises knows."""
    return Verdict(None)


def _offer(condition: Condition, matter: Matter) -> Verdict:
    """How long the counselling has lasted; beyond the regular time a reason is needed, beyond the longest none helps."""
    offer = matter.known.offers.get(matter.programme)
    if offer is None:
        return Verdict(True)
    ends = [years_later(offer.since, condition.years), offer.prolonged_until]
    end = max(day for day in ends if day)
    if condition.at_most:
        longest = years_later(offer.since, condition.at_most)
        end = min(end, longest)
        if matter.day > longest:
            return Verdict(False)
    return Verdict(True, end) if matter.day <= end else Verdict(None)


_KINDS: dict[str, Callable[[Condition, Matter], Verdict]] = {
    "age_from": _age_from,
    "age_below": _age_below,
    "resettler": _resettler,
    "status": _status,
    "window": _window,
    "flag": _flag,
    "unasked": _unasked,
    "offer": _offer,
}
