"""What the board does: votes, decides, looks at conditions again; the certificate that follows (QM-08, QM-09, ADR 0044)."""

from collections import Counter
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.ids import new_public_id
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.actions.procedure import (
    NOT_YOUR_SIDE,
    advance,
    at_work,
    keep_papers,
    must_stand_at,
    not_ahead,
    seat_of,
)
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Outcome, Side, Vote
from lotse.quality.models import AuditReport, BoardDecision, BoardVote, Certificate, Certification, Participant

CHAIR = "Die Entscheidung hält der Vorsitz des Beirats fest."
NO_REPORT = "Entschieden wird erst, wenn der Auditbericht vorliegt."
NO_QUORUM = "Der Beirat ist noch nicht beschlussfähig: {} von {} Mitgliedern haben abgestimmt."
NOT_VOTED_SO = "So hat der Beirat nicht abgestimmt: {} Ja, {} Nein."
TIE = "Bei Stimmengleichheit entscheidet der Vorsitz und begründet das."
BEFORE_REPORT = "Der Auditbericht liegt seit dem {} vor."
WHICH = "Bitte die Auflagen nennen."
TILL_WHEN = "Bitte eine Frist nach der Entscheidung angeben."
WHY_REVOKED = "Bitte einen Grund angeben."
GONE = "Dieses Zertifikat ist schon entzogen."


@action("board.voted", "hat im Beirat abgestimmt")
def cast_vote(*, by: Actor, certification: Certification, vote: Vote, reason: str = "") -> BoardVote:
    """May be changed until the decision. How somebody voted is not in the log."""
    fresh = at_work(by, certification, Side.BOARD)
    must_stand_at(fresh, State.AUDIT_REPORT_PRESENTED)
    member = seat_of(by, fresh)
    row = fresh.votes.filter(member=member).first()
    row = row or BoardVote(organisation_id=fresh.organisation_id, certification=fresh, member=member)
    row.vote, row.reason, row.at = vote, reason.strip(), timezone.now()
    save_checked(row)
    record(row)
    return row


@action("board.decided", "hat die Entscheidung des Beirats festgehalten")
def decide(
    *, by: Actor, certification: Certification, outcome: Outcome, on: date, reason: str = "", conditions: str = "",
    conditions_due_on: date | None = None,
) -> BoardDecision:  # fmt: skip
    """By the chair, as most have voted; where votes are equal, as the chair says and why."""
    fresh = at_work(by, certification, Side.BOARD)
    seat, report = seat_of(by, fresh), fresh.audit_reports.first()
    require(bool(seat and seat.is_chair), CHAIR)
    must_stand_at(fresh, State.AUDIT_REPORT_PRESENTED)
    presented_on = _presented(seat, report)
    not_ahead(on, "on")
    refuse_if(on < presented_on, BEFORE_REPORT.format(f"{presented_on:%d.%m.%Y}"), "on")
    given = outcome == Outcome.CONDITIONS
    refuse_if(given and not conditions.strip(), WHICH, "conditions")
    refuse_if(given and not (conditions_due_on and conditions_due_on > on), TILL_WHEN, "conditions_due_on")
    made = BoardDecision(
        organisation_id=fresh.organisation_id, certification=fresh, report=report, report_presented_on=presented_on,
        outcome=outcome, on=on, by_label=by.label, reason=reason.strip(), conditions=conditions.strip() if given else "",
        conditions_due_on=conditions_due_on if given else None, **_counted(fresh, outcome, reason),
    )  # fmt: skip
    save_checked(made)
    advance(by, fresh, State(outcome), Side.BOARD)
    _settle(fresh, made)
    record(made, outcome=str(outcome), yes=made.yes, no=made.no, abstained=made.abstained)
    return made


def _presented(seat: Participant | None, report: AuditReport | None) -> date:
    if report is None or report.presented_on is None or not rules.may_decide(seat, report):
        raise ValidationError(NO_REPORT)
    return report.presented_on


def _counted(certification: Certification, outcome: Outcome, reason: str) -> dict[str, int]:
    """Of who sits on the board today."""
    seats = certification.participants.seated_on(timezone.localdate()).filter(side=Side.BOARD)
    votes = Counter(certification.votes.filter(member__in=seats).values_list("vote", flat=True))
    members, given = seats.count(), votes.total()
    refuse_if(not rules.has_quorum(given, members, certification.quorum_percent), NO_QUORUM.format(given, members))
    yes, no = votes[Vote.YES], votes[Vote.NO]
    refuse_if(outcome not in rules.outcomes(yes, no), NOT_VOTED_SO.format(yes, no), "outcome")
    refuse_if(yes == no and outcome != Outcome.REFUSED and not reason.strip(), TIE, "reason")
    return {"members": members, "yes": yes, "no": no, "abstained": votes[Vote.ABSTAIN]}


def _settle(certification: Certification, decision: BoardDecision) -> None:
    if decision.outcome == Outcome.GRANTED:
        _certify(certification, decision)
    elif decision.outcome == Outcome.REFUSED:
        keep_papers(certification, decision.on)


def _certify(certification: Certification, decision: BoardDecision) -> Certificate:
    made = Certificate(
        organisation_id=certification.organisation_id, certification=certification, decided_on=decision.on,
        valid_until=rules.valid_until(decision.on), number=f"Z-{decision.on.year}-{new_public_id()[:6].upper()}",
    )  # fmt: skip
    save_checked(made)
    keep_papers(certification, made.valid_until)
    return made


@action("board.conditions_judged", "hat festgehalten, ob die Auflagen des Beirats erfüllt sind")
def judge_conditions(*, by: Actor, certification: Certification, are_met: bool, on: date) -> BoardDecision:
    """Met: the certificate is issued, valid from the decision. Not met: it is refused."""
    fresh = at_work(by, certification, Side.BOARD)
    seat = seat_of(by, fresh)
    require(bool(seat and seat.is_chair), CHAIR)
    must_stand_at(fresh, State.CONDITIONS)
    not_ahead(on, "on")
    decision = fresh.decisions.select_for_update().get()
    decision.conditions_met_on = on if are_met else None
    save_checked(decision)
    advance(by, fresh, State.GRANTED if are_met else State.REFUSED, Side.BOARD)
    if are_met:
        _certify(fresh, decision)
    else:
        keep_papers(fresh, on)
    record(decision, are_met=are_met, on=on)
    return decision


@action("certificate.revoked", "hat ein Zertifikat entzogen")
def revoke(*, by: Actor, certificate: Certificate, on: date, reason: str) -> Certificate:
    """By the chair of the board. The public page says so from that day on."""
    certification = at_work(by, certificate.certification, Side.BOARD)
    seat = seat_of(by, certification)
    require(bool(seat and seat.is_chair), NOT_YOUR_SIDE[Side.BOARD])
    fresh = locked(certificate)
    refuse_if(fresh.revoked_on is not None, GONE)
    refuse_if(not reason.strip(), WHY_REVOKED, "reason")
    not_ahead(on, "on")
    fresh.revoked_on, fresh.revocation_reason = on, reason.strip()
    save_checked(fresh)
    keep_papers(certification, on)
    record(fresh, on=on)
    return fresh
