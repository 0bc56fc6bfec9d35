"""First migrations of whole tables do what Django's own would do, only sooner."""

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel

from lotse.core.whole_tables import WholeTables

LOADER = MigrationLoader(None)
WHOLE = sorted(k for k, found in LOADER.disk_migrations.items() if isinstance(found, WholeTables))


def told(migration, apply):
    """The statements a migration would send, and the models it leaves."""
    state = LOADER.project_state((migration.app_label, migration.name), at_end=False)
    editor = connection.schema_editor(collect_sql=True, atomic=False)
    editor.deferred_sql = []  # what entering it would do, beside turning constraints off
    after = apply(migration, state, editor)
    return editor.collected_sql, [str(one) for one in editor.deferred_sql], after


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["surveys", "wayup"])
def test_the_tables_are_those_of_django(app):
    migration = LOADER.get_migration(app, "0001_initial")
    assert told(migration, WholeTables.apply) == told(migration, migrations.Migration.apply)


@pytest.mark.parametrize("key", WHOLE, ids=lambda key: key[0])
def test_a_first_migration_only_makes_tables(key):
    assert {type(one) for one in LOADER.disk_migrations[key].operations} == {CreateModel}


def test_every_app_but_one_begins_with_whole_tables():
    first = {
        app: type(found)
        for (app, name), found in LOADER.disk_migrations.items()
        if name == "0001_initial" and found.__module__.startswith("lotse.")
    }
    assert {app for app in first if (app, "0001_initial") not in WHOLE} == {"insight"}
