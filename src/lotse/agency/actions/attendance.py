"""A list that people sign with their own phone: opened for a day, closed into one paper, and then without rows."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lotse.agency.actions.measures import own
from lotse.agency.actions.proofs import keep_proof
from lotse.agency.models import Measure, SignedName, SignInSheet
from lotse.agency.queries.attendance import PURPOSE
from lotse.auditlog.door import action, record, refuse_if
from lotse.correspondence.links import make_link, revoke_links
from lotse.documents.actions import Received
from lotse.documents.enums import EvidenceKind
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor, SystemActor

MOST = 500  # on one list
OVER = "Dieser Tag ist schon vorbei. Bitte eine Liste auf Papier ablegen."
CLOSED = "Diese Liste ist abgeschlossen."
FULL = "Diese Liste ist voll. Bitte sagen Sie vor Ort Bescheid."


@action("sign_in.opened", "hat eine Anwesenheitsliste geöffnet")
def open_sheet(*, by: Actor, measure: Measure, on: date) -> SignInSheet:
    """Its link holds until the end of that day."""
    fresh = own(by, measure)
    ends = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    refuse_if(ends <= timezone.now(), OVER)
    sheet = save_checked(SignInSheet(organisation_id=fresh.organisation_id, measure=fresh, on=on))
    _link, token = make_link(
        purpose=PURPOSE, obj=sheet, organisation_id=sheet.organisation_id, valid_for=ends - timezone.now()
    )
    sheet.token = token
    sheet.save(update_fields=["token"])
    record(sheet, on=on)
    return sheet


@action("sign_in.signed", "hat sich in eine Anwesenheitsliste eingetragen")
def sign_in(*, by: SystemActor, sheet: SignInSheet, name: str, institution: str) -> SignedName:
    fresh = locked(sheet)
    refuse_if(fresh.closed_at is not None, CLOSED)
    refuse_if(fresh.entries.count() >= MOST, FULL)
    made = SignedName.objects.create(
        organisation_id=fresh.organisation_id, sheet=fresh, name=name.strip(), institution=institution.strip()
    )
    record(fresh)
    return made


@action("sign_in.struck", "hat einen Eintrag einer Anwesenheitsliste gestrichen")
def strike(*, by: Actor, entry: SignedName) -> None:
    own(by, entry.sheet.measure)
    record(entry.sheet)
    entry.delete()


@action("sign_in.closed", "hat eine Anwesenheitsliste abgeschlossen")
def close_sheet(*, by: Actor, sheet: SignInSheet, received: Received, number: int) -> SignInSheet:
    """The paper is the list from now on. `number`: the entries that stand on it, so that nobody who signs meanwhile is lost."""
    measure, fresh = own(by, sheet.measure), locked(sheet)
    refuse_if(fresh.closed_at is not None, CLOSED)
    refuse_if(
        fresh.entries.count() != number, "Gerade hat sich noch jemand eingetragen. Bitte noch einmal abschließen."
    )
    keep_proof(by, measure, received, EvidenceKind.ATTENDANCE_LIST, on=fresh.on)
    if measure.participants is None:
        measure.participants = number
        measure.revision += 1
        measure.save(update_fields=["participants", "revision"])
    return _emptied(fresh)


@action("sign_in.dropped", "hat eine leere Anwesenheitsliste verworfen")
def drop_sheet(*, by: Actor, sheet: SignInSheet) -> None:
    own(by, sheet.measure)
    fresh = locked(sheet)
    refuse_if(fresh.entries.exists(), "Auf dieser Liste steht schon jemand.")
    revoke_links(purpose=PURPOSE, obj=fresh)
    record(fresh)
    fresh.delete()


def _emptied(sheet: SignInSheet) -> SignInSheet:
    sheet.entries.all().delete()
    sheet.token, sheet.closed_at = "", timezone.now()
    sheet.save(update_fields=["token", "closed_at"])
    revoke_links(purpose=PURPOSE, obj=sheet)
    record(sheet)
    return sheet
