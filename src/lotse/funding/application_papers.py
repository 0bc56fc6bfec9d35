"""The application on paper and as a workbook: all carriers in one table, then part by part."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from lotse.documents.rendering import Document, Heading, KeyValues, Note, PageBreak, Paragraph, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.documents.rendering.spec import Block
from lotse.funding.queries.part_content import Frame, GridRow, PartContent, WholeContent, YearSum

HOW = "Beantragt wird die Summe der Ausgaben ohne Eigenanteil und andere Mittel."
# What is summed: words, column of a YearSum.
STEPS = (("Ausgaben", "costs"), ("Eigenanteil", "own"), ("andere Mittel", "other"), ("beantragte Zuwendung", "asked"))


def euro(amount: Decimal) -> str:
    return f"{number_format(amount, 2, force_grouping=True)} €"


def percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{number_format(share, 2)} %"


def fte(size: Decimal) -> str:
    return number_format(size, 2)


def whole_paper(whole: WholeContent) -> Document:
    title = f"Gesamtantrag {whole.frame.grant}"
    blocks: list[Block] = [Heading(title), _head(whole.frame), Heading("Alle Träger", 2), _carriers(whole)]
    blocks += [_sums(whole.frame, whole.sums, whole.total), Note(HOW), Heading("Ausgaben nach Art", 2)]
    blocks.append(_grid(whole.frame, whole.rows))
    for part in whole.parts:
        blocks += [PageBreak(), *_part(part)]
    return Document(title=title, blocks=tuple(blocks), footer=title, landscape=True)


def part_paper(part: PartContent) -> Document:
    title = f"Antragsteil {part.carrier}"
    blocks = (Heading(title), _head(part.frame), *_part(part, 2))
    return Document(
        title=title, blocks=blocks, author=part.carrier, footer=f"{title}, {part.frame.grant}", landscape=True
    )


def _head(frame: Frame) -> KeyValues:
    years = f"{frame.years[0]}–{frame.years[-1]}" if len(frame.years) > 1 else f"{frame.years[0]}"
    own = f"mindestens {percent(frame.own_share_percent)} im Jahr"
    rows = (
        ("Zuwendung", frame.grant),
        ("Aktenzeichen", frame.reference or "–"),
        ("Förderjahre", years),
        ("Eigenanteil", own),
    )
    return KeyValues(rows)


def _carriers(whole: WholeContent) -> Table:
    years = whole.frame.years
    header = ("Träger", "VZÄ", "Ausgaben", "beantragt", *(f"Eigenanteil {year}" for year in years))
    rows = [_carrier(part.carrier, part.fte, part.total, part.sums) for part in whole.parts]
    rows.append(_carrier("Summe", whole.fte, whole.total, whole.sums))
    return Table(header, tuple(rows), (6, 2, 4, 4, *(3 for _year in years)))


def _carrier(name: str, size: Decimal, total: YearSum, sums: Iterable[YearSum]) -> tuple[str, ...]:
    return (name, fte(size), euro(total.costs), euro(total.asked), *(percent(one.percent) for one in sums))


def _part(part: PartContent, level: int = 1) -> Iterator[Block]:
    if level == 1:
        yield Heading(part.carrier)
    yield Heading("Stellen", 2)
    yield _posts(part) if part.posts else Paragraph("Keine.")
    yield Heading("Ausgaben", 2)
    yield _grid(part.frame, part.rows)
    yield Heading("Finanzierung", 2)
    yield _sums(part.frame, part.sums, part.total)
    if part.measures:
        yield Heading("Geplante Maßnahmen", 2)
        yield Paragraph(part.measures)


def _posts(part: PartContent) -> Table:
    header = ("Stelle", "Agentur", "VZÄ", "Besetzung", "Eingruppierung", "Zeitraum")
    rows = [
        (post.title, post.agency, fte(post.fte), post.holder, post.pay_grade or "–", post.period or "ganze Phase")
        for post in part.posts
    ]
    return Table(header, (*rows, ("Summe", "", fte(part.fte), "", "", "")), (5, 5, 2, 4, 3, 4))


def _grid(frame: Frame, rows: Iterable[GridRow]) -> Table:
    lines = [(row.label, *map(euro, row.amounts), euro(row.total)) for row in rows]
    sums = [sum((row.amounts[i] for row in rows), Decimal(0)) for i in range(len(frame.years))]
    lines.append(("Summe", *map(euro, sums), euro(sum(sums, Decimal(0)))))
    return _by_year(frame, "Ausgabenart", lines)


def _sums(frame: Frame, sums: Iterable[YearSum], total: YearSum) -> Table:
    columns = [*sums, total]
    lines: list[tuple[str, ...]] = [(words, *(euro(getattr(one, name)) for one in columns)) for words, name in STEPS]
    lines.append(("Eigenanteil an den Ausgaben", *(percent(one.percent) for one in columns)))
    return _by_year(frame, "Finanzierung", lines)


def _by_year(frame: Frame, what: str, lines: Iterable[tuple[str, ...]]) -> Table:
    return Table((what, *map(str, frame.years), "zusammen"), tuple(lines), (8, *(3 for _year in frame.years), 3))


def workbook(whole: WholeContent) -> list[Sheet]:
    """All carriers on the first sheet, then each on one of its own; amounts stay numbers."""
    years = whole.frame.years
    header = ("Träger", "VZÄ", *(f"{words} {year}" for year in years for words, _name in STEPS))
    rows = [(part.carrier, part.fte, *_figures(part.sums)) for part in whole.parts]
    rows.append(("Summe", whole.fte, *_figures(whole.sums)))
    return [Sheet("Summe", header, rows, notes=(HOW,)), *(_sheet(part) for part in whole.parts)]


def _figures(sums: Iterable[YearSum]) -> Iterator[Decimal]:
    return (getattr(one, name) for one in sums for _words, name in STEPS)


def _sheet(part: PartContent) -> Sheet:
    years = part.frame.years
    rows: list[tuple[Any, ...]] = [(row.label, *row.amounts, row.total) for row in part.rows]
    rows += [(words, *(getattr(one, name) for one in (*part.sums, part.total))) for words, name in STEPS]
    rows += [(), ("Stelle", "VZÄ", "Agentur", "Besetzung", "Eingruppierung", "von", "bis")]
    rows += [(p.title, p.fte, p.agency, p.holder, p.pay_grade, p.starts_on, p.ends_on) for p in part.posts]
    return Sheet(part.carrier, ("Ausgabenart", *map(str, years), "zusammen"), rows)
