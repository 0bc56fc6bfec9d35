"""A procedure begun by the house: who takes part, contract, schedule, withdrawal (model.md §4.2, stations 1 and 2)."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.ids import new_public_id
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.quality import rules
from lotse.quality.actions.procedure import (
    NOT_NOW,
    NOT_YOUR_SIDE,
    advance,
    at_work,
    keep_papers,
    must_stand_at,
    not_ahead,
    note_step,
    seat_of,
)
from lotse.quality.actions.shared import kept
from lotse.quality.enums import CertificationState, Side, Station
from lotse.quality.models import (
    Certification,
    CertificationContract,
    ChecklistItem,
    Criterion,
    Framework,
    Participant,
    ScheduleItem,
)

OTHER_HOUSE = "Rezertifiziert wird ein Verfahren desselben Trägers."
RENEWED = "Die Rezertifizierung hat schon begonnen: {}."
WRONG_SIDE = {
    Side.ORGANISATION: "Für den Träger handelt, wer dort arbeitet.",
    Side.ASSESSOR: "Wer beim Träger arbeitet, begutachtet ihn nicht.",
    Side.BOARD: "Wer beim Träger arbeitet, entscheidet nicht über ihn.",
}
ONE_CHAIR = "Den Vorsitz führt schon jemand."
EMPTY = "Dieser Katalog hat keine Kriterien."
FILE = "Zum unterschriebenen Vertrag gehört die Datei."
NOT_IN_ORDER = "Die Termine folgen einander wie die Stationen."
ALL_DAYS = "Bitte mindestens einen Termin angeben."
NO_SCHEDULE = "Es gibt noch keinen Zeitplan."
YOURS_IS_THERE = "Sie sind mit diesem Zeitplan schon einverstanden."
OVER = "Dieses Verfahren ist beendet."


@action("certification.registered", "hat ein Zertifizierungsverfahren begonnen")
def register(
    *, by: Actor, framework: Framework, body: str, recertifies: Certification | None = None, quorum_percent: int = 50
) -> Certification:
    """With an open answer for every criterion; a re-certification begins with the answers of last time, to be checked again."""
    kept(by, framework.organisation)
    if recertifies is not None:
        _check_renewed(recertifies, framework)
    today = timezone.localdate()
    made = Certification(
        organisation_id=framework.organisation_id, framework=framework, body=body.strip(), recertifies=recertifies,
        number=f"V-{today.year}-{_sign()}", quorum_percent=quorum_percent, registered_on=today,
    )  # fmt: skip
    save_checked(made)
    copied = _begin_checklist(made)
    note_step(by, made, "", Side.ORGANISATION)
    record(made, framework=framework.public_id, copied=copied, recertifies=bool(recertifies))
    return made


def _check_renewed(before: Certification, framework: Framework) -> None:
    """Locked, so that two people do not begin twice what follows one certificate."""
    refuse_if(before.organisation_id != framework.organisation_id, OTHER_HOUSE)
    after = Certification.objects.renewing().filter(recertifies=locked(before)).first()
    refuse_if(after is not None, RENEWED.format(after))


def _sign() -> str:
    return new_public_id()[:6].upper()


def _begin_checklist(made: Certification) -> int:
    """By the slug, so that a newer version of the catalogue finds what the older one was answered with."""
    known = _answers(made.recertifies) if made.recertifies else {}
    criteria = list(Criterion.objects.filter(framework=made.framework))
    refuse_if(not criteria, EMPTY)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            organisation_id=made.organisation_id, certification=made, criterion=one, **_copied(known.get(one.slug))
        )
        for one in criteria
    )
    return sum(one.slug in known for one in criteria)


def _answers(before: Certification) -> dict[str, ChecklistItem]:
    last = before.checklist.filter(round=before.round).exclude(answer="").select_related("criterion")
    return {row.criterion.slug: row for row in last}


def _copied(old: ChecklistItem | None) -> Mapping[str, object]:
    return {"answer": old.answer, "note": old.note, "to_recheck": True} if old else {}


@action("participant.added", "hat eine Person an einem Zertifizierungsverfahren beteiligt")
def add_participant(
    *, by: Actor, certification: Certification, person: Person, side: Side, valid_from: date,
    valid_to: date | None = None, is_chair: bool = False,
) -> Participant:  # fmt: skip
    fresh = locked(certification)
    kept(by, fresh.organisation)
    refuse_if(fresh.is_over, OVER)
    refuse_if(not rules.may_take_seat(person, Side(side), fresh.organisation), WRONG_SIDE[Side(side)], "person")
    chaired = fresh.participants.seated_on(timezone.localdate()).filter(is_chair=True).exists()
    refuse_if(is_chair and chaired, ONE_CHAIR, "is_chair")
    made = Participant(
        organisation_id=fresh.organisation_id, certification=fresh, person=person, side=side, is_chair=is_chair,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    save_checked(made)
    record(made, side=str(side), certification=fresh.public_id)
    return made


@action("participant.ended", "hat eine Beteiligung an einem Zertifizierungsverfahren beendet")
def end_participation(*, by: Actor, participant: Participant, on: date) -> Participant:
    """`on`: the last day."""
    kept(by, participant.organisation)
    fresh = locked(participant)
    fresh.valid_to = on
    save_checked(fresh)
    record(fresh, on=on)
    return fresh


@action("certification_contract.kept", "hat den Vertrag eines Zertifizierungsverfahrens eingetragen")
def keep_contract(
    *, by: Actor, certification: Certification, signed_by_house_on: date | None = None,
    signed_by_body_on: date | None = None, received: Received | None = None, revision: int | None = None,
) -> CertificationContract:  # fmt: skip
    """Signed once both days and the paper are there."""
    fresh = at_work(by, certification, Side.ORGANISATION)
    must_stand_at(fresh, CertificationState.REGISTERED)
    row = fresh.contracts.first()
    row = row or CertificationContract(organisation_id=fresh.organisation_id, certification=fresh, revision=0)
    values = {"signed_by_house_on": signed_by_house_on, "signed_by_body_on": signed_by_body_on}
    for name, day in values.items():
        if day:
            not_ahead(day, name)
    refuse_if(all(values.values()) and not (received or row.file_id), FILE, "file")
    if received:
        row.file = keep_file(by=by, received=received, compartment=Compartment.EVIDENCE, retention="quality")
    changed = revise(row, values, revision)
    if row.is_signed:
        advance(by, fresh, CertificationState.CONTRACT_SIGNED, Side.ORGANISATION)
    record(row, fields=changed, is_signed=row.is_signed)
    return row


def side_in_schedule(by: Actor, certification: Certification) -> Side:
    """House or assessors; the board agrees to no schedule."""
    sides = [
        side
        for side in (Side.ORGANISATION, Side.ASSESSOR)
        if rules.acts_for(seat_of(by, certification), side, by, certification.organisation)
    ]
    require(bool(sides), NOT_YOUR_SIDE[Side.ASSESSOR])
    return sides[0]


@action("schedule.proposed", "hat einen Zeitplan für ein Zertifizierungsverfahren vorgeschlagen")
def propose_schedule(*, by: Actor, certification: Certification, days: Mapping[str, date]) -> list[ScheduleItem]:
    """Station → day. Who proposes agrees; the other side has to agree to what is new."""
    fresh = locked(certification)
    side = side_in_schedule(by, fresh)
    must_stand_at(fresh, CertificationState.CONTRACT_SIGNED)
    refuse_if(not days, ALL_DAYS)
    ordered = [days[station] for station in sorted(days)]
    refuse_if(ordered != sorted(ordered), NOT_IN_ORDER)
    same = {row.station: row for row in fresh.schedule.all() if days.get(row.station) == row.on}
    fresh.schedule.exclude(station__in=same).delete()
    rows = [same.get(station) or _planned(fresh, station, day) for station, day in sorted(days.items())]
    _agree(rows, side)
    record(fresh, side=str(side), stations=sorted(days))
    _settle(by, fresh, side)
    return rows


def _planned(certification: Certification, station: str, day: date) -> ScheduleItem:
    made = ScheduleItem(
        organisation_id=certification.organisation_id, certification=certification, station=Station(station), on=day
    )
    return save_checked(made)


def _agree(rows: list[ScheduleItem], side: Side) -> None:
    name = "house_agreed_on" if side == Side.ORGANISATION else "body_agreed_on"
    for row in rows:
        setattr(row, name, getattr(row, name) or timezone.localdate())
        row.save(update_fields=[name])


@action("schedule.agreed", "hat dem Zeitplan eines Zertifizierungsverfahrens zugestimmt")
def agree_schedule(*, by: Actor, certification: Certification) -> Certification:
    fresh = locked(certification)
    side = side_in_schedule(by, fresh)
    must_stand_at(fresh, CertificationState.CONTRACT_SIGNED)
    rows = list(fresh.schedule.all())
    refuse_if(not rows, NO_SCHEDULE)
    mine = "house_agreed_on" if side == Side.ORGANISATION else "body_agreed_on"
    refuse_if(all(getattr(row, mine) for row in rows), YOURS_IS_THERE)
    _agree(rows, side)
    record(fresh, side=str(side))
    _settle(by, fresh, side)
    return fresh


def _settle(by: Actor, certification: Certification, side: Side) -> None:
    if all(row.is_agreed for row in certification.schedule.all()):
        advance(by, certification, CertificationState.SCHEDULE_AGREED, side)


@action("certification.withdrawn", "hat ein Zertifizierungsverfahren zurückgezogen")
def withdraw(*, by: Actor, certification: Certification) -> Certification:
    fresh = at_work(by, certification, Side.ORGANISATION)
    refuse_if(fresh.is_over, NOT_NOW.format(fresh.get_state_display()))
    advance(by, fresh, CertificationState.WITHDRAWN, Side.ORGANISATION)
    keep_papers(fresh, timezone.localdate())
    record(fresh, state=fresh.state)
    return fresh
