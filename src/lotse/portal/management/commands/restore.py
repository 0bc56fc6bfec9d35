"""`lotse restore DATEI`: puts a backup back into an empty database."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from lotse.documents import deletions
from lotse.organisations.models import Organisation
from lotse.portal.operations.backup import NoFit, read_backup


def _holds_data() -> bool:
    """A database before its first migration holds nothing."""
    return Organisation._meta.db_table in connection.introspection.table_names() and Organisation.objects.exists()


class Command(BaseCommand):
    help = "Spielt eine Sicherung zurück."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path)
        parser.add_argument("--overwrite", action="store_true", help="auch über vorhandene Daten")

    def handle(self, *args: Any, **options: Any) -> None:
        if _holds_data() and not options["overwrite"]:
            raise CommandError("Hier sind schon Daten. Mit --overwrite werden sie ersetzt.")
        try:
            manifest = read_backup(options["source"])
        except NoFit as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Zurückgespielt.")
        self._remind(datetime.fromisoformat(manifest["made_at"]))

    def _remind(self, made_at: datetime) -> None:
        if later := deletions.later_than(made_at):
            self.stdout.write(
                f"{later} Löschungen sind jünger als diese Sicherung. Holen Sie sie nach, bevor jemand arbeitet:"
                " lotse migrate, dann lotse deletions replay."
            )
