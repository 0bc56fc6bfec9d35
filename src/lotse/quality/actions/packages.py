"""Signed packages for participants without an account, and their answers: brought, looked at, taken over or dropped."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality import exchange
from lotse.quality.actions import assessing, deciding
from lotse.quality.actions.shared import kept
from lotse.quality.enums import AnswerState
from lotse.quality.models import (
    Certification,
    Criterion,
    ExchangeAnswer,
    ExchangePackage,
    GuestAccess,
    PackageKey,
    Participant,
)
from lotse.quality.queries.rooms import Seat, on_behalf

HAS_ACCOUNT = "Wer einen Zugang hat, bekommt kein Paket."
OVER = "Die Beteiligung ist schon zu Ende."
UNKNOWN = "Zu diesem Verfahren gibt es kein solches Paket."
SETTLED = "Diese Antwort ist schon übernommen oder verworfen."
NOT_SEEN = "Zu jedem Dokument auf der Liste muss stehen, ob es gesehen wurde: {}."


@action("package_key.made", "hat einen Schlüssel für signierte Pakete angelegt")
def _make_key(*, by: Actor, organisation: Organisation) -> PackageKey:
    kept(by, organisation)
    public, private = exchange.new_key()
    made = save_checked(PackageKey(organisation=organisation, public=public, private=private))
    record(made)
    return made


def signing_key(*, by: Actor, organisation: Organisation) -> PackageKey:
    """Made with the first package."""
    return PackageKey.objects.filter(organisation=organisation).first() or _make_key(by=by, organisation=organisation)


@action("package.made", "hat ein signiertes Paket für eine Zertifizierung erstellt")
def keep_package(*, by: Actor, participant: Participant, **content: Any) -> ExchangePackage:
    certification = locked(participant.certification)
    kept(by, certification.organisation)
    refuse_if(
        GuestAccess.objects.filter(participant=participant).exists() or participant.person_id is not None, HAS_ACCOUNT
    )
    refuse_if(not participant.is_valid_on(timezone.localdate()), OVER)
    made = ExchangePackage(
        organisation_id=certification.organisation_id, certification=certification, participant=participant,
        made_by_id=by.person_id, **content,
    )  # fmt: skip
    save_checked(made)
    record(made, file=certification, files=made.file_count, sha256=made.manifest_sha256)
    return made


@action("package_answer.brought", "hat die Antwort auf ein signiertes Paket eingelesen")
def bring_answer(*, by: Actor, certification: Certification, content: bytes) -> ExchangeAnswer:
    """Read and checked as a whole; nothing of it counts before somebody takes it over."""
    kept(by, certification.organisation)
    public_id, raw = exchange.named(content)
    package = certification.packages.filter(public_id=public_id).first()
    if package is None:
        raise ValidationError(UNKNOWN)
    slugs = set(Criterion.objects.filter(framework=certification.framework_id).values_list("slug", flat=True))
    said = exchange.answer(
        raw, procedure=certification.number, manifest_sha256=package.manifest_sha256,
        asked=json.loads(package.content)["asked"], slugs=slugs,
    )  # fmt: skip
    made = ExchangeAnswer(
        organisation_id=certification.organisation_id, package=package, content=json.dumps(said, ensure_ascii=False),
        sha256=sha256(content).hexdigest(), brought_by_id=by.person_id,
    )  # fmt: skip
    save_checked(made)
    record(made, file=certification, sha256=made.sha256)
    return made


@action("package_answer.taken", "hat die Antwort auf ein signiertes Paket übernommen")
def take_answer(*, by: Actor, answer: ExchangeAnswer) -> ExchangeAnswer:
    """Through the same acts as in the room, in the participant's seat: all of it or nothing."""
    fresh = _open(by, answer)
    seat = on_behalf(fresh.package.participant, by)
    for name, part in json.loads(fresh.content).items():
        TAKE[name](seat, part)
    return _settle(by, fresh, AnswerState.TAKEN)


@action("package_answer.dropped", "hat die Antwort auf ein signiertes Paket verworfen")
def drop_answer(*, by: Actor, answer: ExchangeAnswer) -> ExchangeAnswer:
    return _settle(by, _open(by, answer), AnswerState.DROPPED)


def _open(by: Actor, answer: ExchangeAnswer) -> ExchangeAnswer:
    fresh = locked(answer)
    kept(by, fresh.organisation)
    refuse_if(fresh.state != AnswerState.BROUGHT, SETTLED)
    return fresh


def _settle(by: Actor, answer: ExchangeAnswer, state: AnswerState) -> ExchangeAnswer:
    answer.state, answer.settled_by_id, answer.settled_at = state, by.person_id, timezone.now()
    save_checked(answer)
    record(answer, file=answer.package.certification, state=str(state))
    return answer


def _take_feedback(seat: Seat, part: dict[str, Any]) -> None:
    of = {"by": seat.actor, "certification": seat.certification}
    criteria = {row.slug: row for row in Criterion.objects.filter(framework=seat.certification.framework_id)}
    assessing.write_feedback(**of, summary=part["summary"])
    for row in part["remarks"]:
        given = {"text": row["text"], "needs_rework": row["needs_rework"]}
        assessing.remark(**of, criterion=criteria[row["criterion"]], **given)
    assessing.issue_feedback(**of)


def _take_visit(seat: Seat, part: dict[str, Any]) -> None:
    of, on = {"by": seat.actor, "certification": seat.certification}, date.fromisoformat(part["on"])
    said = {row["document"]: row for row in part["checks"]}
    visit = assessing.plan_visit(**of, on=on)
    missing = [row.title for row in visit.checks.all() if row.title not in said]
    refuse_if(bool(missing), NOT_SEEN.format(", ".join(missing[:5])))
    for check in visit.checks.all():
        row = said[check.title]
        assessing.check_on_site(by=seat.actor, check=check, was_seen=row["seen"], remark=row["remark"])
    assessing.finish_visit(**of, on=on)


def _take_report(seat: Seat, part: dict[str, Any]) -> None:
    of = {"by": seat.actor, "certification": seat.certification}
    assessing.write_report(**of, text=part["text"], recommendation=part["recommendation"])
    assessing.present_report(**of)


def _take_vote(seat: Seat, part: dict[str, Any]) -> None:
    deciding.cast_vote(by=seat.actor, certification=seat.certification, vote=part["vote"], reason=part["reason"])


def _take_decision(seat: Seat, part: dict[str, Any]) -> None:
    """After her own vote, where the answer brings both."""
    due = part["conditions_due_on"]
    days = {"on": date.fromisoformat(part["on"]), "conditions_due_on": date.fromisoformat(due) if due else None}
    deciding.decide(by=seat.actor, certification=seat.certification, **{**part, **days})


def _take_conditions(seat: Seat, part: dict[str, Any]) -> None:
    on = date.fromisoformat(part["on"])
    deciding.judge_conditions(by=seat.actor, certification=seat.certification, are_met=part["are_met"], on=on)


TAKE = {
    "feedback": _take_feedback, "visit": _take_visit, "report": _take_report, "vote": _take_vote,
    "decision": _take_decision, "conditions": _take_conditions,
}  # fmt: skip
