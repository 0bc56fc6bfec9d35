"""Packs what proves a grant, outside of any request: file by file into one ZIP that opens without Lotse."""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from lotse.auditlog.recorder import record_reads
from lotse.core.errors import NotAllowed
from lotse.documents import blobs
from lotse.documents.actions import Received
from lotse.documents.intake import produced
from lotse.documents.rendering.sheets import write_csv
from lotse.documents.zips import Archive, Packed, Pieces
from lotse.funding.actions.audits import fail_package, finish_package
from lotse.funding.enums import PackageState
from lotse.funding.models import EvidencePackage
from lotse.funding.queries.package_files import FOLDERS, Item, calls_table, items_of, lists_of, payments_table
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.who import actor_for

log = logging.getLogger("lotse.funding")

STEP = 5
LOST = "liegt nicht mehr im Speicher"
NO_LONGER = "Wer das Prüfpaket angefordert hat, darf das nicht mehr."
UNEXPECTED = "Das Paket ließ sich nicht packen. Bitte fordern Sie es noch einmal an."
TABLES = (("Verzeichnis als Tabelle", "index.csv"), ("Prüfsummen", "manifest.json"))
MONEY = (("Mittelabrufe", "Abrufe/Mittelabrufe.csv"), ("Zahlungen", "Abrufe/Zahlungen.csv"))
COLUMNS = (
    "Ordner",
    "Träger",
    "Belegnummer",
    "Datum",
    "Titel",
    "wofür",
    "Betrag in Euro",
    "Datei",
    "SHA-256",
    "warum nicht",
)


def work_on(public_id: str) -> None:
    rows = EvidencePackage.objects.select_related(
        "grant__organisation", "organisation", "carrier", "requested_by", "sample"
    )
    package = rows.get(public_id=public_id)
    if package.state == PackageState.DONE:
        return
    by = actor_for(package.requested_by)
    try:
        if by is None:
            raise NotAllowed(NO_LONGER)
        _pack(by, package)
    except NotAllowed:
        _fail(package, NO_LONGER)
    except ValidationError as error:
        _fail(package, " ".join(error.messages))
    except Exception:
        log.exception("package %s failed", public_id)
        _fail(package, UNEXPECTED)


def _fail(package: EvidencePackage, why: str) -> None:
    """Unless another worker has finished it meanwhile."""
    package.refresh_from_db(fields=["state"])
    if package.state == PackageState.DONE:
        return
    fail_package(by=SystemActor("Prüfpaket", package.organisation_id), package=package, why=why)


def _pack(by: Actor, package: EvidencePackage) -> None:
    if package.lists_reason:  # before any name leaves
        what = f"Teilnehmerliste ({package.lists_reason})"
        record_reads(by=by, files=lists_of(package), what=what, kind="downloaded")
    kept: list[Received] = []
    with ExitStack() as stack:  # what was stored goes again if it does not come to the end

        def keep(piece: bytes) -> None:
            name, kind = f"pruefpaket-{len(kept)}.zip.teil", "application/octet-stream"
            kept.append(stack.enter_context(produced(piece, name, by=by, media_type=kind)))

        target = Pieces(keep)
        files = _write(Archive(target, timezone.localtime()), package)
        finish_package(by=by, package=package, sha256=target.finish(), pieces=kept, files=files)


def _write(archive: Archive, package: EvidencePackage) -> int:
    items = items_of(package)
    _tell(package, 0, len(items))
    checksums: dict[str, str] = {}
    for number, item in enumerate(items, 1):
        _add(archive, item, checksums)
        if number % STEP == 0:
            _tell(package, number, len(items))
    if not package.sample:
        for (_label, path), table in zip(MONEY, (calls_table, payments_table), strict=True):
            archive.add(path, _csv(table(package)))
    archive.add("index.csv", _csv(_lines(items, checksums)))
    archive.add("index.html", [_index(package, items, checksums).encode()])
    archive.add("manifest.json", [_manifest(package, archive.packed)])
    archive.add("pruefsummen.sha256", [_sums(archive.packed)])
    archive.close()
    return len(archive.packed)


def _tell(package: EvidencePackage, done: int, total: int) -> None:
    """What another worker has finished meanwhile stays finished."""
    rows = EvidencePackage.objects.filter(pk=package.pk).exclude(state=PackageState.DONE)
    rows.update(state=PackageState.WORKING, done=done, total=total)


def _add(archive: Archive, item: Item, checksums: dict[str, str]) -> None:
    """One file at a time is in memory."""
    if not item.path:
        return
    try:
        content = item.text.encode() if item.text else blobs.read(item.file.storage_name, item.file.public_id)  # type: ignore[union-attr]
    except blobs.BlobLost:
        item.path, item.why_not = "", LOST
        return
    checksums[item.path] = archive.add(item.path, [content]).sha256


def _csv(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    return (line.encode() for line in write_csv(rows))


def _lines(items: list[Item], checksums: dict[str, str]) -> Iterator[tuple[object, ...]]:
    yield COLUMNS
    for one in items:
        yield (
            one.folder, one.carrier, one.number, one.on, one.title, one.what, one.amount, one.path,
            checksums.get(one.path, ""), one.why_not,
        )  # fmt: skip


def _index(package: EvidencePackage, items: list[Item], checksums: dict[str, str]) -> str:
    folders = [
        (name, [(one, quote(one.path), checksums.get(one.path, "")) for one in items if one.folder == name])
        for name in FOLDERS
    ]
    tables = TABLES if package.sample else TABLES + MONEY
    context = {"package": package, "folders": folders, "now": timezone.localtime(), "tables": tables}
    return render_to_string("funding/package_index.html", context)


def _manifest(package: EvidencePackage, packed: list[Packed]) -> bytes:
    about = {
        "package": package.public_id, "grant": package.grant.name, "reference": package.grant.reference,
        "of": package.organisation.name, "funding_year": package.funding_year, "made_at": timezone.now().isoformat(),
        "files": [vars(one) for one in packed],
    }  # fmt: skip
    return json.dumps(about, ensure_ascii=False, indent=1).encode()


def _sums(packed: list[Packed]) -> bytes:
    """As `sha256sum -c` reads them."""
    return "".join(f"{one.sha256}  {one.path}\n" for one in packed).encode()
