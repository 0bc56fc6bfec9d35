"""What is done with a table: brought, put in order, checked, taken over whole, taken back."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import Acting, action, record, refuse_if, require
from lotse.core.ids import new_public_ids
from lotse.documents import deletions
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.imports import tasks
from lotse.imports.enums import OPEN, Category, State
from lotse.imports.kinds import KINDS, Kind, Row
from lotse.imports.models import ColumnMemory, Import, ImportRow
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.models import Organisation

KEEP_OPEN = timedelta(days=7)
TIED = "An allem, was übernommen wurde, ist seitdem gearbeitet worden. Es lässt sich nicht mehr zurücknehmen."
CHANGED = (
    "Inzwischen hat sich der Bestand geändert. Es wurde nichts übernommen; bitte sehen Sie die Liste noch einmal durch."
)


class NotWaiting(Exception):
    """Somebody else was quicker: this step is done already."""


class Changed(Exception):
    """Since the check something was saved that makes other rows of the same table."""


@action("import.uploaded", "hat eine Tabelle hochgeladen")
def start_import(*, by: Actor, kind: Kind, received: Received) -> Import:
    require(kind.may(by))
    stored = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    run = Import.objects.create(
        organisation_id=by.organisation_id, kind=kind.key, started_by_id=by.person_id, file=stored
    )
    record(run, kind=kind.key)
    return run


@action("import.columns_chosen", "hat die Spalten einer Tabelle zugeordnet und prüfen lassen")
def choose_columns(*, by: Actor, run: Import, mapping: Mapping[str, str], headings: Mapping[str, str]) -> Import:
    """`headings`: folded heading → column, to be remembered for the next table."""
    fresh = _own(by, run, State.UPLOADED, State.CHECKED)
    _forget_rows(fresh)
    fresh.mapping, fresh.failure = dict(mapping), ""
    _send_to_worker(fresh, State.CHECKING)
    _remember(fresh, headings)
    record(fresh)
    return fresh


def _remember(run: Import, headings: Mapping[str, str]) -> None:
    kept = ColumnMemory.objects.filter(organisation_id=run.organisation_id, kind=run.kind).first()
    memory = kept or ColumnMemory(organisation_id=run.organisation_id, kind=run.kind)
    known = json.loads(memory.headings) if memory.headings else {}
    memory.headings = json.dumps({**known, **headings})
    memory.save()


@action("import.checked", "hat eine Tabelle geprüft")
def keep_verdicts(*, by: Actor, run: Import, rows: Sequence[Row], notice: str = "") -> Import:
    fresh = _own(by, run, State.CHECKING, State.WRITING)
    _forget_rows(fresh)
    kind = KINDS[fresh.kind]
    ImportRow.objects.bulk_create(
        [
            ImportRow(public_id=ref, organisation_id=fresh.organisation_id, of=fresh, line=row.line, category=row.category,
                      content=json.dumps({"name": kind.name_of(row.values), "messages": row.messages}))
            for ref, row in zip(new_public_ids(len(rows)), rows, strict=True)
        ],
        batch_size=1000,
    )  # fmt: skip
    fresh.counts, fresh.state, fresh.failure = counted(rows), State.CHECKED, notice
    fresh.done = fresh.total = len(rows)
    fresh.save()
    record(fresh, rows=fresh.counts)
    return fresh


def counted(rows: Sequence[Row]) -> dict[str, int]:
    return {str(category): count for category, count in Counter(row.category for row in rows).items()}


@action("import.requested", "hat eine geprüfte Tabelle zum Übernehmen freigegeben")
def request_import(*, by: Actor, run: Import, takes_duplicates: bool, warnings: Sequence[str] = ()) -> Import:
    fresh = _own(by, run, State.CHECKED)
    refuse_if(
        fresh.count(Category.ERROR) > 0, "Es gibt noch fehlerhafte Zeilen. Bitte berichtigen Sie zuerst die Tabelle."
    )
    fresh.takes_duplicates = takes_duplicates
    _send_to_worker(fresh, State.WRITING)
    record(fresh, warnings=warnings)
    return fresh


@action("import.carried_out", "hat Angaben aus einer Tabelle übernommen")
def carry_out(*, by: Actor, run: Import, rows: Sequence[Row]) -> Import:
    """All or nothing. The rows are judged here, where nobody else can register anybody at the same time."""
    fresh, kind = _own(by, run, State.WRITING), KINDS[run.kind]
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    kind.judge(by, rows)
    if counted(rows) != fresh.counts:
        raise Changed
    made = kind.write(by, [row for row in rows if row.is_wanted(fresh.takes_duplicates)])
    _forget_rows(fresh)
    _note_made(fresh, made)
    delete_file(by=by, stored=fresh.file, reason=DeletionReason.EXPIRED)
    fresh.state, fresh.finished_at, fresh.failure = State.DONE, timezone.now(), ""
    fresh.done = fresh.total = len(rows)
    fresh.save()
    record(fresh, made=len(made))
    return fresh


def _note_made(run: Import, made: Sequence[Any]) -> None:
    """So that it can be taken back; what stood in the rows is gone."""
    refs = new_public_ids(len(made))
    ImportRow.objects.bulk_create(
        [
            ImportRow(public_id=ref, organisation_id=run.organisation_id, of=run, line=number, category=Category.NEW, object_ref=obj.public_id)
            for number, (ref, obj) in enumerate(zip(refs, made, strict=True), start=1)
        ],
        batch_size=1000,
    )  # fmt: skip


@action("import.undone", "hat eine Übernahme zurückgenommen")
def undo_import(*, by: Actor, run: Import) -> Import:
    """What was worked on since stays."""
    fresh = _own(by, run, State.DONE)
    gone = _take_back(fresh)
    refuse_if(not gone, TIED)
    deletions.note(by=by, kind=UNDONE.key, obj=fresh, reason=DeletionReason.MISTAKE)
    record(fresh, removed=len(gone), kept=fresh.rows.count())
    fresh.state = State.UNDONE
    fresh.save(update_fields=["state"])
    return fresh


def _take_back(run: Import) -> list[str]:
    kind, refs = KINDS[run.kind], list(run.rows.values_list("object_ref", flat=True))
    tied = kind.ties(refs)
    free = [ref for ref in refs if ref not in tied]
    kind.remove(free)
    run.rows.exclude(object_ref__in=tied).delete()
    return free


def _undo_again(public_id: str) -> None:
    run = Import.objects.get(public_id=public_id)
    _take_back(run)
    Import.objects.filter(pk=run.pk).update(state=State.UNDONE)


UNDONE = deletions.Kind(
    "import",
    lambda organisation_id: Import.objects.filter(
        organisation_id=organisation_id, state=State.DONE
    ).values_list("public_id", flat=True),
    _undo_again,
)  # fmt: skip


@action("import.discarded", "hat eine hochgeladene Tabelle verworfen")
def discard_import(*, by: Actor, run: Import) -> Import:
    fresh = _own(by, run, State.UPLOADED, State.CHECKED, State.CHECKING)
    return _let_go(by, fresh, State.DISCARDED, DeletionReason.MISTAKE)


@action("import.failed", "hat eine Tabelle nicht übernehmen können")
def fail_import(*, by: Acting, run: Import, why: str) -> Import:
    fresh = _waiting(Import.objects.all(), run, State.CHECKING, State.WRITING)
    fresh.failure = why[:300]
    return _let_go(by, fresh, State.FAILED, DeletionReason.EXPIRED)


@action("import.expired", "hat liegen gebliebene Tabellen gelöscht")
def delete_old_imports(*, by: SystemActor) -> int:
    old = list(Import.objects.select_for_update().filter(state__in=OPEN, created_at__lt=timezone.now() - KEEP_OPEN))
    for run in old:
        _let_go(by, run, State.DISCARDED, DeletionReason.EXPIRED)
    record(by, deleted=len(old))
    return len(old)


def _let_go(by: Acting, run: Import, state: State, reason: DeletionReason) -> Import:
    _forget_rows(run)
    delete_file(by=by, stored=run.file, reason=reason)
    run.state = state
    run.save()
    record(run)
    return run


def _forget_rows(run: Import) -> None:
    run.rows.all().delete()


def _own(by: Actor, run: Import, *states: State) -> Import:
    require(KINDS[run.kind].may(by))
    return _waiting(Import.objects.visible_to(by), run, *states)


def _waiting(rows: Any, run: Import, *states: State) -> Import:
    """The row, locked, in one of the states that this step begins with."""
    fresh = rows.select_for_update(of=("self",)).filter(pk=run.pk).first()
    require(fresh is not None)
    if fresh.state not in states:
        raise NotWaiting(fresh.state)
    return fresh


def _send_to_worker(run: Import, state: State) -> None:
    run.state, run.done, run.beat_at = state, 0, None
    run.total = run.total if state == State.WRITING else 0
    run.save()
    tasks.queue(run.public_id)
