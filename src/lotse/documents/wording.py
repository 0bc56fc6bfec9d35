"""Files of plain text: which signs they are written in."""

import codecs
import re

from django.core.exceptions import ValidationError

CSV, MAIL = "text/csv", "message/rfc822"
UNREADABLE = "Die Zeichen lassen sich nicht lesen. Bitte speichern Sie die Datei als „CSV UTF-8“."
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_HEAD = re.compile(rb"\A(?:From [^\n]*\n)?(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_NEEDED = re.compile(rb"^(?:from|date|received|message-id|subject|to):", re.IGNORECASE | re.MULTILINE)


def text_of(content: bytes) -> str:
    """UTF-8 and UTF-16 by their mark, else UTF-8 where it fits, else what German Windows writes."""
    encoding = next((name for mark, name in _MARKED if content.startswith(mark)), "")
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise ValidationError(UNREADABLE)


def is_table(content: bytes) -> bool:
    """Text in lines, whatever its signs: what a program or an image is shows by bytes that no text has."""
    if content.startswith((b"%PDF", b"<", b"{\\rtf", b"PK\x03\x04")):
        return False
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return bool(content.strip()) and (is_wide or not _NO_TEXT.search(content.decode("latin-1")))


def is_mail(content: bytes) -> bool:
    """A head of named lines, an empty line, then the message."""
    head = _HEAD.match(content[: 1024 * 1024])
    return bool(head) and len(_NEEDED.findall(head[0])) >= 2
