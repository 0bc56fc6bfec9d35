"""What clients read before they sign. German is the source; a translation is a draft until an organisation releases it."""

from dataclasses import dataclass, replace
from datetime import date
from string import Formatter

from lotse.catalogues.entries import UnknownEntry
from lotse.catalogues.loader import catalogue, translations

TEXTS = "client_text"
WORDS = "words"
DRAFT_MARK = "Entwurf, nicht geprüft"


@dataclass(frozen=True)
class ClientText:
    """`version` says exactly which wording lay on the table; it is what a consent remembers."""

    key: str
    language: str
    version: str
    title: str
    body: str
    direction: str = "ltr"
    reviewed: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.body.split("\n\n"))

    @property
    def placeholders(self) -> frozenset[str]:
        return placeholders(self.body)

    @property
    def draft_mark(self) -> str:
        return "" if self.reviewed else DRAFT_MARK

    def as_reviewed(self) -> "ClientText":
        return replace(self, reviewed=True)

    def filled(self, **values: str) -> "ClientText":
        """With the names put in; a missing one is an error, for nobody signs a text with a gap in it."""
        return replace(self, body=self.body.format(**values))


def text(key: str, language: str = "de", on: date | None = None) -> ClientText:
    """One text in one language as valid on a day; a language without this text is an unknown entry, never silently German."""
    released = catalogue(TEXTS, on)
    entry = released.entry(key)
    if language == "de":
        return ClientText(key, "de", released.version, entry.label, entry.text, reviewed=True)
    translation = translations(on).get(language)
    if translation is None or language not in entry.texts:
        raise UnknownEntry(f"{TEXTS}: {key} in {language}")
    version = f"{released.version}/{language}-{translation.texts_version}"
    title, body = entry.label_in(language), entry.text_in(language)
    return ClientText(key, language, version, title, body, translation.direction, translation.reviewed)


def paired_paragraphs(key: str, language: str, on: date | None = None) -> list[tuple[str, str]]:
    """German and the other language paragraph by paragraph, for a bilingual sheet."""
    return list(zip(text(key, "de", on).paragraphs, text(key, language, on).paragraphs, strict=True))


def text_keys() -> tuple[str, ...]:
    return catalogue(TEXTS).keys


def languages(on: date | None = None) -> dict[str, str]:
    """Language → its German name, German first: what clients can be given."""
    return {"de": "Deutsch"} | {t.language: t.title for t in sorted(translations(on).values(), key=lambda t: t.title)}


def client_languages() -> list[tuple[str, str]]:
    """For a form field."""
    return list(languages().items())


def language_or_german(asked: str) -> str:
    return asked if asked in languages() else "de"


def words_version(language: str) -> str:
    """Which words of the plan a reader of that language gets today; this is what an organisation releases."""
    try:
        return f"{WORDS}/{language}-{translations()[language].version}"
    except KeyError:
        raise UnknownEntry(f"{WORDS} in {language}") from None


def placeholders(body: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(body) if name)
