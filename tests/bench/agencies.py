"""All agencies of a state in the table of the coordination, and the paper of a report with a whole year in it."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, GoalResult, Measure, ReportSection, Task, TaskGoal
from lotse.agency.prescribed_papers import paper
from lotse.agency.queries.contents import contents
from lotse.agency.queries.prescribed import printed_on
from lotse.documents.rendering import render_pdf
from lotse.organisations.enums import OrganisationKind
from lotse.organisations.models import Organisation
from lotse.programmes.enums import Bearer
from lotse.programmes.models import DeadlineRule, Grant, Obligation, Programme
from tests.bench.measuring import timed

AGENCIES, TASKS, MEASURES = 200, 6, 60
LAST = timezone.localdate().year - 1
WORDS = "Die Gruppe traf sich jede Woche. Viele kamen wieder und brachten andere mit. " * 4


@transaction.atomic
def add_agencies():
    """What the demo has, filled up to two hundred, each with its four documents and their deadlines; one whole report."""
    known = list(Organisation.objects.filter(kind=OrganisationKind.AGENCY).select_related("parent"))
    made = [_agency(known[0].parent, number) for number in range(AGENCIES - len(known))]
    states = [DocumentState.DRAFT, DocumentState.READY, DocumentState.RETURNED]
    rules = _rules(known[0].parent)
    for number, agency in enumerate(known + made):
        own = {"organisation": agency.parent, "agency": agency, "funding_year": LAST, "until_year": LAST}
        for kind in DocumentKind:
            AgencyDocument.objects.create(**own, kind=kind, state=states[number % 3], missing=number % 7)
            Obligation.objects.create(
                organisation=agency.parent, bearer=agency, rule=rules, document=kind, funding_year=LAST,
                internal_due=date(LAST + 1, 4, 30), external_due=date(LAST + 1, 6, 30),
            )  # fmt: skip
    return _whole_report(known[0])


def _agency(carrier, number):
    made = Organisation.objects.create(
        name=f"Integrationsagentur {number:03}", kind=OrganisationKind.AGENCY, parent=carrier
    )
    made.path = f"{carrier.path}{made.pk}/"
    made.save()
    return made


def _rules(carrier):
    grant = Grant.objects.create(
        organisation=carrier, programme=Programme.objects.first(), name="Phase", first_year=LAST, last_year=LAST
    )
    return DeadlineRule.objects.create(
        grant=grant, document="report", name="Sachbericht", bearer=Bearer.AGENCY, anchor_year=LAST + 1, internal_month=4,
        internal_day=30, valid_from=date(LAST, 1, 1),
    )  # fmt: skip


def _whole_report(agency):
    documents = {one.kind: one for one in AgencyDocument.objects.filter(agency=agency, funding_year=LAST)}
    plan, report = documents[DocumentKind.TASK_PLAN], documents[DocumentKind.REPORT]
    writer = agency.parent.people.first()
    tasks = [_task(plan, report, number) for number in range(TASKS)]
    for number in range(MEASURES):
        measure = Measure.objects.create(
            organisation=agency.parent, agency=agency, funding_year=LAST, kind="workshop", title=f"Werkstatt {number}",
            task=tasks[number % TASKS], on=date(LAST, 1 + number % 12, 5), participants=14, entered_by=writer,
        )  # fmt: skip
        _section(report, "measure", measure.title, measure=measure)
    _section(report, "overview", "Das Jahr im Überblick")
    return report


def _task(plan, report, number):
    task = Task.objects.create(organisation=plan.organisation, document=plan, field="SR", title=f"Thema {number}")
    for part in range(3):
        goal = TaskGoal.objects.create(
            organisation=plan.organisation, task=task, text=f"Teilziel {part}", indicator="Treffen", method="gezählt",
            baseline=Decimal(2), target=Decimal(6), due_on=date(LAST, 12, 31),
        )  # fmt: skip
        GoalResult.objects.create(
            organisation=plan.organisation, document=report, goal=goal, achieved=Decimal(5), deviation=WORDS
        )
    _section(report, "task", task.title, task=task)
    return task


def _section(report, kind, title, **more):
    ReportSection.objects.create(
        organisation=report.organisation, document=report, kind=kind, title=title, text=WORDS, **more
    )


def measure_agencies(pages, report):
    page = pages.page
    page(f"documents of {AGENCIES} agencies", f"/agentur/stand/?jahr={LAST}", who="koordination")
    page("the same, what waits", f"/agentur/stand/?jahr={LAST}&stand=wartet&sort=frist", who="koordination")
    page(f"report with {MEASURES} measures", f"/agentur/bericht/{report.public_id}/", who="koordination")


def measure_report_paper(report, document, by):
    current = printed_on(document, timezone.localdate())
    [times] = timed(lambda: render_pdf(paper(document, contents(by, document), current)))
    report.line(f"report PDF, {MEASURES} measures", " ".join(f"{time:8.1f}" for time in times))
