"""Words of a text that are names of people in files (DP-06). Who knows the files registers; here nobody does."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

from lotse.core.forms import LotseForm
from lotse.core.search import fold
from lotse.organisations.actor import Actor

# actor, folded words of a text → those of them that name somebody in a file she may read
Finder = Callable[[Actor, Collection[str]], Collection[str]]
_finders: list[Finder] = []
WORD = re.compile(r"[^\W\d_]+")
LEAST = 3  # letters; shorter words are particles of names as often as words


class Piece(NamedTuple):
    text: str
    is_name: bool


def register_names(finder: Finder) -> None:
    _finders.append(finder)


def names_in(actor: Actor, texts: Iterable[str]) -> list[str]:
    """As they were typed, each once, in their order."""
    typed = [word for text in texts for word in WORD.findall(text) if len(word) >= LEAST]
    folded = {word: {fold(word), fold(word).removesuffix("s")} for word in typed}  # "Demirs Antrag" names Demir
    asked = {key for keys in folded.values() for key in keys}
    found = {key for finder in _finders for key in finder(actor, asked)}
    return list(dict.fromkeys(word for word in typed if folded[word] & found))


def marked(text: str, names: Sequence[str]) -> list[Piece]:
    """The text in pieces, so that the page can mark those that are names."""
    if not names:
        return [Piece(text, False)]
    pattern = re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})\b")
    return [Piece(piece, piece in names) for piece in pattern.split(text) if piece]


class NamesWarned(LotseForm):
    """A form that asks before words leave that are names of people in the actor's files."""

    looked_through: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        texts = [cleaned.get(name) or "" for name in self.looked_through]
        names = names_in(self.actor, texts)
        self.marked = [marked(text, names) for text in texts if names_in(self.actor, [text])]
        if names:
            words = ", ".join(f"„{name}“" for name in names)
            self.warn("names", f"So heißt jemand in Ihren Akten: {words}. Ein Thema nennt niemanden. Ist hier etwas anderes gemeint?")  # fmt: skip
        return cleaned
