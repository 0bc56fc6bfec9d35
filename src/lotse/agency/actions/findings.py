"""Data, needs, and which need follows from which data (IA-03)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import F

from lotse.agency.actions.papers import writable
from lotse.agency.models import AgencyDocument, DataItem, DatasetRow, Need
from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, next_place, revise, save_checked
from lotse.organisations.actor import Actor

R = TypeVar("R", DataItem, Need)
HAS_TASKS = "Auf diesen Bedarf bezieht sich die Aufgabenplanung. Bitte zuerst dort ändern."
NOTHING_PICKED = "Bitte mindestens eine Zeile ankreuzen."
BOTH_SIDES = "Bitte auf beiden Seiten etwas ankreuzen."


@action("data_items.added", "hat der Analyse Daten hinzugefügt")
def add_data(
    *, by: Actor, document: AgencyDocument, rows: Sequence[Mapping[str, Any]], needs: Collection[Need] = ()
) -> list[DataItem]:
    fresh = writable(by, document)
    made = [_add(fresh, place, values, needs) for place, values in enumerate(rows, start=next_place(fresh.data_items))]
    record(document, data=len(made))
    return made


def _add(document: AgencyDocument, place: int, values: Mapping[str, Any], needs: Collection[Need]) -> DataItem:
    item = DataItem(organisation_id=document.organisation_id, document=document, position=place, **values)
    _join(save_checked(item).needs, needs)
    return item


def _join(links: Any, rows: Iterable[DataItem | Need]) -> None:
    """What gains or loses a link has changed too: whoever has it open is told."""
    before, now = set(links.all()), set(rows)
    links.set(now)
    links.model.objects.filter(pk__in=[row.pk for row in before ^ now]).update(revision=F("revision") + 1)


@action("data_items.picked", "hat Zeilen einer Tabelle in die Analyse übernommen")
def pick_rows(
    *, by: Actor, document: AgencyDocument, rows: Iterable[DatasetRow], topic: str, needs: Collection[Need] = ()
) -> list[DataItem]:
    """Those that stand there already are left alone."""
    fresh = writable(by, document)
    taken = set(DataItem.objects.filter(document=fresh, row__isnull=False).values_list("row_id", flat=True))
    picked = [row for row in rows if row.pk not in taken]
    refuse_if(not picked, NOTHING_PICKED, "rows")
    values = [{"topic": topic, **_said(row)} for row in picked]
    made = [_add(fresh, place, given, needs) for place, given in enumerate(values, start=next_place(fresh.data_items))]
    record(document, data=len(made))
    return made


def _said(row: DatasetRow) -> dict[str, Any]:
    table = row.dataset
    return {
        "label": row.label, "value": row.written, "unit": row.unit, "area": row.area or table.area,
        "as_of": row.as_of, "source": table.source, "row": row,
    }  # fmt: skip


@action("data_item.changed", "hat eine Angabe der Analyse geändert")
def change_data_item(
    *, by: Actor, item: DataItem, needs: Collection[Need], revision: int | None = None, **values: Any
) -> DataItem:
    fresh = _open(by, item)
    changed = revise(fresh, {**values, "to_check": False}, revision)
    _join(fresh.needs, needs)
    record(fresh, fields=changed)
    return fresh


def _open(by: Actor, row: R) -> R:
    """Inside an action: the row under a lock, in an analysis that is open and hers to write."""
    writable(by, row.document)
    return locked(row)


@action("data_item.removed", "hat eine Angabe aus der Analyse entfernt")
def remove_data_item(*, by: Actor, item: DataItem) -> None:
    writable(by, item.document)
    record(item)
    item.delete()


@action("need.added", "hat einen Bedarf aufgenommen")
def add_need(
    *, by: Actor, document: AgencyDocument, text: str, field: str, data_items: Collection[DataItem] = ()
) -> Need:
    fresh = writable(by, document)
    values = {"organisation_id": fresh.organisation_id, "document": fresh, "position": next_place(fresh.needs)}
    need = save_checked(Need(text=text, field=field, **values))
    _join(need.data_items, data_items)
    record(need)
    return need


@action("need.changed", "hat einen Bedarf geändert")
def change_need(
    *, by: Actor, need: Need, text: str, field: str, data_items: Collection[DataItem], revision: int | None = None
) -> Need:
    fresh = _open(by, need)
    changed = revise(fresh, {"text": text, "field": field, "to_check": False}, revision)
    _join(fresh.data_items, data_items)
    record(fresh, fields=changed)
    return fresh


@action("need.removed", "hat einen Bedarf entfernt")
def remove_need(*, by: Actor, need: Need) -> None:
    writable(by, need.document)
    refuse_if(need.tasks.exists(), HAS_TASKS)
    record(need)
    need.delete()


@action("analysis.linked", "hat Daten und Bedarfe verbunden")
def link_data(
    *, by: Actor, document: AgencyDocument, data_items: Collection[DataItem], needs: Collection[Need]
) -> None:
    """Every one of these with every one of those."""
    writable(by, document)
    refuse_if(not (data_items and needs), BOTH_SIDES)
    for need in needs:
        _join(need.data_items, {*need.data_items.all(), *data_items})
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(revision=F("revision") + 1)
    record(document, data=len(data_items), needs=len(needs))


@action("analysis.checked", "hat übernommene Angaben geprüft")
def confirm_taken_over(
    *, by: Actor, document: AgencyDocument, data_items: Collection[DataItem], needs: Collection[Need]
) -> None:
    """They still hold as they are."""
    writable(by, document)
    refuse_if(not (data_items or needs), NOTHING_PICKED)
    DataItem.objects.filter(pk__in=[item.pk for item in data_items]).update(to_check=False)
    Need.objects.filter(pk__in=[need.pk for need in needs]).update(to_check=False)
    record(document, data=len(data_items), needs=len(needs))
