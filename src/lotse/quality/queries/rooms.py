"""The rooms of assessors and board. Who sits where is asked anew by every page: outside of her days there is nothing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.enums import CertificationState, Side, SubmissionMode, Vote
from lotse.quality.models import (
    AuditReport,
    BoardDecision,
    BoardVote,
    Certificate,
    Certification,
    ChecklistItem,
    Criterion,
    FeedbackRemark,
    FeedbackReport,
    InterviewNote,
    OnSiteCheck,
    Participant,
    ScheduleItem,
    Submission,
    Visit,
)

M = TypeVar("M", bound=Model)
PART = 50  # answers on a page
WITH = ("certification__organisation", "certification__framework", "person")


@dataclass(frozen=True)
class Seat:
    """`actor`: as the acts and the log know her. A guest has no role, no permission and no person at work."""

    participant: Participant
    certification: Certification
    actor: Actor

    @property
    def is_assessor(self) -> bool:
        return self.participant.side == Side.ASSESSOR

    @property
    def is_chair(self) -> bool:
        return self.participant.is_chair


@dataclass(frozen=True)
class OnBehalf(Actor):
    """Somebody of the house takes over what a participant without an account has written: no more than that seat may do."""

    seat_id: int = 0


def on_behalf(participant: Participant, by: Actor) -> Seat:
    words = f"{participant.name} ({participant.get_side_display()}), übernommen von {by.label}"
    acting = OnBehalf(
        person_id=0, ref=by.ref, label=words[:160], organisation_id=participant.organisation_id, seat_id=participant.pk
    )
    return Seat(participant, participant.certification, acting)


def guest(user: Any) -> Actor:
    return Actor(person_id=0, user_id=user.pk, ref=user.public_id, label=str(user), organisation_id=0)


def seats(actor: Actor) -> list[Participant]:
    rows = Participant.objects.seats_of(actor, timezone.localdate()).select_related(*WITH)
    voted = Exists(BoardVote.objects.filter(member=OuterRef("pk")))
    return list(rows.annotate(has_voted=voted).order_by("-certification__registered_on", "-id"))


def seat_at(actor: Actor, certification_id: str) -> Seat:
    rows = Participant.objects.seats_of(actor, timezone.localdate()).select_related(*WITH)
    participant = found(rows, certification_id, by="certification__public_id")
    certification = participant.certification
    label = f"{participant.name} ({participant.get_side_display()})"
    acting = actor.but(label=label) if participant.person else actor.but(
        label=label, organisation_id=certification.organisation_id
    )  # fmt: skip
    return Seat(participant, certification, acting)


def own(seat: Seat, model: type[M]) -> QuerySet[M]:
    """Rows of a kind in this procedure, as far as her side sees them."""
    rows = model.objects.visible_to(seat.actor)  # type: ignore[attr-defined]
    return rows.filter(**{rows.way if rows.way != "pk" else "pk": seat.certification})


@dataclass(frozen=True)
class Answer:
    """`item` None: nothing was handed in for it yet. The board sees the answer, neither words nor documents."""

    item: ChecklistItem
    submissions: list[Submission]
    remark: FeedbackRemark | None


def handed_in(seat: Seat) -> list[int]:
    """The newest answer to each criterion, in the order of the catalogue, as ids."""
    rows = own(seat, ChecklistItem).filter(submitted_on__isnull=False).order_by("criterion__position", "round")
    return list(dict(rows.values_list("criterion_id", "pk")).values())


def answers(seat: Seat, shown: Sequence[int], report: FeedbackReport | None = None) -> list[Answer]:
    """Four statements, whatever their number."""
    items = list(own(seat, ChecklistItem).filter(pk__in=shown).select_related("criterion__area"))
    items.sort(key=lambda row: row.criterion.position)
    by_criterion = _submissions(seat, [row.criterion_id for row in items])
    said = {row.criterion_id: row for row in own(seat, FeedbackRemark).filter(report=report)} if report else {}
    return [Answer(row, by_criterion[row.criterion_id], said.get(row.criterion_id)) for row in items]


def _submissions(seat: Seat, criteria: Sequence[int]) -> dict[int, list[Submission]]:
    rows = own(seat, Submission).filter(criteria__in=criteria).exclude(replaced_by__submitted_on__isnull=False)
    documents: dict[int, list[Submission]] = defaultdict(list)
    for row in rows.distinct().prefetch_related("criteria"):
        for criterion in row.criteria.all():
            documents[criterion.pk].append(row)
    return documents


def handed_out(seat: Seat) -> QuerySet[Submission]:
    """What has a file. A document that is shown on site only has none, and no address (DP-09)."""
    rows = own(seat, Submission).exclude(mode=SubmissionMode.ON_SITE_ONLY).select_related("file")
    return rows.filter(file__isnull=False, file__deleted_at=None)


def withheld(seat: Seat) -> list[str]:
    """By title alone."""
    return list(own(seat, Submission).filter(mode=SubmissionMode.ON_SITE_ONLY).values_list("title", flat=True))


def evidence(seat: Seat, submission_id: str) -> Submission:
    return found(handed_out(seat), submission_id)


def issued_reports(seat: Seat) -> list[FeedbackReport]:
    return list(own(seat, FeedbackReport).filter(issued_on__isnull=False))


def issued_report(seat: Seat, number: int) -> FeedbackReport:
    row = own(seat, FeedbackReport).filter(issued_on__isnull=False, round=number).first()
    if row is None:
        raise Http404
    return row


def remarks_of(seat: Seat, report: FeedbackReport) -> list[FeedbackRemark]:
    return list(own(seat, FeedbackRemark).filter(report=report).select_related("criterion"))


def draft_report(seat: Seat) -> FeedbackReport | None:
    """Of this round, until it is issued."""
    return own(seat, FeedbackReport).filter(round=seat.certification.round, issued_on=None).first()


def answered_criterion(seat: Seat, criterion_id: str) -> Criterion:
    """One that was handed in."""
    known = own(seat, ChecklistItem).filter(submitted_on__isnull=False).values("criterion")
    return found(Criterion.objects.filter(pk__in=known).select_related("area"), criterion_id)


def visit_of(seat: Seat) -> Visit | None:
    return own(seat, Visit).first()


def notes_of(seat: Seat) -> list[InterviewNote]:
    return list(own(seat, InterviewNote))


def get_note(seat: Seat, interview_note_id: str) -> InterviewNote:
    return found(own(seat, InterviewNote).select_related("visit"), interview_note_id)


def checks_of(seat: Seat) -> list[OnSiteCheck]:
    return list(own(seat, OnSiteCheck).select_related("submission"))


def get_check(seat: Seat, on_site_check_id: str) -> OnSiteCheck:
    return found(own(seat, OnSiteCheck).select_related("visit"), on_site_check_id)


def audit_report(seat: Seat) -> AuditReport | None:
    """The board sees it when it is presented, the assessors while they write it."""
    return own(seat, AuditReport).first()


def decision_of(seat: Seat) -> BoardDecision | None:
    return own(seat, BoardDecision).first()


def certificate_of(seat: Seat) -> Certificate | None:
    return own(seat, Certificate).first()


def own_vote(seat: Seat) -> BoardVote | None:
    return own(seat, BoardVote).filter(member=seat.participant).first()


def schedule(seat: Seat) -> list[ScheduleItem]:
    return list(own(seat, ScheduleItem))


def remark_on(seat: Seat, criterion: Criterion) -> FeedbackRemark | None:
    """In the report that is being written."""
    return own(seat, FeedbackRemark).filter(report=draft_report(seat), criterion=criterion).first()


def place_of(seat: Seat, criterion: Criterion) -> int:
    """Where the page of the list begins on which it stands."""
    order = own(seat, ChecklistItem).filter(submitted_on__isnull=False).order_by("criterion__position")
    before = order.filter(criterion__position__lt=criterion.position).values("criterion").distinct().count()
    return before - before % PART


def may_remark(seat: Seat) -> bool:
    return seat.is_assessor and seat.certification.state == CertificationState.CHECKLIST_SUBMITTED


def may_visit(seat: Seat) -> bool:
    return seat.certification.state == CertificationState.DOCUMENTS_REVIEWED


def may_agree(seat: Seat, dates: Sequence[ScheduleItem]) -> bool:
    is_asked = seat.is_assessor and seat.certification.state == CertificationState.CONTRACT_SIGNED
    return is_asked and any(row.body_agreed_on is None for row in dates)


def may_report(seat: Seat) -> bool:
    return seat.certification.state in (CertificationState.DOCUMENTS_REVIEWED, CertificationState.VISIT_DONE)


def may_present(seat: Seat) -> bool:
    return seat.certification.state == CertificationState.VISIT_DONE


@dataclass(frozen=True)
class Standing:
    """How far the vote is: who sits on the board today and how many have voted."""

    members: int
    votes: Counter[str]
    quorum_percent: int

    @property
    def given(self) -> int:
        return self.votes.total()

    @property
    def has_quorum(self) -> bool:
        return rules.has_quorum(self.given, self.members, self.quorum_percent)

    @property
    def counted(self) -> list[tuple[str, int]]:
        return [(vote.label, self.votes[vote]) for vote in Vote]


def standing(seat: Seat) -> Standing:
    members = Participant.objects.seated_on(timezone.localdate()).filter(
        certification=seat.certification, side=Side.BOARD
    )
    votes = own(seat, BoardVote).filter(member__in=members).values_list("vote", flat=True)
    return Standing(members.count(), Counter(votes), seat.certification.quorum_percent)


def possible_outcomes(seat: Seat) -> Sequence[str]:
    votes = standing(seat).votes
    return rules.outcomes(votes[Vote.YES], votes[Vote.NO])


def to_be_seen(seat: Seat) -> list[str]:
    """Of what is shown on site only or was revised after the feedback; what a planned visit lists already comes from there."""
    listed = [row.title for row in checks_of(seat)]
    modes = (SubmissionMode.ON_SITE_ONLY, SubmissionMode.REVISED)
    rows = own(seat, Submission).filter(mode__in=modes).exclude(replaced_by__submitted_on__isnull=False)
    return listed or list(rows.values_list("title", flat=True))
