"""Rows for one table, as plain tuples, and the fastest way each database takes them."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from lotse.core.crypto import SealedTextField, sealer
from lotse.core.ids import new_public_ids


def _public_ids() -> Iterator[str]:
    while True:
        yield from new_public_ids(1000)


_ids = _public_ids()


def next_public_id() -> str:
    return next(_ids)


class Table:
    """The columns that differ from row to row are named; all others get the model's defaults, new columns included.

    Ids are counted here, because rows point to each other before they are written.
    """

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        fields = {field.column: field for field in model._meta.concrete_fields}
        head = ["id", "public_id"] if "public_id" in fields else ["id"]
        rest = [field for column, field in fields.items() if column not in (*head, *columns)]
        if missing := [f.name for f in rest if not f.null and not f.has_default() and not f.empty_strings_allowed]:
            raise TypeError(f"{model.__name__} needs {', '.join(missing)}")
        self.model, self.has_public_id = model, len(head) == 2
        self.columns = [*head, *columns, *(field.column for field in rest)]
        self.sealers: dict[int, Callable[[bytes, bytes], bytes]] = {}
        self.sealed = {column: field for column, field in fields.items() if isinstance(field, SealedTextField)}
        self.constants = tuple(_default(field) for field in rest)
        self.last_id = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any, public_id: str = "") -> int:
        self.last_id += 1
        if self.has_public_id:
            values = (public_id or next_public_id(), *values)
        self.rows.append((self.last_id, *values))
        return self.last_id

    def seal(self, column: str, text: str, public_id: str, organisation_id: int) -> bytes:
        """As the model's own field would (core.crypto)."""
        if not text:
            return b""
        if organisation_id not in self.sealers:
            self.sealers[organisation_id] = sealer(organisation_id)
        return self.sealers[organisation_id](self.sealed[column].context_for(public_id), text.encode())

    def write(self) -> int:
        """Everything added so far; how many rows."""
        written = len(self.rows)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self._place} FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row((*row, *self.constants))
            else:
                cursor.executemany(self._insert, self.rows)
        self.rows.clear()
        return written

    @property
    def _place(self) -> str:
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f'"{self.model._meta.db_table}" ({names})'

    @cached_property
    def _insert(self) -> str:
        """SQLite takes a constant that stands in the statement for less than one that comes with each row."""
        marks = ["%s"] * (len(self.columns) - len(self.constants))
        return f"INSERT INTO {self._place} VALUES ({', '.join([*marks, *map(_literal, self.constants)])})"  # noqa: S608 -- names of our own columns, literals by SQLite itself


def _literal(value: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote(%s)", [value])
        return cursor.fetchone()[0].replace("%", "%%")


def _default(field: models.Field) -> Any:
    return b"" if isinstance(field, SealedTextField) else field.get_db_prep_save(field.get_default(), connection)


def count_on(tables: Sequence[Table]) -> None:
    """PostgreSQL's own counters go on after the ids that were given here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def analyse() -> None:
    """After a load the planner must know how many rows there are, or it takes the tables for empty."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "PRAGMA analysis_limit = 1000"
            )  # rows of each index; all of them would take as long as the load
        cursor.execute("ANALYZE")


@contextmanager
def collector_resting() -> Iterator[None]:
    """Half a million tuples a batch, none of them in a cycle: looking through them costs a tenth of the load."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def plain_indexes_later(tables: Sequence[Table], rows_are_many: bool) -> Iterator[None]:
    """SQLite builds an index at once in a fraction of the time it takes to keep it up row by row; unique ones stay."""
    if not rows_are_many or connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -256000")  # kB: the unique indexes of public ids grow at random places
        indexes = _plain_indexes(cursor, {table.model._meta.db_table for table in tables})
        for name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in indexes.values():
                cursor.execute(statement)


def _plain_indexes(cursor: Any, tables: set[str]) -> dict[str, str]:
    cursor.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX %%'")
    return {name: sql for name, sql, table in cursor.fetchall() if table in tables}
