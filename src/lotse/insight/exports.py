"""The statistics as a file: every line says what it means, for when, and how it was protected."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from lotse.documents.answers import table_answer
from lotse.documents.rendering.sheets import Sheet
from lotse.facts.counting import MISSING
from lotse.facts.results import Cell, Result
from lotse.insight.asking import Asked

DOT = "•"
COLUMNS = (
    "Kennzahl", "Ausprägung", "Anzahl", "Einheit", "Schutz", "Anteil in %", "von", "bis", "Beratungsstelle", "Programm", "Umfang", "Definition",
    "Kennung", "Fassung", "Quelle", "berechnet am",
)  # fmt: skip
NOTES = (
    f"{DOT} geschützt: so klein, dass die Zahl auf einzelne Menschen zeigen könnte, oder sie würde eine solche Zahl verraten. Es heißt nicht null.",
    "Dateien sind strenger geschützt als die Seite, auch für Menschen, die alle Akten lesen dürfen.",
    "„nicht erhoben“: gezählt, aber die Angabe fehlt in der Akte.",
    "Der Anteil steht in der Zeile „zusammen“ und rechnet ohne „nicht erhoben“; die Definition sagt, welche Ausprägungen zählen.",
)


def export(asked: Asked, results: Iterable[Result], kind: str) -> HttpResponse:
    rows = _rows(asked, results, timezone.localtime())
    name = f"statistik-{asked.period.start}-{asked.period.end}.{kind}"
    return table_answer(kind, Sheet("Statistik", COLUMNS, rows, NOTES), name)


def _rows(asked: Asked, results: Iterable[Result], at: datetime) -> Iterable[list[object]]:
    where = [asked.period.start, asked.period.end, asked.site, asked.programme, asked.scope]
    for result in results:
        fact = result.fact
        tail = [*where, fact.meaning, fact.key, fact.version, fact.source, at]
        for cell in (*result.cells, result.total):
            count, mark = (DOT, "geschützt") if cell.count is None else (cell.count, "")
            yield [fact.title, cell.label, count, fact.unit, mark, _percent(result, cell), *tail]
            if fact.population.measure and cell.key != MISSING:
                yield [
                    fact.title,
                    cell.label,
                    DOT if mark else cell.amount,
                    fact.population.measure.unit,
                    mark,
                    "",
                    *tail,
                ]


def _percent(result: Result, cell: Cell) -> object:
    """Beside the total of a figure that has a share."""
    if not result.fact.share or cell is not result.total:
        return ""
    return DOT if result.share is None else result.share.percent
