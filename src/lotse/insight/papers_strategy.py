"""The strategy on paper, for the table of the coordination round."""

from collections.abc import Sequence
from datetime import date

from lotse.documents.rendering import Document, Heading, Note, Paragraph, Table
from lotse.documents.rendering.spec import Block
from lotse.insight.strategy import Chapter, Line

TITLE = "Strategie der Koordinierungsrunde"
HEADER = ("Kennzahl", "Stand", "Ziel", "Zuständig", "Nächste Besprechung", "Maßnahmen")
WIDTHS = (5, 4, 4, 3, 3, 5)
DOTS = "Ein Punkt (•) schützt einzelne Menschen. Liegt der Stand neben dem Ziel, heißt das nicht, dass schlecht gearbeitet wurde."
NONE_YET = "noch kein Ziel"


def strategy_paper(chapters: Sequence[Chapter], year: int, house: str, today: date) -> Document:
    blocks: list[Block] = [
        Heading(TITLE),
        Paragraph(f"Stand: ganzes Jahr {year}. Gedruckt am {_day(today)}."),
        Note(DOTS),
    ]
    for chapter in chapters:
        blocks += [Heading(chapter.goal.title, 2), *_chapter(chapter)]
    return Document(title=TITLE, blocks=tuple(blocks), author=house, footer=f"{house} · {TITLE}", landscape=True)


def _chapter(chapter: Chapter) -> list[Block]:
    found: list[Block] = []
    if chapter.lines:
        found.append(Table(HEADER, tuple(_row(line) for line in chapter.lines), WIDTHS))
    found += [Paragraph(f"{gap.title}: {gap.why}") for gap in chapter.gaps]
    return found


def _row(line: Line) -> tuple[str, ...]:
    target = line.target
    if target is None:
        return (line.fact.title, line.standing.text, NONE_YET, "", "", "")
    return (
        line.fact.title,
        _stand(line),
        f"{target} bis {_day(target.until)}",
        str(target.responsible),
        _day(target.review_on),
        target.measures,
    )


def _stand(line: Line) -> str:
    """Beside the target: with what was said about it."""
    why = line.review.conclusion if line.is_reached is False and line.review else ""
    return f"{line.standing.text}\n{why}".strip()


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
