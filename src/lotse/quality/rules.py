"""What holds for the quality of a carrier; each docstring is the rule in one sentence, with its id."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from lotse.accounts.models import User
from lotse.core.dates import months_before, months_later
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.organisations.roles import EXTERNAL
from lotse.quality.enums import Better, CertificationState, Outcome, Rating, RosterReply, Side, SubmissionMode, Validity
from lotse.quality.models import (
    AuditReport,
    Certificate,
    Complaint,
    Criterion,
    Equipment,
    EvidenceConfirmation,
    EvidenceDocument,
    EvidenceReading,
    GovernedDocument,
    GovernedVersion,
    Improvement,
    Judgement,
    Participant,
    RosterAnswer,
)  # fmt: skip
from lotse.quality.models.officers import offices_of

DAYS_TO_ANSWER = 14
# An improvement on which nobody has done anything for so long lies still.
STILL = timedelta(days=30)


def enters(actor: Actor) -> bool:
    """Criteria and manual are for everybody who works at the carrier and for its officer, not for who comes from outside (QM-03)."""
    return not actor.role_keys <= EXTERNAL or (not actor.role_keys and bool(offices_of(actor)))


def keeps(actor: Actor) -> bool:
    """Quality is judged by who keeps it for a carrier: officer, technical lead and management (QM-02)."""
    return bool(actor.quality_paths)


def keeps_quality_of(actor: Actor, house: Organisation) -> bool:
    """Where the manual speaks of a criterion is entered by who keeps the quality of this carrier (QM-03)."""
    return house.path.startswith(tuple(actor.quality_paths))


def oversees(actor: Actor) -> bool:
    """How far carriers are is seen by who coordinates or leads the district above them (QM-02)."""
    return bool(actor.quality_read_paths)


def follows_certification(actor: Actor) -> bool:
    """A procedure is seen by who keeps the quality of the house, its state by who looks over the carriers (QM-09)."""
    return keeps(actor) or oversees(actor)


def rating_of(parts: Collection[str]) -> str:
    """A criterion with parts is fulfilled only if all its parts are; those that do not apply stand apart (QM-02)."""
    if not parts or "" in parts:
        return ""
    counting = [rating for rating in parts if rating != Rating.NOT_APPLICABLE]
    if not counting:
        return Rating.NOT_APPLICABLE
    if all(rating == Rating.FULFILLED for rating in counting):
        return Rating.FULFILLED
    return Rating.NOT_FULFILLED if all(rating == Rating.NOT_FULFILLED for rating in counting) else Rating.PARTLY


def may_review(actor: Actor, judgement: Judgement) -> bool:
    """A judgement is reviewed by another than who made it (QM-02)."""
    return judgement.is_judged and judgement.assessed_by_id != actor.person_id


def hints(criteria: Iterable[Criterion]) -> Mapping[int, str]:
    """A code that is printed more than once says which entry it is; codes are compared whatever their case (QM-01)."""
    by_code: dict[str, list[int]] = {}
    for one in criteria:
        by_code.setdefault(one.code.casefold(), []).append(one.pk)
    return {
        pk: f"({number}. Eintrag)"
        for same in by_code.values()
        if len(same) > 1
        for number, pk in enumerate(same, start=1)
    }


def writes(actor: Actor, document: GovernedDocument) -> bool:
    """A document is written, handed in and reviewed by who owns it and by who keeps the quality (QM-04)."""
    owns = document.owner_id == actor.person_id and document.organisation_id == actor.organisation_id
    return owns or keeps_quality_of(actor, document.organisation)


def may_approve(actor: Actor, version: GovernedVersion) -> bool:
    """A version is approved by who keeps the quality, and never by who has written it (QM-04)."""
    return keeps_quality_of(actor, version.organisation) and version.written_by_id != actor.person_id


def review_on(since: date, months: int) -> date:
    """The day of the next review is the day of approval, or of the last review without change, and the interval (QM-04)."""
    return months_later(since, months)


def is_overdue(day: date | None, today: date) -> bool:
    """A review is overdue from the day after its day on, until it was done (QM-04)."""
    return day is not None and day < today


def checks(actor: Actor, equipment: Equipment) -> bool:
    """A device is checked by who answers for it and by who keeps the quality (Mi 7, QM-30)."""
    answers = equipment.responsible_id == actor.person_id and equipment.organisation_id == actor.organisation_id
    return answers or keeps_quality_of(actor, equipment.organisation)


def next_check(since: date | None, months: int | None) -> date | None:
    """A device is due again after its interval, counted from its last check or the day it was bought (Mi 7, QM-30)."""
    return months_later(since, months) if since and months else None


def works_at(person: Person, house: Organisation) -> bool:
    """An improvement, and an answer that is owed, is in the hands of somebody who works at the carrier (QM-20)."""
    return person.organisation.path.startswith(house.path)


def may_work_on(actor: Actor, improvement: Improvement) -> bool:
    """An improvement is worked on by who is to do it and by who keeps the quality of the carrier (QM-20)."""
    return actor.person_id == improvement.owner_id or keeps_quality_of(actor, improvement.organisation)


def may_check_effect(actor: Actor, improvement: Improvement) -> bool:
    """Whether an improvement helped is checked by who keeps quality, and never by who did it (QM-20)."""
    return actor.person_id != improvement.owner_id and keeps_quality_of(actor, improvement.organisation)


def answer_due(received_on: date) -> date:
    """What people who are counselled tell a carrier is answered within fourteen days (QM-22)."""
    return received_on + timedelta(days=DAYS_TO_ANSWER)


def is_about(actor: Actor, complaint: Complaint) -> bool:
    """Whom a complaint is about neither sees nor handles it (QM-21)."""
    return complaint.about_person_id is not None and complaint.about_person_id == actor.person_id


def may_answer_complaint(actor: Actor, complaint: Complaint) -> bool:
    """A complaint is answered by who handles it or keeps the quality of the carrier, never by whom it is about (QM-21)."""
    in_hand = complaint.handled_by_id == actor.person_id or keeps_quality_of(actor, complaint.organisation)
    return in_hand and not is_about(actor, complaint)


def plans_duty(actor: Actor, house: Organisation) -> bool:
    """Duty, deputies and absences are planned by who keeps the quality of this carrier: technical lead, management, officer (QM-11)."""
    return keeps_quality_of(actor, house)


def may_answer_roster(actor: Actor, answer: RosterAnswer) -> bool:
    """To a roster each answers for herself, as long as it does not hold (QM-11)."""
    return answer.person_id == actor.person_id and not answer.roster.is_released


def took_part(answers: Iterable[RosterAnswer], releases: Actor) -> tuple[int, int]:
    """Of those in a roster but who releases it, how many were asked, and how many answered; without any it says why (QM-11)."""
    others = [answer for answer in answers if answer.person_id != releases.person_id]
    return len(others), sum(answer.reply != RosterReply.OPEN for answer in others)


STEPS: Mapping[str, tuple[str, ...]] = {
    CertificationState.REGISTERED: (CertificationState.CONTRACT_SIGNED,),
    CertificationState.CONTRACT_SIGNED: (CertificationState.SCHEDULE_AGREED,),
    CertificationState.SCHEDULE_AGREED: (CertificationState.CHECKLIST_SUBMITTED,),
    CertificationState.CHECKLIST_SUBMITTED: (CertificationState.DOCUMENTS_REVIEWED,),
    CertificationState.DOCUMENTS_REVIEWED: (CertificationState.REWORK, CertificationState.VISIT_DONE),
    CertificationState.REWORK: (CertificationState.CHECKLIST_SUBMITTED,),
    CertificationState.VISIT_DONE: (CertificationState.AUDIT_REPORT_PRESENTED,),
    CertificationState.AUDIT_REPORT_PRESENTED: (
        CertificationState.GRANTED, CertificationState.CONDITIONS, CertificationState.REFUSED,
    ),
    CertificationState.CONDITIONS: (CertificationState.GRANTED, CertificationState.REFUSED),
}  # fmt: skip
BEFORE_DECISION = tuple(state for state in STEPS if state != CertificationState.CONDITIONS)
CERTIFIED_FOR = 36  # months
REMINDED_BEFORE = (12, 6, 3)  # months


def may_follow(before: str, after: str) -> bool:
    """A procedure takes its stations in order; it is withdrawn at any time before the board has decided (QM-09)."""
    if after == CertificationState.WITHDRAWN:
        return before in BEFORE_DECISION
    return after in STEPS.get(before, ())


def is_with_house(state: str) -> bool:
    """Checklist and documents are changed until they are handed in, and again while they are reworked (DP-09)."""
    return state in (
        CertificationState.REGISTERED, CertificationState.CONTRACT_SIGNED, CertificationState.SCHEDULE_AGREED,
        CertificationState.REWORK,
    )  # fmt: skip


def acts_for(seat: Participant | None, side: Side, actor: Actor, house: Organisation) -> bool:
    """Who keeps the quality of the house acts for it and for nobody else; assessors and board have their own seat (QM-09)."""
    if keeps_quality_of(actor, house):
        return side == Side.ORGANISATION
    return seat is not None and seat.side == side


def may_take_seat(person: Person, side: Side, house: Organisation) -> bool:
    """Nobody who works at the carrier assesses it or decides about it (QM-09)."""
    works_there = person.organisation.path.startswith(house.path)
    return works_there == (side == Side.ORGANISATION)


def may_decide(seat: Participant | None, report: AuditReport | None) -> bool:
    """The board decides, not who has assessed, and only on a report that was presented to it (QM-09)."""
    return bool(seat and seat.side == Side.BOARD and report and report.presented_on)


def has_quorum(given: int, members: int, percent: int) -> bool:
    """The board can decide when enough of its members have voted (QM-09)."""
    return given > 0 and given * 100 >= members * percent


def outcomes(yes: int, no: int) -> tuple[str, ...]:
    """What a vote lets the chair record: what most have said; where votes are equal all of it, and nothing without a yes (QM-09)."""
    if no > yes or not yes:
        return (Outcome.REFUSED,)
    return (Outcome.GRANTED, Outcome.CONDITIONS) if yes > no else tuple(Outcome)


def valid_until(decided_on: date) -> date:
    """A certificate is valid for three years from the decision (QM-08)."""
    return months_later(decided_on, CERTIFIED_FOR)


def validity(certificate: Certificate, day: date) -> Validity:
    """Whether a certificate is valid is worked out from its days, never stored (QM-08)."""
    if certificate.revoked_on and certificate.revoked_on <= day:
        return Validity.REVOKED
    if day > certificate.valid_until:
        return Validity.EXPIRED
    warned_from = months_before(certificate.valid_until, max(REMINDED_BEFORE))
    return Validity.EXPIRING if day >= warned_from else Validity.VALID


def months_left(certificate: Certificate, day: date) -> int | None:
    """Before a certificate ends, its house is reminded twelve, six and three months ahead (QM-08)."""
    passed = [months for months in REMINDED_BEFORE if day >= months_before(certificate.valid_until, months)]
    return min(passed, default=None)


def is_withheld(mode: str) -> bool:
    """What is shown on site only is listed by its title and never handed out as a file (DP-09)."""
    return mode == SubmissionMode.ON_SITE_ONLY


LONGEST_STAY = 18  # months


def is_short_enough(valid_from: date, valid_to: date) -> bool:
    """A guest of a procedure has an end, 18 months after the beginning at the latest (QM-09)."""
    return valid_from <= valid_to <= months_later(valid_from, LONGEST_STAY)


def is_nobody_at_work(user: User) -> bool:
    """Who works somewhere in the house is never its guest, so that nobody sits on two sides (QM-09)."""
    return not Person.objects.filter(user=user).exists()


def speaks_for(better: str, threshold: int, value: int | None) -> bool:
    """A figure speaks for a criterion while it is on the good side of its threshold; it never sets a rating (QM-12)."""
    if value is None:
        return False
    return value >= threshold if better == Better.HIGHER else value <= threshold


def why_again(
    confirmed: EvidenceConfirmation, version: str, now: EvidenceReading | None, *, speaks: bool, day: date
) -> str:
    """What somebody confirmed is looked at again when figure, definition or period are no longer the ones she saw (QM-13)."""
    if confirmed.version != version:
        return "Die Definition hat sich geändert."
    if now is None:
        return "Es gibt keinen Wert mehr."
    if not speaks:
        return "Der Wert spricht nicht mehr dafür."
    is_newer = now.begins_on > confirmed.begins_on and now.ends_on < day
    return "Der Zeitraum ist vorbei." if is_newer else ""


def renews(actor: Actor, document: EvidenceDocument) -> bool:
    """A document that proves something is renewed by whose it is, and by who keeps the quality of the carrier (QM-14)."""
    is_own = document.owner_id == actor.person_id and document.organisation_id == actor.organisation_id
    return (is_own and enters(actor)) or keeps_quality_of(actor, document.organisation)
