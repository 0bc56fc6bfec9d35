"""The data set for the evaluation of the Integrationsmanagement: seven fields and the state of the plan on a key date.

No name, no day of birth, no number of a file (model.md §6.1). It stays in the house: rows only of files that the reader may open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lotse.casework.enums import CaseState, PlanStatusValue
from lotse.casework.models import Client, PlanStatus, SupportPlan
from lotse.casework.outcome_template import INTEGRATION
from lotse.catalogues.own_lists import OwnLists, lists_of
from lotse.core.dates import full_months, full_years
from lotse.organisations.actor import Actor

COLUMNS = (
    "Geschlecht", "Alter in Jahren", "Aufenthalt in Deutschland in Monaten", "Herkunftsland", "Nummer des Plans",
    "Gemeindekennziffer", "Nummer der IntMan", "Stand des Plans zum Stichtag",
)  # fmt: skip
Row = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Block:
    rows: list[Row]
    files: list[Client]


def evaluation_block(actor: Actor, key_date: date) -> Block:
    plans = list(_plans(actor, key_date))
    lists = lists_of(actor.organisation_id)
    return Block(
        [_row(plan, lists, key_date) for plan in plans], list({plan.client_id: plan.client for plan in plans}.values())
    )


def _plans(actor: Actor, key_date: date) -> QuerySet[SupportPlan]:
    """The newest version of each case that was open on the day."""
    newer = SupportPlan.objects.filter(case_id=OuterRef("case_id"), version__gt=OuterRef("version"))
    states = PlanStatus.objects.filter(plan__case_id=OuterRef("case_id"), key_date__lte=key_date)
    plans = SupportPlan.objects.visible_to(actor).filter(
        Q(case__ended_on=None) | Q(case__ended_on__gte=key_date),
        case__programme__code=INTEGRATION,
        case__first_contact_on__lte=key_date,
        drafted_on__lte=key_date,
    )
    plans = plans.exclude(case__state=CaseState.MERGED).filter(~Exists(newer.filter(drafted_on__lte=key_date)))
    state = Subquery(states.order_by("-key_date", "-id").values("value")[:1])
    return plans.annotate(then=state).select_related("client").order_by("number", "id")


def _row(plan: SupportPlan, lists: OwnLists, day: date) -> Row:
    client = plan.client
    return (
        _word(lists, "gender", client.gender),
        _since(full_years, client.birth_date, day),
        _since(full_months, client.entered_germany_on, day),
        _word(lists, "country", client.country_of_origin),
        plan.number,
        plan.municipality_code,
        plan.manager_number,
        PlanStatusValue(plan.then).label if plan.then else "nicht erhoben",  # type: ignore[attr-defined]
    )


def _since(count: object, since: date | None, day: date) -> int | None:
    """Unknown stays unknown, and so does what is still to come."""
    return count(since, day) if since and since <= day else None  # type: ignore[operator,no-any-return]


def _word(lists: OwnLists, name: str, key: str) -> str:
    return lists.label(name, key) if key else "nicht erhoben"


def leaves(rows: Iterable[Row]) -> Iterable[list[str | int]]:
    """As they stand in a file: what is not known is said."""
    return ([("nicht erhoben" if value in (None, "") else value) for value in row] for row in rows)  # type: ignore[misc]
