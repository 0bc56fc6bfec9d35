"""Which of the lists on "Heute" that are mostly empty have anything in them: one statement instead of one for each."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from lotse.casework.enums import HandoverState, TransferState
from lotse.casework.models import (
    Absence,
    Agreement,
    CaseloadTransfer,
    Client,
    ClientProperty,
    CourseParticipation,
    DataSubjectRequest,
    ErasureRun,
    FileAssignment,
    Handover,
    Referral,
    ReviewPoint,
)
from lotse.casework.queries.access import my_emergencies, waiting_handovers
from lotse.casework.queries.agreements import my_questions
from lotse.casework.queries.caseload import standing_in, waiting_transfers
from lotse.casework.queries.courses import my_course_steps
from lotse.casework.queries.custody import left_behind, my_left_behind
from lotse.casework.queries.referrals import my_referrals_to_do
from lotse.casework.queries.retention import open_requests, runs_waiting_for
from lotse.casework.queries.review import open_points
from lotse.casework.queries.today import AHEAD, EMERGENCIES_SHOWN, Mine, emergencies_in_my_files, mine_of
from lotse.core.prepared import prepared
from lotse.facts.targets import my_targets, waiting
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.partners.queries.cooperation import END_AHEAD, my_cooperations, to_do
from lotse.partners.queries.keepers import former_keepers, my_orphaned
from lotse.partners.queries.partners import long_unchecked, my_stale_partners, perhaps_stale

R = TypeVar("R")

# Name of the list → how it is read when there is something in it.
LISTS: dict[str, Callable[[Actor, date], list[Any]]] = {
    "handovers": lambda actor, today: waiting_handovers(actor),
    "transfers": lambda actor, today: waiting_transfers(actor),
    "emergencies": emergencies_in_my_files,
    "my_emergencies": lambda actor, today: my_emergencies(actor),
    "questions": my_questions,
    "standing_in": standing_in,
    "review_points": lambda actor, today: open_points(actor),
    "courses": my_course_steps,
    "referrals": my_referrals_to_do,
    "left_behind": lambda actor, today: my_left_behind(actor),
    "cooperations": my_cooperations,
    "stale_partners": my_stale_partners,
    "orphaned_partners": my_orphaned,
    "targets": lambda actor, today: my_targets(actor, today + AHEAD),
    "erasures": lambda actor, today: runs_waiting_for(actor),
    "requests": lambda actor, today: open_requests(actor, REQUESTS_SHOWN),
}
REQUESTS_SHOWN = 5


def seldom_lists(actor: Actor, today: date) -> dict[str, list[Any]]:
    """Every list by its name, the empty ones unread."""
    confirms = actor.may(Permission.CONFIRM_FILE_ACCESS)
    days = (today, today + AHEAD, today - EMERGENCIES_SHOWN, today + END_AHEAD, long_unchecked(today))
    signs, answers = actor.may(Permission.SIGN_COOPERATION), actor.may(Permission.PRIVACY)
    mine = mine_of(actor)
    mine = mine._replace(holders=mine.holders or (actor.person_id,))  # who has no files of her own finds none
    filled = _filled(mine, actor.person_id, confirms, signs, answers, days, timezone.now())
    has_rows = filled[0] if filled else dict.fromkeys(LISTS, True)
    return {name: read(actor, today) if has_rows.get(name) else [] for name, read in LISTS.items()}


@prepared
def _filled(
    mine: Mine,
    person_id: int,
    confirms: bool,
    signs: bool,
    answers: bool,
    days: tuple[date, date, date, date, date],
    now: datetime,
) -> QuerySet[Any, dict[str, bool]]:
    """Never false where the list itself would show something; it may be true where the list turns out empty."""
    today, ahead, since, ending, unchecked = days
    of_mine = {"client__responsible_id__in": mine.holders, "organisation_id": mine.organisation_id}
    house = {"organisation_id": mine.organisation_id}
    for_me = Q() if confirms else Q(to_person_id=person_id)
    asked = FileAssignment.objects.filter(opens_until__isnull=False, valid_from__gte=since)
    own = FileAssignment.objects.filter(person_id=person_id, is_emergency=True, valid_to__gte=today)
    moved = Client.objects.filter(responsible_id__in=mine.holders, moved_on__isnull=False, **house)
    reviews = Agreement.objects.filter(**of_mine, ended_on=None, review_on__lte=ahead)
    found = {
        "handovers": Handover.objects.filter(for_me, state=HandoverState.OFFERED, transfer=None, **house),
        "transfers": CaseloadTransfer.objects.filter(for_me, state=TransferState.OFFERED, **house),
        "emergencies": asked.filter(**of_mine),
        "my_emergencies": own.filter(Q(opens_until=None) | Q(opens_until__gt=now)),
        "standing_in": Absence.objects.filter(deputy_id=person_id, last_on__gte=today, **house),
        "review_points": ReviewPoint.objects.filter(**of_mine, done_on=None),
        "courses": CourseParticipation.objects.filter(**of_mine, follow_up_on__lte=ahead),
        "referrals": Referral.objects.filter(**of_mine, remind_on__lte=today),
        "left_behind": left_behind(ClientProperty.objects.filter(**of_mine)),
        "cooperations": to_do(mine.organisation_id, person_id, signs, ahead, ending),
        "stale_partners": perhaps_stale(person_id, unchecked),
        "orphaned_partners": former_keepers(mine.organisation_id, today),
        "targets": waiting(person_id, mine.organisation_id, ahead),
    }
    if answers:
        undecided = ErasureRun.objects.filter(confirmed_at=None, cancelled_at=None, **house)
        found["erasures"] = undecided.exclude(proposed_by_id=person_id)
        found["requests"] = DataSubjectRequest.objects.filter(answered_on=None, **house)
    named = {name: Exists(rows) for name, rows in found.items()}
    named["questions"] = Exists(moved) | Exists(reviews)
    return Person.objects.filter(pk=person_id).values(**named)
