"""The flyer of a site, from its data: A4 across, printed on both sides and folded twice to DIN lang.

The flap that is folded in is three millimetres narrower than the others.
"""

from lotse.casework.documents import watermark
from lotse.casework.handouts import SheetWords, offers, spoken_here, where
from lotse.catalogues.loader import catalogue
from lotse.documents.rendering import Bullets, Document, Heading, KeyValues, Note, PageBreak, Panel, Paragraph, Spacer
from lotse.documents.rendering.spec import Block
from lotse.organisations.models import Site

WIDE, FLAP = 100, 97
HALF = 5  # of nine offers
FOR_PROFESSIONALS = "Für Fachleute"


def site_flyer(site: Site, spoken: list[str], language: str = "de") -> Document:
    word = SheetWords(language, site.organisation_id)
    outside = (
        Panel(FLAP + WIDE, WIDE, _cover(site, word), is_cover=True),
        Panel(0, FLAP, _promises(word)),
        Panel(FLAP, WIDE, _find_us(site, word)),
    )
    inside = (
        Panel(0, WIDE, (Heading(word("what_we_do"), 2), _points(word, offers()[:HALF]))),
        Panel(WIDE, WIDE, (_points(word, offers()[HALF:]),)),
        Panel(2 * WIDE, FLAP, (*_languages(spoken, word), *_for_professionals(word))),
    )
    return Document(
        title=word("advice"),
        blocks=(*outside, PageBreak(), *inside),
        language=word.language,
        author=site.name,
        watermark=watermark(word.language, site.organisation_id),
        landscape=True,
    )


def _cover(site: Site, word: SheetWords) -> tuple[Block, ...]:
    return (
        Heading(word("advice")),
        Paragraph(word("service_words", "flyer_word")),
        Spacer(16),
        Paragraph(site.name),
        Paragraph(site.phone),
    )


def _promises(word: SheetWords) -> tuple[Block, ...]:
    promises = tuple(word(key, "public_commitment") for key in catalogue("public_commitment").keys)
    return Heading(word("promise"), 2), Bullets(promises)


def _find_us(site: Site, word: SheetWords) -> tuple[Block, ...]:
    """The languages have a place of their own."""
    mark = watermark(word.language, site.organisation_id)
    rows = where(site, [], word).rows
    known = KeyValues(tuple(row for row in rows if row[0] != word("we_speak")), columns=1)
    return Heading(word("find_us"), 2), known, *([Paragraph(mark)] if mark else [])


def _points(word: SheetWords, keys: list[str]) -> Bullets:
    return Bullets(tuple(word(key, "public_offer") for key in keys))


def _for_professionals(word: SheetWords) -> tuple[Block, ...]:
    return Heading(word("for_professionals", "flyer_word"), 2), _points(word, offers(FOR_PROFESSIONALS))


def _languages(spoken: list[str], word: SheetWords) -> tuple[Block, ...]:
    known = (Heading(word("we_speak"), 2), Paragraph(spoken_here(spoken, word))) if spoken else ()
    return (*known, Note(word("no_language")))
