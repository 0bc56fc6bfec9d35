"""What is printed of a document, on the form and on the paper of the house."""

from datetime import date
from decimal import Decimal

import pytest

from lotse.agency.actions.controlling import save_answers
from lotse.agency.actions.reports import write_report
from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.models import (
    Analysis,
    DataItem,
    FieldNote,
    Measure,
    ReportSection,
    SocialSpace,
    TaskGoal,
    TaskPartner,
    TaskStep,
)
from lotse.agency.prescribed_papers import paper
from lotse.agency.purposes import ANALYSIS, REPORT, TASK_PLAN
from lotse.agency.queries.contents import contents
from lotse.documents.rendering import render_pdf
from lotse.documents.templates import Current
from tests.agency import way
from tests.documents.reading import about, words_of
from tests.factories.agencies import YEAR


@pytest.fixture
def plan(house):
    made = house.document(DocumentKind.TASK_PLAN)
    need = house.need(house.document(DocumentKind.ANALYSIS))
    task = house.task(made, need, overall_goal="Nachbar*innen kennen einander")
    goal = {"baseline": Decimal("0"), "target": Decimal("12.50"), "due_on": date(YEAR, 12, 31), "unit": "Treffen"}
    TaskGoal.objects.create(organisation=made.organisation, task=task, text="Ein Treff", indicator="Zahl", method="Listen", **goal)  # fmt: skip
    days = {"starts_on": date(YEAR, 2, 1), "ends_on": date(YEAR, 3, 1)}
    TaskStep.objects.create(organisation=made.organisation, task=task, title="Raum finden", **days)
    TaskPartner.objects.create(organisation=made.organisation, task=task, name="Stadtbücherei", kind="institution")
    return made


def printed(world, document):
    values = contents(world.worker.actor, document)
    return values, words_of(render_pdf(paper(document, values, Current(None))))


def gaps_of(values, purpose):
    """Every gap of the form has its value, also in every entry of its lists."""
    entries = {name: {tuple(sorted(entry)) for entry in values[name]} for name in purpose.lists}
    return set(values) - set(purpose.lists), {name for name, keys in entries.items() if len(keys) == 1}


def test_a_plan_is_printed_task_by_task(world, plan):
    values, words = printed(world, plan)
    assert gaps_of(values, TASK_PLAN) == (set(TASK_PLAN.gaps), set(TASK_PLAN.lists))
    assert (values["Ziel"][0]["Zielwert"], values["Aufgabe"][0]["Bedarf"]) == ("12,5 Treffen", "Es fehlen Orte zum Treffen.")  # fmt: skip
    assert "1. Treffpunkte schaffen" in words
    assert "Raum finden 01.02.2026 01.03.2026 –" in words
    assert "Stadtbücherei Sozial- oder Bildungseinrichtung –" in words


def test_a_report_holds_every_measure_of_the_year_also_those_without_a_task(world, house, plan):
    task = plan.tasks.get()
    house.measure(title="Dazu", task=task, participants=24, result="Acht planen mit.")
    house.measure(title="Daneben")
    house.measure(title="Ausgefallen", state=MeasureState.CANCELLED)
    house.measure(title="Früher", funding_year=YEAR - 1, on=date(YEAR - 1, 3, 4))
    values, words = printed(world, house.document(DocumentKind.REPORT))
    assert gaps_of(values, REPORT) == (set(REPORT.gaps), set(REPORT.lists))
    assert [(m["Titel"], m["Aufgabe"]) for m in values["Maßnahme"]] == [("Dazu", "1"), ("Daneben", "–")]
    assert words.index("Dazu") < words.index("Weitere Maßnahmen") < words.index("Daneben")


def test_a_report_is_printed_with_what_was_written(world, house):
    """Also where the words of the plan and of the measure said something else."""
    _plan, _task, goal, measure = way.planned(house)
    report = way.drafted(house)
    sections = {one.kind: one.public_id for one in ReportSection.objects.filter(document=report)}
    texts = {
        sections["overview"]: "Ein gutes Jahr.",
        sections["task"]: "Der Treff lief.",
        sections["measure"]: "Vierzehn kamen.",
    }
    results = {goal.public_id: (Decimal(4), "Der Raum fehlte.")}
    write_report(by=world.worker.actor, document=report, texts=texts, results=results)
    values, words = printed(world, report)
    assert (values["Überblick"], values["Teilnehmende im Jahr"], values["Aufgabe"][0]["Bericht"]) == (
        "Ein gutes Jahr.", "14", "Der Treff lief.",
    )  # fmt: skip
    assert (values["Ziel"][0]["erreicht"], values["Ziel"][0]["Abweichung"]) == ("4 Treffen", "Der Raum fehlte.")
    assert values["Maßnahme"][0]["Ergebnis"] == "Vierzehn kamen."
    for said in ("Ein gutes Jahr.", "Der Treff lief.", "Vierzehn kamen.", "4 Treffen", "Der Raum fehlte."):
        assert said in words
    Measure.objects.filter(pk=measure.pk).update(state=MeasureState.CANCELLED)
    values, _words = printed(world, report)
    assert [(m["Titel"], m["Ergebnis"], m["Datum"]) for m in values["Maßnahme"]] == [
        (measure.title, "Vierzehn kamen.", "–")
    ]


def test_a_sheet_for_the_controlling_is_printed_section_by_section(world, house):
    sheet = house.document(DocumentKind.CONTROLLING)
    save_answers(by=world.worker.actor, document=sheet, answers={"plan_kept": ("delayed", "Der Umbau")}, revision=0)
    values, words = printed(world, sheet)
    assert values["Frage"][0]["Antwort"] == "verzögert"
    assert words.index(values["Frage"][0]["Abschnitt"]) < words.index("Der Umbau")


def test_an_analysis_is_printed_with_its_data_and_needs(world, house):
    document = house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)
    said = Analysis.objects.create(
        organisation=document.organisation, document=document, orientation="social_space", fields=["SR", "BE"],
        special_field="SR", municipal_centre="Zwei Treffen im Jahr",
    )  # fmt: skip
    space = {"organisation": document.organisation, "agency": document.agency, "name": "Nordviertel"}
    said.spaces.add(SocialSpace.objects.create(**space))
    item = DataItem.objects.create(
        organisation=document.organisation, document=document, topic="Wohnen", label="Menschen", value="8.400",
        as_of=date(2025, 12, 31), source="Stadt",
    )  # fmt: skip
    item.needs.add(house.need(document))
    FieldNote.objects.create(
        organisation=document.organisation, document=document, field="BE", goal="Alle engagieren sich."
    )
    values, words = printed(world, document)
    assert gaps_of(values, ANALYSIS) == (set(ANALYSIS.gaps), set(ANALYSIS.lists))
    assert values["Handlungsfelder"] == "Bürgerschaftliches Engagement, Sozialraumorientierte Arbeit"
    assert (values["Angabe"][0]["Bedarf"], "Nordviertel" in words) == ("1", True)
    fields = [(one["Handlungsfeld"], one["Ziel"]) for one in values["Feld"]]
    assert fields == [("Bürgerschaftliches Engagement", "Alle engagieren sich."), ("Sozialraumorientierte Arbeit", "–")]


@pytest.mark.parametrize("kind", DocumentKind)
def test_an_empty_document_is_printed_too_and_tagged(world, house, kind):
    document = house.document(kind)
    made = render_pdf(paper(document, contents(world.worker.actor, document), Current(None)))
    assert (about(made)["Tagged"], "Entwurf" in words_of(made)) == ("yes", True)
