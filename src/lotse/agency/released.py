"""The released reports of agencies, for whoever proves what a grant was used for."""

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone

from lotse.agency.enums import DocumentKind
from lotse.agency.models import ReleasedDocument
from lotse.documents.released import Found, Kind, Released, register_released
from lotse.organisations.models import Organisation


def register() -> None:
    register_released(Kind("report", reports, _address))


def reports(agencies: Collection[int], years: Collection[int]) -> Found:
    rows = ReleasedDocument.objects.filter(
        document__kind=DocumentKind.REPORT, document__agency__in=agencies, document__funding_year__in=years
    )
    newest_last = rows.select_related("document", "evidence__file").order_by("document__version")
    return {(row.document.agency_id, row.document.funding_year): _told(row) for row in newest_last}


def _told(row: ReleasedDocument) -> Released:
    return Released(str(row), timezone.localdate(row.at), row.evidence.file)


def _address(agency: Organisation) -> str:
    return reverse("agency:agency", args=[agency.public_id])
