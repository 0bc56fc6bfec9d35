"""Devices and material of a carrier, and which of them are due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lotse.core.finding import found
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Site
from lotse.quality import rules
from lotse.quality.models import Equipment, EquipmentCheck

SHOWN_CHECKS = 20


@dataclass(frozen=True)
class EquipmentRow:
    equipment: Equipment
    is_overdue: bool

    @property
    def words(self) -> str:
        one = self.equipment
        return fold(
            " ".join([one.name, one.inventory_number, one.where, one.get_kind_display(), str(one.responsible or "")])
        )

    @property
    def state(self) -> tuple[str, str]:
        """Word and tone."""
        one = self.equipment
        if one.discarded_on:
            return "ausgemustert", "none"
        if one.has_defect:
            return "Mangel", "bad"
        return ("Prüfung überfällig", "warn") if self.is_overdue else ("in Ordnung", "good")


FILTERS: Mapping[str, tuple[str, Callable[[EquipmentRow], bool]]] = {
    "": ("in Gebrauch", lambda row: row.equipment.discarded_on is None),
    "ueberfaellig": ("Prüfung überfällig", lambda row: row.is_overdue),
    "mangel": ("mit Mangel", lambda row: row.equipment.has_defect and row.equipment.discarded_on is None),
    "ausgemustert": ("ausgemustert", lambda row: row.equipment.discarded_on is not None),
}


def row_of(one: Equipment, today: date) -> EquipmentRow:
    return EquipmentRow(one, one.discarded_on is None and rules.is_overdue(one.next_check_on, today))


def equipment(actor: Actor) -> list[EquipmentRow]:
    """What is overdue first; one statement."""
    today = timezone.localdate()
    rows = Equipment.objects.visible_to(actor).select_related("site", "responsible", "organisation")
    return sorted((row_of(one, today) for one in rows), key=lambda row: not row.is_overdue)


def chosen(rows: list[EquipmentRow], only: str, text: str) -> list[EquipmentRow]:
    _label, lets = FILTERS.get(only, FILTERS[""])
    return [row for row in rows if lets(row) and fold(text) in row.words]


def get_equipment(actor: Actor, public_id: str) -> Equipment:
    return found(Equipment.objects.visible_to(actor).select_related("organisation", "site", "responsible"), public_id)


def checks_of(one: Equipment) -> list[EquipmentCheck]:
    return list(one.checks.select_related("by")[:SHOWN_CHECKS])


def sites(house: Organisation) -> dict[str, Site]:
    return {one.public_id: one for one in Site.objects.filter(organisation=house)}
