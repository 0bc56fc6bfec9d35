"""The closed list of tables that are released: each figure by site. A change is a new version."""

from lotse.facts.registry import Fact, fact
from lotse.insight.enums import PeriodKind

VERSION = 1
# Cases and plans run over months: two neighbouring months would show who came and who left, so these are for years only.
STOCK = (
    "cases.movement", "cases.tier", "cases.gender", "cases.age", "cases.stay", "cases.level_first", "cases.level_last",
    "relatives.co_advised", "plans.status",
    "integration.association", "integration.hobby", "integration.settled", "integration.housing", "integration.own_income",
    "integration.households", "integration.language_course", "integration.employed", "integration.measures",
    "integration.school_degree", "integration.school", "integration.daycare_under_3", "integration.daycare_from_3",
    "integration.daycare_households",
)  # fmt: skip
FLOW = (
    "contacts.channel", "contacts.topic", "referrals.outcome", "referrals.partner",
    "enquiries.outcome", "enquiries.channel", "enquiries.topic", "interpreting.language", "interpreting.kind",
)  # fmt: skip

# How the work was done. Elsewhere a cell that holds all of a site says something of every person there, and is hidden.
OF_THE_WORK = frozenset(
    {"cases.movement", "cases.tier", "contacts.channel", "referrals.outcome", "enquiries.channel", "interpreting.kind"}
)


def listed(kind: PeriodKind) -> list[Fact]:
    return [fact(key) for key in (*(STOCK if kind == PeriodKind.YEAR else ()), *FLOW)]
