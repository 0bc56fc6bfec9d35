"""The report on its page, and the steps of a document as somebody takes them in the browser."""

from decimal import Decimal

import pytest

from lotse.agency import rules
from lotse.agency.actions.reports import write_report
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, GoalResult, ReportSection, TaskGoal
from lotse.agency.queries.readiness import missing_for_review
from tests.agency import way
from tests.factories.agencies import YEAR


@pytest.fixture
def planned(house):
    return way.planned(house)


def page_of(web, document):
    return web.get(f"/agentur/bericht/{document.public_id}/").content.decode()


def section(document, kind="task"):
    return ReportSection.objects.get(document=document, kind=kind)


def test_a_report_that_is_begun_is_drafted_from_plan_and_measures(world, house, planned, login):
    web = login(world.worker)
    web.post(f"/agentur/{house.agency.public_id}/beginnen/", {"kind": "report", "funding_year": YEAR})
    made = AgencyDocument.objects.get(kind=DocumentKind.REPORT)
    page = page_of(web, made)
    for words in ("Treffpunkte schaffen", "Mehr Treffen", "Viele kamen wieder.", "Noch 1 Angabe", "14 Teilnehmende"):
        assert words in page


def test_a_chapter_is_written_on_one_page(world, house, planned, login):
    report, web = way.drafted(house), login(world.worker)
    task, goal, told = section(report), planned[2], section(report, "measure")
    url = f"/agentur/bericht/abschnitt/{told.public_id}/"
    assert "Ziel 6 Treffen, Ausgangswert 2" in web.get(url).content.decode()
    said = {
        "revision": task.revision, f"achieved-{goal.public_id}": "4,5", f"deviation-{goal.public_id}": "Der Raum fehlte.",
        f"text-{task.public_id}": "Gut gelaufen.", f"text-{told.public_id}": "Vierzehn waren da.",
    }  # fmt: skip
    answer = web.post(url, said)
    assert answer["Location"] == f"/agentur/bericht/{report.public_id}/#reportsection-{told.public_id}"
    result = GoalResult.objects.get()
    assert (f"{result.achieved}", result.deviation, section(report).text) == (
        "4.50",
        "Der Raum fehlte.",
        "Gut gelaufen.",
    )
    page = page_of(web, report)
    assert "nicht erreicht" in page
    assert "Zur Prüfung geben" in page
    again = web.post(url, said).content.decode()
    assert "Inzwischen hat jemand anderes gespeichert" in again
    assert "Vierzehn waren da." in again


def test_a_number_that_is_none_is_refused_and_nothing_is_lost(world, house, planned, login):
    report = way.drafted(house)
    task, goal = section(report), planned[2]
    said = {"revision": 1, f"achieved-{goal.public_id}": "viele", f"text-{task.public_id}": "Mein Text"}
    page = login(world.worker).post(f"/agentur/bericht/abschnitt/{task.public_id}/", said).content.decode()
    assert "Bitte eine Zahl wie 12 oder 12,5 angeben." in page
    assert "Mein Text" in page


def test_who_oversees_reads_and_does_not_write(world, house, planned, login):
    report = way.drafted(house)
    web = login(world.coordinator)
    assert "schreiben" not in page_of(web, report)
    assert web.get(f"/agentur/bericht/abschnitt/{section(report).public_id}/").status_code == 403
    assert web.post(f"/agentur/bericht/{report.public_id}/vorbereiten/").status_code == 403
    assert login(world.far_worker).get(f"/agentur/bericht/abschnitt/{section(report).public_id}/").status_code == 404


def test_a_measure_entered_later_is_taken_over(world, house, planned, login):
    report, web = way.written(house), login(world.worker)
    house.measure(task=planned[1], title="Nachzügler")
    assert "1 Maßnahme steht noch nicht im Bericht." in page_of(web, report)
    web.post(f"/agentur/bericht/{report.public_id}/vorbereiten/")
    page = page_of(web, report)
    assert "Maßnahme „Nachzügler“: ein kurzer Text" in page
    assert ReportSection.objects.filter(document=report).count() == 4


def test_numbers_open_to_the_measures_they_count(world, house, planned, login):
    report = way.drafted(house)
    house.measure(participants=6, title="Ohne Aufgabe")
    house.measure(state="cancelled", participants=99)
    page = login(world.coordinator).get(f"/agentur/bericht/{report.public_id}/zahlen/").content.decode()
    assert "2 Maßnahmen" in page
    assert ">20</td>" in page
    assert ">99</td>" not in page


def test_a_report_without_a_plan_says_what_comes_first(world, house, login):
    report = house.document(DocumentKind.REPORT)
    assert "noch keine Aufgabenplanung" in page_of(login(world.worker), report)


def test_a_report_without_measures_has_nothing_to_fear(world, house, login):
    way.goal(house.task(house.document()))
    report = way.drafted(house)
    page = page_of(login(world.worker), report)
    assert "Keine Maßnahme in diesem Jahr." in page


def test_the_page_of_a_report_costs_the_same_for_one_measure_and_for_many(
    world, house, planned, login, django_assert_max_num_queries
):
    way.written(house)
    for _ in range(60):
        house.measure(task=planned[1], result="Gut.")
    report = AgencyDocument.objects.get(kind=DocumentKind.REPORT)
    web = login(world.worker)
    web.post(f"/agentur/bericht/{report.public_id}/vorbereiten/")
    with django_assert_max_num_queries(45):
        page_of(web, report)


def test_words_of_a_passage_show_who_wrote_them_and_what_changed(world, house, planned, login):
    report, web = way.drafted(house), login(world.worker)
    task = section(report)
    for text in ("Es war gut.", "Es war sehr gut."):
        task.refresh_from_db()
        web.post(
            f"/agentur/bericht/abschnitt/{task.public_id}/", {"revision": task.revision, f"text-{task.public_id}": text}
        )
    page = web.get(f"/agentur/bericht/abschnitt/{task.public_id}/fassungen/").content.decode()
    assert "Es war <ins>sehr</ins> gut." in page.replace("  ", " ")
    assert "Worker Beispiel" in page


def test_a_returned_report_and_its_correction(world, house, planned, login):
    """From the draft to the second hand-in, each in her own browser."""
    report, worker, coordinator = way.written(house), login(world.worker), login(world.coordinator)
    base, passage = f"/agentur/dokument/{report.public_id}/", section(report)
    worker.post(f"{base}einreichen/")
    assert "Die Koordination prüft." in page_of(worker, report)
    assert "Freigeben" in page_of(coordinator, report)
    coordinator.post(
        f"{base}anmerkung/", {"place": f"reportsection-{passage.public_id}", "text": "Bitte die Orte nennen."}
    )
    form = coordinator.get(f"{base}zurueckgeben/").content.decode()
    assert "1 Anmerkung geht mit." in form
    coordinator.post(f"{base}zurueckgeben/", {"note": "Fast fertig."})
    page = page_of(worker, report)
    assert page.count('<p class="text-block">Bitte die Orte nennen.') == 1  # beside the passage
    assert "Noch 1 Angabe" in page
    assert "Fast fertig." in page
    remark = report.comments.get()
    worker.post(
        f"/agentur/bericht/abschnitt/{passage.public_id}/",
        {"revision": ReportSection.objects.get(pk=passage.pk).revision, f"text-{passage.public_id}": "Im Stadtteilhaus.",
         f"achieved-{planned[2].public_id}": "6", f"text-{section(report, 'measure').public_id}": "Viele kamen wieder."},
    )  # fmt: skip
    worker.post(f"/agentur/anmerkung/{remark.public_id}/erledigt/")
    worker.post(f"{base}einreichen/")
    page = page_of(coordinator, report)
    assert "1 Stelle anders als in der letzten Einreichung" in page
    history = coordinator.get(f"{base}verlauf/").content.decode()
    assert "<ins>Im Stadtteilhaus.</ins>" in history
    assert "Fast fertig." in history
    coordinator.post(f"{base}freigeben/")
    report.refresh_from_db()
    assert report.state == DocumentState.RELEASED
    paper = worker.get(f"/agentur/papier/{report.public_id}/pdf/")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")


def test_the_way_to_the_authority_and_back(world, house, planned, login):
    kept = way.released(house)
    web, base = login(world.coordinator), f"/agentur/dokument/{kept.document.public_id}/"
    refused = web.post(f"{base}uebermittelt/", {"on": "2999-01-01", "channel": "platform"}).content.decode()
    assert "Das Datum liegt in der Zukunft." in refused
    today = f"{kept.at.date()}"
    web.post(f"{base}uebermittelt/", {"on": today, "channel": "platform"})
    answer = web.post(f"{base}korrektur/", {"on": today, "note": "Zahlen prüfen."})
    second = AgencyDocument.objects.get(kind=DocumentKind.REPORT, version=2)
    assert answer["Location"] == f"/agentur/bericht/{second.public_id}/"
    assert "Fassung 2" in page_of(login(world.worker), second)


def test_only_the_coordination_opens_its_steps(world, house, planned, login):
    report = way.handed_in(house)
    web = login(world.worker)
    for step in ("freigeben", "zurueckgeben", "anmerkung", "uebermittelt", "angenommen", "korrektur"):
        assert web.post(f"/agentur/dokument/{report.public_id}/{step}/").status_code == 403
        assert login(world.far_worker).post(f"/agentur/dokument/{report.public_id}/{step}/").status_code == 404
    assert login(world.coordinator).post(f"/agentur/dokument/{report.public_id}/einreichen/").status_code == 403
    assert "Freigegebene Fassung" not in web.get(f"/agentur/dokument/{report.public_id}/verlauf/").content.decode()


@pytest.mark.rule("IA-08")
@pytest.mark.parametrize(
    ("baseline", "target", "achieved", "reached"),
    [
        (2, 6, 5, False),
        (2, 6, 6, True),
        (2, 6, 7, True),
        (6, 2, 3, False),
        (6, 2, 2, True),
        (6, 2, 1, True),
        (3, 3, 3, True),
        (3, 3, 2, False),
    ],
)
def test_a_goal_is_reached_at_its_target_upwards_or_downwards(baseline, target, achieved, reached):
    asked = TaskGoal(baseline=Decimal(baseline), target=Decimal(target))
    assert rules.is_reached(asked, Decimal(achieved)) == reached


@pytest.mark.rule("IA-10")
def test_a_missed_goal_says_why_before_the_report_goes_on(world, house, planned):
    report, goal = way.written(house), planned[2]
    for achieved, why, left in ((Decimal(5), "", 1), (Decimal(5), "Der Raum fehlte.", 0), (None, "", 1)):
        write_report(by=world.worker.actor, document=report, texts={}, results={goal.public_id: (achieved, why)})
        assert len(missing_for_review(report)) == left


def test_a_passage_that_nobody_has_written_has_no_versions(world, house, planned, login):
    told = section(way.drafted(house))
    page = login(world.worker).get(f"/agentur/bericht/abschnitt/{told.public_id}/fassungen/").content.decode()
    assert "Hier hat noch niemand geschrieben." in page
