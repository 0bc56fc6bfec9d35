"""Erasing files: one person proposes, another agrees, the worker erases one after the other (DS-06, DS-07)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from lotse.auditlog.door import Acting, action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.actions.remains import leave_remains
from lotse.casework.enums import DueBecause
from lotse.casework.models import Client, ErasureItem, ErasureRun, Household
from lotse.casework.queries.belongings import files_of, files_of_person, let_go, refs_of, rows_of
from lotse.casework.queries.retention import FILE_CLASS, due_list, why_due
from lotse.casework.queries.traces import mentions
from lotse.core import drafts
from lotse.correspondence import links, outbox
from lotse.documents import deletions
from lotse.documents.actions import discard_files
from lotse.documents.enums import DeletionReason
from lotse.organisations.actor import Actor, SystemActor

LONGEST_RUN = 2000
REASON = {
    DueBecause.PERIOD: DeletionReason.EXPIRED,
    DueBecause.WITHDRAWN: DeletionReason.WITHDRAWN,
    DueBecause.REQUESTED: DeletionReason.REQUESTED,
}


@action("erasure.proposed", "hat einen Löschlauf vorgeschlagen")
def propose_run(*, by: Actor) -> ErasureRun:
    """Everything that is due and not held. Nothing is erased yet."""
    require(rules.may_propose_erasure(by), "Löschläufe schlägt vor, wer den Datenschutz verantwortet.")
    due = [found for found in due_list(by.organisation_id, timezone.localdate(), LONGEST_RUN) if not found.is_held]
    refuse_if(not due, "Zurzeit ist nichts zu löschen.")
    run = ErasureRun(organisation_id=by.organisation_id, proposed_by_id=by.person_id, total=len(due))
    save_checked(run)
    items = (ErasureItem(run=run, client=f.client, due_on=f.due_on, because=f.because) for f in due)
    ErasureItem.objects.bulk_create(items)
    record(run, files=len(due))
    return run


@action("erasure.cancelled", "hat einen Löschlauf verworfen")
def cancel_run(*, by: Actor, run: ErasureRun) -> ErasureRun:
    fresh = _waiting(by, run)
    fresh.cancelled_at = timezone.now()
    save_checked(fresh)
    fresh.items.all().delete()
    record(fresh)
    return fresh


@action("erasure.confirmed", "hat einem Löschlauf zugestimmt")
def confirm_run(*, by: Actor, run: ErasureRun) -> ErasureRun:
    """The second person. From now on it cannot be undone."""
    fresh = _waiting(by, run)
    require(rules.may_confirm_erasure(by, fresh), "Zustimmen muss eine zweite Person.")
    fresh.confirmed_by_id, fresh.confirmed_at = by.person_id, timezone.now()
    save_checked(fresh)
    record(fresh, files=fresh.total)
    transaction.on_commit(lambda: carry_out.enqueue(fresh.public_id), robust=True)
    return fresh


def _waiting(by: Actor, run: ErasureRun) -> ErasureRun:
    require(rules.may_propose_erasure(by) and run.organisation_id == by.organisation_id)
    fresh = ErasureRun.objects.select_for_update().get(pk=run.pk)
    refuse_if(not fresh.is_waiting, "Über diesen Löschlauf ist schon entschieden.")
    return fresh


@task()
def carry_out(public_id: str) -> None:
    """May run twice and be killed in between: each file is a transaction of its own, what is done is gone."""
    run = ErasureRun.objects.get(public_id=public_id)
    by = SystemActor("Löschlauf", organisation_id=run.organisation_id)
    while erase_next(by=by, run=run):
        pass


def carry_out_confirmed() -> int:
    """For the worker: runs that the queue has lost."""
    waiting = ErasureRun.objects.filter(confirmed_at__isnull=False, finished_at=None)
    refs = list(waiting.values_list("public_id", flat=True))
    for ref in refs:
        carry_out.call(ref)
    return len(refs)


@transaction.atomic
def erase_next(*, by: SystemActor, run: ErasureRun) -> bool:
    """One file of the run; False when there is none left."""
    fresh = ErasureRun.objects.select_for_update().get(pk=run.pk)
    item = fresh.items.select_related("client").first()
    if item is None:
        ErasureRun.objects.filter(pk=fresh.pk, finished_at=None).update(finished_at=timezone.now())
        return False
    due = why_due(item.client, timezone.localdate())
    if due is None or due.is_held:
        item.delete()
        ErasureRun.objects.filter(pk=fresh.pk).update(skipped=F("skipped") + 1)
        return True
    erase_file(by=by, client=item.client, reason=REASON[due.because])
    ErasureRun.objects.filter(pk=fresh.pk).update(erased=F("erased") + 1)
    return True


@action("file.erased", "hat eine Akte gelöscht")
def erase_file(*, by: Acting, client: Client, reason: DeletionReason) -> None:
    """The person goes with everything that hangs on her; the registry keeps that there was a file, not whose."""
    fresh = Client.objects.select_for_update().get(pk=client.pk)
    for file in files_of_person(fresh):
        deletions.note(by=by, kind=KIND.key, obj=file, reason=reason, retention_class=FILE_CLASS)
    record(fresh, file=fresh, reason=str(reason))
    _take_away(fresh)


def _take_away(client: Client) -> None:
    leave_remains(client)
    rows, persons = rows_of(client), files_of_person(client)
    files, households = files_of(rows), {person.household_id for person in persons}
    refs = refs_of(client, rows)
    for person in persons:
        drafts.forget(client.organisation_id, refs, person.public_id, person.full_name)
    outbox.forget(client.organisation_id, mentions(persons))
    let_go(persons)
    for model, mine in rows.items():
        # Straight from the table: every row that could follow is in the list, and keys are checked at the commit.
        model._base_manager.filter(pk__in=[row.pk for row in mine])._raw_delete("default")
    Client.objects.filter(pk__in=[person.pk for person in persons])._raw_delete("default")
    links.forget(refs)
    discard_files(files)
    Household.objects.filter(pk__in=households, clients=None).delete()


def _erase_again(public_id: str, _at: datetime) -> None:
    """What was merged into another file has gone with it."""
    if client := Client.objects.filter(public_id=public_id).first():
        _take_away(client)


def _living(organisation_id: int | None) -> list[str]:
    living = Client.objects.filter(organisation_id=organisation_id, erased_month=None)
    return list(living.values_list("public_id", flat=True))


KIND = deletions.Kind("client", _living, _erase_again)
