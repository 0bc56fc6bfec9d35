"""What production must not start with, as system checks (`lotse check`, `lotse check --deploy`)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# The keys of the demo begin with this word, so that they are known everywhere and never mistaken for real ones.
DEMO = "demo"
DEMO_IN_BASE64 = "ZGVtb"

DEMO_ROOT_KEY = Error(
    "Der Hauptschlüssel ist der öffentlich bekannte der Vorführung.",
    hint="LOTSE_ROOT_KEY weglassen (Lotse macht beim ersten Start einen zufälligen) oder einen eigenen setzen.",
    id="lotse.E001",
)
DEMO_SECRET_KEY = Error(
    "LOTSE_SECRET_KEY ist der öffentlich bekannte Wert der Vorführung.",
    hint="LOTSE_SECRET_KEY weglassen oder einen eigenen, zufälligen setzen.",
    id="lotse.E002",
)
SHORT_ROOT_KEY = Error("Der Hauptschlüssel muss 32 zufällige Byte haben (base64).", id="lotse.E003")
DEBUG_ON = Error("DEBUG ist eingeschaltet.", id="lotse.E004")
NO_HOSTS = Error(
    "LOTSE_HOSTS nennt keinen eigenen Namen oder lässt jeden zu.",
    hint="Zum Beispiel LOTSE_HOSTS=lotse.example.org",
    id="lotse.E005",
)
NO_HTTPS = Error(
    "HTTPS ist ausgeschaltet: Anmeldung und Akten gingen unverschlüsselt über das Netz.",
    hint="LOTSE_HTTPS nicht auf 0 setzen; hinter einem Proxy LOTSE_BEHIND_PROXY=1.",
    id="lotse.E006",
)
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


@register(Tags.security)
def check_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    root = settings.LOTSE_ROOT_KEY
    found = [
        (DEMO_ROOT_KEY, root.startswith(DEMO.encode())),
        (DEMO_SECRET_KEY, settings.SECRET_KEY.startswith((DEMO, DEMO_IN_BASE64))),
        (SHORT_ROOT_KEY, len(root) != 32 or len(set(root)) < 8),
        (DEBUG_ON, settings.DEBUG),
    ]
    return [error for error, is_wrong in found if is_wrong]


@register(Tags.security, deploy=True)
def check_network(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Only with `--deploy`: a single place that serves itself on localhost needs neither name nor certificate."""
    if not settings.PRODUCTION:
        return []
    hosts = set(settings.ALLOWED_HOSTS)
    found = [(NO_HOSTS, not hosts - LOCAL or "*" in hosts), (NO_HTTPS, not settings.HTTPS)]
    return [error for error, is_wrong in found if is_wrong]
