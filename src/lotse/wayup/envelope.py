"""The file that goes up: signed by who sends it, sealed for who adds it up (docs/wayup.md, ADR 0036).

Signed with Ed25519, then sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). The signature names both sides, so
that nobody can pass a report on as her own; the head of the file is bound to what is sealed.
"""

import json
from base64 import b32encode, b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from lotse.core.canonical import canonical
from lotse.wayup.tables import Refused

SCHEMA_NAME, SCHEMA_VERSION = "lotse.wayup", 1
LARGEST_FILE = 1_000_000
KEY_BYTES = 32
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
HEAD = ("schema", "version", "from", "to")
UNREADABLE = "Diese Datei ist keine Meldung von Lotse oder wurde beschädigt."
CHANGED = "Die Datei wurde verändert oder stammt nicht von dem Absender, den sie nennt."


@dataclass(frozen=True)
class PublicKeys:
    """How an installation is known to others: 32 bytes to check its signature, 32 bytes to seal for it."""

    signing: bytes
    sealing: bytes

    @classmethod
    def from_text(cls, text: str) -> "PublicKeys":
        try:
            raw = b64decode("".join(text.split()), validate=True)
        except (NotBase64, ValueError) as error:
            raise Refused("Das ist kein öffentlicher Schlüssel von Lotse. Bitte ganz kopieren.") from error
        if len(raw) != 2 * KEY_BYTES:
            raise Refused("Der öffentliche Schlüssel ist nicht vollständig. Bitte ganz kopieren.")
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:])

    @property
    def text(self) -> str:
        return b64encode(self.signing + self.sealing).decode()

    @property
    def fingerprint(self) -> str:
        """160 bits, in groups that can be read out on the telephone."""
        code = b32encode(sha256(b"lotse way up" + self.signing + self.sealing).digest()[:20]).decode()
        return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@dataclass(frozen=True)
class PrivateKeys:
    signing: bytes
    sealing: bytes

    @classmethod
    def new(cls) -> "PrivateKeys":
        return cls(Ed25519PrivateKey.generate().private_bytes_raw(), X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> "PrivateKeys":
        raw = b64decode(text)
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:])

    @property
    def text(self) -> str:
        return b64encode(self.signing + self.sealing).decode()

    @property
    def public(self) -> PublicKeys:
        signing = Ed25519PrivateKey.from_private_bytes(self.signing).public_key()
        sealing = X25519PrivateKey.from_private_bytes(self.sealing).public_key()
        return PublicKeys(signing.public_bytes_raw(), sealing.public_bytes_raw())


def sealed(report: Mapping[str, Any], *, sender: PrivateKeys, addressee: PublicKeys) -> bytes:
    head = _head(sender.public.fingerprint, addressee.fingerprint)
    signed = canonical({"head": head, "report": report})
    signature = Ed25519PrivateKey.from_private_bytes(sender.signing).sign(signed)
    inner = canonical({"report": report, "signature": b64encode(signature).decode()})
    key = X25519PublicKey.from_public_bytes(addressee.sealing)
    return canonical({**head, "sealed": b64encode(SUITE.encrypt(inner, key, info=canonical(head))).decode()})


def sender_of(content: bytes) -> str:
    """The fingerprint that the file names, before anything is opened; a file of another time is refused."""
    return str(_outer(content)["from"])


def opened(content: bytes, *, own: PrivateKeys, sender: PublicKeys) -> dict[str, Any]:
    """The report, if it is addressed to us, signed by the sender and unchanged; else `Refused`."""
    outer = _outer(content)
    head = _head(sender.fingerprint, own.public.fingerprint)
    if outer["to"] != head["to"]:
        raise Refused("Diese Datei ist für jemand anderen verschlüsselt. Bitte fragen Sie beim Absender nach.")
    if outer["from"] != head["from"]:
        raise Refused(CHANGED)
    inner = _unsealed(outer["sealed"], own, head)
    try:
        signed = canonical({"head": head, "report": inner["report"]})
        Ed25519PublicKey.from_public_bytes(sender.signing).verify(b64decode(inner["signature"]), signed)
    except (InvalidSignature, NotBase64, KeyError, TypeError, ValueError) as error:
        raise Refused(CHANGED) from error
    return inner["report"]  # type: ignore[no-any-return]


def _head(sender: str, addressee: str) -> dict[str, Any]:
    return {"schema": SCHEMA_NAME, "version": SCHEMA_VERSION, "from": sender, "to": addressee}


def _outer(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_FILE:
        raise Refused("Diese Datei ist zu groß für eine Meldung.")
    outer = _json(content)
    if not isinstance(outer, dict) or outer.get("schema") != SCHEMA_NAME:
        raise Refused(UNREADABLE)
    version = outer.get("version")
    if version != SCHEMA_VERSION:
        is_newer = isinstance(version, int) and version > SCHEMA_VERSION
        raise Refused(f"Die Datei hat ein {'neueres' if is_newer else 'älteres'} Format. {_who_updates(is_newer)}")
    if set(outer) != {*HEAD, "sealed"} or not all(isinstance(outer[name], str) for name in ("from", "to", "sealed")):
        raise Refused(UNREADABLE)
    return outer


def _who_updates(is_newer: bool) -> str:
    return "Bitte aktualisieren Sie Lotse." if is_newer else "Der Absender muss Lotse aktualisieren."


def _unsealed(text: str, own: PrivateKeys, head: Mapping[str, Any]) -> Any:
    key = X25519PrivateKey.from_private_bytes(own.sealing)
    try:
        inner = _json(SUITE.decrypt(b64decode(text, validate=True), key, info=canonical(head)))
    except (InvalidTag, NotBase64, ValueError) as error:
        raise Refused(CHANGED) from error
    if not isinstance(inner, dict) or set(inner) != {"report", "signature"}:
        raise Refused(CHANGED)
    return inner


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(UNREADABLE) from error
