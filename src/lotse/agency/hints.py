"""What the house remarks about a text, never as an obstacle: somebody may call it a false alarm for exactly these words."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Hint:
    """`key`: which remark; `place`: the row it stands at, and its anchor on the page; `words`: the text that was looked at;
    `says`: the remark itself."""

    key: str
    place: str
    words: str
    says: str = ""

    @property
    def checksum(self) -> str:
        return checksum(self.words)


def checksum(words: str) -> str:
    """Of the words alone, so that white space and line breaks do not raise the remark again."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()
