"""A counsellor is away, then leaves: a deputy sees her next steps, and her files find a new person as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.casework.actions.cases import set_next_step
from lotse.casework.models import Client
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def switch(page, sign_in):
    def _switch(persona):
        page.context.clear_cookies()
        sign_in(persona)

    return _switch


@WIDTHS
def test_a_deputy_sees_next_steps(world, page, sign_in, switch, accessible, width):
    today = timezone.localdate()
    set_next_step(by=world.counsellor.actor, case=make.case(world), next_step_on=today, next_step="Antrag abgeben")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.counsellor)
    page.get_by_role("link", name="Abwesenheit und Vertretung").click()
    page.get_by_label("Wer ist abwesend?").select_option("Counsellor Beispiel")
    page.get_by_label("Vertretung", exact=True).select_option("Colleague Beispiel")
    page.get_by_label("Letzter Tag").fill(f"{today + timedelta(days=5)}")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Eingetragen.").wait_for()
    accessible()

    switch(world.colleague)
    page.get_by_role("link", name="Nächste Schritte von Counsellor Beispiel").click()
    page.get_by_text("Antrag abgeben").wait_for()
    accessible()


@WIDTHS
def test_a_counsellor_leaves(world, page, sign_in, switch, accessible, width):
    for name in ("Arslan", "Öztürk", "Yılmaz"):
        make.case(world, client=make.person(world, last_name=name))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(world.technical_lead)
    page.goto("/akten-uebergeben/")
    accessible()
    page.get_by_role("link", name="Counsellor Beispiel").click()
    page.get_by_label("An wen?").select_option("Colleague Beispiel")
    page.get_by_label("Grund").select_option(index=1)
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_text("3 Akten, darin 3 offene Fälle").wait_for()
    accessible()
    page.get_by_role("button", name="3 Akten anbieten").click()
    page.get_by_text("Es ändert sich nichts").wait_for()

    switch(world.colleague)
    page.get_by_role("link", name="3 Akten von Counsellor Beispiel").click()
    accessible()
    page.get_by_role("button", name="Alle übernehmen").click()
    page.get_by_text("Jetzt bei Colleague Beispiel: 3 Akten.").wait_for()
    accessible()
    assert set(Client.objects.values_list("responsible", flat=True)) == {world.colleague.person.pk}

    switch(world.carrier_manager)
    page.goto(f"/verwaltung/menschen/{world.counsellor.person.public_id}/ausscheiden/")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("enden mit diesem Tag").first.wait_for()
