"""What a document of an agency says, as the words that are printed: on the prescribed form and on the paper of the house."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.models import AgencyDocument, Analysis, DataItem, Measure, Need, Task, TaskGoal, TaskStep
from lotse.agency.queries.papers import latest
from lotse.catalogues.own_lists import lists_of
from lotse.documents.templates import Values
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField

NOTHING = "–"


def contents(actor: Actor, document: AgencyDocument) -> Values:
    return {**head(document), **OF_KIND[DocumentKind(document.kind)](actor, document)}


def head(document: AgencyDocument) -> dict[str, str]:
    agency = document.agency
    day = document.released_at or timezone.now()
    return {
        "Integrationsagentur": agency.name,
        "Träger": agency.parent.name if agency.parent else agency.name,
        "Anschrift": agency.address or NOTHING,
        "Förderjahr": document.years,
        "Fassung": str(document.version),
        "Zuständig": _said(document.responsible),
        "Stand": _day(timezone.localtime(day).date()),
    }


def analysis(actor: Actor, document: AgencyDocument) -> Values:
    said = Analysis.objects.visible_to(actor).prefetch_related("spaces").filter(document=document).first() or Analysis()
    needs = list(Need.objects.visible_to(actor).filter(document=document))
    numbers = {need.pk: str(number) for number, need in enumerate(needs, start=1)}
    items = DataItem.objects.visible_to(actor).filter(document=document).prefetch_related("needs")
    return {
        "Ausrichtung": _said(said.get_orientation_display()),
        "Fortschreibung": said.get_renewal_display(),
        "Sozialräume": _listed(said.spaces.all()) if said.pk else NOTHING,
        "Handlungsfelder": _listed(ActionField(code).label for code in said.fields),
        "Schwerpunkt": _said(said.get_special_field_display()),
        "Gesamtziel": _said(said.overall_goal),
        "Integrationskonzept": _said(said.integration_concept),
        "Kommunales Integrationszentrum": _said(said.municipal_centre),
        "Andere Integrationsagenturen": _said(said.other_agencies),
        "Angabe": [_data_item(item, numbers) for item in items],
        "Bedarf": [_need(need, numbers) for need in needs],
    }


def _data_item(item: DataItem, numbers: dict[int, str]) -> dict[str, str]:
    return {
        "Thema": item.topic, "Was": item.label, "Wert": f"{item.value} {item.unit}".strip(), "Gebiet": _said(item.area),
        "Stand": _day(item.as_of), "Quelle": item.source, "Bedarf": _listed(numbers[need.pk] for need in item.needs.all()),
    }  # fmt: skip


def _need(need: Need, numbers: dict[int, str]) -> dict[str, str]:
    return {"Nummer": numbers[need.pk], "Text": need.text, "Handlungsfeld": _said(need.get_field_display())}


def plan(actor: Actor, document: AgencyDocument) -> Values:
    tasks = list(_tasks(actor, document))
    numbers = _numbered(tasks)
    steps = TaskStep.objects.visible_to(actor).filter(task__in=numbers)
    return {
        "Aufgabe": [_task(task, numbers) for task in tasks],
        "Ziel": _goals(actor, numbers),
        "Schritt": [_step(step, numbers) for step in steps],
    }


def _tasks(actor: Actor, document: AgencyDocument) -> QuerySet[Task]:
    rows = Task.objects.visible_to(actor).filter(document=document)
    return rows.select_related("responsible").prefetch_related("needs")


def _numbered(tasks: Iterable[Task]) -> dict[int, str]:
    return {task.pk: str(number) for number, task in enumerate(tasks, start=1)}


def _task(task: Task, numbers: dict[int, str]) -> dict[str, str]:
    return {
        **_task_in_short(task, numbers), "Bedarf": _listed(need.text for need in task.needs.all()), "Anlass": _said(task.occasion),
        "Zielgruppen": _said(task.target_groups), "Methoden": _said(task.methods), "Mittel": _said(task.resources),
        "Zuständig": _said(task.responsible),
    }  # fmt: skip


def _task_in_short(task: Task, numbers: dict[int, str]) -> dict[str, str]:
    return {
        "Nummer": numbers[task.pk], "Thema": task.title, "Handlungsfeld": task.get_field_display(),
        "Gesamtziel": _said(task.overall_goal),
    }  # fmt: skip


def _goals(actor: Actor, numbers: dict[int, str]) -> list[dict[str, str]]:
    rows = (
        TaskGoal.objects.visible_to(actor).filter(task__in=numbers).order_by("task__position", "task", "position", "id")
    )
    return [_goal(goal, numbers) for goal in rows]


def _goal(goal: TaskGoal, numbers: dict[int, str]) -> dict[str, str]:
    return {
        "Aufgabe": numbers[goal.task_id], "Teilziel": goal.text, "Merkmal": goal.indicator,
        "Ausgangswert": _amount(goal.baseline, goal.unit), "Zielwert": _amount(goal.target, goal.unit),
        "bis": _day(goal.due_on), "Messung": goal.method,
    }  # fmt: skip


def _step(step: TaskStep, numbers: dict[int, str]) -> dict[str, str]:
    return {
        "Aufgabe": numbers[step.task_id], "Was": step.title, "von": _day(step.starts_on), "bis": _day(step.ends_on),
        "erledigt": _day(step.done_on),
    }  # fmt: skip


def report(actor: Actor, document: AgencyDocument) -> Values:
    """What was planned for the year, and what was done; measures without a task stand last, with a dash."""
    planned = latest(actor, document.agency, DocumentKind.TASK_PLAN, document.funding_year)
    tasks = list(_tasks(actor, planned)) if planned else []
    numbers = _numbered(tasks)
    rows = Measure.objects.visible_to(actor).filter(agency=document.agency, funding_year=document.funding_year)
    held = rows.filter(state=MeasureState.HELD).annotate(proved=Count("proofs")).order_by("on", "id")
    kinds = lists_of(document.organisation_id)
    measures = [_measure(one, numbers, kinds.label("measure_kind", one.kind)) for one in held]
    return {
        "Aufgabe": [_task_in_short(task, numbers) for task in tasks],
        "Ziel": _goals(actor, numbers),
        "Maßnahme": sorted(measures, key=lambda m: (m["Aufgabe"] == NOTHING, m["Aufgabe"].zfill(4))),
    }


def _measure(measure: Any, numbers: dict[int, str], kind: str) -> dict[str, str]:
    return {
        "Aufgabe": numbers.get(measure.task_id, NOTHING), "Datum": _day(measure.on), "Titel": measure.title, "Art": _said(kind),
        "Ort": _said(measure.place), "Teilnehmende": _said(measure.participants), "Ehrenamtliche": _said(measure.volunteers),
        "Ergebnis": _said(measure.result), "Presse": _said(measure.press), "Nachweise": str(measure.proved),
    }  # fmt: skip


OF_KIND = {DocumentKind.ANALYSIS: analysis, DocumentKind.TASK_PLAN: plan, DocumentKind.REPORT: report}


# Words -----------------------------------------------------------------------------------------------------------------
def _said(value: Any) -> str:
    return NOTHING if value in (None, "") else str(value)


def _listed(values: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in values) or NOTHING


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else NOTHING


def _amount(number: Decimal, unit: str) -> str:
    plain = f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
    return f"{plain.replace('.', ',')} {unit}".strip()
