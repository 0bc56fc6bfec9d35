"""What carriers bring in themselves in a year, as planned and as booked, over all grants (FU-01)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Max, Q, QuerySet

from lotse.funding import rules
from lotse.funding.enums import DutyState, EntryKind, FundsSource
from lotse.funding.models import LedgerEntry, PartCost, PartFunds
from lotse.funding.queries.balance import BOOKED
from lotse.funding.queries.euros import EuroSum
from lotse.programmes.models import GrantAgency

NOTHING = Decimal(0)


@dataclass(frozen=True)
class OwnShare:
    """In euro; `percent` is the most that one of the carrier's grants asks for."""

    planned: Decimal = NOTHING
    planned_costs: Decimal = NOTHING
    booked: Decimal = NOTHING
    spent: Decimal = NOTHING
    percent: Decimal = NOTHING

    @property
    def booked_percent(self) -> Decimal | None:
        return _percent(self.booked, self.spent)

    @property
    def planned_percent(self) -> Decimal | None:
        return _percent(self.planned, self.planned_costs)

    def state(self, *, is_over: bool) -> DutyState | None:
        """Booked is what counts; while the year runs, a plan that reaches it is half of it. None: nothing is known yet."""
        if not (self.planned_costs or self.spent):
            return None
        if self.spent and rules.has_own_share(self.booked, self.spent, self.percent):
            return DutyState.YES
        is_planned = bool(self.planned_costs) and rules.has_own_share(self.planned, self.planned_costs, self.percent)
        return DutyState.PARTLY if is_planned and not is_over else DutyState.NO


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """Rounded down, so that nothing looks reached that is not."""
    return (part * 10_000 // whole) / 100 if whole else None


def own_shares(carriers: Collection[int], year: int) -> dict[int, OwnShare]:
    """By id of the carrier; four statements, however many carriers."""
    of_year = {"organisation__in": carriers, "funding_year": year}
    booked: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = LedgerEntry.objects.filter(**of_year).order_by().values_list("organisation", "kind")
    for carrier, kind, amount in rows.annotate(sum=EuroSum(BOOKED)):
        booked[carrier][kind] = amount
    own = PartFunds.objects.filter(**of_year, source=FundsSource.OWN_SHARE)
    planned, costs = (_sums(found) for found in (own, PartCost.objects.filter(**of_year)))
    percents = _percents(carriers, year)
    return {
        carrier: OwnShare(
            planned.get(carrier, NOTHING), costs.get(carrier, NOTHING), booked[carrier].get(EntryKind.OWN_SHARE, NOTHING),
            booked[carrier].get(EntryKind.EXPENSE, NOTHING), percents.get(carrier, NOTHING),
        )
        for carrier in carriers
    }  # fmt: skip


def _sums(rows: QuerySet) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list("organisation").annotate(sum=EuroSum("amount")))


def _percents(carriers: Collection[int], year: int) -> dict[int, Decimal]:
    within = Q(grant__first_year__lte=year, grant__last_year__gte=year, organisation__in=carriers)
    rows = GrantAgency.objects.filter(within).order_by().values_list("organisation")
    return dict(rows.annotate(most=Max(F("grant__own_share_percent"))))
