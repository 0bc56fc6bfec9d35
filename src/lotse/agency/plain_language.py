"""Whether a passage is easy to read: long sentences, sentences without anybody who acts, rows of nouns (model.md §8.5)."""

import re
from collections.abc import Iterator

from lotse.agency import plain_words as words
from lotse.agency.hints import Hint

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])|\n+")
WORD = re.compile(r"[\wÄÖÜäöüß*-]+")
PASSIVE = re.compile(rf"\b(?:{'|'.join(words.PASSIVE_HELPERS)})\b", re.IGNORECASE)
PARTICIPLE = re.compile(rf"\b{words.PARTICIPLE}\b")
SHOWN = 6  # words, to know the sentence again


def remarks(text: str, place: str) -> list[Hint]:
    """At most one of each kind for a passage, so that nobody is lectured."""
    sentences = [found.strip() for found in SENTENCE.split(text) if found.strip()]
    return [*_long(sentences, place), *_passive(sentences, place), *_nouns(sentences, place)]


def _long(sentences: list[str], place: str) -> Iterator[Hint]:
    longest = max(sentences, key=lambda one: len(WORD.findall(one)), default="")
    count = len(WORD.findall(longest))
    if count > words.LONGEST:
        yield Hint(
            "long_sentence",
            place,
            longest,
            f"Ein Satz mit {count} Wörtern: {_start(longest)} Zwei kurze liest man leichter.",
        )


def _passive(sentences: list[str], place: str) -> Iterator[Hint]:
    found = [one for one in sentences if is_passive(one)]
    if len(found) >= words.MOST_PASSIVE:
        yield Hint("passive", place, found[0], f"Wer hat es getan? {_start(found[0])}")


def _nouns(sentences: list[str], place: str) -> Iterator[Hint]:
    heaviest = max(sentences, key=heavy_nouns, default="")
    if heavy_nouns(heaviest) >= words.MOST_NOUNS:
        yield Hint("nouns", place, heaviest, f"Viele Hauptwörter: {_start(heaviest)} Mit Verben wird es lebendiger.")


def is_passive(sentence: str) -> bool:
    participles = (found for found in PARTICIPLE.findall(sentence) if found.lower() not in words.NO_PARTICIPLE)
    return bool(PASSIVE.search(sentence)) and any(found[0].islower() for found in participles)


def heavy_nouns(sentence: str) -> int:
    return sum(
        1
        for one in WORD.findall(sentence)
        if one[0].isupper() and len(one) > 6 and one.lower().endswith(words.NOUN_ENDINGS)
    )


def _start(sentence: str) -> str:
    first = sentence.split()
    return f"„{' '.join(first[:SHOWN])}{' …' if len(first) > SHOWN else ''}“"
