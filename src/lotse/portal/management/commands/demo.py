"""`lotse demo`: the example district with invented clients; refuses anything but demo and test mode and an empty database."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lotse.casework.models import Client
from lotse.organisations.models import Organisation
from lotse.portal.demo.district import add_counsellors, build_district
from lotse.portal.demo.histories import write_histories
from lotse.portal.demo.showcase import tell_stories
from lotse.portal.demo.spread import Spread

PER_COUNSELLOR = 60


class Command(BaseCommand):
    help = "Baut den Beispielbezirk mit erfundenen Klient*innen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=400)
        parser.add_argument("--without-stories", action="store_true", help="nur die Menge, ohne die erzählten Fälle")
        parser.add_argument("--if-empty", action="store_true", help="tut nichts, wenn schon etwas da ist")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Die Vorführung läuft nur mit LOTSE_MODE=demo.")
        if Organisation.objects.exists() or Client.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("Die Datenbank ist nicht leer.")
        self._build(options["clients"], not options["without_stories"])

    def _build(self, clients: int, with_stories: bool) -> None:
        started = time.monotonic()
        district = build_district()
        for site in district.sites:
            add_counsellors(district, site, max(2, clients // 2 // PER_COUNSELLOR))
        spread = Spread()
        for written in write_histories(district, clients, timezone.localdate(), spread):
            self.stdout.write(f"\r{written} von {clients} Klient*innen", ending="")
        seconds = time.monotonic() - started
        self.stdout.write(f"\n{clients / seconds:.0f} Klient*innen in der Sekunde")
        if with_stories:
            tell_stories(district, timezone.localdate())
            self.stdout.write(f"Erzählte Fälle in {time.monotonic() - started - seconds:.1f} Sekunden")
        for line in spread.lines():
            self.stdout.write(line)
