"""The signed package for whoever has no account, and the answer file that comes back (ADR 0045). Plain data, no database.

`manifest.json` names every file with its checksum; `manifest.sig` is its Ed25519 signature. An answer names the package and
the checksum of its manifest, so that it cannot be taken for the answer to another one.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ValidationError

from lotse.core.brought import mapping, maybe, read, word
from lotse.quality.enums import Outcome, Vote

FORMAT, VERSION = "lotse.certification-answer", 1
PLACE = "Antwortdatei"
OTHER_FORMAT = "Das ist keine Antwortdatei eines Pakets von Lotse."
OTHER_PACKAGE = "Diese Antwort gehört zu einem anderen Paket oder das Paket wurde verändert."
NOT_ASKED = "Die Antwortdatei sagt etwas zu „{}“, danach fragt dieses Paket nicht."
SAYS_NOTHING = "Die Antwortdatei ist nicht ausgefüllt."
LONG, SHORT = 8000, 2000
TOO_MANY = "„{}“ hat zu viele Einträge."


def new_key() -> tuple[str, str]:
    """Public and private half, as text."""
    private = Ed25519PrivateKey.generate()
    return b64encode(private.public_key().public_bytes_raw()).decode(), b64encode(private.private_bytes_raw()).decode()


def signed(content: bytes, private: str) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(b64decode(private)).sign(content)


def is_signed(content: bytes, signature: bytes, public: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(public)).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def public_pem(public: str) -> bytes:
    """As other tools read it."""
    key = Ed25519PublicKey.from_public_bytes(b64decode(public))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(public: str) -> str:
    """In groups that can be read out on the telephone."""
    code = sha256(b64decode(public)).hexdigest()[:32]
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def named(content: bytes) -> tuple[str, dict[str, Any]]:
    """The package that the file names, before anything of it is believed; and the plain data."""
    raw = read(content, PLACE)
    if raw.get("format") != FORMAT or raw.get("version") != VERSION:
        raise ValidationError(OTHER_FORMAT)
    return word(raw, "package", PLACE, 16), raw


def answer(
    raw: Mapping[str, Any], *, procedure: str, manifest_sha256: str, asked: Collection[str], slugs: Collection[str]
) -> dict[str, Any]:  # fmt: skip
    """What it says, checked as a whole; refused with a German sentence."""
    if (raw.get("procedure"), raw.get("manifest_sha256")) != (procedure, manifest_sha256):
        raise ValidationError(OTHER_PACKAGE)
    for name in READERS.keys() - set(asked):
        if raw.get(name):
            raise ValidationError(NOT_ASKED.format(name))
    said = {name: READERS[name](mapping(raw[name], name), slugs) for name in asked if raw.get(name)}
    said = {name: part for name, part in said.items() if part}
    if not said:
        raise ValidationError(SAYS_NOTHING)
    return said


def _feedback(raw: Mapping[str, Any], slugs: Collection[str]) -> dict[str, Any] | None:
    summary = maybe(raw, "summary", "feedback", LONG)
    remarks = [_remark(mapping(row, "remarks"), slugs) for row in _rows(raw, "remarks", len(slugs))]
    remarks = [row for row in remarks if row["text"]]
    return {"summary": summary, "remarks": remarks} if summary or remarks else None


def _remark(raw: Mapping[str, Any], slugs: Collection[str]) -> dict[str, Any]:
    slug = word(raw, "criterion", "remarks", 60)
    if slug not in slugs:
        raise ValidationError(f"remarks: Den Standard „{slug}“ gibt es in diesem Verfahren nicht.")
    return {
        "criterion": slug,
        "text": maybe(raw, "text", slug, 4000),
        "needs_rework": _yes_no(raw, "needs_rework", slug),
    }


def _visit(raw: Mapping[str, Any], _slugs: Collection[str]) -> dict[str, Any] | None:
    if not raw.get("on"):
        return None
    return {
        "on": _day(raw, "on", "visit"),
        "checks": [_check(mapping(row, "checks")) for row in _rows(raw, "checks", 500)],
    }


def _check(raw: Mapping[str, Any]) -> dict[str, Any]:
    title = word(raw, "document", "checks", 200)
    return {"document": title, "seen": _yes_no(raw, "seen", title), "remark": maybe(raw, "remark", title, SHORT)}


def _report(raw: Mapping[str, Any], _slugs: Collection[str]) -> dict[str, Any] | None:
    text = maybe(raw, "text", "report", 40_000)
    return {"text": text, "recommendation": _one_of(raw, "recommendation", "report", Outcome.values)} if text else None


def _vote(raw: Mapping[str, Any], _slugs: Collection[str]) -> dict[str, Any] | None:
    if raw.get("vote") in (None, ""):
        return None
    return {"vote": _one_of(raw, "vote", "vote", Vote.values), "reason": maybe(raw, "reason", "vote", SHORT)}


def _decision(raw: Mapping[str, Any], _slugs: Collection[str]) -> dict[str, Any] | None:
    if raw.get("outcome") in (None, ""):
        return None
    return {
        "outcome": _one_of(raw, "outcome", "decision", Outcome.values),
        "on": _day(raw, "on", "decision"),
        "reason": maybe(raw, "reason", "decision", 4000),
        "conditions": maybe(raw, "conditions", "decision", 4000),
        "conditions_due_on": _day(raw, "conditions_due_on", "decision") if raw.get("conditions_due_on") else "",
    }


def _conditions(raw: Mapping[str, Any], _slugs: Collection[str]) -> dict[str, Any] | None:
    if raw.get("are_met") in (None, ""):
        return None
    return {"are_met": _yes_no(raw, "are_met", "conditions"), "on": _day(raw, "on", "conditions")}


READERS = {
    "feedback": _feedback, "visit": _visit, "report": _report, "vote": _vote, "decision": _decision,
    "conditions": _conditions,
}  # fmt: skip


def _rows(raw: Mapping[str, Any], name: str, most: int) -> list[Any]:
    rows = raw.get(name) or []
    if not isinstance(rows, list):
        raise ValidationError(f"„{name}“ muss eine Liste sein.")
    if len(rows) > most:
        raise ValidationError(TOO_MANY.format(name))
    return rows


def _yes_no(raw: Mapping[str, Any], name: str, place: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise ValidationError(f"{place}: „{name}“ muss true oder false sein.")
    return value


def _day(raw: Mapping[str, Any], name: str, place: str) -> str:
    value = raw.get(name)
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()[:10]
    except ValueError as error:
        raise ValidationError(f"{place}: „{name}“ muss ein Tag wie 2026-05-31 sein.") from error


def _one_of(raw: Mapping[str, Any], name: str, place: str, known: Collection[str]) -> str:
    value = raw.get(name)
    if value is True or value is False:  # YAML reads an unquoted yes and no as these
        value = "yes" if value else "no"
    if value not in known:
        raise ValidationError(f"{place}: „{name}“ muss eins davon sein: {', '.join(known)}.")
    return str(value)


def template(*, procedure: str, package: str, manifest_sha256: str, parts: Mapping[str, Any]) -> bytes:
    """The file to be filled."""
    head = {"format": FORMAT, "version": VERSION, "procedure": procedure, "package": package}
    return json.dumps({**head, "manifest_sha256": manifest_sha256, **parts}, ensure_ascii=False, indent=1).encode()
