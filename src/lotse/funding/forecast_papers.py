"""Plan, actual and forecast on paper and as a table, with the way of every forecast."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.documents.rendering.spec import Block
from lotse.funding.ledger_words import euro, hint_words, percent, way_words
from lotse.funding.queries.forecast import Figures, together
from lotse.funding.queries.places import Place

HEADER = (
    "Träger", "Ausgabenart", "Geplant", "Gebucht", "Ausgeschöpft in %", "Prognose", "Differenz", "Hinweis", "Rechenweg",
)  # fmt: skip
SUM = "Summe"


def forecast_sheet(place: Place, parts: Sequence[Figures], on: date | None) -> Sheet:
    """Each carrier, and all together where there are several; then the own shares."""
    whole = together(parts) if len(parts) > 1 else None
    notes = [f"{place.grant}, Förderjahr {place.year}, gebucht bis {on:%d.%m.%Y}. Beträge in Euro."]
    rows = [row for one in (*parts, *([whole] if whole else [])) for row in _rows(one)]
    return Sheet(f"Plan und Ist {place.year}", HEADER, rows, notes)


def _rows(one: Figures) -> Iterator[Sequence[Any]]:
    name = one.carrier.name if one.carrier else "alle Träger"
    for line, hint in one.hinted:
        words = hint_words(hint, line) if hint else ""
        way = way_words(line) if line.way else ""
        yield (
            name, str(line.line), line.planned, line.actual, line.used_percent, line.expected, line.difference, words, way
        )  # fmt: skip
    yield name, SUM, one.planned, one.actual, one.used_percent, one.expected, one.difference, "", ""
    own = f"nötig bis Jahresende {euro(one.needed_own)}"
    yield name, "Eigenanteil", one.planned_own, one.own_share, None, one.needed_own, None, "", own


def forecast_paper(place: Place, parts: Sequence[Figures], on: date | None) -> Document:
    blocks = [block for one in parts for block in _carrier(one)]
    head = Heading(f"Plan und Ist {place.year}")
    about = KeyValues((("Zuwendung", str(place.grant)), ("Gebucht bis", f"{on:%d.%m.%Y}")))
    whole = together(parts) if len(parts) > 1 else None
    sums: list[Block] = [Heading("Alle Träger", 2), _table(whole)] if whole else []
    return Document(
        title=f"Plan und Ist {place.year}", blocks=(head, about, *sums, *blocks), author=place.grant.organisation.name,
        footer=f"{place.grant} · {place.year} · Stand {on:%d.%m.%Y}", landscape=True,
    )  # fmt: skip


def _carrier(one: Figures) -> Iterator[Block]:
    yield Heading(str(one.carrier), 2)
    yield _table(one)
    yield KeyValues(
        (
            ("Eigenanteil gebucht", euro(one.own_share)),
            (f"nötig bis Jahresende ({percent(one.own_percent)} der Prognose)", euro(one.needed_own)),
        )
    )
    yield Heading("So ist die Prognose gerechnet", 3)
    yield Table(("Ausgabenart", "Rechenweg"), tuple((str(line.line), way_words(line)) for line in one.lines), (2, 5))
    hints = [f"{line.line}: {hint_words(hint, line)}" for line, hint in one.hinted if hint]
    if hints:
        yield Note("\n\n".join(hints))


def _table(one: Figures) -> Table:
    header = ("Ausgabenart", "Geplant", "Gebucht", "Ausgeschöpft", "Prognose", "Differenz")
    rows = [
        (str(line.line), *_money(line.planned, line.actual, line.used_percent, line.expected, line.difference))
        for line in one.lines
    ]
    total = (SUM, *_money(one.planned, one.actual, one.used_percent, one.expected, one.difference))
    return Table(header, (*rows, total), (4, 2, 2, 2, 2, 2))


def _money(
    planned: Decimal, actual: Decimal, used: Decimal | None, expected: Decimal, difference: Decimal
) -> tuple[str, str, str, str, str]:
    share = "–" if used is None else percent(used)
    return euro(planned), euro(actual), share, euro(expected), euro(difference)
