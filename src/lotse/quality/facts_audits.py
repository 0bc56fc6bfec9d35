"""Audits, open deviations and the fulfilment of criteria in figures. Of organisations, so nothing is hidden."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, StrIndex, Substr
from django.urls import reverse

from lotse.facts.defined import Counted, facts_of, seen
from lotse.facts.registry import Line, Period, Population, part_of, register
from lotse.organisations.actor import Actor
from lotse.quality.enums import Rating
from lotse.quality.enums_audits import AuditKind, FindingGrade
from lotse.quality.models import Audit, AuditFinding, Judgement
from lotse.quality.models.audits import AFTER, GRAVE
from lotse.quality.models.scope import counted_by

NOWHERE = Value(0, output_field=IntegerField())


def _of_branches(rows: QuerySet, actor: Actor) -> QuerySet:
    return rows.filter(counted_by(actor)).annotate(nowhere=NOWHERE)


def _held(actor: Actor, period: Period) -> QuerySet[Audit]:
    rows = Audit.objects.filter(state__in=AFTER, held_on__gte=period.start, held_on__lte=period.end)
    return _of_branches(rows, actor)


def _open(actor: Actor, period: Period) -> QuerySet[AuditFinding]:
    """On the key date: the effect was not checked by then."""
    day = period.key_date
    checked = Q(improvement__effect_checked_at__date__lte=day)
    rows = AuditFinding.objects.filter(grade__in=GRAVE, audit__state__in=AFTER, audit__held_on__lte=day)
    return _of_branches(rows.exclude(checked), actor)


def _judged(actor: Actor, period: Period) -> QuerySet[Judgement]:
    within = {"assessment__closed_on__gte": period.start, "assessment__closed_on__lte": period.end}
    return _of_branches(Judgement.objects.filter(**within), actor)


def _column(name: str) -> Callable[[Period], Any]:
    return lambda _period: F(name)


def _chapter(_period: Period) -> Concat:
    """The number of an area up to its first point."""
    number = F("criterion__area__number")
    cut = Substr(number, 1, StrIndex(number, Value(".")) - 1)
    chapter = Case(When(criterion__area__number__contains=".", then=cut), default=number)
    return Concat(Value("Kapitel "), chapter, output_field=CharField())


def _audit_line(row: Audit) -> Line:
    return Line(row.title, row.day, row.organisation.name, reverse("quality:audit", args=[row.public_id]))


def _finding_line(row: AuditFinding) -> Line:
    held = row.audit.day
    return Line(f"{row}", held, f"{row.audit}", reverse("quality:audit", args=[row.audit.public_id]))


def _judgement_line(row: Judgement) -> Line:
    url = reverse("quality:judge", args=[row.public_id])
    return Line(f"{row}", row.assessment.closed_on, f"{row.assessment}", url)


def _population(key: str, countable: Any, line: Any, visible: Any, *related: str) -> Population:
    return Population(
        f"quality.{key}", countable, visible, line, site="nowhere", programme="nowhere", related=related,
        holds_files=False, of_house=True,
    )  # fmt: skip


AUDITS = _population("audits", _held, _audit_line, seen(Audit), "organisation")
FINDINGS = _population("findings", _open, _finding_line, seen(AuditFinding), "audit")
JUDGEMENTS = _population("judgements", _judged, _judgement_line, seen(Judgement), "assessment", "criterion")
FULFILLED = part_of(JUDGEMENTS, "quality.fulfilled", lambda _period: Q(rating=Rating.FULFILLED))
COUNTED = {
    "audits_held": Counted(AUDITS, _column("kind"), dict(AuditKind.choices)),
    "findings_open": Counted(
        FINDINGS, _column("grade"), {grade.value: grade.label for grade in FindingGrade if grade in GRAVE}
    ),
    "fulfilment": Counted(JUDGEMENTS, _column("rating"), dict(Rating.choices)),
    "fulfilled_by_chapter": Counted(FULFILLED, _chapter, str),
}


def register_facts() -> None:
    for found in facts_of("quality_audits", COUNTED, sheet="quality"):
        register(found)
