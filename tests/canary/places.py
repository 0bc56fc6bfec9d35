"""Every place where a typed text could lie: the raw database, the log, mail, the queue (a table), stored files."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection


def database():
    """The bytes of the database as they would lie on the disk, unused pages and indexes included."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    return b"\n".join(_dump(table) for table in connection.introspection.table_names())


def _dump(table):
    """Sealed columns come out as hex, so each of them is turned back into bytes."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
        cells = [cell for line in cursor.fetchall() for cell in line]
    return b"\n".join(bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in cells)


def sessions():
    """Their rows are packed, so a search in the raw table would miss them."""
    return json.dumps([row.get_decoded() for row in Session.objects.all()], default=str).encode()


def post():
    return b"\n".join(message.message().as_bytes() for message in mail.outbox)


def files():
    folders = (Path(settings.STORED_FILES), Path(settings.LOTSE_HOME))
    return b"\n".join(p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file())
