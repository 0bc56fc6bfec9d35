"""Being away, and handing over a whole caseload: offered as one, accepted as one, undone as one (VT-01 to VT-04)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.actions.handovers import move_file
from lotse.casework.actions.notes import move_notes, pin_notes
from lotse.casework.amounts import amount
from lotse.casework.enums import AbsenceCode, HandoverState, TransferState
from lotse.casework.models import Absence, CaseloadTransfer, Client, Handover
from lotse.casework.states import HANDOVER, require_step
from lotse.organisations.actions.shared import locked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify
from lotse.organisations.who import actor_for

NOT_COUNSELLING = "Diese Person berät nicht."
NOTHING_LEFT = "Inzwischen ist nichts mehr da, das Sie übergeben könnten."
DECIDED = "Über diese Übergabe ist schon entschieden."


def _counsels(person: Person) -> bool:
    actor = actor_for(person)
    return actor is not None and rules.can_counsel(actor)


@action("absence.entered", "hat eine Abwesenheit mit Vertretung eingetragen")
def enter_absence(
    *, by: Actor, person: Person, deputy: Person, first_on: date, last_on: date, code: AbsenceCode
) -> Absence:
    """The deputy sees next steps only; to open files, a deputy is arranged and confirmed (OR-03)."""
    require(rules.may_enter_absence(by, person), "Eine Abwesenheit trägt die Person selbst oder ihre Leitung ein.")
    require(deputy.organisation_id == person.organisation_id)
    refuse_if(not _counsels(deputy), NOT_COUNSELLING, "deputy")
    refuse_if(last_on < timezone.localdate(), "Diese Abwesenheit ist schon vorbei.", "last_on")
    absence = Absence(
        organisation_id=person.organisation_id,
        person=person,
        deputy=deputy,
        first_on=first_on,
        last_on=last_on,
        code=code,
        recorded_by_id=by.person_id,
    )
    save_checked(absence)
    record(absence, first_on=first_on, last_on=last_on)
    told = f"{deputy} sieht vom {first_on:%d.%m.%Y} bis {last_on:%d.%m.%Y} die nächsten Schritte von {person}."
    notify([person, deputy], "Vertretung eingetragen", told)
    return absence


@action("absence.ended", "hat eine Abwesenheit beendet")
def end_absence(*, by: Actor, absence: Absence) -> None:
    """Back today, or it does not take place: from now on the deputy sees nothing any more."""
    require(rules.may_enter_absence(by, absence.person) or by.person_id == absence.deputy_id)
    fresh = locked(absence)
    yesterday = timezone.localdate() - timedelta(days=1)
    record(fresh, fields=["last_on"])
    if fresh.first_on > yesterday:
        fresh.delete()
        return
    fresh.last_on = min(fresh.last_on, yesterday)
    save_checked(fresh)


@action("caseload.offered", "hat angeboten, die Akte mit anderen zu übergeben")
def offer_caseload(
    *, by: Actor, from_person: Person, to: Person, files: Collection[str], reason: str, with_notes: bool = False
) -> CaseloadTransfer:
    """Nothing changes until somebody else accepts. A file that rests goes along: nobody stays without a person."""
    require(to.organisation_id == by.organisation_id == from_person.organisation_id)
    refuse_if(not _counsels(to), "Diese Person berät nicht und kann keine Akten führen.", "to")
    chosen = Client.objects.visible_to(by).filter(responsible=from_person, public_id__in=files)
    clients = list(chosen.select_for_update(of=("self",)).order_by("pk"))
    refuse_if(not clients and not with_notes, "Bitte mindestens eine Akte wählen.", "files")
    if len(clients) != len(set(files)) or not all(rules.may_pass_on(by, client) for client in clients):
        raise NotAllowed("Eine Akte übergibt, wer zuständig ist, die Vertretung oder die Fachleitung.")
    transfer = CaseloadTransfer(
        organisation_id=by.organisation_id,
        from_person=from_person,
        to_person=to,
        offered_by_id=by.person_id,
        reason=reason,
    )
    save_checked(transfer)
    for client in clients:
        record(_offer(transfer, client), file=client)
    notes = pin_notes(by, transfer, from_person) if with_notes else 0
    refuse_if(not clients and not notes, NOTHING_LEFT)
    record(transfer, files=len(clients), notes=notes)
    notify([to], "Akten für Sie", f"{by.label} möchte Ihnen {amount(len(clients), notes)} von {from_person} übergeben.")
    return transfer


def _offer(transfer: CaseloadTransfer, client: Client) -> Handover:
    return save_checked(
        Handover(
            organisation_id=client.organisation_id,
            client=client,
            from_person_id=transfer.from_person_id,
            to_person_id=transfer.to_person_id,
            offered_by_id=transfer.offered_by_id,
            offered_on=timezone.localdate(),
            reason=transfer.reason,
            client_present=False,
            transfer=transfer,
        )
    )


@action("caseload.accepted", "hat die Akte mit anderen übernommen")
def accept_caseload(*, by: Actor, transfer: CaseloadTransfer) -> int:
    """All that still lie where they lay when it was offered; how many files."""
    fresh = _undecided(by, transfer)
    refuse_if(fresh.to_person.left_on is not None, "Diese Person ist nicht mehr da.")
    notes = move_notes(by=by, transfer=fresh, to=fresh.to_person)
    _settle(fresh, TransferState.ACCEPTED, by)
    moved = 0
    for handover, client in _parts(fresh, HandoverState.OFFERED):
        stayed = client.responsible_id == fresh.from_person_id
        _decide(handover, HandoverState.ACCEPTED if stayed else HandoverState.RETURNED, by)
        if stayed:
            move_file(client, fresh.to_person)
            moved += 1
        record(handover, file=client, fields=["responsible"] if stayed else [])
    record(fresh, files=moved, notes=notes)
    told = f"Jetzt bei {fresh.to_person}: {amount(moved, notes)} von {fresh.from_person}."
    notify([fresh.from_person, fresh.to_person], "Akten übergeben", told)
    return moved


@action("caseload.returned", "hat die Akte mit anderen nicht übernommen")
def return_caseload(*, by: Actor, transfer: CaseloadTransfer) -> CaseloadTransfer:
    fresh = _undecided(by, transfer)
    _settle(fresh, TransferState.RETURNED, by)
    for handover, client in _parts(fresh, HandoverState.OFFERED):
        _decide(handover, HandoverState.RETURNED, by)
        record(handover, file=client)
    record(fresh)
    return fresh


@dataclass(frozen=True)
class Undone:
    """`kept`: numbers of files that have gone further meanwhile and stay where they are."""

    files: int
    notes: int
    kept: tuple[int | None, ...]


@action("caseload.undone", "hat die gemeinsame Übergabe der Akte rückgängig gemacht")
def undo_caseload(*, by: Actor, transfer: CaseloadTransfer) -> Undone:
    """What has been done in the files since stays; what was handed on since stays there and is named."""
    require(rules.may_undo_transfer(by, transfer), "Rückgängig macht es, wer die Akten bekommen hat, oder die Leitung.")
    fresh = CaseloadTransfer.objects.select_for_update(of=("self",)).select_related("from_person").get(pk=transfer.pk)
    refuse_if(fresh.state != TransferState.ACCEPTED, "Rückgängig machen lässt sich nur, was angenommen ist.")
    back = fresh.from_person
    refuse_if(back.left_on is not None or not _counsels(back), f"{back} kann keine Akten mehr führen.")
    notes = move_notes(by=by, transfer=fresh, to=back)
    fresh.state, fresh.undone_at = TransferState.UNDONE, timezone.now()
    save_checked(fresh)
    kept = []
    for handover, client in _parts(fresh, HandoverState.ACCEPTED):
        if client.responsible_id != fresh.to_person_id:
            kept.append(client.number)
            continue
        require_step(HANDOVER, HandoverState(handover.state), HandoverState.UNDONE)
        handover.state = HandoverState.UNDONE
        save_checked(handover)
        move_file(client, back)
        record(handover, file=client, fields=["responsible"])
    record(fresh, kept=len(kept), notes=notes)
    return Undone(fresh.handovers.filter(state=HandoverState.UNDONE).count(), notes, tuple(kept))


def _undecided(by: Actor, transfer: CaseloadTransfer) -> CaseloadTransfer:
    require(rules.may_accept_transfer(by, transfer), "Annehmen kann, wer die Akten bekommt, oder eine zweite Person.")
    rows = CaseloadTransfer.objects.select_for_update(of=("self",)).select_related("from_person", "to_person")
    fresh = rows.get(pk=transfer.pk)
    refuse_if(fresh.state != TransferState.OFFERED, DECIDED)
    return fresh


def _settle(transfer: CaseloadTransfer, state: TransferState, by: Actor) -> None:
    transfer.state, transfer.decided_by_id, transfer.decided_at = state, by.person_id, timezone.now()
    save_checked(transfer)


def _parts(transfer: CaseloadTransfer, state: HandoverState) -> list[tuple[Handover, Client]]:
    """Files first, in the order of their ids: so that two people at once do not wait for each other."""
    offers = {offer.client_id: offer for offer in transfer.handovers.filter(state=state)}
    clients = Client.objects.select_for_update(of=("self",)).filter(pk__in=offers).order_by("pk")
    return [(offers[client.pk], client) for client in clients]


def _decide(handover: Handover, state: HandoverState, by: Actor) -> None:
    require_step(HANDOVER, HandoverState(handover.state), state)
    handover.state, handover.decided_by_id, handover.decided_at = state, by.person_id, timezone.now()
    save_checked(handover)
