"""What a report says, in the order of the plan: numbers of the year, each task with its goals and measures."""

from typing import Any

from lotse.agency.models import AgencyDocument
from lotse.agency.queries.places import in_german
from lotse.agency.queries.report import Chapter, GoalLine, Numbers, Told, chapters, numbers_of_years, overview

Part = dict[str, Any]


def report_parts(document: AgencyDocument) -> list[Part]:
    section = overview(document).section
    said = {"Text": section.text if section else "", **_numbers(numbers_of_years(document)[0])}
    year = _part("Überblick", f"Das Jahr {document.funding_year}", said)
    return [year, *(_chapter(chapter) for chapter in chapters(document))]


def _part(what: str, name: str, fields: dict[str, str], parts: tuple[Part, ...] = ()) -> Part:
    told = {label: words for label, words in fields.items() if words}
    return {"what": what, "name": name, "fields": told, "parts": list(parts)}


def _numbers(numbers: Numbers) -> dict[str, str]:
    return {
        "Maßnahmen": f"{numbers.measures}", "davon mit Nachweis": f"{numbers.proven}",
        "Teilnehmende": f"{numbers.participants}", "Ehrenamtliche": f"{numbers.volunteers}",
    }  # fmt: skip


def _chapter(chapter: Chapter) -> Part:
    parts = (*map(_goal, chapter.goals), *map(_measure, chapter.measures))
    said = {"Text": chapter.section.text if chapter.section else "", **_numbers(chapter.numbers)}
    return _part("Aufgabe" if chapter.task else "Maßnahmen", chapter.title, said, parts)


def _goal(line: GoalLine) -> Part:
    goal, unit = line.goal, f" {line.goal.unit}" if line.goal.unit else ""
    fields = {
        "Woran erkennbar": goal.indicator,
        "Ausgangswert": in_german(goal.baseline) + unit,
        "Zielwert": in_german(goal.target) + unit,
        "Erreicht": "" if line.achieved is None else in_german(line.achieved) + unit,
        "Warum es anders kam": line.result.deviation if line.result else "",
    }
    return _part("Teilziel", goal.text, fields)


def _measure(told: Told) -> Part:
    measure = told.measure
    if measure is None:
        return _part("Maßnahme", told.section.title, {"Text": told.section.text})
    fields = {
        "Datum": f"{measure.on:%d.%m.%Y}",
        "Ort": measure.place,
        "Teilnehmende": "" if measure.participants is None else f"{measure.participants}",
        "Ehrenamtliche": "" if measure.volunteers is None else f"{measure.volunteers}",
        "Nachweise": f"{told.proofs}",
        "Text": told.section.text,
    }
    return _part("Maßnahme", measure.title, fields)
