"""A carrier's duties of a year, looked at point by point."""

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.documents.models import StoredFile
from lotse.funding.actions.shared import kept
from lotse.funding.enums import DutyState
from lotse.funding.models import DutyCheck
from lotse.funding.packaged import duties_of, point_of
from lotse.organisations.actions.shared import revise
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

UNKNOWN = "Diesen Punkt gibt es in der Liste dieses Jahres nicht."
READ = "Dieser Punkt folgt aus den Buchungen und wird nicht von Hand eingetragen."
AHEAD = "Für ein Jahr, das noch kommt, wird nichts eingetragen."


@action("duty.checked", "hat eine Pflicht des Trägers eingetragen")
def check_duty(
    *, by: Actor, carrier: Organisation, year: int, key: str, state: DutyState, note: str = "", link: str = "",
    received: Received | None = None, revision: int | None = None,
) -> DutyCheck:  # fmt: skip
    """Anew for the first look, else changed; a paper that is there stays until another takes its place."""
    kept(by, carrier)
    point, today = point_of(year, key), timezone.localdate()
    refuse_if(point is None, UNKNOWN)
    refuse_if(point is not None and bool(point.reads), READ)
    refuse_if(year > today.year, AHEAD)
    row = _row(carrier, year, key)
    values = {
        "version": duties_of(year).version, "state": state, "note": note.strip(), "link": link, "checked_on": today,
        "checked_by_id": by.person_id, **({"file": _paper(by, year, received)} if received else {}),
    }  # fmt: skip
    changed = revise(row, values, revision)
    record(row, fields=changed, year=year, point=key, state=state)
    return row


def _row(carrier: Organisation, year: int, key: str) -> DutyCheck:
    rows = DutyCheck.objects.select_for_update(of=("self",))
    found = rows.filter(organisation=carrier, year=year, key=key).first()
    return found or DutyCheck(organisation=carrier, year=year, key=key, revision=0)


def _paper(by: Actor, year: int, received: Received) -> StoredFile:
    """Its clock begins with the year it speaks for."""
    stored = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
    start_retention(files=[stored], on=timezone.localdate().replace(year=year, month=12, day=31))
    return stored
