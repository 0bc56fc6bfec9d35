"""Packs what a participant without an account may see: the same rows as in her room, and nothing that is shown on site only."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from lotse.core.canonical import canonical
from lotse.core.ids import new_public_id
from lotse.documents import blobs
from lotse.documents.inspection import clean_name
from lotse.documents.models import StoredFile
from lotse.documents.zips import Archive, Pieces
from lotse.organisations.actor import Actor
from lotse.quality import exchange
from lotse.quality.actions.packages import keep_package, signing_key
from lotse.quality.enums import CertificationState as State
from lotse.quality.enums import Outcome, Vote
from lotse.quality.models import ExchangePackage, Participant, Submission
from lotse.quality.queries import rooms
from lotse.quality.queries.rooms import Seat, on_behalf

NOTHING_YET = "Für diese Seite gibt es in diesem Stand des Verfahrens noch nichts zu tun."
GONE = "Eine Datei des Pakets gibt es nicht mehr. Bitte erstellen Sie ein neues Paket."
FOLDER = "nachweise"


def pack(by: Actor, participant: Participant) -> ExchangePackage:
    """Signed now, packed when it is fetched: the checksums of stored files are known."""
    seat = on_behalf(participant, by)
    parts = asked(seat)
    if not parts:
        raise ValidationError(NOTHING_YET)
    papers = _papers(seat) if seat.is_assessor else []
    page = _index(seat, papers, list(parts))
    files = [
        {"path": path, "size": row.file.size, "sha256": row.file.sha256} for path, row in papers if row.file is not None
    ]
    files.append({"path": "index.html", "size": len(page), "sha256": sha256(page).hexdigest()})
    public_id = new_public_id()
    manifest = canonical(_manifest(seat, public_id, files))
    checksum = sha256(manifest).hexdigest()
    to_fill = exchange.template(
        procedure=seat.certification.number, package=public_id, manifest_sha256=checksum, parts=parts
    )
    key = signing_key(by=by, organisation=seat.certification.organisation)
    content = {
        "manifest.json": manifest.decode(), "index.html": page.decode(), "antwort.json": to_fill.decode(),
        "signature": exchange.signed(manifest, key.private).hex(), "key": key.public, "asked": list(parts),
        "papers": [(path, row.file.public_id) for path, row in papers if row.file is not None],
    }  # fmt: skip
    return keep_package(
        by=by, participant=participant, public_id=public_id, content=json.dumps(content), manifest_sha256=checksum,
        file_count=len(files), size=sum(int(str(one["size"])) for one in files),
    )  # fmt: skip


def asked(seat: Seat) -> dict[str, Any]:
    """What the answer file asks for, by side and state, empty as it is to be filled."""
    state = seat.certification.state
    if not seat.is_assessor:
        return _asked_of_board(seat, State(state))
    report = {"report": {"text": "", "recommendation": ""}}
    if state == State.CHECKLIST_SUBMITTED:
        remark = {"criterion": "", "text": "", "needs_rework": False}
        slugs = [one.item.criterion.slug for one in rooms.answers(seat, rooms.handed_in(seat))]
        return {"feedback": {"summary": "", "remarks": [{**remark, "criterion": slug} for slug in slugs]}}
    if state == State.DOCUMENTS_REVIEWED:
        checks = [{"document": title, "seen": None, "remark": ""} for title in rooms.to_be_seen(seat)]
        return {"visit": {"on": "", "checks": checks}, **report}
    return report if state == State.VISIT_DONE else {}


def _asked_of_board(seat: Seat, state: State) -> dict[str, Any]:
    """A vote of each member; of the chair what the board has decided, and later whether its conditions are met."""
    if state == State.CONDITIONS:
        return {"conditions": {"are_met": None, "on": ""}} if seat.is_chair else {}
    if state != State.AUDIT_REPORT_PRESENTED:
        return {}
    decision = dict.fromkeys(("outcome", "on", "reason", "conditions", "conditions_due_on"), "")
    vote = {"vote": {"vote": "", "reason": ""}}
    return {**vote, "decision": decision} if seat.is_chair else vote


def _papers(seat: Seat) -> list[tuple[str, Submission]]:
    """Numbered, so that no two have the same place."""
    rows = list(rooms.handed_out(seat))
    return [(f"{FOLDER}/{number:03d}-{_named(row)}", row) for number, row in enumerate(rows, 1)]


def _named(row: Submission) -> str:
    name = row.file.name if row.file else ""
    ending = name[name.rfind(".") :] if "." in name else ""
    return clean_name(f"{row.title}{ending}", ending)


def _index(seat: Seat, papers: list[tuple[str, Submission]], parts: list[str]) -> bytes:
    reports = [(report, rooms.remarks_of(seat, report)) for report in rooms.issued_reports(seat)]
    audit = rooms.audit_report(seat)
    context = {
        "seat": seat, "certification": seat.certification, "answers": rooms.answers(seat, rooms.handed_in(seat)),
        "places": {row.pk: path for path, row in papers}, "reports": reports, "now": timezone.localtime(),
        "audit": audit if audit and audit.presented_on else None, "asked": parts, "outcomes": Outcome.choices,
        "votes": Vote.choices, "standing": None if seat.is_assessor else rooms.standing(seat),
        "decision": rooms.decision_of(seat),
    }  # fmt: skip
    return render_to_string("quality/exchange_index.html", context).encode()


def _manifest(seat: Seat, public_id: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    procedure = seat.certification
    return {
        "format": "lotse.certification-package", "version": 1, "package": public_id, "procedure": procedure.number,
        "of": procedure.organisation.name, "framework": str(procedure.framework), "for": str(seat.participant),
        "made_at": timezone.now().isoformat(timespec="seconds"), "files": files,
        "on_site_only": rooms.withheld(seat) if seat.is_assessor else [],
    }  # fmt: skip


def bytes_of(package: ExchangePackage) -> Iterator[bytes]:
    """The ZIP, one file at a time in memory. What is on site only has no file that could come in."""
    pieces: list[bytes] = []
    content, target = json.loads(package.content), Pieces(pieces.append)
    archive = Archive(target, timezone.localtime(package.created_at))
    for name in ("index.html", "antwort.json", "manifest.json"):
        archive.add(name, [content[name].encode()])
    archive.add("manifest.sig", [bytes.fromhex(content["signature"])])
    archive.add("oeffentlicher-schluessel.pem", [exchange.public_pem(content["key"])])
    stored = StoredFile.objects.in_bulk([ref for _path, ref in content["papers"]], field_name="public_id")
    for path, ref in content["papers"]:
        archive.add(path, [blobs.read(stored[ref].storage_name, ref)])
        yield from _taken(pieces)
    archive.close()
    target.finish()
    yield from _taken(pieces)


def is_whole(package: ExchangePackage) -> bool:
    refs = [ref for _path, ref in json.loads(package.content)["papers"]]
    rows = StoredFile.objects.filter(public_id__in=refs, deleted_at=None)
    return all(row.is_readable for row in rows) and rows.count() == len(refs)


def _taken(pieces: list[bytes]) -> Iterator[bytes]:
    while pieces:
        yield pieces.pop(0)
