"""How things were on a key date: each dated series is joined once to cases, by the row that counted then.

A cell reads as many columns of the joined row as it likes, and a join that no cell reads is not made. With a look of its
own for every figure the same page took many times as long.
"""

from django.db.models import FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery

from lotse.casework.models import Accommodation, OutcomeSheet, PartA, ResidenceStatus
from lotse.facts.registry import Period


def with_series(cases: QuerySet, period: Period) -> QuerySet:
    day = period.key_date
    still = Q(client__residence_statuses__valid_to=None) | Q(client__residence_statuses__valid_to__gte=day)
    return cases.annotate(
        part_a_then=_joined("client__parts_a", _newest(PartA, "recorded_on", "-version", recorded_on__lte=day)),
        part_a_first=_joined("client__parts_a", _first_part_a()),
        status_then=_joined(
            "client__residence_statuses", _newest(ResidenceStatus, "valid_from", valid_from__lte=day), still
        ),
        home_then=_joined("client__accommodations", _newest(Accommodation, "since", since__lte=day)),
        sheet_first=_joined("client__outcome_sheets", _first_sheet(period)),
        sheet_then=_joined("client__outcome_sheets", _newest(OutcomeSheet, "recorded_on", recorded_on__lte=day)),
        sheet_last=_joined("client__outcome_sheets", _newest(OutcomeSheet, "recorded_on")),
    )


def _joined(path: str, row: QuerySet, also: Q | None = None) -> FilteredRelation:
    condition = Q(**{f"{path}__pk": Subquery(row.values("pk")[:1])})
    return FilteredRelation(path, condition=condition & also if also else condition)


def _newest(model: type[Model], day: str, *ties: str, **known: object) -> QuerySet:
    rows = model._base_manager.filter(client_id=OuterRef("client_id"), **known)
    return rows.order_by(f"-{day}", *ties, "-id")


def _first_part_a() -> QuerySet:
    """Of this case."""
    return PartA.objects.filter(case_id=OuterRef("pk")).order_by("recorded_on", "version", "id")


def _first_sheet(period: Period) -> QuerySet:
    """Since the case began; events have their own day, what holds has the day of the sheet."""
    since = OutcomeSheet.objects.filter(client_id=OuterRef("client_id"), recorded_on__lte=period.key_date)
    return since.filter(recorded_on__gte=OuterRef("first_contact_on")).order_by("recorded_on", "id")
