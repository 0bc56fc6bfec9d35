"""Two texts beside each other, paragraph by paragraph, with the words that came and went."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

MOST_WORDS = 1500
AROUND = 1


@dataclass(frozen=True)
class Piece:
    words: str
    is_changed: bool = False


@dataclass(frozen=True)
class Beside:
    """A pair of paragraphs; `left_out`: so many that did not change stand between the pairs."""

    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    left_out: int = 0


def beside(before: str, after: str) -> list[Beside]:
    """Empty where nothing differs."""
    old, new = _paragraphs(before), _paragraphs(after)
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    if all(tag == "equal" for tag, *_places in codes):
        return []
    rows: list[Beside] = []
    for tag, i, j, k, m in codes:
        rows += _unchanged(old[i:j], is_first=i == 0, is_last=j == len(old)) if tag == "equal" else []
        rows += _changed(old[i:j], new[k:m]) if tag != "equal" else []
    return rows


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _unchanged(same: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Beside]:
    """What stands next to a change, for the context."""
    head, tail = 0 if is_first else AROUND, 0 if is_last else AROUND
    hidden = len(same) - head - tail
    shown = [Beside((Piece(one),), (Piece(one),)) for one in same]
    if hidden < 2:
        yield from shown
        return
    yield from shown[:head]
    yield Beside(left_out=hidden)
    yield from shown[len(same) - tail :]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Beside]:
    for before, after in zip_longest(old, new, fillvalue=""):
        yield Beside(*compared(before, after))


def compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Word by word; a very long paragraph as a whole."""
    old, new = before.split(), after.split()
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        return _whole(before), _whole(after)
    left, right = [], []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(Piece(" ".join(old[i:j]), tag != "equal"))
        right.append(Piece(" ".join(new[k:m]), tag != "equal"))
    return _said(left), _said(right)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, True),) if text else ()


def _said(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.words)
