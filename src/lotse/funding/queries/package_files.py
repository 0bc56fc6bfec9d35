"""Which papers lie in a package, in which folder, and under which name; a receipt without its paper says why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from django.db.models import QuerySet
from django.utils.text import slugify

from lotse.documents.enums import EvidenceKind
from lotse.documents.models import Evidence, StoredFile
from lotse.documents.released import released
from lotse.funding.models import (
    ApplicationVersion,
    CallShare,
    EvidencePackage,
    ForwardingContract,
    GrantNotice,
    LedgerEntry,
    Payment,
    ReleasedProof,
)
from lotse.funding.queries.proof_content import REPORT, number_of, paper_of
from lotse.funding.queries.proofs import carriers_of, released_of
from lotse.organisations.models import Organisation
from lotse.programmes.models import GrantAgency

FOLDERS = ("Antrag", "Vertraege", "Abrufe", "Belege", "Nachweise", "Berichte", "Teilnehmerlisten")
NO_PAPER = "kein Beleg abgelegt"
GONE = "Datei am {day} gelöscht"
IN_QUARANTINE = "wartet auf die Virenprüfung"


@dataclass
class Item:
    """`path` within the package; `why_not` where there is no file to put there. `text`: content that is not a stored file."""

    folder: str
    title: str
    carrier: str = ""
    number: str = ""
    on: date | None = None
    amount: Decimal | None = None
    what: str = ""
    file: StoredFile | None = None
    text: str = ""
    path: str = ""
    why_not: str = ""

    @property
    def is_receipt(self) -> bool:
        return self.folder == "Belege"


def items_of(package: EvidencePackage) -> list[Item]:
    """Every one has a path or says why not."""
    made = list(_of_sample(package)) if package.sample else list(_of_grant(package))
    for number, item in enumerate(made, 1):
        item.why_not = item.why_not or _lacking(item)
        if not item.why_not:
            item.path = f"{item.folder}/{number:04}-{_name(item)}"
    return made


def _lacking(item: Item) -> str:
    if item.text:
        return ""
    if item.file is None:
        return NO_PAPER
    if item.file.deleted_at:
        return GONE.format(day=f"{item.file.deleted_at:%d.%m.%Y}")
    return "" if item.file.is_readable else IN_QUARANTINE


def _name(item: Item) -> str:
    words = slugify(f"{item.on or ''} {item.carrier} {item.title}")[:80].strip("-") or "datei"
    return f"{words}{'.json' if item.text else PurePath(item.file.name).suffix.lower() if item.file else ''}"


def years_of(package: EvidencePackage) -> list[int]:
    return [package.funding_year] if package.funding_year else list(package.grant.years)


def houses_of(package: EvidencePackage) -> list[Organisation]:
    return [package.carrier] if package.carrier else list(carriers_of(package.grant))


def entries_of(package: EvidencePackage) -> QuerySet[LedgerEntry]:
    if package.sample:
        rows = package.sample.entries.all()
    else:
        rows = LedgerEntry.objects.filter(
            grant=package.grant, organisation__in=houses_of(package), funding_year__in=years_of(package)
        )
    related = ("organisation", "line", "file", "voucher__file", "reverses", "reversed_by")
    return rows.select_related(*related).order_by("organisation__name", "on", "id")


def _of_sample(package: EvidencePackage) -> Iterator[Item]:
    entries = list(entries_of(package))
    yield from _contracts(package, {one.organisation_id for one in entries})
    yield from map(_receipt, entries)


def _of_grant(package: EvidencePackage) -> Iterator[Item]:
    years, houses = years_of(package), [house.pk for house in houses_of(package)]
    yield from _applications(package, houses)
    yield from _notices(package)
    yield from _contracts(package, houses)
    yield from map(_receipt, entries_of(package))
    provers = houses if package.carrier else [*houses, package.grant.organisation_id]
    for row in released_of(package.grant, provers, years):
        yield from _proof(row)
    yield from _reports(package, houses, years)
    if package.lists_reason:
        yield from (_list(one) for one in lists_of(package))


def _applications(package: EvidencePackage, houses: Iterable[int]) -> Iterator[Item]:
    """As it was handed in, each time; the whole application goes to nobody but the receiver."""
    rows = ApplicationVersion.objects.filter(application__grant=package.grant)
    rows = rows.filter(part__organisation__in=list(houses)) if package.carrier else rows
    for row in rows.select_related("organisation", "file").order_by("on", "id"):
        title = "Antragsteil" if row.part_id else "Gesamtantrag"
        yield Item("Antrag", title, row.organisation.name, on=row.on, file=row.file, what=f"SHA-256 {row.sha256}")


def _notices(package: EvidencePackage) -> Iterator[Item]:
    """Those of the receiver alone, after what was asked for."""
    if package.carrier:
        return
    for row in GrantNotice.objects.filter(grant=package.grant).select_related("file"):
        yield Item("Antrag", str(row), on=row.dated_on, file=row.file, what=row.note)


def _contracts(package: EvidencePackage, houses: Iterable[int]) -> Iterator[Item]:
    rows = ForwardingContract.objects.filter(grant=package.grant, organisation__in=list(houses))
    for row in rows.select_related("organisation", "file"):
        yield Item("Vertraege", "Weiterleitungsvertrag", row.organisation.name, on=row.in_force_from, file=row.file)


def _receipt(entry: LedgerEntry) -> Item:
    back = "nimmt eine Buchung zurück" if entry.reverses_id else ""
    taken = "zurückgenommen" if getattr(entry, "reversed_by", None) else ""
    words = " · ".join(one for one in (entry.reason, str(entry.line or ""), back, taken) if one)
    return Item(
        "Belege", entry.payee, entry.organisation.name, number_of(entry), entry.on,
        -entry.amount if entry.reverses_id else entry.amount, words, paper_of(entry),
    )  # fmt: skip


def _proof(row: ReleasedProof) -> Iterator[Item]:
    """As printed, and as data with the checksum that the page shows."""
    title, house, on = f"{row.proof} Fassung {row.proof.version}", row.proof.organisation.name, row.at.date()
    yield Item("Nachweise", title, house, on=on, file=row.file)
    yield Item("Nachweise", f"{title} Daten", house, on=on, text=row.content, what=f"SHA-256 {row.sha256}")


def _agencies(package: EvidencePackage, houses: Iterable[int]) -> list[Organisation]:
    rows = GrantAgency.objects.filter(grant=package.grant, organisation__in=list(houses)).select_related("agency")
    return [row.agency for row in rows.order_by("agency__name", "id")]


def _reports(package: EvidencePackage, houses: Iterable[int], years: list[int]) -> Iterator[Item]:
    agencies = _agencies(package, houses)
    found = released(REPORT, [one.pk for one in agencies], years)
    for agency in agencies:
        for year in years:
            one = found.get((agency.pk, year))
            if one is None:
                yield Item("Berichte", f"Sachbericht {year}", agency.name, why_not="noch nicht freigegeben")
            else:
                yield Item("Berichte", one.title, agency.name, on=one.on, file=one.file)


def lists_of(package: EvidencePackage) -> list[Evidence]:
    agencies = _agencies(package, [house.pk for house in houses_of(package)])
    rows = Evidence.objects.filter(
        kind=EvidenceKind.ATTENDANCE_LIST, unit__in=agencies, funding_year__in=years_of(package)
    )
    return list(rows.select_related("unit", "file").order_by("on", "id"))


def _list(one: Evidence) -> Item:
    return Item("Teilnehmerlisten", one.title or "Teilnehmerliste", one.unit.name, on=one.on, file=one.file)


# Tables ---------------------------------------------------------------------------------------------------------------
def calls_table(package: EvidencePackage) -> Iterator[tuple[object, ...]]:
    yield ("Träger", "Förderjahr", "abgerufen am", "eingegangen am", "Betrag in Euro")
    rows = CallShare.objects.filter(
        call__grant=package.grant, carrier__in=houses_of(package), call__funding_year__in=years_of(package)
    )
    for row in rows.select_related("call", "carrier").order_by("call__called_on", "id"):
        yield (row.carrier.name, row.call.funding_year, row.call.called_on, row.call.received_on, row.amount)


def payments_table(package: EvidencePackage) -> Iterator[tuple[object, ...]]:
    yield ("Träger", "Förderjahr", "gezahlt am", "Art", "Betrag in Euro", "Grund")
    rows = Payment.objects.filter(
        contract__grant=package.grant, organisation__in=houses_of(package), funding_year__in=years_of(package)
    )
    for row in rows.select_related("organisation").order_by("paid_on", "id"):
        yield (row.organisation.name, row.funding_year, row.paid_on, row.get_kind_display(), row.amount, row.reason)
