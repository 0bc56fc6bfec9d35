"""Own documents that expire soon, for *Heute*."""

from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.quality.models import EvidenceDocument
from lotse.quality.models.evidence import SOON


def to_renew(actor: Actor, today: date) -> QuerySet[EvidenceDocument]:
    """Hers, expired ones too."""
    rows = EvidenceDocument.objects.filter(owner_id=actor.person_id, organisation_id=actor.organisation_id)
    return rows.filter(expires_on__lte=today + SOON)


def _url(lines: list[Line]) -> str:
    if len(lines) == 1:
        return reverse("quality:evidence_document", args=[lines[0].ref])
    return reverse("quality:evidence_documents")


KINDS = {
    "renew": Kind(
        to_renew, {"words": F("title"), "day": F("expires_on")}, _url,
        ("Nachweis: {words}", "läuft ab am {day}"), ("{count} Nachweise laufen ab", "zuerst {words}, am {day}"), "erneuern",
    ),
}  # fmt: skip
