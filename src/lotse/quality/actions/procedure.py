"""What every step of a procedure begins and ends with: who acts for which side, the row locked, the step noted."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import refuse_if, require
from lotse.documents.actions import start_retention
from lotse.documents.models import StoredFile
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.enums import CertificationState, Side
from lotse.quality.models import Certification, CertificationEvent, Participant
from lotse.quality.models.participants import places_of

NOT_YOUR_SIDE = {
    Side.ORGANISATION: "Das macht der Träger: Qualitätsmanagement, Fachleitung oder Geschäftsführung.",
    Side.ASSESSOR: "Das machen die Gutachter*innen dieses Verfahrens.",
    Side.BOARD: "Das macht der Beirat dieses Verfahrens.",
}
NOT_NOW = "Das ist jetzt nicht dran. Stand des Verfahrens: {}."
AHEAD = "Das Datum liegt in der Zukunft."


def seat_of(by: Actor, certification: Certification) -> Participant | None:
    seats = Participant.objects.valid_on(timezone.localdate())
    return seats.filter(places_of(by), certification=certification).first()


def at_work(by: Actor, certification: Certification, side: Side) -> Certification:
    """Locked, for who acts for this side."""
    fresh = locked(certification)
    require(rules.acts_for(seat_of(by, fresh), side, by, fresh.organisation), NOT_YOUR_SIDE[side])
    return fresh


def for_house(by: Actor, certification: Certification) -> Certification:
    """While checklist and documents are with the house."""
    fresh = at_work(by, certification, Side.ORGANISATION)
    refuse_if(not rules.is_with_house(fresh.state), NOT_NOW.format(fresh.get_state_display()))
    return fresh


def must_stand_at(certification: Certification, *states: CertificationState) -> None:
    refuse_if(certification.state not in states, NOT_NOW.format(certification.get_state_display()))


def advance(by: Actor, certification: Certification, to: CertificationState, side: Side) -> None:
    """Of a locked row."""
    before = certification.state
    refuse_if(not rules.may_follow(before, to), NOT_NOW.format(certification.get_state_display()))
    certification.state = to
    certification.save(update_fields=["state", "round"])
    note_step(by, certification, before, side)


def note_step(by: Actor, certification: Certification, before: str, side: Side) -> None:
    CertificationEvent.objects.create(
        organisation_id=certification.organisation_id, certification=certification, from_state=before,
        to_state=certification.state, side=side, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip


def not_ahead(day: date, field: str) -> None:
    refuse_if(day > timezone.localdate(), AHEAD, field)


def keep_papers(certification: Certification, until: date) -> None:
    """The clock of contract and documents begins when the procedure, or its certificate, ends."""
    of_contract = StoredFile.objects.filter(pk__in=certification.contracts.values("file"))
    handed_in = StoredFile.objects.filter(pk__in=certification.submissions.values("file"))
    start_retention(files=[*of_contract, *handed_in], on=until)
