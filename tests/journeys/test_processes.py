"""Who goes where, a way step by step, and an exchange of data that two officers agree to."""

import pytest
from playwright.sync_api import expect

from tests.documents.files import pdf
from tests.factories import ways as make
from tests.factories.ways import days, today

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def rounds(world):
    """Two formats that people of the house belong to, one of another house; meetings with time."""
    circle = make.format_of(world.nordstadt, at_least=1, per="quarter")
    forum = make.forum_of(world.district, at_least=1, per="quarter")
    make.format_of(world.nordstadt, "Arbeitskreis Wohnen", kind="external_exchange", needs_mandate=True)
    for name in ("counsellor", "colleague", "outsider"):
        make.member(forum, getattr(world, name))
    make.member(circle, world.colleague)
    for day in (-20, -60, -120):
        held = make.meeting(circle, on=days(day))
        make.attends(held, world.colleague, minutes=90)
        make.attends(held, world.technical_lead, presence="excused")
    held = make.meeting(forum, on=days(-15), lasts=120)
    make.attends(held, world.counsellor)
    make.attends(held, world.colleague, minutes=45)
    make.attends(held, world.outsider, minutes=120)
    make.granted(world, circle, to=world.colleague, valid_to=days(40))
    make.granted(world, forum)
    return circle


@pytest.mark.rule("NW-04")
def test_a_lead_sends_somebody_and_sees_who_goes_where(world, rounds, page, sign_in, look):
    sign_in(world.technical_lead)
    page.goto("/netzwerk/mandate/")
    look("mandate")
    page.get_by_role("link", name="Mandat erteilen").click()
    look("mandat-erteilen")
    page.get_by_label("Wer?").select_option(label="Counsellor Beispiel")
    page.get_by_label("Wohin?").select_option(label="Arbeitskreis Wohnen")
    page.get_by_label("Wofür?").fill("spricht für alle Beratungsstellen")
    page.get_by_role("button", name="Mandat erteilen").click()
    page.get_by_text("Mandat erteilt.").wait_for()
    page.goto("/")
    page.get_by_text("Mandat läuft aus").wait_for()
    look("heute-leitung")
    page.goto("/netzwerk/zahlen/")
    look("zahlen")


def test_own_time_is_one_field(world, rounds, page, sign_in, look):
    sign_in(world.counsellor)
    page.goto("/netzwerk/mandate/")
    look("meine-mandate")
    page.get_by_role("link", name="eintragen").first.click()
    look("meine-zeit")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Meine Zeit fehlt noch")).to_have_count(0)


def test_a_way_is_gone_step_by_step(world, rounds, page, sign_in, look):
    sign_in(world.technical_lead)
    page.goto("/netzwerk/optimierung/")
    look("optimierung-leer")
    page.get_by_role("link", name="Beginnen").first.click()
    page.get_by_role("button", name="Beginnen").click()
    page.get_by_role("link", name="Festhalten").first.click()
    look("schritt")
    page.get_by_label("Was kam heraus?").fill("Alle Träger wollen mitmachen.")
    page.get_by_label("Erledigt am").fill(f"{today()}")
    page.get_by_role("button", name="Speichern").click()
    look("weg")
    page.goto("/netzwerk/optimierung/")
    look("optimierung")
    page.get_by_role("link", name="Koordinierungsrunde").click()
    page.get_by_role("link", name="Einschätzen").click()
    look("frage")
    for answer in ("zum Teil", "erfüllt", "nicht"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_label("In einem Satz").fill("Das Jobcenter fehlt noch.")
        page.get_by_role("button", name="Speichern und weiter").click()
    page.goto(f"/netzwerk/optimierung/netzwerk/{rounds.public_id}/")
    page.get_by_text("3 von 15 beantwortet").wait_for()
    look("voraussetzungen")


@pytest.mark.rule("DP-05")
def test_two_officers_say_yes(world, page, sign_in, look):
    sign_in(world.technical_lead)
    page.goto("/netzwerk/datenaustausch/")
    look("austausch-leer")
    page.get_by_role("link", name="Neue Abstimmung").click()
    page.get_by_label("Worum geht es?").fill("Übergabe nach einem Umzug")
    page.get_by_label("Geklärt bis").fill(f"{days(30)}")
    page.get_by_label("Umgesetzt bis").fill(f"{days(90)}")
    page.get_by_role("button", name="Beginnen").click()
    look("abstimmung-leer")
    page.get_by_role("link", name="Einrichtung hinzufügen").click()
    page.get_by_label("Oder Name der Einrichtung").fill("Stadt Beispiel")
    page.get_by_label("Datenschutzbeauftragte*r dort").fill("Frau Kern")
    page.get_by_role("button", name="Hinzufügen").click()
    page.get_by_role("link", name="Beispiel aufschreiben").click()
    page.get_by_label("Was ist passiert?").fill("Der Plan durfte nicht mitgehen.")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Regel festhalten").click()
    page.get_by_label("Wofür?").fill("Einwilligung")
    page.get_by_label("Was gilt dort?").fill("Nur das eigene Blatt zählt.")
    page.get_by_role("button", name="Speichern").click()
    look("abstimmung")
    page.get_by_role("link", name="Austausch vorbereiten").click()
    look("austausch-vorbereiten")
    page.get_by_label("Wir geben weiter").check()
    page.get_by_label("Wozu?").fill("Warme Übergabe")
    page.get_by_label("Welche Daten?").fill("Name\nAnschrift")
    page.get_by_label("Auf welcher Rechtsgrundlage?").fill("Einwilligung")
    page.get_by_role("button", name="Speichern").click()
    exchange = page.url
    page.get_by_role("link", name="festhalten").click()
    page.get_by_label("Das Ja als Scan oder Foto").set_input_files(
        {"name": "ja.pdf", "mimeType": "application/pdf", "buffer": pdf("Ja")}
    )
    page.get_by_role("button", name="Speichern").click()
    look("austausch-wartet")

    page.context.clear_cookies()
    sign_in(world.dpo)
    page.get_by_role("link", name="Warme Übergabe").wait_for()
    page.goto(exchange)
    look("austausch-ja")
    page.get_by_role("button", name="Ja, so kann es gelten").click()
    look("austausch-gilt")
    page.goto("/netzwerk/datenaustausch/")
    look("datenaustausch")
    page.goto("/netzwerk/zahlen/fuer-andere/")
    look("fuer-andere-leer")
