"""How things were on a key date: each dated series is joined once to cases, by the row that counted then.

A cell reads as many columns of the joined row as it likes, and a join that no cell reads is not made. The row that counts
is the one with none beyond it: a database finds that for all people in one pass, six times as fast as by looking for each
person's own row. For few people looking is faster by far.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, FilteredRelation, Model, OuterRef, Q, QuerySet, Subquery

from lotse.casework.models import Accommodation, OutcomeSheet, PartA, ResidenceStatus
from lotse.facts.registry import Period


@dataclass(frozen=True)
class Series:
    """`order`: its day, then what decides between rows of one day. `of`: whose it is, the person's or the case's."""

    model: type[Model]
    path: str
    order: tuple[str, ...]
    of: str = "client"

    def joined(self, name: str, until: date | None, are_few: bool) -> FilteredRelation:
        """The last one of a person up to the day, the first one of a case; `name` is what the join is called."""
        if are_few:
            return FilteredRelation(self.path, condition=Q(**{f"{self.path}__pk": Subquery(self._own(until))}))
        beyond = self._until(until, "") & Q(**{self.of: OuterRef(f"{name}__{self.of}")}) & self._is_beyond(name)
        others = Exists(self.model._base_manager.filter(beyond))
        return FilteredRelation(self.path, condition=self._until(until, f"{self.path}__") & ~Q(others))

    def _own(self, until: date | None) -> QuerySet:
        whose, sign = ("client", "-") if self.of == "client" else ("pk", "")
        rows = self.model._base_manager.filter(self._until(until, ""), **{self.of: OuterRef(whose)})
        return rows.order_by(*(f"{sign}{column}" for column in (*self.order, "pk"))).values("pk")[:1]

    def _until(self, day: date | None, prefix: str) -> Q:
        return Q(**{f"{prefix}{self.order[0]}__lte": day}) if day else Q(**{f"{prefix}{self.order[0]}__isnull": False})

    def _is_beyond(self, name: str) -> Q:
        side, found, same = "gt" if self.of == "client" else "lt", Q(), Q()
        for column in (*self.order, "pk"):
            found |= same & Q(**{f"{column}__{side}": OuterRef(f"{name}__{column}")})
            same &= Q(**{column: OuterRef(f"{name}__{column}")})
        return found


OF_PERSON = {
    "part_a_then": Series(PartA, "client__parts_a", ("recorded_on", "version")),
    "status_then": Series(ResidenceStatus, "client__residence_statuses", ("valid_from",)),
    "home_then": Series(Accommodation, "client__accommodations", ("since",)),
    "sheet_then": Series(OutcomeSheet, "client__outcome_sheets", ("recorded_on",)),
    "sheet_first": Series(OutcomeSheet, "outcome_sheets", ("recorded_on",), of="case"),
}
WHENEVER = {
    "part_a_first": Series(PartA, "parts_a", ("recorded_on", "version"), of="case"),
    "sheet_last": Series(OutcomeSheet, "client__outcome_sheets", ("recorded_on",)),
}


def with_series(cases: QuerySet, period: Period, are_few: bool) -> QuerySet:
    dated = {name: series.joined(name, period.key_date, are_few) for name, series in OF_PERSON.items()}
    status = dated["status_then"]
    ends = f"{status.relation_name}__valid_to"
    status.condition &= Q(**{ends: None}) | Q(**{f"{ends}__gte": period.key_date})  # it may have run out since
    return cases.annotate(**dated, **{name: series.joined(name, None, are_few) for name, series in WHENEVER.items()})
