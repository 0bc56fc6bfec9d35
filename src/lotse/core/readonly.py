"""The guard behind "GET never writes", and the one door through it for the read log."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET", "PRAGMA", "WITH", "EXPLAIN")
# Tables that the framework itself writes on GET: the session's own row, never a client's.
FRAMEWORK_TABLES = ('"django_session"',)

_unguarded: ContextVar[bool] = ContextVar("unguarded", default=False)


class WriteDuringRead(Exception):
    """A page that only reads tried to write."""


def reading_only(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    if _unguarded.get() or sql.lstrip("( \n").upper().startswith(READING) or any(t in sql for t in FRAMEWORK_TABLES):
        return execute(sql, params, many, context)
    raise WriteDuringRead(sql.split(" SET ")[0][:80])


@contextmanager
def read_log_may_write() -> Iterator[None]:
    """For the recorder of the read log only; a test holds who calls it."""
    token = _unguarded.set(True)
    try:
        yield
    finally:
        _unguarded.reset(token)


@contextmanager
def counters_may_write() -> Iterator[None]:
    """For the throttle of addresses without a login: it counts tries in the shared cache; a test holds who calls it."""
    token = _unguarded.set(True)
    try:
        yield
    finally:
        _unguarded.reset(token)
