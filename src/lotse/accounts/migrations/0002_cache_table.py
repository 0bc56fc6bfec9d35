"""The table behind the shared cache, where tries at signing in are counted."""

from django.core.management import call_command
from django.db import migrations

CACHE_TABLE = "accounts_cache"


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", CACHE_TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
