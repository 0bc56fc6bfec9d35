"""All rows of the chain of one agency and year, in a fixed number of statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager

from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.models import AgencyDocument, DataItem, Measure, MeasureEvidence, Need, Task
from lotse.agency.queries.papers import documents
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

Links = dict[int, set[int]]


@dataclass(frozen=True)
class Rows:
    """`needs_of_data`, `needs_of_task`: keys of rows to keys of needs. `reported`: keys of measures that the report tells of."""

    analysis: AgencyDocument | None = None
    plan: AgencyDocument | None = None
    report: AgencyDocument | None = None
    data: list[DataItem] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    needs_of_data: Links = field(default_factory=dict)
    needs_of_task: Links = field(default_factory=dict)
    proofs: dict[int, list[MeasureEvidence]] = field(default_factory=dict)
    reported: set[int] = field(default_factory=set)


def chain_rows(actor: Actor, agency: Organisation, year: int) -> Rows:
    """A measure that was cancelled is none."""
    papers = _papers(actor, agency, year)
    analysis, plan, report = (
        papers.get(kind) for kind in (DocumentKind.ANALYSIS, DocumentKind.TASK_PLAN, DocumentKind.REPORT)
    )
    of_year = Measure.objects.visible_to(actor).filter(agency=agency, funding_year=year)
    measures = list(of_year.exclude(state=MeasureState.CANCELLED).order_by("on", "id"))
    return Rows(
        analysis, plan, report,
        data=list(analysis.data_items.all()) if analysis else [],
        needs=list(analysis.needs.all()) if analysis else [],
        tasks=list(plan.tasks.all()) if plan else [],
        measures=measures,
        needs_of_data=_links(DataItem.needs, dataitem__document=analysis) if analysis else {},
        needs_of_task=_links(Task.needs, task__document=plan) if plan else {},
        proofs=_proofs(agency, year),
        reported=reported_measures(report, measures),
    )  # fmt: skip


def _papers(actor: Actor, agency: Organisation, year: int) -> dict[str, AgencyDocument]:
    """The last version of each that holds in the year; one statement."""
    return {document.kind: document for document in documents(actor).filter(agency=agency).holding_in(year)}


def _links(relation: Manager, **which: Any) -> Links:
    found: Links = defaultdict(set)
    through = relation.through  # type: ignore[attr-defined]
    source = next(iter(which)).split("__")[0]
    for one, need in through.objects.filter(**which).values_list(f"{source}_id", "need_id"):
        found[one].add(need)
    return found


def _proofs(agency: Organisation, year: int) -> dict[int, list[MeasureEvidence]]:
    found: dict[int, list[MeasureEvidence]] = defaultdict(list)
    rows = MeasureEvidence.objects.filter(measure__agency=agency, measure__funding_year=year)
    for row in rows.select_related("evidence"):
        found[row.measure_id].append(row)
    return found


def reported_measures(report: AgencyDocument | None, measures: list[Measure]) -> set[int]:
    """Keys of the measures that the report of their year tells of; once it is released, all."""
    if report is None or report.is_frozen:
        return {measure.pk for measure in measures} if report else set()
    told = report.sections.filter(measure__isnull=False).exclude(text="")
    return set(told.values_list("measure_id", flat=True))
