"""Passing a file on: offered by whoever is responsible, accepted by somebody else, without a gap in between (CL-24)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import RESTING, refuse_future, save_checked
from lotse.casework.actions.programme_change import continue_in_programme
from lotse.casework.enums import AppointmentState, HandoverState
from lotse.casework.models import Client, CounsellingCase, FileAssignment, Handover
from lotse.casework.models.handover import PROGRAMME_CHANGE
from lotse.casework.queries import current_case
from lotse.casework.states import HANDOVER, require_step
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.organisations.notices import notify
from lotse.organisations.who import actor_for
from lotse.programmes.models import Programme


@action("handover.offered", "hat angeboten, die Akte zu übergeben")
def offer_handover(
    *,
    by: Actor,
    client: Client,
    to: Person,
    reason: str,
    on: date,
    client_present: bool,
    note: str = "",
    to_programme: Programme | None = None,
    warnings: Iterable[str] = (),
) -> Handover:
    """Opens nothing yet: until it is accepted, everything stays as it was."""
    fresh = _open_to_pass_on(by, client)
    refuse_future(on, "on")
    require(to.organisation_id == fresh.organisation_id)
    receiver = actor_for(to)
    can_take_over = receiver is not None and rules.can_counsel(receiver)
    refuse_if(not can_take_over, "Diese Person berät nicht und kann keine Akte führen.", "to")
    refuse_if(reason == PROGRAMME_CHANGE and not to_programme, "Bitte das neue Programm wählen.", "to_programme")
    handover = Handover(
        organisation_id=fresh.organisation_id,
        client=fresh,
        from_person_id=fresh.responsible_id,
        to_person=to,
        offered_by_id=by.person_id,
        offered_on=on,
        reason=reason,
        client_present=client_present,
        note=note,
        case=_case_to_continue(client, to_programme) if to_programme else None,
        to_programme=to_programme,
    )
    save_checked(handover)
    record(handover, file=fresh, warnings=warnings)
    notify([to], "Eine Akte für Sie", f"{by.label} möchte Ihnen die Akte {fresh.number} übergeben.")
    return handover


def _case_to_continue(client: Client, programme: Programme) -> CounsellingCase:
    """The one she has chosen, where several are open."""
    case = current_case(client)
    refuse_if(case is None or not case.is_open, "Es gibt keinen offenen Fall, der weitergehen könnte.", "to_programme")
    is_open_there = client.cases.filter(ended_on=None, programme=programme).exists()
    refuse_if(is_open_there, "In diesem Programm ist schon ein Fall offen.", "to_programme")
    return case


def _open_to_pass_on(by: Actor, client: Client) -> Client:
    fresh = Client.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=client.pk).first()
    if fresh is None or not rules.may_pass_on(by, fresh):
        raise NotAllowed("Eine Akte übergibt, wer zuständig ist, die Vertretung oder die Fachleitung.")
    refuse_if(rules.is_restricted(fresh), RESTING)
    return fresh


@action("handover.accepted", "hat die Akte übernommen")
def accept_handover(*, by: Actor, handover: Handover) -> Client:
    """The receiver, or a second person for her. Every open case and planned appointment goes along; access that was lent to her ends."""
    client, fresh = _locked(handover)
    require(rules.may_accept(by, fresh), "Annehmen kann, wer die Akte bekommt, oder eine zweite Person.")
    refuse_if(client.responsible_id != fresh.from_person_id, "Inzwischen ist jemand anderes zuständig.")
    refuse_if(fresh.to_person.left_on is not None, "Diese Person ist nicht mehr da.")
    _decide(fresh, HandoverState.ACCEPTED, by)
    move_file(client, fresh.to_person)
    if fresh.to_programme:
        today = timezone.localdate()
        continue_in_programme(by=by, client=client, case=fresh.case, programme=fresh.to_programme, on=today)
    record(fresh, file=client, fields=["responsible"])
    told = f"Die Akte {client.number} liegt jetzt bei {fresh.to_person}."
    notify([fresh.from_person, fresh.to_person], "Akte übergeben", told)
    return client


def move_file(client: Client, to: Person) -> None:
    """The file with all that is still to be done in it, planned appointments too; access lent to the receiver ends."""
    planned = client.appointments.filter(state=AppointmentState.PLANNED, person_id=client.responsible_id)
    planned.filter(starts_at__gte=timezone.now()).update(person_id=to.pk)
    client.responsible_id, client.moved_on = to.pk, None
    client.revision += 1
    client.save()
    client.cases.filter(ended_on=None).update(responsible_id=to.pk)
    _end_lent_access(client, to)


def _end_lent_access(client: Client, person: Person) -> None:
    today = timezone.localdate()
    FileAssignment.objects.in_force(today).filter(client=client, person=person).update(valid_to=today)


@action("handover.returned", "hat die Übergabe der Akte nicht angenommen")
def return_handover(*, by: Actor, handover: Handover) -> Handover:
    client, fresh = _locked(handover)
    require(rules.may_accept(by, fresh), "Zurückgeben kann, wer die Akte bekommen soll, oder eine zweite Person.")
    _decide(fresh, HandoverState.RETURNED, by)
    record(fresh, file=client)
    return fresh


@action("handover.withdrawn", "hat das Angebot zur Übergabe zurückgezogen")
def withdraw_handover(*, by: Actor, handover: Handover) -> Handover:
    client = _open_to_pass_on(by, handover.client)
    _client, fresh = _locked(handover)
    _decide(fresh, HandoverState.WITHDRAWN, by)
    record(fresh, file=client)
    return fresh


def _locked(handover: Handover) -> tuple[Client, Handover]:
    """File first, then the offer: the order in which every act on a file takes its locks."""
    client = Client.objects.select_for_update().get(pk=handover.client_id)
    people = ("to_person", "from_person", "to_programme")
    return client, Handover.objects.select_for_update(of=("self",)).select_related(*people).get(pk=handover.pk)


def _decide(handover: Handover, state: HandoverState, by: Actor) -> None:
    try:
        require_step(HANDOVER, HandoverState(handover.state), state)
    except ValidationError as error:
        raise ValidationError("Über diese Übergabe ist schon entschieden.") from error
    handover.state, handover.decided_by_id, handover.decided_at = state, by.person_id, timezone.now()
    save_checked(handover)


@action("handover.protocol_filed", "hat das Protokoll der Übergabe abgelegt")
def file_protocol(*, by: Actor, handover: Handover, received: Received) -> Handover:
    client, fresh = _locked(handover)
    require(fresh.decided_by_id == by.person_id and fresh.state == HandoverState.ACCEPTED)
    refuse_if(fresh.protocol_id is not None, "Das Protokoll liegt schon in der Akte.")
    fresh.protocol = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    save_checked(fresh)
    record(fresh, file=client)
    return fresh
