import sqlite3
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections


@pytest.fixture
def at_once(transactional_db):
    """`at_once(act, act)` runs both at the same moment, each on its own connection, and gives results or exceptions."""

    def _at_once(*acts):
        start, results = threading.Barrier(len(acts)), [None] * len(acts)

        def run(place, act):
            start.wait()
            try:
                results[place] = act()
            except Exception as error:
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    return _at_once


@pytest.fixture
def write_lock(transactional_db):
    """`with write_lock():` somebody else holds the lock that every save needs, and nobody waits long for it."""

    @contextmanager
    def _write_lock():
        if connection.vendor == "sqlite":
            holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            with _impatient("PRAGMA busy_timeout = 50"):
                yield
            holder.rollback()
        else:
            holder = connections.create_connection("default")
            holder.set_autocommit(False)
            holder.cursor().execute("LOCK TABLE auditlog_event, casework_client, django_session IN EXCLUSIVE MODE")
            with _impatient("SET lock_timeout = '50ms'"):
                yield
            holder.rollback()
        holder.close()

    @contextmanager
    def _impatient(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        yield
        connection.close()

    return _write_lock
