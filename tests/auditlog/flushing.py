"""Emptying a test database after a test with a live server or real transactions.

The append-only triggers step aside for the flush, inside its own transaction: the log refuses that, as it should, and in
production nothing can. The way around it exists only here, so it does not ship with the package.
"""

from contextlib import contextmanager

from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate

from lotse.auditlog import guards

# Django writes these from the code after every flush, which takes longer than the flush; no test changes them, so they stay.
FROM_CODE = {"django_content_type", "auth_permission"}
WRITERS = ((create_permissions, "django.contrib.auth.management.create_permissions"), (create_contenttypes, None))


@contextmanager
def flush_may_empty_the_log():
    """Patches the class, because a browser test may be handed a second connection object."""
    operations = type(connection.ops)
    plain_flush = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        if guards.EVENT not in tables:
            return plain_flush(self, style, tables, **options)
        ours, vendor = [one for one in tables if one not in FROM_CODE], self.connection.vendor
        if vendor == "postgresql":
            return delete_what_is_there(self.connection, ours)
        return [
            *guards.drop_statements(vendor),
            *plain_flush(self, style, ours, **options),
            *guards.create_statements(vendor),
        ]

    operations.sql_flush = sql_flush
    for receiver, uid in WRITERS:
        post_migrate.disconnect(receiver, dispatch_uid=uid)
    try:
        yield
    finally:
        operations.sql_flush = plain_flush


def delete_what_is_there(connection, tables):
    """TRUNCATE takes seconds for all tables, of which a test fills a few; for a replica neither triggers nor references ask."""
    names = {table: connection.ops.quote_name(table) for table in tables}
    asked = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {name})" for one, name in names.items())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [one for (one,) in cursor.fetchall()]
    return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {names[one]}" for one in filled)]  # noqa: S608
