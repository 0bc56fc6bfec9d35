"""What a report says on paper: numbers and words of the year, each task with what was reached, each measure with its words."""

from collections.abc import Mapping
from typing import Any

from lotse.agency.enums import DocumentKind, SectionKind
from lotse.agency.models import AgencyDocument, GoalResult, ReportSection, TaskGoal
from lotse.agency.queries.contents_plan import Numbers, goals_of, numbered, planned_goal, task_in_short, tasks_of
from lotse.agency.queries.figures import measures_held
from lotse.agency.queries.papers import latest
from lotse.agency.queries.printed import NOTHING, amount, day_of, said
from lotse.agency.queries.report import numbers_of_years, with_proofs
from lotse.catalogues.own_lists import lists_of
from lotse.documents.templates import Values
from lotse.organisations.actor import Actor

Sections = list[ReportSection]


def report(actor: Actor, document: AgencyDocument) -> Values:
    """What was planned for the year, and what was done; measures without a task stand last, with a dash."""
    planned = latest(actor, document.agency, DocumentKind.TASK_PLAN, document.funding_year)
    tasks = list(tasks_of(actor, planned)) if planned else []
    sections, numbers = list(ReportSection.objects.visible_to(actor).filter(document=document)), numbered(tasks)
    told = {one.task_id: one.text for one in sections if one.kind == SectionKind.TASK}
    return {
        **_year(document, sections),
        "Aufgabe": [{**task_in_short(task, numbers), "Bericht": said(told.get(task.pk))} for task in tasks],
        "Ziel": _goals(actor, document, numbers),
        "Maßnahme": sorted(_measures(document, numbers, sections), key=_by_task),
    }


def _year(document: AgencyDocument, sections: Sections) -> dict[str, str]:
    this, _before = numbers_of_years(document)
    words = [one.text for one in sections if one.kind == SectionKind.OVERVIEW]
    return {
        "Überblick": said("\n\n".join(words)), "Maßnahmen im Jahr": str(this.measures),
        "Teilnehmende im Jahr": str(this.participants), "Ehrenamtliche im Jahr": str(this.volunteers),
        "Maßnahmen mit Nachweis": str(this.proven),
    }  # fmt: skip


def _goals(actor: Actor, document: AgencyDocument, numbers: Numbers) -> list[dict[str, str]]:
    results = {one.goal_id: one for one in GoalResult.objects.visible_to(actor).filter(document=document)}
    return [_goal(goal, numbers, results.get(goal.pk)) for goal in goals_of(actor, numbers)]


def _goal(goal: TaskGoal, numbers: Numbers, result: GoalResult | None) -> dict[str, str]:
    return {
        **planned_goal(goal, numbers), "erreicht": amount(result.achieved if result else None, goal.unit),
        "Abweichung": said(result.deviation if result else None),
    }  # fmt: skip


def _measures(document: AgencyDocument, numbers: Numbers, sections: Sections) -> list[dict[str, str]]:
    """What was held, with the words of the report where it has some; and words whose measure is gone."""
    held = list(with_proofs(measures_held(document)))
    told = {one.measure_id: one.text for one in sections if one.measure_id}
    known = {one.pk for one in held}
    kinds = lists_of(document.organisation_id)
    alone = [one for one in sections if one.kind == SectionKind.MEASURE and one.measure_id not in known]
    return [
        *(
            _measure(one, numbers, kinds.label("measure_kind", one.kind), told.get(one.pk) or one.result)
            for one in held
        ),
        *(_words_alone(one, numbers) for one in alone),
    ]


def _by_task(measure: Mapping[str, str]) -> tuple[bool, str]:
    return measure["Aufgabe"] == NOTHING, measure["Aufgabe"].zfill(4)


def _measure(measure: Any, numbers: Numbers, kind: str, words: str) -> dict[str, str]:
    return {
        "Aufgabe": numbers.get(measure.task_id, NOTHING), "Datum": day_of(measure.on), "Titel": measure.title, "Art": said(kind),
        "Ort": said(measure.place), "Teilnehmende": said(measure.participants), "Ehrenamtliche": said(measure.volunteers),
        "Ergebnis": said(words), "Presse": said(measure.press), "Nachweise": str(measure.proof_count),
    }  # fmt: skip


def _words_alone(section: ReportSection, numbers: Numbers) -> dict[str, str]:
    number = numbers.get(section.task_id or 0, NOTHING)
    return {**NO_MEASURE, "Aufgabe": number, "Titel": section.title, "Ergebnis": said(section.text)}


NO_MEASURE = dict.fromkeys(("Datum", "Art", "Ort", "Teilnehmende", "Ehrenamtliche", "Presse", "Nachweise"), NOTHING)
