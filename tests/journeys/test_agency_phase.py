"""A funding phase of two years in fast motion: planned, done, reported, sent back, changed in its foundations, reported again."""

import re
from datetime import date

import pytest
from django.db.models import Count
from django.utils import timezone

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, Analysis, Measure, PlanChange, TaskPartner, TaskStep
from lotse.documents.models import Evidence
from tests.agency.way import goal
from tests.documents.files import pdf
from tests.factories import agencies
from tests.journeys.test_topics import as_, follow, press  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
LIST = {"name": "liste.pdf", "mimeType": "application/pdf", "buffer": pdf()}


@pytest.fixture
def years():
    this = timezone.localdate().year
    return this - 1, this


@pytest.fixture
def house(world, years):
    """An analysis of both years is accepted; the plan of the first one waits to be handed in."""
    made, (first, second) = agencies.build(world), years
    span = {"funding_year": first, "until_year": second}
    analysis = made.document(
        DocumentKind.ANALYSIS,
        state=DocumentState.RELEASED,
        released_by=world.coordinator.person,
        released_at=timezone.now(),
        **span,
    )
    Analysis.objects.create(organisation=analysis.organisation, document=analysis)
    texts = {"occasion": "Es fehlen Orte.", "overall_goal": "Man trifft sich.", "methods": "Offene Nachmittage."}
    task = made.task(made.document(funding_year=first, until_year=first), made.need(analysis), **texts)
    goal(task, due_on=date(first, 12, 31))
    parts = {"organisation": task.organisation, "task": task}
    TaskStep.objects.create(**parts, title="Räume suchen", starts_on=date(first, 2, 1), ends_on=date(first, 3, 1))
    TaskPartner.objects.create(**parts, name="Stadt", agreed_on=date(first, 1, 20))
    return made


class Phase:
    """What is done again in each year."""

    def __init__(self, page, as_, house):  # noqa: F811
        self.page, self.as_, self.house = page, as_, house

    def begin(self, kind, year):
        self.as_("worker", f"/agentur/{self.house.agency.public_id}/beginnen/")
        self.page.get_by_label("Dokument").select_option(kind)
        self.page.get_by_label("Förderjahr").fill(f"{year}")
        press(self.page, "Beginnen")

    def release(self, title):
        """Handed in from the page that is open, released from the coordination's Heute."""
        press(self.page, "Zur Prüfung geben")
        self.as_("coordinator")
        follow(self.page, title)
        press(self.page, "Freigeben")
        self.page.get_by_text(f"Freigegeben: {self.house.agency.name}.").wait_for()

    def measure(self, title, year, participants):
        self.as_("worker", "/agentur/massnahmen/neu/")
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.page.get_by_label("Was?").fill(title)
        self.page.get_by_label("Datum", exact=True).fill(f"{year}-03-04")
        self.page.get_by_label("Gehört zur Aufgabe").select_option(label="Treffpunkte schaffen")
        self.page.get_by_label("Teilnehmende").first.fill(f"{participants}")
        self.page.get_by_text("Mehr angeben").click()
        self.page.get_by_label("Ergebnis").fill("Gut besucht.")
        self.page.get_by_label("Liste, Foto oder Presse").set_input_files([LIST])
        press(self.page, "Speichern")
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def report(self, year, reached):
        self.begin("report", year)
        follow(self.page, re.compile("schreiben.*Treffpunkte"))
        self.page.get_by_label("Mehr Treffen: erreicht").fill(f"{reached}")
        self.page.get_by_label("Wie ist es gelaufen?").fill(f"Wie {year} geplant, im Stadtteilhaus.")
        press(self.page, "Speichern")


def test_two_years_with_a_returned_report_and_a_fundamental_change(house, years, page, as_, look):  # noqa: F811
    (first, second), phase = years, Phase(page, as_, house)
    plan = AgencyDocument.objects.get(kind=DocumentKind.TASK_PLAN)
    as_("worker", f"/agentur/planung/{plan.public_id}/")
    phase.release(f"Aufgabenplanung {first}")
    phase.measure("Hofcafé", first, 20)

    phase.report(first, 6)
    press(page, "Zur Prüfung geben")
    as_("coordinator")
    follow(page, f"Sachbericht {first}")
    follow(page, "Zurückgeben")
    page.get_by_label("Was ist zu ändern?").fill("Bitte sagen, wer kam.")
    press(page, "Zurückgeben")
    as_("worker")
    follow(page, f"Sachbericht {first}")
    page.get_by_text("Bitte sagen, wer kam.").wait_for()
    follow(page, re.compile("schreiben.*Treffpunkte"))
    page.get_by_label("Wie ist es gelaufen?").fill("Zwanzig Nachbar*innen, die Hälfte zum ersten Mal.")
    press(page, "Speichern")
    phase.release(f"Sachbericht {first}")

    phase.begin("task_plan", second)
    follow(page, "Aus dem Vorjahr übernehmen")
    page.get_by_label("Treffpunkte schaffen").check()
    press(page, "Übernehmen")
    look("phase-zweites-jahr")
    follow(page, "Treffpunkte schaffen")
    follow(page, re.compile("^Stadt"))
    page.get_by_label("Abgestimmt am").fill(f"{second}-01-15")
    press(page, "Speichern")
    page.goto(f"/agentur/planung/{newest(DocumentKind.TASK_PLAN).public_id}/")
    phase.release(f"Aufgabenplanung {second}")

    as_("worker", f"/agentur/planung/{newest(DocumentKind.TASK_PLAN).public_id}/")
    follow(page, "Änderung festhalten")
    page.get_by_label("Was ändert sich, und warum?").fill("Das Stadtteilhaus schließt; wir gehen in die Schulen.")
    page.get_by_label("Mit der Koordination besprochen am").fill(f"{timezone.localdate()}")
    press(page, "Speichern")
    as_("coordinator", f"/agentur/planung/{newest(DocumentKind.TASK_PLAN).public_id}/")
    follow(page, "Grundlegend oder nicht?")
    page.get_by_label(re.compile("^Ja")).check()
    press(page, "Speichern")
    look("phase-grundlegend")
    follow(page, "Bewilligungsbehörde informiert")
    press(page, "Speichern")
    assert PlanChange.objects.get().authority_notified_on == timezone.localdate()

    changed = newest(DocumentKind.TASK_PLAN)
    as_("worker", f"/agentur/planung/{changed.public_id}/")
    look("phase-neue-fassung")
    phase.release(f"Aufgabenplanung {second}")
    phase.measure("Café in der Schule", second, 30)
    assert Measure.objects.get(title="Café in der Schule").task.document == changed
    phase.report(second, 7)
    look("phase-zweiter-bericht")
    page.get_by_text(f"{first} stand hier").click()
    page.get_by_text("Zwanzig Nachbar*innen, die Hälfte zum ersten Mal.").wait_for()
    phase.release(f"Sachbericht {second}")

    rows = AgencyDocument.objects.exclude(kind=DocumentKind.ANALYSIS).order_by("id")
    assert list(rows.values_list("kind", "funding_year", "version", "state")) == [
        ("task_plan", first, 1, "released"), ("report", first, 1, "released"), ("task_plan", second, 1, "released"),
        ("task_plan", second, 2, "released"), ("report", second, 1, "released"),
    ]  # fmt: skip
    assert list(
        Evidence.objects.filter(kind="released")
        .values_list("funding_year")
        .annotate(n=Count("id"))
        .order_by("funding_year")
    ) == [(first, 2), (second, 3)]


def newest(kind):
    return AgencyDocument.objects.filter(kind=kind).latest("id")
