"""What stands around a measure: its proofs, vouchers, lists, volunteers; and proofs found again after years."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from lotse.agency.models import Measure, MeasureEvidence
from lotse.agency.queries.vouchers import vouchers_of
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def around(measure: Measure) -> dict[str, Any]:
    return {
        "counts": list(measure.group_counts.all()),
        "partners": list(measure.partners.all()),
        "proofs": list(measure.proofs.select_related("evidence__file")),
        "vouchers": vouchers_of(measure),
        "sheets": list(measure.sheets.filter(closed_at=None)),
        "deployments": list(measure.deployments.select_related("volunteer")),
    }


def proofs(actor: Actor) -> QuerySet[MeasureEvidence]:
    rows = MeasureEvidence.objects.visible_to(actor)
    return rows.select_related("measure__agency", "evidence__file")


def get_proof(actor: Actor, evidence_id: str) -> MeasureEvidence:
    """By the evidence; where it serves several measures, through the first that she sees."""
    return found(proofs(actor), evidence_id, by="evidence__public_id")


def archive(actor: Actor, *, year: int, agency: str = "", kind: str = "", text: str = "") -> QuerySet[MeasureEvidence]:
    """Proofs of a funding year; `text` stands in the title of the measure. Nothing is looked for inside of them."""
    named = {"measure__agency__public_id": agency, "evidence__kind": kind, "measure__title__icontains": text}
    chosen = {path: value for path, value in named.items() if value}
    return proofs(actor).filter(evidence__funding_year=year, **chosen).order_by("-evidence__on", "-pk")


def archive_years(actor: Actor, today: date) -> list[int]:
    stored = MeasureEvidence.objects.visible_to(actor).order_by().values_list("evidence__funding_year", flat=True)
    return sorted({*stored.distinct(), today.year}, reverse=True)
