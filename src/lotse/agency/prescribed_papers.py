"""The papers of an agency in the hand of the house: the same words that stand on the prescribed form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import cast

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.purposes import YEAR
from lotse.agency.queries.printed import NOTHING
from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph, Table
from lotse.documents.rendering.spec import Block
from lotse.documents.templates import EXAMPLE, Current, Values, images

Entries = Sequence[Mapping[str, str]]
GOALS = (("Teilziel", 8), ("Merkmal", 6), ("Ausgangswert", 5), ("Zielwert", 4), ("bis", 4), ("Messung", 6))
REACHED = (("Teilziel", 9), ("Merkmal", 7), ("Ausgangswert", 5), ("Zielwert", 5), ("erreicht", 5))
STEPS = (("Was", 6), ("von", 2), ("bis", 2), ("erledigt", 2))
PARTNERS = (("Name", 6), ("Art", 4), ("abgestimmt", 2))
ANSWERS = (("Frage", 5), ("Antwort", 7))
FIELD = (("Angebote", "Angebote"), ("Ziel", "Ziel"), ("Maßnahmen", "Geeignete Maßnahmen"))
DATA = (("Thema", 2), ("Was", 3), ("Wert", 2), ("Gebiet", 2), ("Stand", 2), ("Quelle", 3), ("Bedarf", 2))
NEEDS = (("Nummer", 1), ("Text", 7), ("Handlungsfeld", 3))
MEASURES = (("Datum", 19), ("Titel", 30), ("Ort", 24), ("Teilnehmende", 23), ("Ergebnis", 56), ("Nachweise", 19))
DEVIATIONS = (("Teilziel", 5), ("Abweichung", 7))


def paper(document: AgencyDocument, values: Values, current: Current, *, is_final: bool = False) -> Document:
    """With the logos that hold; marked as long as it is a draft, or on an example of a form. `is_final`: about to be released."""
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
        watermark=_mark(current, is_final or document.is_frozen),
        logos=images(current.logos),
    )


def _mark(current: Current, is_final: bool) -> str:
    if current.template and current.template.is_example:
        return EXAMPLE
    return "" if is_final else "Entwurf"


def _analysis(values: Values) -> list[Block]:
    names = ("Ausrichtung", "Fortschreibung", "Sozialräume", "Handlungsfelder", "Schwerpunkt")
    return [
        Heading("Rahmen", 2),
        KeyValues(tuple((name, str(values[name])) for name in names), columns=1),
        *_table("Daten", _entries(values, "Angabe"), DATA),
        *_table("Bedarfe", _entries(values, "Bedarf"), NEEDS),
        *_text("Gesamtziel", values["Gesamtziel"], 2),
        *(block for entry in _entries(values, "Feld") for block in _field(entry)),
        *_text("Bezug zum kommunalen Integrationskonzept", values["Integrationskonzept"], 2),
        *_text("Zusammenarbeit mit dem Kommunalen Integrationszentrum", values["Kommunales Integrationszentrum"], 2),
        *_text("Abstimmung mit anderen Integrationsagenturen", values["Andere Integrationsagenturen"], 2),
    ]


def _field(entry: Mapping[str, str]) -> Iterable[Block]:
    yield Heading(f"Handlungsfeld {entry['Handlungsfeld']}", 2)
    for name, label in FIELD:
        yield from _text(label, entry[name], 3)


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
    yield from _table("Abgestimmt mit", _of_task(values, "Partner", task), PARTNERS, 3)


def _report(values: Values) -> list[Block]:
    beside = _of_task(values, "Maßnahme", {"Nummer": NOTHING})
    return [
        Heading("Das Jahr in Zahlen", 2),
        KeyValues(tuple((name.removesuffix(" im Jahr"), str(values[name])) for name in YEAR)),
        *_text("Das Jahr im Überblick", values["Überblick"], 2),
        *(block for task in _entries(values, "Aufgabe") for block in _reported(task, values)),
        *(_table("Weitere Maßnahmen", beside, MEASURES) if beside else ()),
    ]


def _reported(task: Mapping[str, str], values: Values) -> Iterable[Block]:
    goals = _of_task(values, "Ziel", task)
    yield Heading(f"{task['Nummer']}. {task['Thema']}", 2)
    yield from _text("Gesamtziel", task["Gesamtziel"], 3)
    yield from _text("Was daraus wurde", task["Bericht"], 3)
    yield from _table("Teilziele", goals, REACHED, 3)
    deviating = [goal for goal in goals if goal["Abweichung"] != NOTHING]
    yield from _table("Warum es anders kam", deviating, DEVIATIONS, 3) if deviating else ()
    yield from _table("Maßnahmen", _of_task(values, "Maßnahme", task), MEASURES, 3)


def _controlling(values: Values) -> list[Block]:
    rows = groupby(_entries(values, "Frage"), key=itemgetter("Abschnitt"))
    parts = [block for section, answers in rows for block in _table(section, list(map(_answered, answers)), ANSWERS)]
    return [Note(str(values["Bogen"])), *parts]


def _answered(answer: Mapping[str, str]) -> Mapping[str, str]:
    """Why stands below what."""
    said = [answer[name] for name in ("Antwort", "Erläuterung") if answer[name] != NOTHING]
    return {**answer, "Antwort": "\n".join(said) or NOTHING}


OF_KIND: Mapping[DocumentKind, Callable[[Values], list[Block]]] = {
    DocumentKind.ANALYSIS: _analysis,
    DocumentKind.TASK_PLAN: _plan,
    DocumentKind.REPORT: _report,
    DocumentKind.CONTROLLING: _controlling,
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
