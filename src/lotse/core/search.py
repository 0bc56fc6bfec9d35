"""Folded text: what people type finds what people are called, on both databases, by prefix index."""

import re
import unicodedata

# Letters that Unicode does not decompose, and the spelled-out umlauts, so that Özdemir, Oezdemir and Ozdemir meet.
_SINGLE = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_SPELLED = re.compile(r"([aou])e+")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def fold(text: str) -> str:
    """Lower case, no marks, one space between words; "Özdemir", "Oezdemir" and "ozdemir" all give "ozdemir"."""
    lowered = text.casefold().translate(_SINGLE)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    plain = plain.casefold().translate(_SINGLE)
    plain = _SPELLED.sub(r"\1", plain)
    return _NOT_WORD.sub(" ", plain).strip()


def prefix_end(prefix: str) -> str:
    """The smallest text after every text that begins with the prefix: `x >= prefix and x < prefix_end(prefix)`.

    A range instead of LIKE, because SQLite uses an index for LIKE only under a special collation.
    """
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
