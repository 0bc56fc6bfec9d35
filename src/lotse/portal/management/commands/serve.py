"""`lotse serve`: the web server of one site. Makes its own keys at the first start; production mode unless told otherwise."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Startet den Webserver, nachdem Datenbank und statische Dateien bereit sind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("check", fail_level="ERROR", verbosity=0)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Lotse läuft: http://{options['bind']}")
        self.stdout.flush()
        gunicorn = [sys.executable, "-m", "gunicorn", "lotse.config.wsgi", "--log-level", "warning"]
        where = ["--bind", options["bind"], "--workers", str(options["workers"])]
        os.execv(sys.executable, [*gunicorn, *where])  # noqa: S606 -- our own program, no shell
