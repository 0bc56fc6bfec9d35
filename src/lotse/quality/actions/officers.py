"""Who answers for quality management is appointed, for a time or until further notice; what she exchanges with others (QM-07)."""

from datetime import date

from django.db.models import Q

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.documents.actions import Received, keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.documents.models import StoredFile
from lotse.organisations.actions.shared import locked, revise
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality.actions.shared import kept
from lotse.quality.models import QmExchange, QmOfficer
from lotse.quality.rules import works_at
from lotse.quality.rules_audits import keeps_exchange

NOT_HERE = "Bestellt wird, wer bei diesem Träger arbeitet."
ALREADY = "Diese Person ist in dieser Zeit schon bestellt."
WHO_EXCHANGES = (
    "Den Austausch hält fest, wer als QM-Beauftragte*r bestellt ist oder die Qualität des Trägers verantwortet."
)
EMPTY = "Bitte eintragen, worum es ging."


@action("qm_officer.appointed", "hat eine*n QM-Beauftragte*n bestellt")
def appoint(
    *, by: Actor, organisation: Organisation, person: Person, appointed_on: date, until: date | None = None,
    is_deputy: bool = False, received: Received | None = None,
) -> QmOfficer:  # fmt: skip
    kept(by, organisation)
    refuse_if(not works_at(person, organisation), NOT_HERE, "person")
    made = QmOfficer(organisation=organisation, person=person, revision=0)
    _set(by, made, appointed_on, until, is_deputy, received, None)
    record(made, appointed_on=appointed_on, until=until, is_deputy=is_deputy)
    return made


@action("qm_officer.changed", "hat die Bestellung einer*eines QM-Beauftragten geändert")
def change_officer(
    *, by: Actor, officer: QmOfficer, appointed_on: date, until: date | None = None, is_deputy: bool = False,
    received: Received | None = None, revision: int | None = None,
) -> QmOfficer:  # fmt: skip
    """Ended by its last day; the row stays."""
    fresh = locked(officer)
    kept(by, fresh.organisation)
    changed = _set(by, fresh, appointed_on, until, is_deputy, received, revision)
    record(fresh, fields=changed, until=until)
    return fresh


def _set(
    by: Actor, row: QmOfficer, appointed_on: date, until: date | None, is_deputy: bool, received: Received | None,
    revision: int | None,
) -> list[str]:  # fmt: skip
    refuse_if(_is_twice(row, appointed_on, until), ALREADY, "appointed_on")
    values = {"appointed_on": appointed_on, "until": until, "is_deputy": is_deputy}
    letter = {"letter": _letter(by, received)} if received else {}
    changed = revise(row, {**values, **letter}, revision)
    if row.letter:
        start_retention(files=[row.letter], on=until)
    return changed


def _letter(by: Actor, received: Received) -> StoredFile:
    return keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="quality")


def _is_twice(row: QmOfficer, appointed_on: date, until: date | None) -> bool:
    others = QmOfficer.objects.filter(organisation=row.organisation, person=row.person).exclude(pk=row.pk)
    others = others.filter(Q(until=None) | Q(until__gte=appointed_on))
    return (others.filter(appointed_on__lte=until) if until else others).exists()


@action("qm_exchange.kept", "hat einen Austausch zum Qualitätsmanagement festgehalten")
def keep_exchange(
    *, by: Actor, organisation: Organisation, on: date, with_whom: str, topics: str, participants: str = "",
    results: str = "", exchange: QmExchange | None = None, revision: int | None = None,
) -> QmExchange:  # fmt: skip
    """A new one, where none is given."""
    refuse_if(not topics.strip(), EMPTY, "topics")
    row = locked(exchange) if exchange else QmExchange(organisation=organisation, revision=0)
    require(keeps_exchange(by, row.organisation), WHO_EXCHANGES)
    values = {
        "on": on, "with_whom": with_whom.strip(), "topics": topics.strip(), "participants": participants.strip(),
        "results": results.strip(),
    }  # fmt: skip
    changed = revise(row, values, revision if exchange else None)
    record(row, fields=changed, on=on)
    return row
