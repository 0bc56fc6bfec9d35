"""A report drafted from the plan and the measures of its year, then written."""

from collections.abc import Mapping
from decimal import Decimal

from lotse.agency.actions.papers import writable
from lotse.agency.enums import SectionKind
from lotse.agency.models import AgencyDocument, GoalResult, ReportSection, TextVersion
from lotse.agency.queries.report import plan_of, tasks_of, uncovered
from lotse.auditlog.door import action, record, refuse_if_changed
from lotse.organisations.actor import Actor

Result = tuple[Decimal | None, str]  # what was achieved, and why it came differently


@action("activity_report.drafted", "hat einen Sachbericht aus Planung und Maßnahmen vorbereitet")
def draft_report(*, by: Actor, document: AgencyDocument) -> AgencyDocument:
    """Adds what is not in it yet, so that it is also the way to take over measures entered later. What is written stays."""
    fresh = writable(by, document)
    known = {(s.kind, s.task_id) for s in fresh.sections.exclude(kind=SectionKind.MEASURE)}
    tasks = tasks_of(plan_of(fresh))
    if (SectionKind.OVERVIEW, None) not in known:
        _add(fresh, SectionKind.OVERVIEW, SectionKind.OVERVIEW.label)
    for number, task in enumerate(tasks, start=1):
        if (SectionKind.TASK, task.pk) not in known:
            _add(fresh, SectionKind.TASK, task.title, position=number, task=task)
    for measure in uncovered(fresh):
        made = _add(
            fresh, SectionKind.MEASURE, measure.title, position=len(tasks) + 1, measure=measure, text=measure.result
        )
        if made.text.strip():
            _keep_words(by, made)
    record(fresh)
    return fresh


def _add(document: AgencyDocument, kind: SectionKind, title: str, **more: object) -> ReportSection:
    return ReportSection.objects.create(
        organisation_id=document.organisation_id, document=document, kind=kind, title=title, **more
    )


def _keep_words(by: Actor, section: ReportSection) -> None:
    TextVersion.objects.create(
        organisation_id=section.organisation_id, section=section, text=section.text, by_id=by.person_id
    )


@action("activity_report.written", "hat an einem Sachbericht geschrieben")
def write_report(
    *, by: Actor, document: AgencyDocument, texts: Mapping[str, str], results: Mapping[str, Result], lead: str = "",
    revision: int | None = None,
) -> list[ReportSection]:  # fmt: skip
    """`texts`: public id of a passage → words; `results`: public id of a goal. `revision`: of the passage `lead`, as it was shown."""
    fresh = writable(by, document)
    sections = list(fresh.sections.select_for_update(of=("self",)).filter(public_id__in=[*texts, lead]))
    for section in sections:
        if section.public_id == lead:
            refuse_if_changed(section, revision)
    changed = [one for one in sections if one.public_id in texts and one.text != texts[one.public_id]]
    for section in changed:
        section.text = texts[section.public_id]
        section.revision += 1
        section.save()
        _keep_words(by, section)
    _touch(sections, changed, lead)
    goals = _set_results(fresh, results)
    record(fresh, count=len(changed) + goals)
    return changed


def _touch(sections: list[ReportSection], changed: list[ReportSection], lead: str) -> None:
    """The passage that the form is opened by counts every saving of the form."""
    for section in sections:
        if section.public_id == lead and section not in changed:
            section.revision += 1
            section.save(update_fields=["revision"])


def _set_results(document: AgencyDocument, results: Mapping[str, Result]) -> int:
    goals = {goal.public_id: goal for task in tasks_of(plan_of(document)) for goal in task.goals.all()}
    for public_id, (achieved, deviation) in results.items():
        GoalResult.objects.update_or_create(
            document=document, goal=goals[public_id],
            defaults={"organisation_id": document.organisation_id, "achieved": achieved, "deviation": deviation.strip()},
        )  # fmt: skip
    return len(results)
