"""Two years of one agency in fast motion: analysis, plan and report of the first year, a correction, the second year beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.release import (
    accept,
    hand_in,
    release_document,
    request_correction,
    return_document,
    transmit,
)
from lotse.agency.actions.reports import draft_report, write_report
from lotse.agency.enums import Channel, DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, ReleasedDocument, ReportSection, Task
from lotse.agency.queries import readiness
from lotse.agency.queries.papers import newest_of
from lotse.agency.queries.report import chapters, numbers_of_years
from lotse.documents.models import Evidence
from tests.agency.way import goal
from tests.factories.agencies import YEAR


def stage_manager(world):
    worker, lead, today = world.worker.actor, world.coordinator.actor, timezone.localdate()

    def through(document):
        hand_in(by=worker, document=document)
        release_document(by=lead, document=document)
        return transmit(by=lead, document=document, on=today, channel=Channel.PLATFORM)

    return worker, lead, today, through


@pytest.mark.rule("IA-10")
@pytest.mark.rule("IA-11")
def test_two_years_of_an_agency_in_fast_motion(world, house, login, monkeypatch):
    worker, lead, today, through = stage_manager(world)
    for kind in (DocumentKind.ANALYSIS, DocumentKind.TASK_PLAN, DocumentKind.CONTROLLING):
        monkeypatch.setitem(readiness.ASKS, kind, lambda document: [])

    analysis = begin_document(by=worker, agency=house.agency, kind=DocumentKind.ANALYSIS, funding_year=YEAR)
    need = house.need(analysis)
    accept(by=lead, document=through(analysis), on=today)

    first_plan = begin_document(by=worker, agency=house.agency, kind=DocumentKind.TASK_PLAN, funding_year=YEAR)
    task = house.task(first_plan, need)
    goal(task)
    through(first_plan)
    second_version = request_correction(by=lead, document=first_plan, on=today, note="Ein Teilziel fehlt.")
    task = Task.objects.get(document=second_version)
    goal(task, text="Ein Beirat", target=Decimal(1), baseline=Decimal(0))
    accept(by=lead, document=through(second_version), on=today)

    house.measure(task=task, participants=20, result="Gut besucht.")
    report = draft_report(
        by=worker, document=begin_document(by=worker, agency=house.agency, kind=DocumentKind.REPORT, funding_year=YEAR)
    )
    results = {one.public_id: (one.target - 1, "Der Raum fehlte.") for one in task.goals.all()}
    words = {one.public_id: "Erstes Jahr." for one in ReportSection.objects.filter(document=report)}
    write_report(by=worker, document=report, texts=words, results=results)
    hand_in(by=worker, document=report)
    return_document(by=lead, document=report, note="Bitte kürzer.")
    accept(by=lead, document=through(report), on=today)

    next_year = {"funding_year": YEAR + 1}
    next_plan = house.document(until_year=YEAR + 1, **next_year)
    following = house.task(next_plan, need, continues=task)
    goal(following)
    house.measure(task=following, participants=30, on=date(YEAR + 1, 3, 4), **next_year)
    second = draft_report(
        by=worker, document=begin_document(by=worker, agency=house.agency, kind=DocumentKind.REPORT, **next_year)
    )

    [chapter] = chapters(second)
    assert (chapter.last_text, chapter.goals[0].last) == ("Erstes Jahr.", Decimal(5))
    assert [numbers.participants for numbers in numbers_of_years(second)] == [30, 20]
    page = login(world.worker).get(f"/agentur/bericht/{second.public_id}/").content.decode()
    assert f"{YEAR} stand hier" in page
    frozen = ReleasedDocument.objects.order_by("id").values_list("document__kind", "document__version")
    assert list(frozen) == [("analysis", 1), ("task_plan", 1), ("task_plan", 2), ("report", 1)]
    assert Evidence.objects.filter(unit=house.agency, funding_year=YEAR, kind="released").count() == 4
    newest = {(one.kind, one.funding_year): one.state for one in newest_of(worker, house.agency)}
    assert newest[DocumentKind.TASK_PLAN, YEAR] == newest[DocumentKind.REPORT, YEAR] == DocumentState.ACCEPTED
    assert AgencyDocument.objects.get(pk=first_plan.pk).state == DocumentState.CORRECTION
