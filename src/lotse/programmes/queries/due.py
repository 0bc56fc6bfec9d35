"""What the rules of a grant ask for: by whom, for which year, on which days. Beside it what was made of it, and where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lotse.core.dates import months_later
from lotse.organisations.models import Organisation
from lotse.programmes import rules
from lotse.programmes.enums import Bearer, ObligationState
from lotse.programmes.models import DeadlineRule, Grant, Obligation
from lotse.programmes.models.deadlines import Days

AHEAD = 18  # months
NOT_ASKED = "Die Fristregel fragt nicht mehr danach."
Key = tuple[int, str, int]


@dataclass(frozen=True)
class Due:
    bearer: Organisation
    carrier_id: int
    rule: DeadlineRule
    funding_year: int
    days: Days

    @property
    def key(self) -> Key:
        return self.bearer.pk, self.rule.document, self.funding_year


@dataclass(frozen=True)
class Deviation:
    """A deadline whose rules say something else by now; without `due` nobody asks for it any more. One that was dropped for
    that comes back when somebody asks again."""

    obligation: Obligation
    due: Due | None


def due_until(grant: Grant, last: date) -> dict[Key, Due]:
    """Everything that falls due up to a day. What another grant of the programme is for is left to that one."""
    taken = _years_of_others(grant)
    agencies = list(grant.agencies.select_related("agency", "organisation"))
    found: dict[Key, Due] = {}
    for rule in grant.deadline_rules.all():
        for year in range(rule.valid_from.year, last.year + 1):
            funding_year = year - rule.offset_years
            asks = rule.falls_due_in(year) and rules.is_owed(grant, funding_year, year) and funding_year not in taken
            if asks and (days := rule.days_in(year)).internal <= last:
                for bearer, carrier_id in _bearers(grant, rule, agencies, days.internal):
                    due = Due(bearer, carrier_id, rule, funding_year, days)
                    found[due.key] = due
    return found


def _years_of_others(grant: Grant) -> set[int]:
    others = Grant.objects.filter(organisation=grant.organisation, programme=grant.programme).exclude(pk=grant.pk)
    return {year for other in others for year in other.years} - set(grant.years)


def _bearers(grant: Grant, rule: DeadlineRule, agencies: Iterable, day: date) -> Iterator[tuple[Organisation, int]]:
    """Agencies that exist on the day; their carriers, each once; or who receives the grant."""
    there = [row for row in agencies if _exists(row.agency, day)]
    if rule.bearer == Bearer.AGENCY:
        yield from ((row.agency, row.organisation_id) for row in there)
    elif rule.bearer == Bearer.CARRIER:
        yield from {row.organisation_id: (row.organisation, row.organisation_id) for row in there}.values()
    else:
        yield grant.organisation, grant.organisation_id


def _exists(agency: Organisation, day: date) -> bool:
    has_begun = agency.valid_from is None or agency.valid_from <= day
    return has_begun and (agency.valid_to is None or day <= agency.valid_to)


def missing(grant: Grant, today: date) -> list[Due]:
    """What falls due within the next months and was not made yet."""
    wanted = due_until(grant, months_later(today, AHEAD))
    rows = Obligation.objects.filter(bearer__in={key[0] for key in wanted}).order_by()
    known = set(rows.values_list("bearer_id", "document", "funding_year"))
    return [due for key, due in wanted.items() if key not in known]


def deviations(grant: Grant, today: date) -> list[Deviation]:
    """Those of this grant that the rules ask for on other days, not any more, or again."""
    wanted = due_until(grant, months_later(today, 2 * AHEAD))  # a day may have moved beyond what is made ahead
    rows = _movable(grant).select_related("bearer", "rule")
    pairs = [(row, wanted.get((row.bearer_id, row.document, row.funding_year))) for row in rows]
    return [Deviation(row, due) for row, due in pairs if _differs(row, due, today)]


def _movable(grant: Grant) -> QuerySet[Obligation]:
    """Open, or dropped because no rule asked: its own, and those for its years that the grant before it had begun."""
    before = {"rule__grant__organisation": grant.organisation, "rule__grant__programme": grant.programme}
    own = Q(rule__grant=grant) & ~Q(funding_year__in=_years_of_others(grant))
    movable = Q(pk__in=Obligation.objects.open().values("pk")) | Q(state=ObligationState.DROPPED, note=NOT_ASKED)
    return Obligation.objects.filter(movable, own | Q(funding_year__in=list(grant.years), **before))


def _differs(row: Obligation, due: Due | None, today: date) -> bool:
    """What was due before and is late stays owed, whatever the rules say today."""
    if row.state == ObligationState.DROPPED:
        return due is not None and due.days.internal >= today
    return row.days != due.days if due else row.internal_due >= today


def running_grants(today: date) -> list[Grant]:
    """For the worker: whose last proof may still be to come."""
    rows = Grant.objects.filter(last_year__gte=today.year - 2)
    return list(rows.select_related("organisation", "programme").prefetch_related("deadline_rules"))
