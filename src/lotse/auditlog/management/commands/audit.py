"""`lotse audit`: seal the log, prove that it is whole, remove what has expired (ADR 0007)."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from lotse.auditlog import expiry, seals, verification
from lotse.auditlog.models import Event
from lotse.auditlog.verification import Finding, Walked


def month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ArgumentTypeError("erwartet JJJJ-MM, zum Beispiel 2025-11")
    return text


class Command(BaseCommand):
    help = "Protokoll versiegeln, prüfen und Abgelaufenes entfernen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("seal", help="alles versiegeln, was wartet")
        verify = verbs.add_parser("verify", help="alle Ketten prüfen; endet mit 1, wenn etwas fehlt oder verändert ist")
        verify.add_argument(
            "--heads", type=Path, help="Datei außerhalb der Datenbank mit den zuletzt gesehenen Siegeln"
        )
        expire = verbs.add_parser("expire", help="abgelaufene Monate entfernen; ihre Prüfsumme bleibt")
        expire.add_argument("--before", type=month, required=True, help="erster Monat, der bleibt: JJJJ-MM")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        getattr(self, f"do_{verb}")(**options)

    def do_seal(self, **_: Any) -> None:
        """The digests go to the log of the process too, out of reach of whoever has only the database."""
        count = 0
        for made in seals.seal_waiting():
            count += made.count
            self.stdout.write(f"{verification.chain_name(made.chain)}: Siegel {made.number} {made.digest}")
        self.stdout.write(f"{count} Einträge versiegelt.")

    # --- verify -----------------------------------------------------------------------------------------------

    def do_verify(self, *, heads: Path | None, **_: Any) -> None:
        self.done, self.total = 0, Event.objects.count()
        wrong = sum(self._walk(chain) for chain in verification.chains())
        wrong += self._report(verification.verify_surroundings())
        if heads and heads.exists():
            wrong += self._report(verification.verify_heads(heads.read_text().splitlines()))
        if wrong:
            raise CommandError(f"Das Protokoll ist nicht unversehrt: {wrong} Befunde.", returncode=1)
        if heads:
            heads.write_text("\n".join(verification.heads()))
        self.stdout.write(f"Das Protokoll ist unversehrt: {self.done} versiegelte Einträge geprüft.")

    def _walk(self, chain: int) -> int:
        before = self.done
        wrong = self._report(verification.verify_chain(chain))
        state = "unversehrt" if not wrong else f"{wrong} Befunde"
        self.stdout.write(f"\r{verification.chain_name(chain)}: {state}, {self.done - before} Einträge")
        return wrong

    def _report(self, findings: Iterable[Finding]) -> int:
        wrong = 0
        for finding in findings:
            if isinstance(finding, Walked):
                self.done += finding.entries
                self.stdout.write(f"\r{self.done} von {self.total} Einträgen", ending="")
            else:
                wrong += 1
                self.stderr.write(f"\n{finding.text}")
        return wrong

    # --- expire -----------------------------------------------------------------------------------------------

    def do_expire(self, *, before: str, **_: Any) -> None:
        seals.seal_everything()
        for chain, segment in expiry.segments_before(before):
            gone = self._expire(chain, segment)
            self.stdout.write(f"{verification.chain_name(chain)}: {segment} entfernt, {gone} Einträge.")

    def _expire(self, chain: int, segment: str) -> int:
        try:
            return expiry.expire_segment(by=expiry.Operator(), chain=chain, segment=segment).count
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise CommandError(f"{segment} ist zu jung: die letzten zwölf Monate bleiben.") from error
