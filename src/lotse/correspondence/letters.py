"""Letters: what Lotse writes by mail. Each app declares its own; the subject is fixed and names nobody."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template import Context
from django.template.loader import get_template

from lotse.correspondence.models import OutgoingMail

# Name, bytes and media type, read when the mail leaves: the outbox keeps no files of its own.
Attachment = tuple[str, bytes, str]
Attachments = Callable[[OutgoingMail], Iterable[Attachment]]


def _none(_mail: OutgoingMail) -> Iterable[Attachment]:
    return ()


@dataclass(frozen=True)
class Letter:
    """`template`: a text file. What is secret stays behind the login; a letter says that there is something, and where.

    `is_secret`: it goes to a client or speaks of one, so that the log of mail does not even say to whom.
    """

    key: str
    title: str
    subject: str
    template: str
    is_secret: bool = False
    attachments: Attachments = _none

    def text(self, values: Mapping[str, Any]) -> str:
        template = get_template(self.template).template  # type: ignore[attr-defined]
        return template.render(Context(dict(values), autoescape=False)).strip() + "\n"


LETTERS: dict[str, Letter] = {}


def letter(
    key: str, title: str, *, subject: str, template: str, is_secret: bool = False, attachments: Attachments = _none
) -> Letter:
    if key in LETTERS:
        raise ValueError(f"letter {key} is registered twice")
    LETTERS[key] = Letter(key, title, subject, template, is_secret, attachments)
    return LETTERS[key]


TEST = letter(
    "correspondence.test",
    "Probenachricht",
    subject="Lotse: Probenachricht",
    template="correspondence/letters/test.txt",
)
# Its words come from `organisations.notices`, as whole sentences of the code.
NOTICE = letter("notice", "Mitteilung", subject="", template="")
