"""One partner declines, the next accepts; a withdrawal in the middle of a handover. At the desk and at the partner's."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lotse.casework.actions.handovers import offer_handover
from lotse.casework.models import Client, Handover, Referral
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def partners_desk(browser, live_server):
    """Somebody else's browser, which knows nothing of the house."""
    context = browser.new_context(base_url=live_server.url, locale="de-DE")
    yield context.new_page()
    context.close()


def prepare(page, name, look=lambda _: None):
    page.get_by_label("An", exact=True).select_option(label=name)
    page.get_by_label("Anliegen und Bedarf").check()
    look("neu")
    page.get_by_role("button", name="Weiter").click()
    look("entwurf")


def agree_and_send(page, look=lambda _: None):
    page.get_by_role("link", name="Einwilligung festhalten").click()
    look("einwilligung")
    page.get_by_role("button", name="Speichern").click()
    look("bereit")
    page.get_by_role("link", name="Abschicken").click()
    look("abschicken")
    page.get_by_role("button", name="Abschicken").click()
    page.get_by_text("Der Partner braucht noch den Code.").wait_for()
    look("abgeschickt")
    page.get_by_role("button", name="Code anzeigen").click()
    look("code")
    return page.locator(".spoken").inner_text()


def open_link(desk, code, look=lambda *_: None):
    desk.goto(f"/verweis/?t={make.token_in_mail()}")
    look("link", desk)
    desk.get_by_label("Code").fill(code)
    desk.get_by_role("button", name="Öffnen").click()
    desk.get_by_text("bittet um Ihre Hilfe").wait_for()
    look("antwort", desk)


def test_one_partner_declines_and_the_next_accepts(world, page, sign_in, look, partners_desk):
    client = make.case(world, client=make.person(world, phone="0711 5550")).client
    make.partner(world, name="Mieterberatung")
    make.partner(world, name="Wohnungsamt", email="amt@wohnen.example")
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/verweise/")
    look("leer")
    page.get_by_role("link", name="An einen Partner verweisen").click()
    page.get_by_label("Wofür?").fill("Hilfe bei der Wohnungssuche")
    page.get_by_label("Nachricht an den Partner").fill("Familie mit zwei Kindern, die Kündigung liegt vor.")
    prepare(page, "Mieterberatung", look)
    code = agree_and_send(page, look)

    open_link(partners_desk, code, look)
    partners_desk.get_by_label("Wir können nicht helfen").check()
    partners_desk.get_by_label("zurzeit kein Platz").check()
    partners_desk.get_by_label("Ihr Name").fill("Frau Wolf")
    look("absage", partners_desk)
    partners_desk.get_by_role("button", name="Antwort schicken").click()
    partners_desk.get_by_text("Vielen Dank").first.wait_for()
    look("danke", partners_desk)

    page.goto("/")
    look("heute")
    page.locator("section", has_text="Verweise").get_by_role("link", name="Mira Özdemir").click()
    look("abgelehnt")
    page.get_by_role("link", name="An einen anderen Partner verweisen").click()
    expect(page.get_by_label("Wofür?")).to_have_value("Hilfe bei der Wohnungssuche")
    prepare(page, "Wohnungsamt")
    code = agree_and_send(page)

    open_link(partners_desk, code)
    partners_desk.get_by_label("Wir übernehmen").check()
    when = timezone.localtime() + timedelta(days=3)
    partners_desk.get_by_label("Erster Termin").fill(f"{when:%Y-%m-%dT%H:%M}")
    partners_desk.get_by_label("Ort").fill("Rathaus, Zimmer 12")
    partners_desk.get_by_label("Ihr Name").fill("Herr Kaya")
    partners_desk.get_by_role("button", name="Antwort schicken").click()
    partners_desk.get_by_text("Sie haben zugesagt").wait_for()
    look("zugesagt", partners_desk)

    page.goto(f"/akte/{client.public_id}/verweise/")
    look("liste")
    page.get_by_role("link", name="Wohnungsamt").click()
    page.get_by_text("Rathaus, Zimmer 12").wait_for()
    look("angenommen")
    assert sorted(Referral.objects.values_list("state", flat=True)) == ["accepted", "declined"]


def test_a_withdrawal_in_the_middle_of_a_handover(world, page, sign_in, look, partners_desk):
    client = make.case(world).client
    made = make.sent(world, make.referral(world, client=client))
    today = timezone.localdate()
    offer_handover(
        by=world.counsellor.actor, client=client, to=world.colleague.person, reason="staff_change", on=today, client_present=True
    )  # fmt: skip
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/verweise/{made.public_id}/")
    page.get_by_role("button", name="Code anzeigen").click()
    open_link(partners_desk, page.locator(".spoken").inner_text())

    page.goto(f"/akte/{client.public_id}/einwilligungen/")
    page.locator("li", has_text="Einwilligung und Datenschutz").get_by_role("link", name="Widerruf").click()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Festgehalten.").wait_for()

    partners_desk.get_by_label("Wir übernehmen").check()
    partners_desk.get_by_label("Ihr Name").fill("Frau Wolf")
    partners_desk.get_by_role("button", name="Antwort schicken").click()
    partners_desk.get_by_text("Hier ist nichts mehr zu sehen").wait_for()
    look("geschlossen", partners_desk)
    assert "Özdemir" not in partners_desk.content()
    assert (Referral.objects.get().state, Handover.objects.get().state) == ("cancelled", "withdrawn")
    assert Client.objects.get().responsible_id == world.counsellor.person.pk
