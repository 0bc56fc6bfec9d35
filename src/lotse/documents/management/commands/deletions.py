"""`lotse deletions`: look at the registry of deletions, and delete again after a restore."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lotse.documents import deletions
from lotse.organisations.actor import SystemActor


class Command(BaseCommand):
    help = "Löschregister ansehen; nach einer Wiederherstellung erneut löschen, was seit der Sicherung gelöscht wurde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("pending", help="was das Register kennt und die Datenbank nicht")
        verbs.add_parser("replay", help="diese Löschungen nachholen")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        found = deletions.pending()
        if not found:
            self.stdout.write("Nichts nachzuholen.")
        elif verb == "pending":
            for entry in found:
                self.stdout.write(str(entry))
        else:
            self._replay()

    def _replay(self) -> None:
        done = deletions.replay(by=SystemActor("Löschregister"))
        self.stdout.write(f"{done.entries} Löschungen nachgeholt, {done.deleted} davon hatten noch Inhalt.")
        if done.unknown:
            raise CommandError(f"Diese Arten kennt diese Version nicht: {', '.join(done.unknown)}.")
