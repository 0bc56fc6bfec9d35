"""What the coordination says stands beside the passage, on the page of every kind of document."""

from datetime import date

import pytest

from lotse.agency.actions.comments import comment
from lotse.agency.actions.controlling import save_answers
from lotse.agency.actions.release import return_document
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import Analysis, ControllingAnswer, TaskPartner, TaskStep
from lotse.agency.queries.content import places_of
from lotse.agency.queries.places import place_of
from tests.agency import way

READY = DocumentState.READY
LISTED = "Anmerkungen der Koordination"


@pytest.fixture
def analysis(house):
    made = house.document(DocumentKind.ANALYSIS, state=READY)
    Analysis.objects.create(organisation=made.organisation, document=made, fields=["SR"], special_field="SR")
    house.need(made)
    house.data_item(made)
    return made


@pytest.fixture
def plan(house):
    plan, task, _goal, _measure = way.planned(house)
    common = {"organisation": task.organisation, "task": task}
    TaskStep.objects.create(**common, title="Raum finden", starts_on=date(2026, 2, 1), ends_on=date(2026, 3, 1))
    TaskPartner.objects.create(**common, name="Stadtbücherei")
    plan.state = READY
    plan.save()
    return plan


@pytest.fixture
def sheet(world, house):
    made = house.document(DocumentKind.CONTROLLING)
    save_answers(by=world.worker.actor, document=made, answers={"plan_kept": ("delayed", "")}, revision=0)
    made.refresh_from_db()
    made.state = READY
    made.save()
    return made


def returned(world, document):
    """With a comment at every passage there is; by place."""
    said = {
        place: comment(by=world.coordinator.actor, document=document, place=place, text=f"Zu {number}?")
        for number, place in enumerate(places_of(document))
    }
    return_document(by=world.coordinator.actor, document=document)
    return said


def test_every_text_of_an_analysis_is_a_passage_and_nothing_twice(analysis):
    need, item = analysis.needs.get(), analysis.data_items.get()
    assert places_of(analysis) == {
        place_of(analysis.analysis): "Wovon die Analyse handelt", place_of(need): need.text, place_of(item): str(item),
        "text-overall_goal": "Gesamtziel",
        "text-integration_concept": "Bezug zum kommunalen Integrationskonzept",
        "text-municipal_centre": "Zusammenarbeit mit dem Kommunalen Integrationszentrum",
        "text-other_agencies": "Abstimmung mit anderen Integrationsagenturen",
        "text-offers-SR": "Sozialraumorientierte Arbeit: Angebote", "text-goal-SR": "Sozialraumorientierte Arbeit: Ziel",
        "text-measures-SR": "Sozialraumorientierte Arbeit: Geeignete Maßnahmen",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "address"), [("analysis", "analyse"), ("plan", "planung")])
def test_comments_stand_beside_their_passage_and_not_in_the_head(world, house, request, login, kind, address):
    document = request.getfixturevalue(kind)
    said = returned(world, document)
    page = login(world.worker).get(f"/agentur/{address}/{document.public_id}/").content.decode()
    assert LISTED not in page
    for place, one in said.items():
        assert [page.count(f'id="{anchor}"') for anchor in (place, f"anmerkung-{one.public_id}")] == [1, 1], place
        assert page.count(f'<p class="text-block">{one.text}</p>') == 1
        assert page.count(f'action="/agentur/anmerkung/{one.public_id}/erledigt/"') == 1


def test_what_was_said_about_the_whole_stays_in_the_head(world, house, plan, login):
    comment(by=world.coordinator.actor, document=plan, place="", text="Bitte kürzer.")
    return_document(by=world.coordinator.actor, document=plan)
    page = login(world.worker).get(f"/agentur/planung/{plan.public_id}/").content.decode()
    assert page.index(LISTED) < page.index("Bitte kürzer.") < page.index("<h2>Aufgaben")


def test_comments_on_a_passage_that_is_gone_move_to_the_head(world, house, plan, login):
    returned(world, plan)
    TaskPartner.objects.all().delete()
    page = login(world.worker).get(f"/agentur/planung/{plan.public_id}/").content.decode()
    assert page.index(LISTED) < page.index(">Stadtbücherei</a>")


def test_who_mends_a_task_reads_there_what_was_said_about_it(world, house, plan, login):
    said = returned(world, plan)
    task = plan.tasks.get()
    page = login(world.worker).get(f"/agentur/planung/aufgabe/{task.public_id}/").content.decode()
    assert [page.count(f'<p class="text-block">{one.text}</p>') for one in said.values()] == [1] * len(said)


def test_the_coordination_is_led_from_the_passage_to_its_comment(world, house, analysis, plan, sheet, login):
    web, need, answer = (
        login(world.coordinator),
        analysis.needs.get(),
        ControllingAnswer.objects.get(question="plan_kept"),
    )
    for address, document, place in (
        ("analyse", analysis, place_of(need)), ("analyse", analysis, "text-overall_goal"),
        ("planung", plan, place_of(plan.tasks.get())), ("controlling", sheet, place_of(answer)),
    ):  # fmt: skip
        page = web.get(f"/agentur/{address}/{document.public_id}/").content.decode()
        url = f"/agentur/dokument/{document.public_id}/anmerkung/?stelle={place}"
        assert page.count(f'href="{url}"') == 1
        assert f'<option value="{place}" selected>' in web.get(url).content.decode()
    page = login(world.worker).get(f"/agentur/analyse/{analysis.public_id}/").content.decode()
    assert "?stelle=" not in page


def test_a_comment_on_an_answer_leads_to_it(world, house, sheet, login):
    said = returned(world, sheet)
    page = login(world.worker).get(f"/agentur/controlling/{sheet.public_id}/").content.decode()
    assert LISTED in page
    for place in said:
        assert (page.count(f'href="#{place}"'), page.count(f'id="{place}"')) == (1, 1)
