"""What is left of an erased file: nameless rows at the precision of a month, from which past years are counted (DS-07).

Only columns that a figure needs are taken over, written as new rows under new ids. A month begins on its first day: so
every figure over whole months stays exactly as it was.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from lotse.casework.enums import CaseState, Precision
from lotse.casework.models import (
    Appointment,
    Client,
    Contact,
    ContactTopic,
    CounsellingCase,
    DiscriminationGround,
    DiscriminationRecord,
    GermanLevel,
    PlanStatus,
    Referral,
    SupportPlan,
)

M = TypeVar("M", bound=Model)

PERSON = ("organisation_id", "gender", "birth_date", "entered_germany_on", "informed_on")
LEVEL = ("organisation_id", "level", "assessed_on")
# Whose case it was is staff's own data; without it, her figures of past years would change.
CASE = (
    "organisation_id", "programme_id", "site_id", "responsible_id", "episode", "state", "tier", "first_contact_on",
    "ended_on", "referred_to_id", "evaluated_on", "sustainability_checked_on", "access_route",
)  # fmt: skip
CONTACT = ("organisation_id", "counsellor_id", "on", "channel")
PLAN = ("organisation_id", "version", "drafted_on")
APPOINTMENT = (
    "organisation_id",
    "person_id",
    "site_id",
    "starts_at",
    "state",
    "place",
    "interpreter_language",
    "interpreter_used",
)
REFERRAL = ("organisation_id", "partner_id", "state", "sent_at", "ended_at", "decline_reason")
DISCRIMINATION = ("organisation_id", "area")
STATUS = ("organisation_id", "key_date", "value")


def leave_remains(client: Client) -> Client | None:
    """Nothing is left of somebody who was never counted."""
    cases = list(client.cases.order_by("pk"))
    if not cases:
        return None
    month = timezone.localdate().replace(day=1)
    nobody = _coarse(client, PERSON, erased_month=month, birth_precision=Precision.MONTH, number=None)
    nobody.save()
    _write(GermanLevel, (_coarse(row, LEVEL, client=nobody) for row in client.german_levels.order_by("pk")))
    for case in cases:
        _leave_case(case, nobody)
    _leave_interpreting(client, nobody)
    return nobody


def _leave_case(case: CounsellingCase, nobody: Client) -> None:
    left = _coarse(case, CASE, client=nobody)
    if case.is_open:  # the consent was withdrawn in the middle of the work
        left.state, left.ended_on = CaseState.ABORTED, nobody.erased_month
    left.save()
    _leave_contacts(case, left)
    _leave_referrals(case, left)
    _leave_discrimination(case, left)
    for plan in case.plans.order_by("pk"):
        _leave_plan(plan, left)


def _leave_contacts(case: CounsellingCase, left: CounsellingCase) -> None:
    contacts = list(case.contacts.order_by("pk").prefetch_related("topics"))
    nameless = _write(Contact, (_coarse(row, CONTACT, client=left.client, case=left) for row in contacts))
    pairs = zip(contacts, nameless, strict=True)
    _write(ContactTopic, (ContactTopic(contact=new, topic=t.topic) for old, new in pairs for t in old.topics.all()))


def _leave_interpreting(client: Client, nobody: Client) -> None:
    """Hours of interpreters have been paid and are counted; the length is nobody's business any more."""
    over = client.appointments.interpreted().filter(starts_at__lt=timezone.now()).order_by("pk")
    left = [_coarse(row, APPOINTMENT, client=nobody) for row in over]
    for row in left:
        row.ends_at = row.starts_at + timedelta(minutes=1)
    _write(Appointment, left)


def _leave_referrals(case: CounsellingCase, left: CounsellingCase) -> None:
    """To which kind of partner, and how it ended; revision 0 says that nothing else is known."""
    sent = case.referrals.exclude(sent_at=None).order_by("pk")
    _write(Referral, (_coarse(row, REFERRAL, client=left.client, case=left, revision=0) for row in sent))


def _leave_discrimination(case: CounsellingCase, left: CounsellingCase) -> None:
    for row in DiscriminationRecord.objects.filter(case=case):
        record = _coarse(row, DISCRIMINATION, client=left.client, case=left)
        record.save()
        grounds = row.grounds.order_by("pk")
        _write(DiscriminationGround, (DiscriminationGround(record=record, of=g.of, ground=g.ground) for g in grounds))


def _leave_plan(plan: SupportPlan, case: CounsellingCase) -> None:
    left = _coarse(plan, PLAN, client=case.client, case=case, number=None)
    left.save()
    by_month = {
        row.key_date.replace(day=1): row for row in plan.statuses.order_by("key_date", "pk")
    }  # the last one counts
    _write(PlanStatus, (_coarse(row, STATUS, client=case.client, plan=left) for row in by_month.values()))


def _write(model: type[M], rows: Iterable[M]) -> list[M]:
    return model._base_manager.bulk_create(rows)


def _coarse(row: M, columns: Iterable[str], **more: Any) -> M:
    """A new row of the same kind with these columns, days at the first of their month."""
    return type(row)(**{name: _month(getattr(row, name)) for name in columns}, **more)


def _month(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return value.replace(day=1) if isinstance(value, date) else value
