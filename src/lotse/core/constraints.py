"""The database has refused a row: which named constraint it was, and what it says in German.

Asking the database first would cost two statements a row and still miss what somebody else saves in between.
"""

import re
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import BaseConstraint, UniqueConstraint

_NAMED = re.compile(r"(?:CHECK constraint failed: |index ')(\w+)")
_COLUMNS = re.compile(r"UNIQUE constraint failed: (.+)")


def refusal(error: IntegrityError) -> ValidationError | None:
    """The German sentence of the violated constraint; None where it has none of its own (a number given twice at once, a foreign key)."""
    constraint = violated(error)
    if constraint is None or constraint.violation_error_message == constraint.default_violation_error_message:
        return None
    return ValidationError(constraint.get_violation_error_message(), code=constraint.name)


def violated(error: IntegrityError) -> BaseConstraint | None:
    """PostgreSQL names the constraint; SQLite names a check, but of a unique one only the columns."""
    reported = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if reported:
        return _by_name().get(reported)
    if named := _NAMED.search(str(error)):
        return _by_name().get(named[1])
    columns = _COLUMNS.search(str(error))
    return _by_columns().get(frozenset(columns[1].split(", "))) if columns else None


@cache
def _by_name() -> dict[str, BaseConstraint]:
    return {constraint.name: constraint for model in apps.get_models() for constraint in model._meta.constraints}


@cache
def _by_columns() -> dict[frozenset[str], UniqueConstraint]:
    """By the columns as SQLite lists them: "table.column, table.column"."""
    found = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                columns = (model._meta.get_field(name).column for name in constraint.fields)
                found[frozenset(f"{model._meta.db_table}.{column}" for column in columns)] = constraint
    return found
