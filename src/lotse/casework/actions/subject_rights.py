"""What a person may ask of us about her own data: requests with a deadline, corrections, restriction, holds."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import NotAllowed, action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import refuse_future, save_checked
from lotse.casework.enums import FreezeGround, IdentityCheck, RequestAnswer, RequestKind
from lotse.casework.models import Client, Correction, DataSubjectRequest, ErasureHold
from lotse.core.dates import months_later
from lotse.organisations.actions.shared import change, locked
from lotse.organisations.actor import Actor

ANSWER_WITHIN, LONGER_BY = 1, 2  # months, Art. 12 (3)
FIRST_IDENTITY = "Bitte zuerst festhalten, wie die Identität geprüft wurde."


def _open_for_rights(by: Actor, client: Client) -> Client:
    """Also a file that rests: her rights do not. By who holds the file, or the technical lead of the site."""
    fresh = Client.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=client.pk).first()
    if fresh is None or not rules.may_ask_for_data(by):
        raise NotAllowed("Diese Akte ist für Sie nicht geöffnet.")
    return fresh


@action("subject_request.taken", "hat einen Antrag zu eigenen Daten aufgenommen")
def take_request(
    *,
    by: Actor,
    client: Client,
    kind: RequestKind,
    received_on: date,
    identity: IdentityCheck | str = "",
    note: str = "",
) -> DataSubjectRequest:
    fresh = _open_for_rights(by, client)
    refuse_future(received_on, "received_on")
    request = DataSubjectRequest(
        organisation_id=fresh.organisation_id,
        client=fresh,
        kind=kind,
        received_on=received_on,
        due_on=months_later(received_on, ANSWER_WITHIN),
        identity=identity,
        note=note,
        recorded_by_id=by.person_id,
    )
    save_checked(request)
    record(request, file=fresh, kind=str(kind), due=request.due_on)
    return request


@action("subject_request.extended", "hat die Frist eines Antrags zu eigenen Daten verlängert")
def extend_request(*, by: Actor, request: DataSubjectRequest, until: date, reason: str) -> DataSubjectRequest:
    """Once, by two months at the most; the person is told why within the first month."""
    client, fresh = _unanswered(by, request)
    refuse_if(fresh.extended_until is not None, "Die Frist wurde schon verlängert.", "until")
    refuse_if(timezone.localdate() > fresh.due_on, "Die Frist ist schon vorbei. Bitte jetzt antworten.", "until")
    latest = months_later(fresh.received_on, ANSWER_WITHIN + LONGER_BY)
    refuse_if(until > latest, f"Länger als bis {latest:%d.%m.%Y} geht nicht (Art. 12 Abs. 3).", "until")
    change(fresh, {"extended_until": until, "extension_reason": reason})
    save_checked(fresh)
    record(fresh, file=client, fields=["extended_until"], until=until)
    return fresh


@action("subject_request.answered", "hat einen Antrag zu eigenen Daten beantwortet")
def answer_request(
    *,
    by: Actor,
    request: DataSubjectRequest,
    on: date,
    answer: RequestAnswer,
    identity: IdentityCheck | str,
    note: str = "",
) -> DataSubjectRequest:
    client, fresh = _unanswered(by, request)
    refuse_future(on, "on")
    refuse_if(not identity, FIRST_IDENTITY, "identity")
    refuse_if(answer != RequestAnswer.GRANTED and not note.strip(), "Bitte begründen.", "note")
    change(fresh, {"answered_on": on, "answer": answer, "identity": identity, "note": note})
    save_checked(fresh)
    record(fresh, file=client, kind=fresh.kind, answer=str(answer))
    return fresh


def _unanswered(by: Actor, request: DataSubjectRequest) -> tuple[Client, DataSubjectRequest]:
    client = _open_for_rights(by, request.client)
    fresh = locked(request)
    refuse_if(fresh.answered_on is not None, "Dieser Antrag ist schon beantwortet.")
    return client, fresh


@action("client.corrected", "hat eine Berichtigung festgehalten")
def note_correction(*, by: Actor, client: Client, on: date, what: str, now: str) -> Correction:
    """The field itself is changed on its page; this keeps that it was wrong, since when it is right, and who did it."""
    fresh = _open_for_rights(by, client)
    refuse_future(on, "on")
    correction = Correction(
        organisation_id=fresh.organisation_id, client=fresh, on=on, what=what, now=now, corrected_by_id=by.person_id
    )
    save_checked(correction)
    record(correction, file=fresh)
    return correction


@action("client.frozen", "hat die Verarbeitung der Akte eingeschränkt")
def freeze(*, by: Actor, client: Client, ground: FreezeGround, on: date) -> Client:
    """From now on the file is read and not continued (Art. 18); it is not erased either."""
    fresh = _open_for_rights(by, client)
    refuse_future(on, "on")
    refuse_if(rules.is_frozen(fresh), "Die Verarbeitung ist schon eingeschränkt.")
    fresh.frozen_on, fresh.frozen_ground = on, ground
    save_checked(fresh)
    record(fresh, file=fresh, fields=["frozen_on"], ground=str(ground))
    return fresh


@action("client.unfrozen", "hat die Einschränkung der Verarbeitung aufgehoben")
def unfreeze(*, by: Actor, client: Client) -> Client:
    """The person is told before (Art. 18 (3)); the page says so."""
    fresh = _open_for_rights(by, client)
    refuse_if(not rules.is_frozen(fresh), "Die Verarbeitung ist nicht eingeschränkt.")
    fresh.frozen_on, fresh.frozen_ground = None, ""
    save_checked(fresh)
    record(fresh, file=fresh, fields=["frozen_on"])
    return fresh


@action("erasure.held", "hat die Löschung einer Akte ausgesetzt")
def hold(*, by: Actor, client: Client, reason: str, until: date) -> ErasureHold:
    """By who answers for data protection; she needs no look into the file for it."""
    require(rules.may_propose_erasure(by) and client.organisation_id == by.organisation_id)
    refuse_if(until <= timezone.localdate(), "Bitte ein Datum in der Zukunft angeben.", "until")
    fresh = Client.objects.select_for_update().get(pk=client.pk)
    made = ErasureHold(
        organisation_id=fresh.organisation_id, client=fresh, reason=reason.strip(), until=until, set_by_id=by.person_id
    )
    save_checked(made)
    record(made, file=fresh, until=until)
    return made


@action("erasure.released", "hat eine Löschsperre aufgehoben")
def lift_hold(*, by: Actor, held: ErasureHold) -> ErasureHold:
    require(rules.may_propose_erasure(by) and held.organisation_id == by.organisation_id)
    fresh = locked(held)
    refuse_if(fresh.lifted_on is not None, "Diese Löschsperre ist schon aufgehoben.")
    fresh.lifted_on = timezone.localdate()
    save_checked(fresh)
    record(fresh, file=fresh.client)
    return fresh
