"""`lotse worker`: what recurs. Seals the log, sends mail, deletes what has expired, turns names over, tidies up the files."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from lotse.auditlog.seals import seal_everything
from lotse.casework.actions.clients import delete_expired_appointments
from lotse.casework.actions.erasure import carry_out_confirmed
from lotse.casework.actions.referral_answers import expire_referrals
from lotse.casework.queries import expired_appointments_exist
from lotse.casework.queries.referrals import expired_referrals_exist
from lotse.correspondence.actions import delete_old_mail
from lotse.correspondence.delivery import deliver_due
from lotse.correspondence.queries import old_mail_exists
from lotse.documents import chores as files
from lotse.documents.deletions import journal_missing
from lotse.imports import work as imports
from lotse.organisations.actions.units import names_are_due as organisation_names_are_due
from lotse.organisations.actions.units import take_over_names as take_over_organisation_names
from lotse.organisations.actor import SystemActor
from lotse.portal.operations import queue
from lotse.portal.reminders import remind_everybody
from lotse.programmes.actions.due import make_deadlines_ahead
from lotse.programmes.actions.programmes import names_are_due as programme_names_are_due
from lotse.programmes.actions.programmes import take_over_names as take_over_programme_names
from lotse.quality.actions.evidence import read_due

log = logging.getLogger("lotse.worker")


def _delete_appointments() -> int:
    if not expired_appointments_exist(timezone.localdate()):
        return 0  # nothing to do is nothing to log
    return delete_expired_appointments(by=SystemActor("Löschlauf"), today=timezone.localdate())


def _take_over_names() -> int:
    today, system = timezone.localdate(), SystemActor("Namen zum Stichtag")
    organisations = take_over_organisation_names(by=system, today=today) if organisation_names_are_due(today) else 0
    programmes = take_over_programme_names(by=system, today=today) if programme_names_are_due(today) else 0
    return organisations + programmes


def _delete_old_mail() -> int:
    return delete_old_mail(by=SystemActor("Löschlauf")) if old_mail_exists() else 0


def _expire_referrals() -> int:
    return expire_referrals(by=SystemActor("Fristende")) if expired_referrals_exist() else 0


# what, every how many seconds, German word for the log line
CHORES: tuple[tuple[Callable[[], int], int, str], ...] = (
    (seal_everything, 60, "Protokolleinträge versiegelt"),
    (queue.run_waiting_tasks, 0, "Aufgaben erledigt"),
    (carry_out_confirmed, 600, "Löschläufe zu Ende gebracht"),
    (deliver_due, 60, "Nachrichten noch einmal versucht"),
    (queue.revive_stuck_tasks, 600, "liegen gebliebene Aufgaben wieder aufgenommen"),
    (queue.drop_finished_tasks, 86400, "erledigte Aufgaben vergessen"),
    (imports.take_up_waiting, 60, "Tabellen verarbeitet"),
    (imports.forget_old, 86400, "liegen gebliebene Tabellen gelöscht"),
    (_delete_appointments, 3600, "Terminvermerke gelöscht"),
    (remind_everybody, 900, "Menschen an ihre Termine erinnert"),
    (_take_over_names, 3600, "Namen übernommen, die ab heute gelten"),
    (make_deadlines_ahead, 86400, "Fristen im Voraus angelegt"),
    (read_due, 3600, "Träger: Kennzahlen für Qualitätskriterien gelesen"),
    (_delete_old_mail, 86400, "alte Nachrichten gelöscht"),
    (_expire_referrals, 3600, "Verweise ohne Antwort beendet"),
    (files.delete_due_files, 3600, "Dateien gelöscht"),
    (files.check_quarantine, 300, "Dateien auf Viren geprüft"),
    (files.remove_orphans, 86400, "Dateireste entfernt"),
    (journal_missing, 86400, "Löschungen ins Register nachgetragen"),
)


class Command(BaseCommand):
    help = "Erledigt wiederkehrende Aufgaben. Jede ist wiederholbar; ein Neustart verliert nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="einmal alles, dann Ende")

    def handle(self, *args: Any, **options: Any) -> None:
        due = [0.0] * len(CHORES)
        while True:
            for number, (chore, interval, word) in enumerate(CHORES):
                if time.monotonic() >= due[number]:
                    self._do(chore, word)
                    due[number] = time.monotonic() + interval
            if options["once"]:
                return
            time.sleep(5)
            close_old_connections()

    def _do(self, chore: Callable[[], int], word: str) -> None:
        try:
            count = chore()
        except Exception as error:  # one that fails must not stop the others; each is tried again
            self.stderr.write(f"{word}: nicht gelungen ({type(error).__name__}), neuer Versuch folgt")
            if not isinstance(error, OperationalError | OSError):
                log.exception("chore failed")
            return
        if count:
            self.stdout.write(f"{count} {word}")
