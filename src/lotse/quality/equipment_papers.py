"""Devices and material on paper and as a table."""

from collections.abc import Sequence
from datetime import date

from lotse.documents.rendering import Document, Heading, Note, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.quality.queries.equipment import EquipmentRow

TITLE = "Geräte und Material"
PRINTED = ("Bezeichnung", "Wo", "Verantwortlich", "Nächste Prüfung", "Stand")
COLUMNS = (
    "Bezeichnung", "Art", "Träger", "Wo", "Inventarnummer", "Verantwortlich", "Angeschafft am", "Prüfung alle Monate", "Nächste Prüfung",
    "Stand", "Umgang und Lagerung",
)  # fmt: skip


def equipment_paper(rows: Sequence[EquipmentRow], narrowed: str, today: date) -> Document:
    table = (Table(PRINTED, tuple(_printed(row) for row in rows), (4, 4, 3, 2, 3)),) if rows else ()
    house = rows[0].equipment.organisation.name if len({row.equipment.organisation_id for row in rows}) == 1 else ""
    blocks = (Heading(TITLE), Note(f"Stand {today:%d.%m.%Y}: {narrowed} ({len(rows)})"), *table)
    return Document(title=TITLE, blocks=blocks, author=house, footer=f"{house} · {TITLE}" if house else TITLE)


def _printed(row: EquipmentRow) -> tuple[str, ...]:
    one, (word, _tone) = row.equipment, row.state
    number = f"\n{one.inventory_number}" if one.inventory_number else ""
    return f"{one.name}{number}", one.where, str(one.responsible or ""), _day(one.next_check_on), word


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def equipment_sheet(rows: Sequence[EquipmentRow]) -> Sheet:
    said = [
        (
            row.equipment.name, str(row.equipment.get_kind_display()), row.equipment.organisation.name, row.equipment.where,
            row.equipment.inventory_number, str(row.equipment.responsible or ""), row.equipment.bought_on,
            row.equipment.check_every, row.equipment.next_check_on, row.state[0], row.equipment.storage_note,
        )
        for row in rows
    ]  # fmt: skip
    return Sheet(TITLE, COLUMNS, said)
