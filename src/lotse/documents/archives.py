"""Office files are archives: what lies in them, and that they unpack to something that fits into memory."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.core.exceptions import ValidationError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UNPACKED = 200 * 1024**2  # a sheet with a million formatted, empty rows has 60 MB
MOST_PARTS = 5000
BEGINNING = 64 * 1024  # where declarations stand
BOMB = "Die Datei ist ausgepackt zu groß. Bitte kopieren Sie nur den nötigen Inhalt in eine neue Datei."
MACROS = "Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros."
OUTSIDE = "Die Datei holt Inhalte von außen nach. Bitte betten Sie Bilder und Vorlagen ein."
DAMAGED = "Die Datei ist beschädigt. Bitte öffnen Sie sie und speichern Sie sie neu."
_MACRO = re.compile(r"vbaProject|vbaData|macrosheets|activeX|\.bin$", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_RELATION = re.compile(rb"<[\w:]*Relationship\b[^>]*>", re.DOTALL)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def is_workbook(content: bytes) -> bool:
    return _has_part(content, "xl/workbook.xml")


def is_letter(content: bytes) -> bool:
    return _has_part(content, "word/document.xml")


def _has_part(content: bytes, name: str) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def refuse_bomb(content: bytes) -> None:
    """Python reads no more of a part than its head declares, so that the declared sizes are the most there can be."""
    with _opened(content) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise ValidationError(BOMB)
        for _name, start in _markup(archive, BEGINNING):
            _refuse_declarations(start)


def _refuse_declarations(part: bytes) -> None:
    """No office program writes them; they can name files of this machine, or unfold without end."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or _DECLARATION.search(part):
        raise ValidationError(DAMAGED)


def refuse_active(content: bytes) -> None:
    """Macros, declared entities, and whatever is fetched from outside; a plain link that a reader may follow stays."""
    refuse_bomb(content)
    with _opened(content) as archive:
        if any(_MACRO.search(name) for name in archive.namelist() if not name.startswith("word/media/")):
            raise ValidationError(MACROS)
        for name, part in _markup(archive):
            _refuse_in_part(name, part)


def _refuse_in_part(name: str, part: bytes) -> None:
    if name == "[Content_Types].xml" and _MACRO_TYPE.search(part):
        raise ValidationError(MACROS)
    _refuse_declarations(part)
    if name.endswith(".rels") and any(_EXTERNAL.search(r) and not _LINK.search(r) for r in _RELATION.findall(part)):
        raise ValidationError(OUTSIDE)


def _markup(archive: zipfile.ZipFile, most: int = -1) -> Iterator[tuple[str, bytes]]:
    try:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    yield name, part.read(most)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        raise ValidationError(DAMAGED) from error


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValidationError(DAMAGED) from error
