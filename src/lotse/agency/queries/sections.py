"""One passage of a report, and how its words came about."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from lotse.agency.models import ReportSection, TextVersion
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def get_section(actor: Actor, public_id: str) -> ReportSection:
    return found(ReportSection.objects.visible_to(actor).select_related("document__agency"), public_id)


@dataclass(frozen=True)
class Piece:
    """Words that stayed, came or went."""

    words: str
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Version:
    row: TextVersion
    pieces: list[Piece]


def text_versions(section: ReportSection) -> list[Version]:
    """The newest first, each compared with the one before it."""
    rows = list(section.versions.select_related("by"))
    earlier = [*(row.text for row in rows[1:]), ""]
    return [Version(row, compared(before, row.text)) for row, before in zip(rows, earlier, strict=False)]


def compared(before: str, after: str) -> list[Piece]:
    """Word by word."""
    old, new = before.split(), after.split()
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(new[k:m])))
        else:
            pieces += [Piece(" ".join(old[i:j]), is_gone=True)] if i < j else []
            pieces += [Piece(" ".join(new[k:m]), is_new=True)] if k < m else []
    return pieces
