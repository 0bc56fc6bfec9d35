"""The report of a year as its page shows it: what the plan wanted, what was done, what is told, and last year beside it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet

from lotse.agency import rules
from lotse.agency.enums import DocumentKind, SectionKind
from lotse.agency.models import AgencyDocument, GoalResult, Measure, ReportSection, Task, TaskGoal
from lotse.agency.queries.figures import HELD, counted_for, measures_held
from lotse.agency.queries.missing import Missing
from lotse.agency.queries.places import place_of


@dataclass(frozen=True)
class Numbers:
    """Of one year, or of the measures of a task; `proven`: of how many there is a proof."""

    measures: int = 0
    participants: int = 0
    volunteers: int = 0
    proven: int = 0


@dataclass
class GoalLine:
    goal: TaskGoal
    result: GoalResult | None
    last: Decimal | None

    @property
    def achieved(self) -> Decimal | None:
        return self.result.achieved if self.result else None

    @property
    def is_reached(self) -> bool | None:
        return None if self.achieved is None else rules.is_reached(self.goal, self.achieved)

    @property
    def lacks_reason(self) -> bool:
        return self.is_reached is False and not (self.result and self.result.deviation.strip())


@dataclass
class Told:
    """A measure with its passage; `proofs` says how many pieces of evidence it has."""

    section: ReportSection
    measure: Measure | None
    proofs: int = 0


@dataclass
class Chapter:
    """A task with all that is told of it; without a task, what belongs to none."""

    title: str
    section: ReportSection | None
    task: Task | None = None
    goals: list[GoalLine] = field(default_factory=list)
    measures: list[Told] = field(default_factory=list)
    last_text: str = ""

    @property
    def lead(self) -> ReportSection:
        """By which the chapter is opened."""
        return self.section or self.measures[0].section

    @property
    def numbers(self) -> Numbers:
        rows = [(told.measure, told.proofs) for told in self.measures if told.measure]
        return Numbers(
            len(rows), sum(m.participants or 0 for m, _ in rows), sum(m.volunteers or 0 for m, _ in rows),
            sum(proofs > 0 for _, proofs in rows),
        )  # fmt: skip


def plan_of(document: AgencyDocument) -> AgencyDocument | None:
    """The plan that holds in the year of the report, in its last version."""
    rows = AgencyDocument.objects.filter(agency_id=document.agency_id, kind=DocumentKind.TASK_PLAN)
    return rows.holding_in(document.funding_year).last()


def tasks_of(plan: AgencyDocument | None) -> list[Task]:
    return list(Task.objects.filter(document=plan).prefetch_related("goals")) if plan else []


def with_proofs(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    return measures.annotate(proof_count=Count("proofs"))


def uncovered(document: AgencyDocument) -> QuerySet[Measure]:
    """Held, and not yet in the report (IA-10)."""
    return measures_held(document).exclude(pk__in=document.sections.filter(measure__isnull=False).values("measure"))


def chapters(document: AgencyDocument) -> list[Chapter]:
    """A constant number of statements, however many measures there are."""
    tasks, results = tasks_of(plan_of(document)), {result.goal_id: result for result in document.results.all()}
    sections = list(document.sections.select_related("task", "measure"))
    proofs = dict(with_proofs(measures_held(document)).values_list("pk", "proof_count"))
    before = _last_year(document)
    told: dict[int | None, list[Told]] = defaultdict(list)
    for one in sorted((s for s in sections if s.kind == SectionKind.MEASURE), key=_day):
        told[one.measure.task_id if one.measure else one.task_id].append(
            Told(one, one.measure, proofs.get(one.measure_id, 0))
        )
    of_tasks = {one.task_id: one for one in sections if one.kind == SectionKind.TASK and one.task_id}
    found = [_chapter(task, of_tasks.get(task.pk), results, told.pop(task.pk, []), before) for task in tasks]
    rest = [one for ones in told.values() for one in ones]
    return found + ([Chapter("Ohne Aufgabe", None, measures=rest)] if rest else [])


def _day(section: ReportSection) -> tuple[bool, object, int]:
    on = section.measure.on if section.measure else None
    return (on is None, on, section.pk)


@dataclass(frozen=True)
class LastYear:
    texts: dict[int | None, str]  # by task; None: the overview
    achieved: dict[tuple[int, str], Decimal | None]  # by task and words of the goal


def _last_report(document: AgencyDocument) -> AgencyDocument | None:
    rows = AgencyDocument.objects.filter(agency_id=document.agency_id, kind=DocumentKind.REPORT)
    return rows.filter(funding_year=document.funding_year - 1).order_by("-version").first()


def _last_year(document: AgencyDocument) -> LastYear:
    last = _last_report(document)
    if last is None:
        return LastYear({}, {})
    texts = last.sections.exclude(kind=SectionKind.MEASURE).values_list("task_id", "text")
    results = last.results.values_list("goal__task_id", "goal__text", "achieved")
    return LastYear(dict(texts), {(task, words): achieved for task, words, achieved in results})


def _chapter(
    task: Task, section: ReportSection | None, results: dict[int, GoalResult], told: list[Told], before: LastYear
) -> Chapter:
    earlier = task.continues_id or 0
    goals = [GoalLine(g, results.get(g.pk), before.achieved.get((earlier, g.text))) for g in task.goals.all()]
    return Chapter(task.title, section, task, goals, told, before.texts.get(earlier, ""))


@dataclass(frozen=True)
class Overview:
    section: ReportSection | None
    last_text: str


def overview(document: AgencyDocument) -> Overview:
    last = _last_report(document)
    return Overview(_overview_of(document), getattr(_overview_of(last) if last else None, "text", ""))


def _overview_of(document: AgencyDocument) -> ReportSection | None:
    return document.sections.filter(kind=SectionKind.OVERVIEW).first()


def numbers_of_years(document: AgencyDocument) -> tuple[Numbers, Numbers]:
    """This year and the one before, in two statements."""
    return _numbers(document, document.funding_year), _numbers(document, document.funding_year - 1)


def _numbers(document: AgencyDocument, year: int) -> Numbers:
    found = counted_for(document, [HELD, "participants", "volunteers", "proven"], year)
    totals = [found[key].total.count for key in (HELD, "participants", "volunteers")]
    return Numbers(*totals, proven=found["proven"].share.numerator)


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    """Every goal has its result and a reason where it was missed, every measure its words (IA-10)."""
    if plan_of(document) is None:
        return [Missing(f"Für {document.funding_year} gibt es noch keine Aufgabenplanung", "")]
    found = [Missing(f"Maßnahme „{one}“ in den Bericht nehmen", "#bericht") for one in uncovered(document)]
    for chapter in chapters(document):
        found += _missing_in(chapter)
    return found


def _missing_in(chapter: Chapter) -> list[Missing]:
    if chapter.task and chapter.section is None:
        return [Missing(f"Aufgabe „{chapter.title}“ in den Bericht nehmen", "#bericht")]
    to = f"#{place_of(chapter.lead)}"
    unsaid = [
        Missing(f"Teilziel „{line.goal}“: erreichter Wert", to) for line in chapter.goals if line.achieved is None
    ]
    why = [Missing(f"Teilziel „{line.goal}“: warum es anders kam", to) for line in chapter.goals if line.lacks_reason]
    short = [t for t in chapter.measures if not t.section.text.strip()]
    return (
        unsaid + why + [Missing(f"Maßnahme „{t.section}“: ein kurzer Text", f"#{place_of(t.section)}") for t in short]
    )
