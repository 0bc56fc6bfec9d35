"""What an upload really is, and under which name it may be kept. The browser's word for both is not believed."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError

from lotse.documents import archives, wording

NAME_LENGTH = 100
_UNSAFE = re.compile(r"[\\/:*?\"<>|]+")
TAIL = 2048


@dataclass(frozen=True)
class FileType:
    """`ending`: bytes that stand near the end of a whole file. `fits`: where the first bytes say too little."""

    media_type: str
    extension: str
    label: str
    ending: bytes = b""
    fits: Callable[[bytes], bool] | None = None


TYPES = {
    found.media_type: found
    for found in (
        FileType("application/pdf", ".pdf", "PDF", b"%%EOF"),
        FileType("image/jpeg", ".jpg", "JPEG"),
        FileType("image/png", ".png", "PNG", b"IEND"),
        FileType(archives.XLSX, ".xlsx", "XLSX", fits=archives.is_workbook),
        FileType(archives.DOCX, ".docx", "DOCX", fits=archives.is_letter),
        FileType(wording.CSV, ".csv", "CSV", fits=wording.is_table),
        FileType(wording.MAIL, ".eml", "EML", fits=wording.is_mail),
    )
}


def allowed_types(only: Sequence[str] = ()) -> list[FileType]:
    """What a file may be; `only` where the owner takes something else than scans."""
    return [TYPES[media_type] for media_type in only or settings.UPLOAD_TYPES]


def type_of(content: bytes, only: Sequence[str] = ()) -> FileType:
    """By the content; what is nothing allowed, or cut off, is refused with a message for the user."""
    allowed = allowed_types(only)
    found = next((known for known in allowed if known.fits and known.fits(content)), None) or _by_signature(
        content, allowed
    )
    if found is None:
        _refuse_type(allowed)
    if found.ending not in content[-TAIL:]:
        raise ValidationError("Die Datei ist unvollständig. Bitte scannen oder speichern Sie sie noch einmal.")
    return found


def _by_signature(content: bytes, allowed: list[FileType]) -> FileType | None:
    """By the first bytes."""
    matches = _matches(content)
    best = max((match.confidence for match in matches), default=0)
    named = {match.mime_type for match in matches if match.confidence == best}
    return next((known for known in allowed if known.media_type in named and not known.fits), None)


def _matches(content: bytes) -> list:
    try:
        return puremagic.magic_string(content)
    except puremagic.PureError:
        return []


def _refuse_type(allowed: list[FileType]) -> NoReturn:
    *first, last = [known.label for known in allowed]
    listed = f"{', '.join(first)} oder {last}" if first else last
    raise ValidationError(f"Das ist kein {listed}. Andere Dateien nimmt Lotse nicht an, auch nicht umbenannt.")


def refuse_size(size: int) -> None:
    limit = settings.UPLOAD_MAX_BYTES
    if size == 0:
        raise ValidationError("Die Datei ist leer. Bitte wählen Sie eine andere.")
    if size > limit:
        shown, most = size / 1024**2, limit // 1024**2
        raise ValidationError(
            f"Die Datei hat {shown:.0f} MB, erlaubt sind {most} MB. Bitte mit geringerer Auflösung scannen oder aufteilen."
        )


def clean_name(given: str, extension: str) -> str:
    """A name that is safe on every system: no path, no control or direction signs, the ending of what it really is."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = visible.rpartition(".")[0] or visible
    stem = _UNSAFE.sub("_", stem).strip(" .")[:NAME_LENGTH].strip(" .")
    return f"{stem or 'Datei'}{extension}"
