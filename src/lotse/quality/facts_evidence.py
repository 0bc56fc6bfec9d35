"""What carriers prove of their criteria, in figures (issue part 9): documents, and criteria that anything proves."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from lotse.core.dates import months_before
from lotse.facts.defined import YES_NO, Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.quality.models import Criterion, EvidenceConfirmation, EvidenceDocument, EvidenceLink
from lotse.quality.models.scope import counted_by

NOWHERE = Value(0, output_field=IntegerField())
OVERDUE = ((60, "recent"), (365, "year"))


def _of_branches(rows: QuerySet, actor: Actor) -> QuerySet:
    return rows.filter(counted_by(actor)).annotate(nowhere=NOWHERE)


def _documents(actor: Actor, period: Period) -> QuerySet[EvidenceDocument]:
    return _of_branches(EvidenceDocument.objects.filter(created_at__date__lte=period.key_date), actor)


def _expired(actor: Actor, period: Period) -> QuerySet[EvidenceDocument]:
    return _documents(actor, period).filter(expires_on__lt=period.key_date)


def _criteria(actor: Actor, period: Period) -> QuerySet[Criterion]:
    return _of_branches(Criterion.objects.filter(framework__taken_on__lte=period.key_date), actor)


def _freshness(period: Period) -> Case:
    return choice((Q(expires_on=None), "lasting"), (Q(expires_on__lt=period.key_date), "expired"), otherwise="fresh")


def _since_when(period: Period) -> Case:
    within = [(Q(expires_on__gte=period.key_date - timedelta(days=days)), key) for days, key in OVERDUE]
    return choice(*within, otherwise="longer")


def _proven(period: Period) -> Case:
    """By a document of its own or of what it is linked to, or by a figure that somebody has confirmed."""
    day = period.key_date
    valid = EvidenceLink.objects.filter(document__created_at__date__lte=day).exclude(document__expires_on__lt=day)
    said = EvidenceConfirmation.objects.filter(created_at__date__lte=day, ends_on__gte=months_before(day, 12))
    ways = ("criterion", "criterion__links_out__to_criterion", "criterion__links_in__from_criterion")
    proven = Q(Exists(said.filter(criterion=OuterRef("pk"))))
    for way in ways:
        proven |= Q(Exists(valid.filter(**{way: OuterRef("pk")})))
    return choice((proven, "yes"), otherwise="no")


def _document_line(row: EvidenceDocument) -> Line:
    on = row.expires_on or row.ends_on
    return Line(row.title, on, f"{row.owner}", reverse("quality:evidence_document", args=[row.public_id]))


def _criterion_line(row: Criterion) -> Line:
    taken = row.framework.taken_on
    return Line(f"{row}", taken, row.framework.title, reverse("quality:criterion", args=[row.public_id]))


def _population(key: str, countable: Any, line: Any, visible: Any, *related: str) -> Population:
    return Population(
        f"quality.{key}", countable, visible, line, site="nowhere", programme="nowhere", related=related,
        holds_files=False, of_house=True,
    )  # fmt: skip


FRESH = {"fresh": "gilt noch", "lasting": "läuft nicht ab", "expired": "abgelaufen"}
SINCE = {"recent": "seit höchstens 60 Tagen", "year": "seit höchstens einem Jahr", "longer": "länger"}
COUNTED = {
    "evidence_fresh": Counted(
        _population("documents", _documents, _document_line, seen(EvidenceDocument), "owner"), _freshness, FRESH
    ),
    "evidence_expired": Counted(
        _population("expired", _expired, _document_line, seen(EvidenceDocument), "owner"), _since_when, SINCE
    ),
    "criteria_proven": Counted(
        _population("criteria", _criteria, _criterion_line, seen(Criterion), "framework"), _proven, YES_NO
    ),
}


def register_facts() -> None:
    for found in facts_of("quality_evidence", COUNTED, sheet="quality"):
        register(found)
