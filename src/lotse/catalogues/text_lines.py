"""What the pages about texts for clients show: each translation beside the German, and whether it was checked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404

from lotse.catalogues.loader import Translation, catalogue, label, translations
from lotse.catalogues.models import TextRelease
from lotse.catalogues.queries import releases_visible_to
from lotse.catalogues.texts import TEXTS, WORDS, paired_paragraphs, text, text_keys, words_version
from lotse.organisations.actor import Actor

WORDS_TITLE = "Wörter des Förderplans"
GAPS = {
    "controller": "[Träger und Anschrift]",
    "data_protection_officer": "[Datenschutzbeauftragte*r]",
    "retention": "[Frist]",
    "supervisory_authority": "[Aufsichtsbehörde]",
}
Pair = tuple[str, str]


@dataclass(frozen=True)
class TextLine:
    """A text in one language. `release`: of this very version; `older`: of versions before it."""

    key: str
    title: str
    version: str
    release: TextRelease | None
    older: tuple[TextRelease, ...] = ()


@dataclass(frozen=True)
class LanguageLines:
    translation: Translation
    texts: tuple[TextLine, ...]

    @property
    def released(self) -> int:
        return sum(line.release is not None for line in self.texts)


def language_lines(actor: Actor) -> list[LanguageLines]:
    """Every language with its texts, for one statement."""
    releases = releases_visible_to(actor)
    found = sorted(translations().values(), key=lambda t: t.title)
    return [LanguageLines(t, tuple(_lines(t, releases))) for t in found]


def _lines(translation: Translation, releases: list[TextRelease]) -> Iterator[TextLine]:
    language = translation.language
    own = [row for row in releases if row.language == language]
    for key in (*(key for key in text_keys() if key in translation.texts.get(TEXTS, {})), WORDS):
        version = words_version(language) if key == WORDS else text(key, language).version
        title = WORDS_TITLE if key == WORDS else text(key).title
        rows = [row for row in own if row.text_key == key]
        now = next((row for row in rows if row.version == version), None)
        yield TextLine(key, title, version, now, tuple(row for row in rows if row.version != version))


def get_text(actor: Actor, language: str, key: str) -> tuple[Translation, TextLine]:
    for lines in language_lines(actor):
        for line in lines.texts:
            if (lines.translation.language, line.key) == (language, key):
                return lines.translation, line
    raise Http404


def side_by_side(translation: Translation, key: str) -> list[tuple[str, list[Pair]]]:
    """Headed tables of German and translation: one for a text, one for each list of words."""
    if key != WORDS:
        language = translation.language
        titles = (text(key).title, text(key, language).title)
        return [("", [titles, *((_gaps_named(a), _gaps_named(b)) for a, b in paired_paragraphs(key, language))])]
    lists = {name: words for name, words in translation.words.items() if name != TEXTS}
    return [
        (catalogue(name).title, [(label(name, word), other) for word, other in words.items()])
        for name, words in lists.items()
    ]


def _gaps_named(paragraph: str) -> str:
    """What the paper fills in, as words in brackets."""
    for name, words in GAPS.items():
        paragraph = paragraph.replace(f"{{{name}}}", words)
    return paragraph
