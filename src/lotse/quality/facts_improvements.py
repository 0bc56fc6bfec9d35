"""Improvements, complaints and suggestions in figures. A complaint about herself nobody counts (QM-21).

How far carriers are with their improvements is seen by who looks over them, too; what people say, only by who keeps quality.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from lotse.facts.defined import Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import ComplaintTopic, Effect, SuggestionResult, Voice
from lotse.quality.models import Complaint, Improvement, Suggestion
from lotse.quality.queries.improvements import is_late

SET = "improvement"
NOWHERE = Value(0, output_field=IntegerField())
BANDS = {30: "month", 90: "quarter", 180: "half_year"}
TIMES = {"month": "bis 30 Tage", "quarter": "bis 90 Tage", "half_year": "bis 180 Tage", "longer": "länger"}
OVERDUE = {"overdue": "überfällig", "under_way": "im Plan"}
ANSWERS = {"in_time": "rechtzeitig", "late": "später", "missing": "fehlt", "ahead": "noch nicht fällig"}
RESULTS = {
    **{str(result.value): str(result.label) for result in SuggestionResult}, "open": "noch nicht beantwortet",
}  # fmt: skip


def _kept(model: Any, actor: Actor, *within: Q) -> QuerySet:
    rows = model.objects.visible_to(actor).filter(in_branches(actor.quality_paths, "organisation"), *within)
    return rows.annotate(nowhere=NOWHERE)


def _followed(actor: Actor, *within: Q) -> QuerySet[Improvement]:
    """Of every branch whose quality she keeps or looks over."""
    branches = actor.quality_paths | actor.quality_read_paths
    return Improvement.objects.filter(in_branches(branches, "organisation"), *within).annotate(nowhere=NOWHERE)


def _days(period: Period, column: str) -> Q:
    return Q(**{f"{column}__gte": period.start, f"{column}__lte": period.end})


def _open(actor: Actor, period: Period) -> QuerySet[Improvement]:
    there = Q(raised_at__date__lte=period.key_date)
    still = Q(effect_checked_at=None) | Q(effect_checked_at__date__gt=period.key_date)
    return _followed(actor, there, still)


def _helped(actor: Actor, period: Period) -> QuerySet[Improvement]:
    return _followed(actor, Q(effect=Effect.EFFECTIVE), _days(period, "effect_checked_at__date"))


def _complaints(actor: Actor, period: Period) -> QuerySet[Complaint]:
    return _kept(Complaint, actor, Q(kind=Voice.COMPLAINT), _days(period, "received_on"))


def _suggestions(actor: Actor, period: Period) -> QuerySet[Suggestion]:
    return _kept(Suggestion, actor, _days(period, "raised_at__date"))


def _improvement_line(row: Improvement) -> Line:
    return Line(row.title, row.due_on, f"{row.owner}", reverse("quality:improvement", args=[row.public_id]))


def _complaint_line(row: Complaint) -> Line:
    url = reverse("quality:complaint", args=[row.public_id])
    return Line(row.get_topic_display(), row.received_on, f"{row.organisation}", url)


def _suggestion_line(row: Suggestion) -> Line:
    url = reverse("quality:suggestion", args=[row.public_id])
    return Line(row.title, timezone.localdate(row.raised_at), f"{row.organisation}", url)


def _population(key: str, countable: Any, line: Any, model: Any, related: str, *more: Permission) -> Population:
    return Population(
        f"{SET}.{key}", countable, seen(model), line, site="nowhere", programme="nowhere", related=(related,),
        holds_files=False, of_house=True, needs=(Permission.KEEP_QUALITY, *more),
    )  # fmt: skip


def _overdue(period: Period) -> Case:
    return choice((is_late(period.key_date), "overdue"), otherwise="under_way")


def _time_to_effect(_period: Period) -> Case:
    within = [(Q(effect_checked_at__lte=F("raised_at") + timedelta(days=days)), key) for days, key in BANDS.items()]
    return choice(*within, otherwise="longer")


def _in_time(_period: Period) -> Case:
    return choice(
        (Q(answered_on__lte=F("answer_due_on")), "in_time"), (Q(answered_on__isnull=False), "late"),
        (Q(answer_due_on__lt=timezone.localdate()), "missing"), otherwise="ahead",
    )  # fmt: skip


def _answered(_period: Period) -> Case:
    return choice(*((Q(result=key), key) for key in SuggestionResult.values), otherwise="open")


def _topic(_period: Period) -> F:
    return F("topic")


READERS = Permission.READ_QUALITY
OPEN = _population("open", _open, _improvement_line, Improvement, "owner", READERS)
HELPED = _population("helped", _helped, _improvement_line, Improvement, "owner", READERS)
COMPLAINTS = _population("complaints", _complaints, _complaint_line, Complaint, "organisation")
SUGGESTIONS = _population("suggestions", _suggestions, _suggestion_line, Suggestion, "organisation")
COUNTED = {
    "overdue": Counted(OPEN, _overdue, OVERDUE),
    "time_to_effect": Counted(HELPED, _time_to_effect, TIMES),
    "complaints": Counted(COMPLAINTS, _topic, {str(one.value): str(one.label) for one in ComplaintTopic}),
    "complaints_in_time": Counted(COMPLAINTS, _in_time, ANSWERS),
    "suggestions": Counted(SUGGESTIONS, _answered, RESULTS),
}


def register_facts() -> None:
    for fact in facts_of(SET, COUNTED, sheet=SET):
        register(fact)
