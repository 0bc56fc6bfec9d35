"""The virus scanner as a hook: none, ClamAV's daemon, or any callable that takes bytes and returns a finding or "".

`VIRUS_SCANNER`: "" · "clamav:/run/clamav/clamd.ctl" · "clamav:host:3310" · "package.module.function".
"""

import logging
import socket
import struct
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from lotse.documents.enums import ScanState

log = logging.getLogger("lotse.documents")

CHUNK = 64 * 1024
SECONDS = 30
UNREACHABLE = "Der Virenscanner antwortet gerade nicht. Die Datei wurde nicht gespeichert; bitte später noch einmal."


class ScannerUnreachable(OSError):
    """No answer, or none that can be understood: nobody knows whether the file is clean."""


class Infected(ValidationError):
    def __init__(self, finding: str) -> None:
        super().__init__(
            "Der Virenscanner hat in dieser Datei Schadsoftware gefunden. Sie wurde nicht gespeichert. "
            "Bitte öffnen Sie die Datei nicht und sagen Sie Ihrer IT Bescheid."
        )
        self.finding = finding


def scan(content: bytes) -> ScanState:
    """Raises `Infected`; a scanner that does not answer refuses or quarantines, as the operator has decided."""
    if not settings.VIRUS_SCANNER:
        return ScanState.UNCHECKED
    try:
        finding = scanner()(content)
    except OSError as error:
        log.error("virus scanner unreachable: %s", error)
        return _without_scanner()
    if finding:
        raise Infected(finding)
    return ScanState.CLEAN


def _without_scanner() -> ScanState:
    if settings.VIRUS_SCANNER_DOWN != "quarantine":
        raise ValidationError(UNREACHABLE)
    return ScanState.QUARANTINED


def scanner() -> Callable[[bytes], str]:
    kind, _, address = settings.VIRUS_SCANNER.partition(":")
    if kind == "clamav":
        return lambda content: ask_clamav(content, address)
    return import_string(settings.VIRUS_SCANNER)


def ask_clamav(content: bytes, address: str) -> str:
    """ClamAV's INSTREAM: chunks with their length before them, a zero length at the end; one line as the answer."""
    with _connected(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            connection.sendall(struct.pack(">I", len(part)) + part)
        connection.sendall(struct.pack(">I", 0))
        answer = _answer(connection)
    if answer == "stream: OK":
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerUnreachable(answer[:200] or "no answer")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while part := connection.recv(4096):
        answer += part
    return answer.decode(errors="replace").strip("\0\n ")
