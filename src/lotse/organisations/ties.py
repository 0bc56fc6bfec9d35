"""What else hangs on a person. Apps on higher floors register their question; nobody leaves while an answer is open."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from lotse.organisations.models import Person


@dataclass(frozen=True)
class Hanging:
    """Rows of hers that must be handed over first, and how to say one and many of them: "offener Fall", "offene Fälle"."""

    one: str
    many: str
    rows: tuple[QuerySet, ...]


@dataclass(frozen=True)
class Tie:
    label: str
    count: int


_QUESTIONS: list[Callable[[Person], Hanging]] = []


def register_tie(question: Callable[[Person], Hanging]) -> None:
    if question not in _QUESTIONS:
        _QUESTIONS.append(question)


def ties_of(person: Person) -> list[Tie]:
    """One statement for all that is registered."""
    asked = [question(person) for question in _QUESTIONS]
    counts = [_number_of(rows) for one in asked for rows in one.rows]
    numbers = iter(Person.objects.filter(pk=person.pk).values_list(*counts).get() if counts else ())
    found = [(one, sum(islice(numbers, len(one.rows)))) for one in asked]
    return [Tie(one.one if count == 1 else one.many, count) for one, count in found if count]


def _number_of(rows: QuerySet) -> Subquery:
    """Not `Count`, which would group by the row."""
    counted = rows.order_by().annotate(how_many=Func(F("pk"), function="COUNT", output_field=IntegerField()))
    return Subquery(counted.values("how_many"))
