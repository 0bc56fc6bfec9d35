"""The financing plan of a grant: kinds of expense added, renamed, put in order, removed while nothing hangs on them."""

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import change, locked, save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.actions.shared import coordinated
from lotse.programmes.models import BudgetLine, Grant
from lotse.programmes.queries.grants import what_hangs_on

USED = "Auf dieser Ausgabenart steht schon etwas: {what}. Sie lässt sich umbenennen, aber nicht entfernen."


@action("budget_line.added", "hat eine Ausgabenart hinzugefügt")
def add_line(*, by: Actor, grant: Grant, name: str, number: str = "", is_staff: bool = False) -> BudgetLine:
    """At the end of the plan."""
    fresh = coordinated(by, grant)
    last = fresh.lines.order_by("-position").values_list("position", flat=True).first() or 0
    values = {"name": name.strip(), "number": number.strip(), "is_staff": is_staff, "position": last + 1}
    made = save_checked(BudgetLine(organisation=fresh.organisation, grant=fresh, **values))
    record(made, grant=fresh.public_id)
    return made


@action("budget_line.renamed", "hat eine Ausgabenart umbenannt")
def rename_line(*, by: Actor, line: BudgetLine, name: str, number: str = "") -> BudgetLine:
    """Its words only: what was planned and booked on it stays there."""
    coordinated(by, line.grant)
    fresh = locked(line)
    changed = change(fresh, {"name": name.strip(), "number": number.strip()})
    save_checked(fresh)
    record(fresh, fields=changed)
    return fresh


@action("budget_line.raised", "hat eine Ausgabenart nach oben gestellt")
def raise_line(*, by: Actor, line: BudgetLine) -> None:
    """One place up; the first stays where it is."""
    grant = coordinated(by, line.grant)
    rows = list(grant.lines.select_for_update(of=("self",)))
    place = next(i for i, row in enumerate(rows) if row.pk == line.pk)
    if place:
        rows.insert(place - 1, rows.pop(place))
    for position, row in enumerate(rows, 1):
        row.position = position
    BudgetLine.objects.bulk_update(rows, ["position"])
    record(line, position=max(place, 1))


@action("budget_line.removed", "hat eine Ausgabenart entfernt")
def remove_line(*, by: Actor, line: BudgetLine) -> None:
    coordinated(by, line.grant)
    fresh = locked(line)
    hanging = what_hangs_on(fresh)
    refuse_if(bool(hanging), USED.format(what=", ".join(hanging)))
    record(fresh, grant=line.grant.public_id)
    fresh.delete()
