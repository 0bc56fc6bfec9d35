"""A mail that somebody has saved and dropped here: its words as plain text, and what was attached to it."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils import timezone

LONGEST = 200_000
MOST_ATTACHED = 20
UNREADABLE = "Die E-Mail lässt sich nicht lesen. Bitte speichern Sie sie noch einmal als EML-Datei."
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Attached:
    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    sender: str
    recipient: str
    subject: str
    sent_at: datetime | None
    text: str
    attached: tuple[Attached, ...]
    left_out: int = 0


def read_mail(content: bytes) -> Mail:
    try:
        message = email.message_from_bytes(content, policy=default)
        attached = [_attached(part) for part in message.iter_attachments()] if message.is_multipart() else []
        return Mail(
            _head(message, "From"), _head(message, "To"), _head(message, "Subject"), _sent(message), _text(message),
            tuple(attached[:MOST_ATTACHED]), max(len(attached) - MOST_ATTACHED, 0),
        )  # fmt: skip
    except Exception as error:  # what people call a mail breaks the parser in many ways
        raise ValidationError(UNREADABLE) from error


def _head(message: EmailMessage, name: str) -> str:
    return _clean(str(message.get(name, "")))[:400]


def _sent(message: EmailMessage) -> datetime | None:
    moment = getattr(message.get("Date"), "datetime", None)
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


def _text(message: EmailMessage) -> str:
    """The plain part; where there is only HTML, its words."""
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    text = body.get_content()
    return _clean(words_of(text) if body.get_content_subtype() == "html" else text)[:LONGEST].strip()


def _attached(part: EmailMessage) -> Attached:
    """A mail within a mail counts as a file too, which the gate for uploads then refuses."""
    content = part.as_bytes() if part.is_multipart() else part.get_payload(decode=True) or b""
    return Attached(_clean(part.get_filename() or "Anhang"), content)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


class _Words(HTMLParser):
    """Keeps what a reader would see; nothing is fetched and nothing is run."""

    HIDDEN = ("script", "style", "head", "title", "template")
    BREAKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "table")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = 0 if tag == "body" else self.hidden + (tag in self.HIDDEN)
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(self.hidden - (tag in self.HIDDEN), 0)
        if tag in self.BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def words_of(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    parser.close()
    lines = (line.strip() for line in "".join(parser.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
