"""Two people at once: the second is told, and what she typed still stands in her form."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lotse.agency.actions import findings, plan
from lotse.agency.enums import DocumentKind
from lotse.agency.models import DataItem, Need, TaskGoal, TaskPartner, TaskStep
from tests.factories.agencies import YEAR

PLANNED = f"{YEAR}-06-01"
TOLD = "Inzwischen hat jemand anderes gespeichert."


@pytest.fixture
def analysis(house):
    return house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)


def item_page(house):
    row = house.data_item(house.document(DocumentKind.ANALYSIS))
    given = {"label": "Menschen", "value": "99", "as_of": f"{YEAR - 1}-12-31", "topic": "Wohnen", "source": "Land"}
    return row, f"/agentur/datum/{row.public_id}/", given, "label"


def need_page(house):
    row = house.need(house.document(DocumentKind.ANALYSIS))
    return row, f"/agentur/bedarf/{row.public_id}/", {"text": "Mehr Orte", "field": "SR"}, "text"


def part_of(house):
    task = house.task(house.document())
    return {"organisation": task.organisation, "task": task}


def goal_page(house):
    made = {"text": "Mehr", "indicator": "Treffen", "method": "gezählt", "baseline": 1, "target": 2, "due_on": PLANNED}
    row = TaskGoal.objects.create(**part_of(house), **made)
    return row, f"/agentur/planung/teilziel/{row.public_id}/", {**made, "text": "Viel mehr"}, "text"


def step_page(house):
    made = {"title": "Räume", "starts_on": date(YEAR, 2, 1), "ends_on": date(YEAR, 3, 1)}
    row = TaskStep.objects.create(**part_of(house), **made)
    return row, f"/agentur/planung/schritt/{row.public_id}/", {**made, "title": "Räume suchen"}, "title"


def partner_page(house):
    row = TaskPartner.objects.create(**part_of(house), name="Stadt")
    return row, f"/agentur/planung/partner/{row.public_id}/", {"name": "Stadtteilbüro", "kind": "municipality"}, "name"


def measure_page(house):
    row = house.measure()
    given = {"title": "Werkstatt Lesen", "kind": "workshop", "on": f"{YEAR}-03-04", "files_kind": "photo"}
    return row, f"/agentur/massnahmen/{row.public_id}/aendern/", given, "title"


PAGES = (item_page, need_page, goal_page, step_page, partner_page, measure_page)


@pytest.mark.parametrize("page", PAGES)
def test_the_second_who_saves_is_told_and_loses_nothing(house, login, page):
    row, url, given, said = page(house)
    web = login(house.world.worker)
    assert 'name="revision" value="1"' in web.get(url).content.decode()
    assert web.post(url, {**given, said: "Von der anderen", "revision": 1}).status_code == 302
    refused = web.post(url, {**given, "revision": 1})
    assert TOLD in refused.content.decode()
    assert str(given[said]) in refused.content.decode()
    row.refresh_from_db()
    assert (getattr(row, said), row.revision) == ("Von der anderen", 2)
    assert web.post(url, {**given, "revision": 2}).status_code == 302


def test_a_link_that_another_has_made_is_not_lost(house, analysis):
    by, item, wanted = house.world.worker.actor, house.data_item(analysis), house.need(analysis)
    findings.link_data(by=by, document=analysis, data_items=[item], needs=[wanted])
    values = {"by": by, "revision": 1}
    with pytest.raises(ValidationError, match="Inzwischen"):
        findings.change_data_item(**values, item=item, needs=[], value="13")
    with pytest.raises(ValidationError, match="Inzwischen"):
        findings.change_need(**values, need=wanted, text="Orte", field="SR", data_items=[])
    assert list(wanted.data_items.all()) == [item]


def test_only_what_gains_or_loses_a_link_counts_as_changed(house, analysis):
    by, kept, left, new = house.world.worker.actor, *(house.data_item(analysis) for _ in range(3))
    wanted = findings.add_need(by=by, document=analysis, text="Orte", field="SR", data_items=[kept, left])
    findings.change_need(by=by, need=wanted, text="Orte", field="SR", data_items=[kept, new])
    assert list(DataItem.objects.order_by("pk").values_list("revision", flat=True)) == [2, 3, 2]
    assert Need.objects.get().revision == 2


def test_a_new_part_of_a_task_begins_with_the_first_revision(house):
    task, by = house.task(house.document()), house.world.worker.actor
    made = plan.keep_step(by=by, task=task, title="Räume", starts_on=date(YEAR, 2, 1), ends_on=date(YEAR, 3, 1))
    assert made.revision == 1
    plan.finish_step(by=by, step=made, on=date(YEAR, 2, 1))
    again = plan.keep_step(by=by, task=task, step=made, revision=1, title="X", starts_on=made.starts_on, ends_on=made.ends_on)  # fmt: skip
    assert again.done_on == date(YEAR, 2, 1)
