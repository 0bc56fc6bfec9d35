"""What every act on an organisation begins and ends with."""

from typing import Any, TypeVar

from django.db.models import Max, Model

from lotse.auditlog.door import refuse_if_changed, require
from lotse.organisations import rules
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

M = TypeVar("M", bound=Model)
NOT_YOURS = "Das pflegt, wer diese Organisation verwaltet."


def require_manager(by: Actor, organisation_id: int) -> None:
    require(rules.manages(by, organisation_id), NOT_YOURS)


def managed(by: Actor, organisation: Organisation) -> Organisation:
    """The organisation's row, locked; refused to everybody who does not manage it."""
    require_manager(by, organisation.pk)
    return locked(organisation)


def locked(row: M) -> M:
    """The same row, fresh and locked for this transaction."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def next_place(rows: Any) -> int:
    """Behind all of them; `rows` have a `position`."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def log_of(organisation: Organisation) -> int:
    """Acts on an agency stand in the log of its carrier, where somebody reads them."""
    above = [int(pk) for pk in organisation.path.strip("/").split("/") if pk]
    carrier = Organisation.objects.filter(pk__in=above, is_carrier=True).order_by("-path").first()
    return carrier.pk if carrier else organisation.pk


def change(obj: Any, values: dict[str, Any]) -> list[str]:
    """Set what differs; the names of the changed fields, for the log."""
    changed = [name for name, value in values.items() if getattr(obj, name) != value]
    for name in changed:
        setattr(obj, name, values[name])
    return changed


def revise(row: Any, values: dict[str, Any], seen: int | None) -> list[str]:
    """Change and save a locked row as a form says that was shown with its revision `seen`; refused where another saved since."""
    refuse_if_changed(row, seen)
    changed = change(row, values)
    row.revision += 1
    save_checked(row)
    return changed


def save_checked(obj: M) -> M:
    """Save after the model's own constraints have spoken in German."""
    obj.validate_constraints()
    obj.save()
    return obj
