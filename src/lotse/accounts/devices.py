"""A login in words its owner recognises: with what, and on which kind of device."""

from collections.abc import Iterable, Mapping
from typing import Any

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
METHODS = {"password": "Passwort", "socialaccount": "Anmeldung Ihrer Organisation", "password_reset": "neues Passwort"}
FACTORS = {"totp": "Code der App", "webauthn": "Passkey", "recovery_codes": "Wiederherstellungscode"}


def device_of(user_agent: str) -> str:
    """ "Firefox, Windows"; the version is nobody's business."""
    found = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(part for part in found if part)


def methods_of(records: Iterable[Mapping[str, Any]]) -> str:
    words = (FACTORS.get(r.get("type", ""), "") or METHODS.get(r["method"], "") for r in records)
    return " und ".join(dict.fromkeys(word for word in words if word))


def used_second_factor(records: Iterable[Mapping[str, Any]]) -> bool:
    return any(r["method"] == "mfa" for r in records)
