"""Devices and material entered, changed and checked (Mi 7)."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.fields import FUTURE
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import rules
from lotse.quality.actions.shared import kept
from lotse.quality.enums import CheckResult
from lotse.quality.models import Equipment, EquipmentCheck

WHO_CHECKS = "Das prüft, wer dafür verantwortlich ist oder die Qualität plant und sichert."
GONE = "Das ist ausgemustert."
FOREIGN = "Das gehört nicht zu diesem Träger."
EARLIER = "Danach ist schon einmal geprüft worden. Bitte einen späteren Tag angeben."
TEXTS = ("name", "place", "inventory_number", "storage_note")


@action("equipment.entered", "hat ein Gerät oder Material eingetragen")
def enter_equipment(*, by: Actor, organisation: Organisation, name: str, kind: str, **values: Any) -> Equipment:
    kept(by, organisation)
    made = Equipment(organisation=organisation, **_checked(organisation, {"name": name, "kind": kind, **values}))
    made.next_check_on = rules.next_check(made.bought_on or timezone.localdate(), made.check_every)
    save_checked(made)
    record(made, kind=kind)
    return made


@action("equipment.changed", "hat ein Gerät oder Material geändert")
def change_equipment(*, by: Actor, equipment: Equipment, revision: int | None = None, **values: Any) -> Equipment:
    """Another interval moves the next check."""
    kept(by, equipment.organisation)
    fresh = locked(equipment)
    refuse_if(fresh.discarded_on is not None, GONE)
    given = _checked(fresh.organisation, values)
    last = fresh.checks.first()
    since = last.on if last else given.get("bought_on", fresh.bought_on) or timezone.localdate(fresh.created_at)
    given["next_check_on"] = rules.next_check(since, given.get("check_every", fresh.check_every))
    record(fresh, fields=revise(fresh, given, revision))
    return fresh


def _checked(house: Organisation, values: dict[str, Any]) -> dict[str, Any]:
    for name in ("site", "responsible"):
        row = values.get(name)
        refuse_if(row is not None and row.organisation_id != house.pk, FOREIGN, name)
    return {**values, **{name: values[name].strip() for name in TEXTS if name in values}}


@action("equipment.checked", "hat ein Gerät oder Material geprüft")
def check_equipment(
    *, by: Actor, equipment: Equipment, result: str, note: str = "", on: date | None = None
) -> EquipmentCheck:
    """In order or not, it is due again after its interval; what is discarded is not."""
    require(rules.checks(by, equipment), WHO_CHECKS)
    fresh, day = locked(equipment), on or timezone.localdate()
    last = fresh.checks.first()
    refuse_if(fresh.discarded_on is not None, GONE)
    refuse_if(day > timezone.localdate(), FUTURE, "on")
    refuse_if(last is not None and day < last.on, EARLIER, "on")
    is_gone = result == CheckResult.DISCARDED
    made = EquipmentCheck(
        organisation_id=fresh.organisation_id, equipment=fresh, on=day, by_id=by.person_id, result=result,
        note=note.strip(), next_on=None if is_gone else rules.next_check(day, fresh.check_every),
    )  # fmt: skip
    save_checked(made)
    fresh.next_check_on, fresh.has_defect = made.next_on, result == CheckResult.DEFECT
    fresh.discarded_on = day if is_gone else None
    fresh.revision += 1
    save_checked(fresh)
    record(fresh, result=result, on=day)
    return made
