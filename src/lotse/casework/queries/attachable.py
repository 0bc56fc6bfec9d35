"""What lies in a file and can go along with a mail."""

from collections.abc import Iterator
from dataclasses import dataclass

from lotse.casework.models import CaseMailFile, Client, PlanScan
from lotse.casework.queries.letters import letters_of
from lotse.documents.models import StoredFile


@dataclass(frozen=True)
class Attachable:
    """`is_letter`: a Word file of the house, which goes out as PDF."""

    key: str
    label: str
    stored: StoredFile
    is_letter: bool = False


def attachable(client: Client) -> dict[str, Attachable]:
    """By key, the newest of each kind first."""
    found = [*_letters(client), *_scans(client), *_agreements(client), *_taken_from_mails(client)]
    return {one.key: one for one in found if one.stored.is_readable}


def _letters(client: Client) -> Iterator[Attachable]:
    for row in letters_of(client):
        yield Attachable(row.public_id, f"Brief: {row.subject}, {row.created_at:%d.%m.%Y}", row.file, is_letter=True)


def _scans(client: Client) -> Iterator[Attachable]:
    for row in PlanScan.objects.filter(client=client).select_related("file"):
        yield Attachable(row.public_id, f"Unterschriebener Plan: {row.file.name}", row.file)


def _agreements(client: Client) -> Iterator[Attachable]:
    for row in client.agreements.filter(scan__isnull=False).select_related("scan"):
        yield Attachable(row.public_id, f"{row.get_kind_display()}, unterschrieben: {row.scan.name}", row.scan)


def _taken_from_mails(client: Client) -> Iterator[Attachable]:
    rows = CaseMailFile.objects.filter(client=client).select_related("file", "mail").order_by("-id")
    for row in rows[:50]:
        yield Attachable(row.public_id, f"Aus der E-Mail vom {row.mail.moment:%d.%m.%Y}: {row.file.name}", row.file)
