from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import open_file, refuse_future, save_checked
from lotse.casework.actions.under_way import end_with_consent
from lotse.casework.enums import Act, ConsentState
from lotse.casework.models import Client, Consent
from lotse.casework.queries.withdrawal import COLUMN, put_out_of_force
from lotse.casework.states import CONSENT, require_step
from lotse.documents import deletions
from lotse.documents.enums import DeletionReason
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner


@action("consent.decided", "hat eine Entscheidung zur Einwilligung festgehalten")
def record_decision(
    *, by: Actor, client: Client, act: Act, given: bool, decided_on: date, language: str, **details: Any
) -> Consent:
    """Given or refused, with the wording that lay on the table. Each act stands for itself; a question asked before ends."""
    fresh = open_file(by, client)
    refuse_future(decided_on, "decided_on")
    state = ConsentState.GIVEN if given else ConsentState.REFUSED
    asked = _asked_before(fresh, act, details.get("recipient"))
    if asked:
        require_step(CONSENT, ConsentState(asked.state), state)
    oral_ok = rules.oral_is_explained(details.get("form", ""), details.get("oral_reason", ""))
    refuse_if(given and not oral_ok, "Bitte begründen, warum die Einwilligung nur mündlich vorliegt.", "oral_reason")
    consent = asked or Consent(organisation_id=fresh.organisation_id, client=fresh, act=act, requested_on=decided_on)
    change(consent, {"state": state, "decided_on": decided_on, "language": language, **details})
    save_checked(consent)
    if given:
        _put_in_force(fresh, act, decided_on)
    record(consent, file=fresh, act=str(act), state=consent.state)
    return consent


def _asked_before(client: Client, act: Act, recipient: Partner | None = None) -> Consent | None:
    """A disclosure is asked for each recipient alone."""
    return client.consents.filter(act=act, recipient=recipient, state=ConsentState.REQUESTED).first()


@action("consent.requested", "hat um eine Einwilligung gebeten")
def request_consent(
    *, by: Actor, client: Client, act: Act, requested_on: date, language: str, **details: Any
) -> Consent:
    """The text has been handed out; the person takes it home and decides later."""
    fresh = open_file(by, client)
    refuse_future(requested_on, "decided_on")
    recipient = details.get("recipient")
    refuse_if(_asked_before(fresh, act, recipient) is not None, f"Schon angefragt: {act.label}.", "acts")
    in_force = fresh.consents.filter(act=act, recipient=recipient, state=ConsentState.GIVEN)
    refuse_if(in_force.exists(), f"Liegt schon vor: {act.label}.", "acts")
    consent = Consent(
        organisation_id=fresh.organisation_id,
        client=fresh,
        act=act,
        state=ConsentState.REQUESTED,
        requested_on=requested_on,
        language=language,
        **details,
    )
    save_checked(consent)
    record(consent, file=fresh, act=str(act), state=consent.state)
    return consent


@transaction.atomic
def request_consents(*, by: Actor, client: Client, wordings: Mapping[Act, str], **more: Any) -> list[Consent]:
    return [request_consent(by=by, client=client, act=act, text_version=v, **more) for act, v in wordings.items()]


@transaction.atomic
def record_decisions(*, by: Actor, client: Client, wordings: Mapping[Act, str], **decision: Any) -> list[Consent]:
    """Several acts decided at one table, each with the version of its text: all are kept or none."""
    return [record_decision(by=by, client=client, act=act, text_version=v, **decision) for act, v in wordings.items()]


def _put_in_force(client: Client, act: Act, day: date) -> None:
    if column := COLUMN.get(act):
        setattr(client, column, day)
    if act == Act.RECORDING:
        client.restricted_on = None
    client.save()


@action("consent.withdrawn", "hat einen Widerruf festgehalten")
def withdraw(*, by: Actor, consent: Consent, on: date, state: ConsentState = ConsentState.WITHDRAWN) -> Consent:
    """As easy as giving, and at once: without consent to recording the file rests from this moment (DP-12).

    A consent given for a time ends the same way, as expired.
    """
    client = open_file(by, consent.client)
    fresh = Consent.objects.select_for_update().get(pk=consent.pk)
    require_step(CONSENT, ConsentState(fresh.state), state)
    refuse_future(on, "ended_on")
    fresh.state, fresh.ended_on = state, on
    save_checked(fresh)
    _take_out_of_force(client, Act(fresh.act))
    deletions.note(by=by, kind=WITHDRAWAL.key, obj=fresh, reason=DeletionReason.WITHDRAWN, retention_class="consent")
    record(fresh, file=client, act=fresh.act)
    end_with_consent(by=by, client=client, consent=fresh)
    return fresh


def _take_out_of_force(client: Client, act: Act) -> None:
    put_out_of_force(client, act)
    if act == Act.JOINT:
        _end_joint_counselling(client)
    client.save()


def _end_joint_counselling(client: Client) -> None:
    """At once: the second service reads nothing more, and its open case goes to who is responsible for the file."""
    today = timezone.localdate()
    others = client.cases.open().exclude(responsible_id=client.responsible_id)
    lent = client.assignments.filter(person__in=others.values("responsible"), is_emergency=False)
    lent.filter(valid_from__gte=today).delete()
    lent.filter(Q(valid_to=None) | Q(valid_to__gte=today)).update(valid_to=today - timedelta(days=1))
    others.update(responsible_id=client.responsible_id)


def _withdraw_again(public_id: str, at: datetime) -> None:
    """After an older backup came back: what was withdrawn since is withdrawn again, from the same day (DS-08)."""
    consent = Consent.objects.select_related("client").get(public_id=public_id)
    consent.state, consent.ended_on = ConsentState.WITHDRAWN, max(consent.decided_on, timezone.localdate(at))
    save_checked(consent)
    _take_out_of_force(consent.client, Act(consent.act))


def _given(organisation_id: int | None) -> list[str]:
    given = Consent.objects.filter(organisation_id=organisation_id, state=ConsentState.GIVEN)
    return list(given.values_list("public_id", flat=True))


WITHDRAWAL = deletions.Kind("withdrawal", _given, _withdraw_again)
