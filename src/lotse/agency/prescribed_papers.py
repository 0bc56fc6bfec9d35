"""The papers of an agency in the hand of the house: the same words that stand on the prescribed form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Table
from lotse.documents.rendering.spec import Block
from lotse.documents.templates import Current, Values, images

Entries = Sequence[Mapping[str, str]]
GOALS = (("Teilziel", 8), ("Merkmal", 6), ("Ausgangswert", 5), ("Zielwert", 4), ("bis", 4), ("Messung", 6))
STEPS = (("Was", 6), ("von", 2), ("bis", 2), ("erledigt", 2))
DATA = (("Thema", 2), ("Was", 3), ("Wert", 2), ("Gebiet", 2), ("Stand", 2), ("Quelle", 3), ("Bedarf", 2))
NEEDS = (("Nummer", 1), ("Text", 7), ("Handlungsfeld", 3))
MEASURES = (("Datum", 3), ("Titel", 5), ("Ort", 3), ("Teilnehmende", 4), ("Ergebnis", 6), ("Nachweise", 3))


def paper(document: AgencyDocument, values: Values, current: Current) -> Document:
    """With the logos that hold; marked as long as it is a draft, or on an example of a form."""
    title, agency = str(document), str(values["Integrationsagentur"])
    facts = tuple((name, str(values[name])) for name in ("Träger", "Anschrift", "Zuständig", "Stand"))
    return Document(
        title=title,
        blocks=(
            Heading(title),
            KeyValues((("Integrationsagentur", agency), *facts), columns=1),
            *OF_KIND[DocumentKind(document.kind)](values),
        ),
        author=str(values["Träger"]),
        footer=f"{agency} · {title} · Fassung {document.version}",
        watermark=_mark(document, current),
        logos=images(current.logos),
    )


def _mark(document: AgencyDocument, current: Current) -> str:
    if current.template and current.template.is_example:
        return "Beispiel"
    return "" if document.is_frozen else "Entwurf"


def _analysis(values: Values) -> list[Block]:
    names = ("Ausrichtung", "Fortschreibung", "Sozialräume", "Handlungsfelder", "Schwerpunkt")
    return [
        Heading("Rahmen", 2),
        KeyValues(tuple((name, str(values[name])) for name in names), columns=1),
        *_text("Gesamtziel", values["Gesamtziel"], 2),
        *_table("Daten", _entries(values, "Angabe"), DATA),
        *_table("Bedarfe", _entries(values, "Bedarf"), NEEDS),
        *_text("Bezug zum kommunalen Integrationskonzept", values["Integrationskonzept"], 2),
        *_text("Zusammenarbeit mit dem Kommunalen Integrationszentrum", values["Kommunales Integrationszentrum"], 2),
        *_text("Abstimmung mit anderen Integrationsagenturen", values["Andere Integrationsagenturen"], 2),
    ]


def _plan(values: Values) -> list[Block]:
    return [block for task in _entries(values, "Aufgabe") for block in _planned(task, values)]


def _planned(task: Mapping[str, str], values: Values) -> Iterable[Block]:
    names = ("Handlungsfeld", "Bedarf", "Zielgruppen", "Mittel", "Zuständig")
    yield Heading(f"{task['Nummer']}. {task['Thema']}", 2)
    yield KeyValues(tuple((name, task[name]) for name in names), columns=1)
    yield from _text("Anlass und Begründung", task["Anlass"], 3)
    yield from _text("Gesamtziel", task["Gesamtziel"], 3)
    yield from _text("Methoden", task["Methoden"], 3)
    yield from _table("Teilziele", _of_task(values, "Ziel", task), GOALS, 3)
    yield from _table("Schritte", _of_task(values, "Schritt", task), STEPS, 3)


def _report(values: Values) -> list[Block]:
    tasks = [block for task in _entries(values, "Aufgabe") for block in _reported(task, values)]
    beside = _of_task(values, "Maßnahme", {"Nummer": "–"})
    return [*tasks, *_table("Weitere Maßnahmen", beside, MEASURES)] if beside else tasks


def _reported(task: Mapping[str, str], values: Values) -> Iterable[Block]:
    yield Heading(f"{task['Nummer']}. {task['Thema']}", 2)
    yield from _text("Gesamtziel", task["Gesamtziel"], 3)
    yield from _table("Teilziele", _of_task(values, "Ziel", task), GOALS, 3)
    yield from _table("Maßnahmen", _of_task(values, "Maßnahme", task), MEASURES, 3)


OF_KIND: Mapping[DocumentKind, Callable[[Values], list[Block]]] = {
    DocumentKind.ANALYSIS: _analysis,
    DocumentKind.TASK_PLAN: _plan,
    DocumentKind.REPORT: _report,
}


# Blocks ----------------------------------------------------------------------------------------------------------------
def _entries(values: Values, name: str) -> Entries:
    return cast(Entries, values[name])


def _of_task(values: Values, name: str, task: Mapping[str, str]) -> Entries:
    return [entry for entry in _entries(values, name) if entry["Aufgabe"] == task["Nummer"]]


def _text(title: str, words: object, level: int) -> list[Block]:
    return [Heading(title, level), Paragraph(str(words))]


def _table(title: str, entries: Entries, columns: Sequence[tuple[str, int]], level: int = 2) -> list[Block]:
    if not entries:
        return [Heading(title, level), Paragraph("Noch keine.")]
    rows = tuple(tuple(entry[name] for name, _width in columns) for entry in entries)
    return [
        Heading(title, level),
        Table(tuple(name for name, _width in columns), rows, tuple(w for _name, w in columns)),
    ]
