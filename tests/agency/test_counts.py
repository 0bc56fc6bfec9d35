"""What a document lacks, counted again when something changes elsewhere that it asks for: as the table of the coordination shows it."""

from datetime import date

import pytest
from django.utils import timezone

from lotse.agency.actions.controlling import save_answers
from lotse.agency.actions.measures import Entry, call_off_measure, change_measure, enter_measure
from lotse.agency.actions.papers import begin_document
from lotse.agency.actions.plan import add_task, remove_task
from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.standing import standing
from tests.agency import way
from tests.factories.agencies import YEAR

REPORT, CONTROLLING = DocumentKind.REPORT, DocumentKind.CONTROLLING


@pytest.fixture
def afterwards(django_capture_on_commit_callbacks):
    """Does something, and what follows once it is written."""

    def do(act, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return act(**more)

    return do


def lacks(house, kind, year=YEAR, agency=None):
    rows = standing(house.world.coordinator.actor, year, timezone.localdate())
    [row] = [row for row in rows if row.agency == (agency or house.agency)]
    return next(cell.lacks for cell in row.cells if cell.kind == kind)


def entry(on=date(YEAR, 5, 4), **more):
    return Entry({"title": "Elterncafé", "kind": "event", "on": on, "participants": 12, **more})


@pytest.fixture
def written(house, afterwards):
    way.planned(house)
    return afterwards(way.written, house=house)


def test_a_measure_entered_later_is_missing_in_the_report_at_once(house, written, afterwards):
    by = house.world.worker.actor
    assert lacks(house, REPORT) == 0
    made = afterwards(enter_measure, by=by, agency=house.agency, entry=entry())
    assert lacks(house, REPORT) == 1
    elsewhere = entry(on=date(YEAR - 1, 5, 4))
    changed = afterwards(change_measure, by=by, measure=made, entry=elsewhere)
    assert lacks(house, REPORT) == 0
    afterwards(change_measure, by=by, measure=changed, entry=entry())
    assert lacks(house, REPORT) == 1


def test_a_task_planned_later_is_missing_in_the_report(house, written, afterwards):
    by = house.world.worker.actor
    plan = AgencyDocument.objects.get(kind=DocumentKind.TASK_PLAN)
    task = afterwards(add_task, by=by, document=plan, field="SR", title="Noch etwas")
    assert lacks(house, REPORT) == 1
    afterwards(remove_task, by=by, task=task)
    assert lacks(house, REPORT) == 0


def test_a_number_that_has_moved_is_missing_in_the_controlling(house, afterwards):
    by, held = house.world.worker.actor, house.measure(participants=10)
    sheet = afterwards(begin_document, by=by, agency=house.agency, kind=CONTROLLING, funding_year=YEAR)
    untouched = lacks(house, CONTROLLING)
    afterwards(save_answers, by=by, document=sheet, answers={"participants": ("10", "")})
    assert lacks(house, CONTROLLING) == untouched - 1
    said = {"title": held.title, "kind": "event", "on": held.on, "participants": 11}
    afterwards(change_measure, by=by, measure=held, entry=Entry(said))
    assert lacks(house, CONTROLLING) == untouched


def test_only_what_is_open_in_that_agency_and_year_is_counted(house, written, afterwards):
    other = house.document(REPORT, agency=house.second_agency(), missing=7)
    later = house.document(REPORT, funding_year=YEAR + 1, until_year=YEAR + 1, missing=7)
    gone = house.document(REPORT, version=2, state="ready", missing=7)
    by = house.world.worker.actor
    planned = afterwards(enter_measure, by=by, agency=house.agency, entry=entry())
    assert lacks(house, REPORT, agency=other.agency) == lacks(house, REPORT, YEAR + 1) == 7
    gone.refresh_from_db()
    assert (gone.missing, later.is_writable) == (7, True)
    assert planned.funding_year == YEAR


def test_what_falls_through_is_counted_too(house, written, afterwards):
    measure = house.measure(state="planned", on=date(YEAR, 6, 1), participants=3)
    by = house.world.worker.actor
    said = {"title": measure.title, "kind": "event", "on": measure.on}
    afterwards(change_measure, by=by, measure=measure, entry=Entry(said))
    assert lacks(house, REPORT) == 1
    measure.refresh_from_db()
    planned = house.measure(state="planned")
    afterwards(call_off_measure, by=by, measure=planned, reason="Krank")
    assert lacks(house, REPORT) == 1
