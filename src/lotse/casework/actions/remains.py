"""What is left of an erased file: nameless rows at the precision of a month, from which past years are counted (DS-07).

Only columns that a figure needs are taken over, written as new rows under new ids. A month begins on its first day: so
every figure over whole months stays exactly as it was.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from lotse.casework.enums import CaseState, Precision
from lotse.casework.models import (
    Accommodation,
    Client,
    Contact,
    ContactTopic,
    CounsellingCase,
    CourseParticipation,
    DiscriminationGround,
    DiscriminationRecord,
    GermanLevel,
    PlanGoal,
    PlanStatus,
    PlanStep,
    Referral,
    ResidenceStatus,
    SupportPlan,
)
from lotse.casework.outcome_template import EVENT_DAY
from lotse.casework.queries.outcomes import any_of_its_group
from lotse.casework.regions import any_country_of, region_of

M = TypeVar("M", bound=Model)

PERSON = ("organisation_id", "gender", "birth_date", "entered_germany_on", "informed_on")
LEVEL = ("organisation_id", "level", "assessed_on")
# Whose case it was is staff's own data; without it, her figures of past years would change.
CASE = (
    "organisation_id", "programme_id", "site_id", "responsible_id", "episode", "state", "tier", "first_contact_on",
    "ended_on", "referred_to_id", "evaluated_on", "sustainability_checked_on", "access_route", "end_reason",
)  # fmt: skip
CONTACT = ("organisation_id", "counsellor_id", "on", "channel")
PLAN = ("organisation_id", "version", "drafted_on", "agreed_on")
STEP = ("organisation_id", "position", "who", "agreed_on", "achieved", "achieved_on")
HOME = ("organisation_id", "kind", "since")
SHEET = ("organisation_id", "template_version", "recorded_on")
STATUS_DAYS = ("organisation_id", "valid_from", "valid_to")
COURSE = (
    "organisation_id", "kind", "provider_id", "began_on", "finished_on", "dropped_out_on", "dropout_reason", "level_reached",
)  # fmt: skip
PART_A = ("organisation_id", "version", "recorded_on", "agreement_on", "recording_on", "competence_on")
# Of Teil A only what figures count.
COUNTED_ANSWERS = (
    "employed", "employment_extent", "apprenticeship", "school_attended", "school_degree", "occupation_certificate", "study_degree",
    "school_recognition", "occupation_recognition", "study_recognition",
)  # fmt: skip
NOT_KEPT = ["not_kept"]
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
    nobody.country_of_origin = any_country_of(region_of(client.country_of_origin))
    nobody.nationalities = [any_country_of(region_of(country)) for country in client.nationalities[:1]]
    nobody.save()
    _leave_person(client, nobody)
    _write(GermanLevel, (_coarse(row, LEVEL, client=nobody) for row in client.german_levels.order_by("pk")))
    for case in cases:
        _leave_case(case, nobody)
    return nobody


def _leave_person(client: Client, nobody: Client) -> None:
    """What held on which days: home, residence status as its group, courses."""
    _write(Accommodation, (_coarse(row, HOME, client=nobody) for row in client.accommodations.order_by("pk")))
    _write(CourseParticipation, (_coarse(row, COURSE, client=nobody) for row in client.courses.order_by("pk")))
    statuses = client.residence_statuses.order_by("pk")
    _write(
        ResidenceStatus,
        (_coarse(row, STATUS_DAYS, client=nobody, status=any_of_its_group(row.status)) for row in statuses),
    )


def _leave_case(case: CounsellingCase, nobody: Client) -> None:
    left = _coarse(case, CASE, client=nobody)
    if case.is_open:  # the consent was withdrawn in the middle of the work
        left.state, left.ended_on = CaseState.ABORTED, nobody.erased_month
    left.save()
    _leave_contacts(case, left)
    _leave_referrals(case, left)
    _leave_discrimination(case, left)
    _leave_parts(case, left)
    for plan in case.plans.order_by("pk"):
        _leave_plan(plan, left)


def _leave_contacts(case: CounsellingCase, left: CounsellingCase) -> None:
    contacts = list(case.contacts.order_by("pk").prefetch_related("topics"))
    nameless = _write(Contact, (_coarse(row, CONTACT, client=left.client, case=left) for row in contacts))
    pairs = zip(contacts, nameless, strict=True)
    _write(ContactTopic, (ContactTopic(contact=new, topic=t.topic) for old, new in pairs for t in old.topics.all()))


def _leave_referrals(case: CounsellingCase, left: CounsellingCase) -> None:
    """To which kind of partner, and how it ended; revision 0 says that nothing else is known."""
    sent = case.referrals.exclude(sent_at=None).order_by("pk")
    _write(Referral, (_coarse(row, REFERRAL, client=left.client, case=left, revision=0) for row in sent))


def _leave_parts(case: CounsellingCase, left: CounsellingCase) -> None:
    """Teil A and the sheets on the effect, without words; days inside become the first of their month too."""
    owner = {"client": left.client, "case": left}
    for part in case.parts_a.order_by("pk"):
        answers = {key: part.answers[key] for key in COUNTED_ANSWERS if key in part.answers}
        _coarse(part, PART_A, answers=answers, **owner).save()
    for sheet in {row.recorded_on.replace(day=1): row for row in case.outcome_sheets.order_by("recorded_on")}.values():
        answers = {key: f"{said[:8]}01" if EVENT_DAY.fullmatch(said) else said for key, said in sheet.answers.items()}
        _coarse(sheet, SHEET, answers=answers, **owner).save()


def _leave_steps(plan: SupportPlan, left: SupportPlan) -> None:
    goals = plan.goals.order_by("pk").prefetch_related("steps")
    owner = {"organisation_id": left.organisation_id, "client_id": left.client_id}
    for goal in goals:
        known = [step for step in goal.steps.all() if step.achieved_on]
        if known:
            nameless = PlanGoal(plan=left, position=goal.position, **owner)
            nameless.save()
            _write(PlanStep, (_coarse(step, STEP, client_id=left.client_id, goal=nameless) for step in known))


def _leave_discrimination(case: CounsellingCase, left: CounsellingCase) -> None:
    for row in DiscriminationRecord.objects.filter(case=case):
        record = _coarse(row, DISCRIMINATION, client=left.client, case=left)
        record.save()
        grounds = row.grounds.order_by("pk")
        _write(DiscriminationGround, (DiscriminationGround(record=record, of=g.of, ground=g.ground) for g in grounds))


def _leave_plan(plan: SupportPlan, case: CounsellingCase) -> None:
    environment = NOT_KEPT if plan.agreed_on else []
    left = _coarse(plan, PLAN, client=case.client, case=case, number=None, environment=environment)
    left.save()
    _leave_steps(plan, left)
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
