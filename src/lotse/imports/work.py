"""What the worker does with a table, outside of any request. It can be killed at any moment: nothing is half done."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from lotse.documents import blobs
from lotse.documents.tables import read_table
from lotse.imports import actions
from lotse.imports.columns import read_lines
from lotse.imports.enums import OPEN, WORKING, State
from lotse.imports.kinds import KINDS, Row
from lotse.imports.models import Import
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.who import actor_for

log = logging.getLogger("lotse.imports")

STALE = timedelta(minutes=2)  # longer than the one transaction takes
STEP = 250
NO_LONGER = "Wer die Tabelle hochgeladen hat, darf das nicht mehr. Es wurde nichts übernommen."
UNEXPECTED = (
    "Die Tabelle ließ sich nicht verarbeiten. Es wurde nichts übernommen. Bitte speichern Sie sie neu als XLSX."
)
UNCHECKED = "Die Datei wartet noch auf die Virenprüfung. Bitte laden Sie sie später noch einmal hoch."


def work_on(public_id: str) -> None:
    run = _claimed(public_id)
    if run is None:
        return
    by = actor_for(run.started_by)
    try:
        _work(by, run)
    except (actions.NotWaiting, OperationalError):
        raise  # done by somebody else; or tried again, when the database answers
    except ValidationError as error:
        _fail(by, run, " ".join(error.messages))
    except Exception:
        log.exception("import %s failed", run.public_id)
        _fail(by, run, UNEXPECTED)


def take_up_waiting() -> int:
    """For the worker: what the queue has lost, and what a killed worker has left."""
    waiting = list(_unattended().values_list("public_id", flat=True))
    for public_id in waiting:
        work_on(public_id)
    return len(waiting)


def forget_old() -> int:
    old = Import.objects.filter(state__in=OPEN, created_at__lt=timezone.now() - actions.KEEP_OPEN)
    return actions.delete_old_imports(by=SystemActor("Löschlauf")) if old.exists() else 0


def _unattended():
    stale = Q(beat_at=None) | Q(beat_at__lt=timezone.now() - STALE)
    return Import.objects.filter(stale, state__in=WORKING)


def _claimed(public_id: str) -> Import | None:
    if not _unattended().filter(public_id=public_id).update(beat_at=timezone.now()):
        return None
    return Import.objects.select_related("started_by", "file").get(public_id=public_id)


def _work(by: Actor | None, run: Import) -> None:
    kind = KINDS[run.kind]
    if by is None or not kind.may(by):
        raise ValidationError(NO_LONGER)
    if not run.file.is_readable:
        raise ValidationError(UNCHECKED)
    rows = list(_rows(by, run))
    if run.state == State.WRITING:
        _write(by, run, rows)
        return
    kind.judge(by, rows)
    actions.keep_verdicts(by=by, run=run, rows=rows)


def _write(by: Actor, run: Import, rows: list[Row]) -> None:
    try:
        actions.carry_out(by=by, run=run, rows=rows)
    except actions.Changed:
        actions.keep_verdicts(by=by, run=run, rows=rows, notice=actions.CHANGED)


def _rows(by: Actor, run: Import) -> Iterator[Row]:
    kind = KINDS[run.kind]
    content = blobs.read(run.file.storage_name, run.file.public_id)
    table = read_table(content, run.file.media_type)
    yield from _told(run, read_lines(kind, kind.desk(by), table, run.mapping))


def _told(run: Import, rows: Iterable[Row]) -> Iterator[Row]:
    """Says how far it is, again and again; each time is also a sign of life."""
    for count, row in enumerate(rows, start=1):
        if count % STEP == 0:
            Import.objects.filter(pk=run.pk).update(done=count, total=max(count, run.total), beat_at=timezone.now())
        yield row


def _fail(by: Actor | None, run: Import, why: str) -> None:
    actions.fail_import(by=by or SystemActor("Übernahme", run.organisation_id), run=run, why=why)
