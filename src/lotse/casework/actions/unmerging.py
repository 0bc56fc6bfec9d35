"""Making two files out of one again: exactly as before, and what was changed since stays as it is now."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.consents import COLUMN
from lotse.casework.actions.file import RESTING
from lotse.casework.actions.merging import next_revision, tell
from lotse.casework.enums import Act, ConsentState
from lotse.casework.models import Client, Consent, MergeRecord
from lotse.casework.queries.column_changes import Change, read_changes
from lotse.casework.queries.merging import DECIDED_ONCE, hindrance, rows_returning
from lotse.casework.queries.ownership import columns_by_key
from lotse.organisations.actor import Actor

ENDED = (ConsentState.WITHDRAWN, ConsentState.EXPIRED)


@action("client.unmerged", "hat eine Zusammenführung rückgängig gemacht")
def undo_merge(*, by: Actor, merge: MergeRecord) -> MergeRecord:
    """By whoever may see the joint file. Rows go back to whom they belonged; new ones follow what they hang on."""
    kept, gone, fresh = _locked(by, merge)
    refuse_if(fresh.undone_at is not None, "Das ist schon rückgängig gemacht.")
    later = hindrance(fresh)
    refuse_if(bool(later), later)
    refuse_if(rules.is_restricted(kept), RESTING)
    for key, ids in rows_returning(fresh).items():
        column = columns_by_key()[key]
        column.rows_of(kept.pk).filter(pk__in=ids).update(**{column.name: gone.pk})
    stayed = _change_back(fresh, _withdrawn_since(fresh))
    fresh.undone_at, fresh.undone_by_id = timezone.now(), by.person_id
    fresh.save()
    kept.refresh_from_db()
    gone.refresh_from_db()
    gone.merged_into = None
    next_revision(kept, gone)
    for file in (kept, gone):
        record(fresh, file=file, number=kept.number, merged=gone.number, changed_since=stayed)
    people = [kept.responsible, gone.responsible]
    tell(by, people, f"Die Akten {kept.number} und {gone.number} sind wieder getrennt.")
    return fresh


def _locked(by: Actor, merge: MergeRecord) -> tuple[Client, Client, MergeRecord]:
    """Both files in the order of their ids, then the record."""
    if not rules.can_merge(by):
        raise NotAllowed("Akten trennt nur, wer sie lesen darf.")
    both = Client.objects.select_for_update(of=("self",)).filter(pk__in=[merge.survivor_id, merge.absorbed_id])
    files = {client.pk: client for client in both.order_by("pk")}
    fresh = MergeRecord.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=merge.pk).first()
    if fresh is None:
        raise NotAllowed("Diese Akte ist für Sie nicht geöffnet.")
    return files[merge.survivor_id], files[merge.absorbed_id], fresh


def _change_back(merge: MergeRecord, withdrawn: dict[str, Consent]) -> int:
    """How many values stay as they are now, because somebody has changed them since."""
    stayed = 0
    for change in read_changes(merge.changes):
        row = change.row()
        if isinstance(row, Consent) and row.act in withdrawn:
            _withdraw_too(row, withdrawn[row.act])
        elif row is None or not change.is_untouched(row) or not _restored(change, row):
            stayed += 1
    for act in withdrawn:
        _end_act(merge.absorbed_id, Act(act))
    return stayed


def _restored(change: Change, row: object) -> bool:
    """False where the database refuses the earlier value, because something new has taken its place."""
    for name, value in change.before(row).items():  # type: ignore[arg-type]
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()  # type: ignore[attr-defined]
    except IntegrityError:
        return False
    return True


def _withdrawn_since(merge: MergeRecord) -> dict[str, Consent]:
    """Acts that ended while the files were one: the person has taken them back for all of it (DP-12)."""
    gave_way = [change.pk for change in read_changes(merge.changes) if change.model is Consent]
    since = timezone.localdate(merge.created_at)
    ended = Consent.objects.filter(client__in=[merge.survivor_id, merge.absorbed_id], state__in=ENDED)
    rows = ended.filter(act__in=DECIDED_ONCE, ended_on__gte=since).exclude(pk__in=gave_way)
    return {consent.act: consent for consent in rows.order_by("ended_on", "id")}


def _withdraw_too(consent: Consent, example: Consent) -> None:
    consent.state, consent.ended_on = example.state, example.ended_on
    consent.save()


def _end_act(client_id: int, act: Act) -> None:
    """In the file that comes back, too: nothing is in force there that was taken back meanwhile."""
    client = Client.objects.get(pk=client_id)
    is_in_force = client.consents.filter(act=act, state=ConsentState.GIVEN).exists()
    if is_in_force or act not in COLUMN or getattr(client, COLUMN[act]) is None:
        return
    setattr(client, COLUMN[act], None)
    if act == Act.RECORDING:
        client.restricted_on = timezone.localdate()
    client.save()
