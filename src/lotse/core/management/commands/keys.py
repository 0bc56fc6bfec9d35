"""`lotse keys`: rotate, recover and check the keys of the secret text (ADR 0006)."""

import os
import time
from argparse import ArgumentParser
from base64 import b64decode, b64encode
from collections.abc import Iterator
from getpass import getpass
from pathlib import Path
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lotse.core import crypto, keys

RESTART = "Bitte starten Sie Lotse jetzt neu."
SHEET = """Wiederherstellungsblatt von Lotse
Dieses Blatt öffnet alle geschützten Texte. Bewahren Sie es verschlossen auf, getrennt von den Sicherungen.

Hauptschlüssel {name}

{groups}

Einlesen: lotse keys recover"""


class Command(BaseCommand):
    help = "Schlüssel wechseln, wiederherstellen und prüfen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        rotate = verbs.add_parser("rotate-data-keys", help="neue Datenschlüssel; alles Geschützte wird umgeschlüsselt")
        rotate.add_argument("--organisation", type=int, help="nur diese Organisation (Nummer)")
        rotate.add_argument("--resume", action="store_true", help="einen abgebrochenen Lauf zu Ende führen")
        verbs.add_parser("rotate-root-key", help="neuer Hauptschlüssel")
        verbs.add_parser("sheet", help="Wiederherstellungsblatt für den Tresor drucken")
        recover = verbs.add_parser("recover", help="Hauptschlüssel vom Blatt einlesen")
        recover.add_argument("--file", type=Path, help="statt der Eingabe aus dieser Datei lesen")
        check = verbs.add_parser("check", help="öffnet sich alles?")
        check.add_argument("--all", action="store_true", help="jeden Wert, nicht nur eine Stichprobe")
        verbs.add_parser("measure", help="Kosten von Schließen und Öffnen messen")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        getattr(self, f"do_{verb.replace('-', '_')}")(**options)

    # --- data keys --------------------------------------------------------------------------------------------

    def do_rotate_data_keys(self, *, organisation: int | None, resume: bool, **_: Any) -> None:
        known = keys.organisations_with_keys()
        if organisation and organisation not in known:
            raise CommandError(f"Organisation {organisation} hat keinen Datenschlüssel.")
        for organisation_id in [organisation] if organisation else known:
            if not resume:
                keys.retire_data_key(organisation_id)
            self.stdout.write(f"Organisation {organisation_id}")
            self._show(keys.reseal(organisation_id))
        self.stdout.write(
            f"Fertig. Laufende Prozesse schließen noch bis zu {crypto.CURRENT_KEY_SECONDS} Sekunden mit dem alten"
            " Schlüssel; „lotse keys rotate-data-keys --resume“ holt das nach."
        )

    def _show(self, steps: Iterator[keys.Progress]) -> None:
        for step in steps:
            end = "\n" if step.done == step.total else ""
            self.stdout.write(f"\r  {step.what}: {step.done} von {step.total}", ending=end)
            self.stdout.flush()

    # --- root key ---------------------------------------------------------------------------------------------

    def do_rotate_root_key(self, **_: Any) -> None:
        """With a key from the environment both are given there; a key in the data folder is replaced in place."""
        if settings.LOTSE_ROOT_KEY_OLD:
            count = keys.rewrap(settings.LOTSE_ROOT_KEY)
            self.stdout.write(f"{count} Datenschlüssel neu verpackt. Entfernen Sie jetzt LOTSE_ROOT_KEY_OLD.")
            return
        if not root_key_file().exists() or "LOTSE_ROOT_KEY" in os.environ:
            raise CommandError(
                "Der Hauptschlüssel kommt aus der Umgebung: Setzen Sie LOTSE_ROOT_KEY auf den neuen und"
                " LOTSE_ROOT_KEY_OLD auf den alten Schlüssel und rufen Sie den Befehl noch einmal auf."
            )
        count = self._replace_root_key_file(root_key_file())
        self.stdout.write(f"{count} Datenschlüssel neu verpackt. {RESTART} Drucken Sie ein neues Blatt.")

    def _replace_root_key_file(self, path: Path) -> int:
        """Killed before the last two lines, the new key lies beside the old one and nothing is lost."""
        coming = path.with_name("root_key.new")
        new_root = b64decode(coming.read_text()) if coming.exists() else token_bytes(32)
        write_key(coming, new_root)
        count = keys.rewrap(new_root)
        path.replace(path.with_name("root_key.old"))
        coming.replace(path)
        return count

    def do_sheet(self, **_: Any) -> None:
        root = settings.LOTSE_ROOT_KEY
        self.stdout.write(SHEET.format(name=crypto.root_key_name(root), groups=keys.recovery_sheet(root)))

    def do_recover(self, *, file: Path | None, **_: Any) -> None:
        typed = file.read_text(encoding="utf-8") if file else getpass("Gruppen vom Blatt, in einer Zeile: ")
        try:
            root_key = keys.root_key_from_sheet(typed)
        except keys.SheetUnreadable as error:
            raise CommandError(str(error)) from error
        if not keys.opens_stored_keys(root_key):
            raise CommandError("Der Schlüssel ist richtig abgetippt, gehört aber nicht zu diesem Datenbestand.")
        path = root_key_file()
        if path.exists():
            path.replace(path.with_name("root_key.replaced"))
        write_key(path, root_key)
        self.stdout.write(f"Der Hauptschlüssel öffnet den Datenbestand und liegt in {path}. {RESTART}")

    # --- looking ----------------------------------------------------------------------------------------------

    def do_check(self, **options: Any) -> None:
        locked = keys.unreadable_data_keys()
        for row in locked:
            self.stderr.write(f"{row} (Organisation {row.organisation_id}): Hauptschlüssel {row.root_key_name} fehlt.")
        broken = 0
        for found in keys.check_values(None if options["all"] else 20):
            if isinstance(found, keys.Unreadable):
                broken += 1
                self.stderr.write(f"{found.what}, Zeile {found.ref}: lässt sich nicht öffnen.")
            else:
                self.stdout.write(f"  {found.what}: {found.done} Werte in {found.total} Zeilen geprüft")
        if locked or broken:
            raise CommandError(f"{len(locked)} Datenschlüssel und {broken} Werte lassen sich nicht öffnen.")
        self.stdout.write("Jeder Datenschlüssel und jeder geprüfte Wert öffnet sich.")

    def do_measure(self, **_: Any) -> None:
        """In memory, under a key of its own: nothing is stored."""
        crypto._openers[0] = crypto.AESGCM(token_bytes(32))
        crypto._current[0] = (0, float("inf"))
        text = "ä".encode() * 200
        sealed = crypto.seal(text, organisation_id=0, context=b"measure")
        self._time("Schließen", lambda: crypto.seal(text, organisation_id=0, context=b"measure"))
        self._time("Öffnen", lambda: crypto.unseal(sealed, context=b"measure"))
        crypto.forget_cached_keys()

    def _time(self, what: str, act: Any, rounds: int = 20_000) -> None:
        started = time.perf_counter()
        for _ in range(rounds):
            act()
        self.stdout.write(f"{what} von 400 Byte: {(time.perf_counter() - started) / rounds * 1e6:.1f} µs")


def root_key_file() -> Path:
    return Path(settings.LOTSE_HOME) / "keys" / "root_key"


def write_key(path: Path, key: bytes) -> None:
    """On the disk for certain before anything is wrapped by it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("w", encoding="ascii") as file:
        file.write(b64encode(key).decode())
        file.flush()
        os.fsync(file.fileno())
