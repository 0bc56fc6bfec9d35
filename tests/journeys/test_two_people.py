"""Two people, or two windows, at the same form: both versions stand side by side and nothing typed is lost."""

import pytest
from django.utils import timezone

from lotse.casework.actions import plans
from lotse.casework.actions.clients import add_household_member
from lotse.casework.actions.emergency import request_in_emergency
from lotse.casework.actions.handovers import offer_handover
from lotse.casework.models import PlanStep
from tests.factories import casework as make
from tests.journeys.conftest import log_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def step(world):
    return make.step(world, make.goal(world, make.plan(world)), text="Bewerbung schreiben")


def address(step):
    return f"/akte/{step.client.public_id}/plan/schritt/{step.public_id}/"


@WIDTHS
def test_second_save_chooses_field_by_field(world, page, sign_in, accessible, step, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto(address(step))
    page.get_by_label("Arbeitsschritt").fill("Drei Bewerbungen schreiben")
    plans.update_step(by=world.counsellor.actor, step=step, text="Lebenslauf schreiben", notes="eilt")

    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Inzwischen wurde gespeichert.").wait_for()
    accessible()
    assert page.get_by_label("Arbeitsschritt", exact=True).input_value() == "Drei Bewerbungen schreiben"
    page.locator("#other-notes").check()
    page.get_by_role("button", name="Speichern").click()

    page.get_by_text("Schritt gespeichert.").wait_for()
    stored = PlanStep.objects.get()
    assert (stored.text, stored.notes) == ("Drei Bewerbungen schreiben", "eilt")


def test_second_window_compares_both_drafts(world, page, complaints, sign_in, accessible, step):
    sign_in(world.counsellor)
    page.goto(address(step))
    other = page.context.new_page()
    other.goto(address(step))
    other.get_by_label("Arbeitsschritt").fill("Fenster eins")
    other.get_by_text("Entwurf gespeichert").wait_for(timeout=15_000)

    page.get_by_label("Arbeitsschritt").fill("Fenster zwei")
    page.get_by_role("button", name="Beide Fassungen vergleichen").wait_for(timeout=15_000)
    page.get_by_role("button", name="Beide Fassungen vergleichen").click()

    page.get_by_text("Beide Eingaben sind noch da.").wait_for()
    accessible()
    page.locator("#other-text").check()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Schritt gespeichert.").wait_for()
    assert PlanStep.objects.get().text == "Fenster eins"
    assert [text for text in complaints if "409 (Conflict)" not in text] == []
    complaints.clear()


@WIDTHS
def test_new_pages_fit_the_screen(world, page, sign_in, accessible, width):
    plan = make.plan(world, agreed=True)
    client, step = plan.client, PlanStep.objects.get()
    for name in ("Ali", "Ali"):
        member = add_household_member(by=world.counsellor.actor, client=client, relation="child", name=name)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.goto("/notfall/")
    accessible()
    for tail in (
        "", "beratungsart/", "phase/", "zielgruppe/", "verlaengern/", "erstkontakt/aendern/", "haushalt/",
        f"haushalt/{member.public_id}/", f"plan/schritt/{step.public_id}/festhalten/", "plan/beenden/", "uebergeben/",
    ):  # fmt: skip
        page.goto(f"/akte/{client.public_id}/{tail}")
        accessible()


@WIDTHS
def test_handover_and_emergency_wait_on_the_home_page(world, page, sign_in, accessible, width):
    page.set_viewport_size({"width": width, "height": 900})
    mine, other = make.case(world).client, make.case(world, client=make.person(world, last_name="Andere")).client
    colleague = world.colleague
    offer_handover(
        by=world.counsellor.actor, client=mine, to=colleague.person, reason="staff_change", on=timezone.localdate(),
        client_present=True,
    )  # fmt: skip
    request_in_emergency(by=colleague.actor, client=other, reason="Klinik ruft an")
    sign_in(world.technical_lead)

    page.get_by_text("braucht Einblick in eine Akte").first.wait_for()
    accessible()
    page.get_by_role("link", name=f"Akte {mine.number} übernehmen").click()
    accessible()
    page.get_by_role("button", name="Übernehmen", exact=True).click()

    page.get_by_text(f"Akte {mine.number} liegt jetzt bei Colleague Beispiel.").wait_for()


def test_both_versions_work_without_javascript(world, browser, live_server, step):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, world.counsellor.user.email)
    page.goto(address(step))
    page.get_by_label("Arbeitsschritt").fill("Drei Bewerbungen schreiben")
    plans.update_step(by=world.counsellor.actor, step=step, text="Lebenslauf schreiben", notes="eilt")

    page.get_by_role("button", name="Speichern").click()
    page.locator("#other-text").check()
    page.get_by_role("button", name="Speichern").click()

    page.get_by_text("Schritt gespeichert.").wait_for()
    context.close()
    assert (PlanStep.objects.get().text, PlanStep.objects.get().notes) == ("Lebenslauf schreiben", "")
