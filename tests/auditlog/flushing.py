"""Emptying a test database: the append-only triggers step aside for the flush, inside its own transaction.

Django empties the tables after a test with a live server or real transactions. The log refuses that, as it should: in
production nothing can. The way around it exists only here, so it does not ship with the package.
"""

from contextlib import contextmanager

from django.db import connection

from lotse.auditlog import guards


@contextmanager
def flush_may_empty_the_log():
    """Patches the class, because a browser test may be handed a second connection object."""
    operations = type(connection.ops)
    plain_flush = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        if guards.EVENT not in tables:
            return plain_flush(self, style, tables, **options)
        vendor = self.connection.vendor
        return [
            *guards.drop_statements(vendor),
            *plain_flush(self, style, tables, **options),
            *guards.create_statements(vendor),
        ]

    operations.sql_flush = sql_flush
    try:
        yield
    finally:
        operations.sql_flush = plain_flush
