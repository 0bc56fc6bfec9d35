"""`lotse backup DATEI`: database and files in one archive, without the root key."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from lotse.portal.operations.backup import write_backup


class Command(BaseCommand):
    help = "Sichert Datenbank und Dateien. Der Hauptschlüssel ist nie dabei und gehört an einen anderen Ort."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = write_backup(options["target"])
        self.stdout.write(
            f"Gesichert: {options['target']} ({manifest['sha256'][:12]}). Den Hauptschlüssel bitte getrennt aufbewahren."
        )
