"""The pictures on paper, each with its sentence and its table. What leaves the house is protected more strictly."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from lotse.documents.pictures import PictureFailed, svg_of
from lotse.documents.rendering import Document, Figure, Heading, Note, Paragraph, Table
from lotse.documents.rendering import Picture as Drawing
from lotse.documents.rendering.spec import Block
from lotse.documents.themes import LIGHT, WIDE, number
from lotse.insight.asking import Asked
from lotse.insight.pictures.shown import Grid, Picture

TITLE = "Auswertung in Bildern"
PROTECTED = "• geschützt: so klein, dass die Zahl auf einzelne Menschen zeigen könnte, oder sie würde eine solche Zahl verraten. Es heißt nicht null."
MILLIMETRES = 165


def paper(asked: Asked, pictures: Sequence[Picture], at: datetime) -> Document:
    period = f"{asked.period.start:%d.%m.%Y} bis {asked.period.end:%d.%m.%Y}"
    places = f"Beratungsstelle: {asked.site} · Programm: {asked.programme} · {asked.scope}"
    head = (Heading(TITLE), Paragraph(f"{period} · {places}"), Note(PROTECTED))
    blocks = [block for picture in pictures for block in _blocks(picture)]
    return Document(TITLE, (*head, *blocks), footer=f"Lotse · berechnet am {at:%d.%m.%Y, %H:%M}")


def _blocks(picture: Picture) -> Iterator[Block]:
    yield Heading(picture.title, 2)
    yield from _drawn(picture)
    yield Paragraph(picture.words)
    yield from (_table(grid) for grid in picture.grids)


def _drawn(picture: Picture) -> Iterable[Block]:
    """Without the picture where it cannot be drawn: the table says the same."""
    try:
        return [Figure(Drawing(svg_of(picture.draw(LIGHT, WIDE)), picture.words, MILLIMETRES))]
    except PictureFailed:
        return []


def _table(grid: Grid) -> Table:
    rows = tuple(tuple(_words(cell) for cell in row) for row in grid.rows)
    return Table(grid.header, rows, (3, *(1 for _ in grid.header[1:])))


def _words(cell: str | int | None) -> str:
    if isinstance(cell, str):
        return cell
    return "•" if cell is None else number(cell)
