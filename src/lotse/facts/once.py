"""A subquery that many parts of one statement ask is written, and answered, once (ADR 0038)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import QuerySet, Subquery

Statement = tuple[str, tuple[Any, ...]]
_WRITTEN: ContextVar[dict[Statement, str] | None] = ContextVar("subqueries of the statement being written", default=None)


class Once(Subquery):
    """Ids for `…__in`, of rows that do not depend on the row around them. Elsewhere than in `written` a plain subquery."""

    def __init__(self, ids: QuerySet) -> None:
        super().__init__(ids)
        self.alone = ids.query

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> tuple[str, Any]:
        found = _WRITTEN.get()
        if found is None:
            return super().as_sql(compiler, connection, *args, **more)  # type: ignore[no-any-return]
        sql, params = self.alone.get_compiler(connection=connection).as_sql()
        name = found.setdefault((sql, tuple(params)), f"once{len(found)}")
        return f"(SELECT id FROM {name})", ()  # noqa: S608 -- a name that was made here


@contextmanager
def written() -> Iterator[dict[Statement, str]]:
    """While a statement is written: each subquery with its name, to be put before it."""
    found: dict[Statement, str] = {}
    token = _WRITTEN.set(found)
    try:
        yield found
    finally:
        _WRITTEN.reset(token)
