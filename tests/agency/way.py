"""A report with a plan of one task, a goal and a measure, brought as far as a test wants it."""

from datetime import date
from decimal import Decimal

from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.release import accept, hand_in, release_document, transmit
from lotse.agency.actions.reports import draft_report, write_report
from lotse.agency.enums import Channel, DocumentKind
from lotse.agency.models import ReportSection, TaskGoal
from tests.factories.agencies import YEAR


def goal(task, **more):
    values = {
        "organisation": task.organisation, "text": "Mehr Treffen", "indicator": "Treffen im Jahr", "unit": "Treffen",
        "baseline": Decimal(2), "target": Decimal(6), "due_on": date(YEAR, 12, 31), "method": "gezählt",
    }  # fmt: skip
    return TaskGoal.objects.create(task=task, **{**values, **more})


def planned(house):
    """A plan with a task, its goal and a measure."""
    plan = house.document()
    task = house.task(plan)
    return plan, task, goal(task), house.measure(task=task, participants=14, volunteers=3, result="Viele kamen wieder.")


def drafted(house):
    worker = house.world.worker.actor
    report = begin_document(by=worker, agency=house.agency, kind=DocumentKind.REPORT, funding_year=YEAR)
    return draft_report(by=worker, document=report)


def written(house):
    """All that was missing: a result for every goal, words for every measure."""
    report = drafted(house)
    texts = {one.public_id: one.text or "Es hat gut getan." for one in ReportSection.objects.filter(document=report)}
    results = {one.public_id: (one.target, "") for one in TaskGoal.objects.filter(task__document__agency=house.agency)}
    write_report(by=house.world.worker.actor, document=report, texts=texts, results=results)
    return report


def handed_in(house):
    return hand_in(by=house.world.worker.actor, document=written(house))


def released(house):
    return release_document(by=house.world.coordinator.actor, document=handed_in(house))


def transmitted(house):
    document = released(house).document
    return transmit(
        by=house.world.coordinator.actor, document=document, on=document.created_at.date(), channel=Channel.PLATFORM
    )


def accepted(house):
    document = transmitted(house)
    return accept(by=house.world.coordinator.actor, document=document, on=document.transmitted_on)
