"""The triggers that make the log append-only, for the engine at hand."""

from django.db import migrations

from lotse.auditlog import guards


def install(apps, schema_editor):
    for statement in guards.create_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor):
    for statement in guards.drop_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("auditlog", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
