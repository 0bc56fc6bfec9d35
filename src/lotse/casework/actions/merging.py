"""Making two files one. Nothing is copied: rows get another owner, and the record says which (undone in `unmerging`)."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework.actions.consents import COLUMN
from lotse.casework.actions.pairs import lock_both
from lotse.casework.enums import CaseState, ConsentState
from lotse.casework.models import Client, MergeRecord
from lotse.casework.queries.column_changes import plain
from lotse.casework.queries.merging import MergePlan, merge_plan
from lotse.casework.queries.ownership import Column, moving_columns
from lotse.casework.queries.person_parts import PARTS
from lotse.core.models import Draft
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify

CHANGED = "Inzwischen wurde eine der beiden Akten geändert. Bitte sehen Sie sich die Vorschau noch einmal an."
CLASHES = "Beide Akten haben etwas, das es nur einmal geben kann ({what}). Bitte beenden Sie zuerst eines davon."


@dataclass
class Changes:
    """What is changed besides the owner, as `MergeRecord.changes` keeps it."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def set(self, row: models.Model, **values: Any) -> None:
        """Columns that belong together in one call: they are changed back together or not at all."""
        columns = {name: [plain(getattr(row, name)), plain(value)] for name, value in values.items()}
        if all(before == after for before, after in columns.values()):
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        self.rows.append({"model": row._meta.label_lower, "pk": row.pk, "columns": columns})

    def as_text(self) -> str:
        return json.dumps(self.rows, ensure_ascii=False)


@action("client.merged", "hat zwei Akten zusammengeführt")
def merge_clients(
    *,
    by: Actor,
    survivor: Client,
    absorbed: Client,
    take: Collection[str] = (),
    going_on: Collection[str] = (),
    revisions: tuple[int, int] | None = None,
) -> MergeRecord:
    """`take`: parts of the person that come from the absorbed file. `going_on`: public ids of cases that go on.

    `revisions` of both files as they were shown; None means that the caller has shown nothing.
    """
    lock_both(by, survivor, absorbed)
    kept, gone = _fresh(survivor), _fresh(absorbed)
    refuse_if(revisions not in (None, (kept.revision, gone.revision)), CHANGED)
    plan, concerned = merge_plan(kept, gone), [kept.responsible, gone.responsible]
    refuse_if(bool(plan.stops), " ".join(plan.stops))
    merge = MergeRecord(organisation_id=kept.organisation_id, survivor=kept, absorbed=gone, merged_by_id=by.person_id)
    merge.changes = _change(plan, take, going_on).as_text()
    merge.moved = {column.key: ids for column in moving_columns() if (ids := _move(column, gone.pk, kept.pk))}
    merge.save()
    gone.merged_into = kept
    next_revision(kept, gone)
    for file in (kept, gone):
        record(merge, file=file, number=kept.number, merged=gone.number)
    tell(by, concerned, f"Die Akte {gone.number} gehört jetzt zur Akte {kept.number}.")
    return merge


def _fresh(client: Client) -> Client:
    return Client.objects.select_related("site", "responsible").get(pk=client.pk)


def _change(plan: MergePlan, take: Collection[str], going_on: Collection[str]) -> Changes:
    """Everything but the owners; first what must make room for what comes."""
    changes, today = Changes(), timezone.localdate()
    before = {plan.survivor.responsible_id, plan.absorbed.responsible_id}
    _keep_one_case(changes, plan, going_on, today)
    for consent in plan.doubles:
        changes.set(consent, state=ConsentState.EXPIRED, ended_on=today)
    _take_over(changes, plan, take)
    _earliest_acts(changes, plan)
    _one_responsible(changes, plan, before)
    _move_drafts(changes, plan)
    return changes


def _keep_one_case(changes: Changes, plan: MergePlan, going_on: Collection[str], today: date) -> None:
    """Of two open cases in one programme one goes on; the other keeps all it has and counts no more."""
    for clash in plan.clashes:
        ends = clash.kept if clash.taken.public_id in going_on else clash.taken
        changes.set(ends, state=CaseState.MERGED, ended_on=today)


def _take_over(changes: Changes, plan: MergePlan, take: Collection[str]) -> None:
    """What was chosen, and what the surviving file did not know."""
    chosen = {choice.part.key for choice in plan.choices} & set(take) | {part.key for part in plan.gains}
    for part in PARTS:
        if part.key in chosen:
            changes.set(plan.survivor, **{name: getattr(plan.absorbed, name) for name in part.columns})


def _earliest_acts(changes: Changes, plan: MergePlan) -> None:
    """Each act is in force since it was first given, and the person informed since the first time."""
    kept, gone = plan.survivor, plan.absorbed
    for column in COLUMN.values():
        days = [day for day in (getattr(kept, column), getattr(gone, column)) if day]
        changes.set(kept, **{column: min(days, default=None)})
    if gone.informed_on < kept.informed_on:
        changes.set(kept, informed_on=gone.informed_on, informed_language=gone.informed_language)


def _one_responsible(changes: Changes, plan: MergePlan, before: set[int]) -> None:
    """Open cases of both who were responsible go to who is now; somebody else's case stays with her."""
    for client in (plan.survivor, plan.absorbed):
        for case in client.cases.filter(ended_on=None, responsible_id__in=before):
            changes.set(case, responsible_id=plan.survivor.responsible_id)


def _move_drafts(changes: Changes, plan: MergePlan) -> None:
    """What is typed and not yet saved goes along, unless the same person types the same form in both files."""
    old, new = plan.absorbed.public_id, plan.survivor.public_id
    taken = set(Draft.objects.filter(object_ref=new).values_list("owner_ref", "form_key"))
    for draft in Draft.objects.filter(object_ref=old):
        if (draft.owner_ref, draft.form_key) not in taken:
            changes.set(draft, object_ref=new, url=draft.url.replace(old, new))


def _move(column: Column, old: int, new: int) -> list[int]:
    rows = column.rows_of(old)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    try:
        with transaction.atomic():
            rows.update(**{column.name: new})
    except IntegrityError:
        refuse_if(True, CLASHES.format(what=column.label))
    return ids


def next_revision(*clients: Client) -> None:
    """A form that was opened before shows both versions instead of saving over."""
    for client in clients:
        client.revision += 1
        client.save()


def tell(by: Actor, people: Iterable[Person], text: str) -> None:
    notify([person for person in people if person.pk != by.person_id], "Akten zusammengeführt", text)
