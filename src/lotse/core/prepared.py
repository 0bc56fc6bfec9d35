"""Statements of the pages that are asked all day: Django's ORM writes each once, afterwards only its values change (ADR 0011).

Writing a statement costs Django three times what the database needs to answer it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from threading import local
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

P = ParamSpec("P")
R = TypeVar("R")

# What stands in for a value while the statement is written: nobody has such an id, says such a text or lives so early.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 1_900_000_000 + number,
    str: lambda number: f"\ue000{number}\ue000",
    date: lambda number: date(1, 1, 2) + timedelta(days=number),
    datetime: lambda number: datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number),
}
SHAPES = 200  # of one statement that are remembered


def prepared(build: Callable[P, "QuerySet[Any, R]"]) -> Callable[P, list[R]]:
    """`build` makes a queryset of its positional arguments: numbers, texts, days, and tuples of them.

    The rows must depend on these values only as parameters of the statement. Whatever else decides how it reads (None,
    True, an enum, the length of a tuple) makes another shape, which is written once as well.
    """
    known = _Shapes()

    @wraps(build)
    def ask(*arguments: P.args, **_none: P.kwargs) -> list[R]:
        values: list[Any] = []
        shape = tuple(_taken_apart(argument, values) for argument in arguments)
        statement = known.by_shape.get(shape)
        if statement is None or statement.is_of_another_connection:
            if len(known.by_shape) >= SHAPES:
                known.by_shape.clear()
            statement = known.by_shape[shape] = _Statement(build, arguments)
        return statement.rows(values)

    return ask


class _Shapes(local):
    """Per thread, as Django's connections are."""

    def __init__(self) -> None:
        self.by_shape: dict[Any, _Statement[Any]] = {}


def _taken_apart(argument: Any, values: list[Any]) -> Any:
    """The shape of an argument; its values are added to the list."""
    if type(argument) in _STAND_INS:
        values.append(argument)
        return type(argument)
    if isinstance(argument, tuple):
        return tuple(_taken_apart(part, values) for part in argument)
    return argument


def _stood_in_for(argument: Any, stand_ins: list[Any]) -> Any:
    if type(argument) in _STAND_INS:
        stand_ins.append(_STAND_INS[type(argument)](len(stand_ins)))
        return stand_ins[-1]
    if isinstance(argument, tuple):
        parts = [_stood_in_for(part, stand_ins) for part in argument]
        return argument._make(parts) if hasattr(argument, "_make") else tuple(parts)
    return argument


class _Statement(Generic[R]):
    """A queryset whose SQL is written. Rows become objects as Django makes them."""

    def __init__(self, build: Callable[..., "QuerySet[Any, R]"], arguments: tuple[Any, ...]) -> None:
        stand_ins: list[Any] = []
        self.queryset: QuerySet[Any, R] = build(*(_stood_in_for(argument, stand_ins) for argument in arguments))
        self.connection = connections[self.queryset.db]
        self.compiler: Any = self.queryset.query.get_compiler(using=self.queryset.db)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.slots = "", ()
            return
        self.slots = tuple(self._slots(parameters, stand_ins))
        self.queryset.query.combined_queries = ()  # they stand in the text, and weigh ten times as much
        converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        self.compiler.get_converters = lambda expressions: converters
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler  # type: ignore[method-assign]

    @property
    def is_of_another_connection(self) -> bool:
        """A thread has a second one as soon as an event loop runs in it; the first does not see what the second has begun."""
        return self.connection is not connections[self.connection.alias]

    def _slots(self, parameters: tuple[Any, ...], stand_ins: list[Any]) -> Iterator[tuple[int, Any]]:
        """For each parameter the number of its value, or -1 and what never changes."""
        numbers = {self._adapted(stand_in): number for number, stand_in in enumerate(stand_ins)}
        found = [(numbers.get(p, -1), p) if isinstance(p, str | int | date) else (-1, p) for p in parameters]
        if lost := set(numbers.values()) - {number for number, _ in found}:
            raise TypeError(f"value {sorted(lost)} does not reach the statement as it is: {self.sql}")
        yield from found

    def _adapted(self, value: Any) -> Any:
        if type(value) is datetime:
            return self.connection.ops.adapt_datetimefield_value(value)
        return self.connection.ops.adapt_datefield_value(value) if type(value) is date else value

    def rows(self, values: list[Any]) -> list[R]:
        if not self.sql:
            return []
        given = [self._adapted(value) for value in values]
        parameters = tuple(given[number] if number >= 0 else constant for number, constant in self.slots)
        self.compiler.as_sql = lambda *args, **kwargs: (self.sql, parameters)
        return list(self.queryset._iterable_class(self.queryset))
