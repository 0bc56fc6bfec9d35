"""What is known of the effect of counselling: the sheets of a case, and what the file already tells."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from lotse.casework.enums import PlanState, ReferralState
from lotse.casework.models import CounsellingCase, OutcomeSheet
from lotse.casework.outcome_template import YES_NO, Item
from lotse.catalogues.loader import catalogue

SETTLED, GERMAN = "Daueraufenthalt", "Deutsch"
VOCATIONAL = ("vocational_oriented", "esf_bamf")


@dataclass(frozen=True)
class Known:
    """An event of which the file already tells: nobody types it again."""

    key: str
    on: date
    source: str


def newest_sheet(case: CounsellingCase) -> OutcomeSheet | None:
    return case.outcome_sheets.first()


def known_events(case: CounsellingCase) -> dict[str, Known]:
    """By item; only what happened during the case."""
    found = (*_status(case), *_plan(case), *_part_a(case), *_courses(case), *_referrals(case))
    return {known.key: known for known in found if known.on >= case.first_contact_on}


def status_keys(*groups: str) -> list[str]:
    """The residence statuses of these groups."""
    return [key for key, entry in catalogue("residence_status").entries.items() if entry.group in groups]


def _status(case: CounsellingCase) -> Iterator[Known]:
    rows = case.client.residence_statuses.filter(status__in=status_keys(SETTLED, GERMAN)).order_by("-valid_from")
    return (Known("status_secured", row.valid_from, "Aufenthaltsstatus") for row in rows)


def _plan(case: CounsellingCase) -> Iterator[Known]:
    plan = case.plans.first()  # the newest version
    if plan and plan.state == PlanState.COMPLETED:
        yield Known("plan_done", localdate(), "Plan")


def _part_a(case: CounsellingCase) -> Iterator[Known]:
    part_a = case.parts_a.first()
    said: dict[str, Any] = part_a.answers if part_a else {}
    for answer, item in (("employed", "contract"), ("apprenticeship", "placed"), ("qualification_measure", "measure")):
        if part_a and said.get(answer) is True:
            yield Known(item, part_a.recorded_on, "Teil A")


def _courses(case: CounsellingCase) -> Iterator[Known]:
    rows = case.client.courses.filter(kind__in=VOCATIONAL, began_on__isnull=False).order_by("-began_on")
    return (Known("measure", row.began_on, "Kurse") for row in rows if row.began_on)


def _referrals(case: CounsellingCase) -> Iterator[Known]:
    rows = case.referrals.filter(partner__category="jobcentre", state=ReferralState.ACCEPTED).order_by("-sent_at")
    return (Known("careers_advice", localdate(row.sent_at), "Verweise") for row in rows)


def filled_in(case: CounsellingCase, items: Iterable[Item], known: Mapping[str, Known], today: date) -> dict[str, Any]:
    """Where the form begins: the last sheet, and what has become known since."""
    last = newest_sheet(case)
    said = last.answers if last else {}
    news = {key: k.on for key, k in known.items() if last is None or k.on >= last.recorded_on}
    start = {name: said.get(name) or news.get(name, "") for item in items for name in item.columns}
    yes_no = {i.key: {"yes": "true", "no": "false"}.get(str(said.get(i.key)), "") for i in items if i.kind == YES_NO}
    return {**start, **yes_no, "on": today, "revision": last.revision if last else None}
