"""A meeting from the plan to the minutes; and notes that survive a broken connection with two people reading along."""

import os
import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.correspondence.models import OutgoingMail
from lotse.network.models import ActionItem, Decision, Meeting, Notes
from tests.factories import network as make
from tests.journeys.conftest import log_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# Ten minutes of writing are `LOTSE_MEETING_SECONDS=600`; usually a shorter meeting does.
SECONDS = int(os.environ.get("LOTSE_MEETING_SECONDS", "18"))
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def others(browser, live_server):
    """Further people, each with a browser of her own."""
    contexts = []

    def _open(persona, path):
        contexts.append(browser.new_context(base_url=live_server.url, locale="de-DE"))
        opened = contexts[-1].new_page()
        log_in(opened, persona.user.email)
        opened.goto(path)
        return opened

    yield _open
    for context in contexts:
        context.close()


def session(meeting):
    return f"/netzwerk/termine/{meeting.public_id}/sitzung/"


def besides_the_cut(complaints):
    """What the browser reported besides that there was no connection."""
    known = ["ERR_INTERNET_DISCONNECTED", "htmx:"]
    found = [text for text in complaints if not any(part in text for part in known)]
    complaints.clear()
    return found


def test_nothing_is_lost_with_three_browsers_and_two_cuts(world, page, complaints, sign_in, others):
    meeting = make.meeting_of(world, make.round_of(world), make.began())
    sign_in(world.counsellor)
    page.goto(session(meeting))
    page.get_by_role("button", name="Mitschreiben").click()
    field = page.get_by_label("Mitschrift")
    readers = [others(who, session(meeting)) for who in (world.outsider, world.coordinator)]

    begun, number, cuts = time.monotonic(), 0, []
    cut_at, cut_for = (SECONDS / 4, SECONDS * 5 / 8), SECONDS / 6
    while (now := time.monotonic() - begun) < SECONDS:
        is_cut = any(at <= now < at + cut_for for at in cut_at)
        if is_cut != (len(cuts) % 2 == 1):
            page.context.set_offline(is_cut)
            cuts.append(now)
        number += 1
        field.press_sequentially(f"Satz {number} des Protokolls.\n", delay=5)
        page.wait_for_timeout(350)
    if len(cuts) % 2:
        page.context.set_offline(False)
    typed = field.input_value()

    page.wait_for_function("document.querySelector('[data-notes-state]').textContent.startsWith('Gespeichert')")
    page.wait_for_timeout(4000)
    assert typed.splitlines() == [f"Satz {each} des Protokolls." for each in range(1, number + 1)]
    assert Notes.objects.get().text == typed
    for reader in readers:
        reader.get_by_text(f"Satz {number} des Protokolls.").wait_for(timeout=15_000)
        assert reader.locator("[data-notes-read]").inner_text().strip() == typed.strip()
    assert len(cuts) == 4
    assert besides_the_cut(complaints) == []


def test_a_calm_line_says_that_the_connection_is_gone(world, page, complaints, sign_in):
    meeting = make.meeting_of(world, make.round_of(world), make.began())
    sign_in(world.counsellor)
    page.goto(session(meeting))
    page.get_by_role("button", name="Mitschreiben").click()
    page.get_by_label("Mitschrift").wait_for()
    page.context.set_offline(True)
    page.get_by_label("Mitschrift").press_sequentially("Ohne Netz", delay=5)
    page.get_by_text("Keine Verbindung – wird nachgeholt").wait_for()
    assert "Ohne Netz" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.context.set_offline(False)
    page.get_by_text(re.compile("Gespeichert")).wait_for()
    assert Notes.objects.get().text == "Ohne Netz"
    assert besides_the_cut(complaints) == []


def test_words_that_a_busy_database_did_not_take_are_sent_again(world, page, complaints, sign_in):
    meeting = make.meeting_of(world, make.round_of(world), make.began())
    busy = {"status": 503, "content_type": "text/html", "body": "Gerade nicht gespeichert"}
    # Before the first page: set while the browser changes from one page to the next, it may not reach the next.
    page.route("**/mitschrift/", lambda route: route.fulfill(**busy))
    sign_in(world.counsellor)
    page.goto(session(meeting))
    page.get_by_role("button", name="Mitschreiben").click()
    page.get_by_label("Mitschrift").press_sequentially("Später gespeichert", delay=5)
    page.get_by_text("Noch nicht gespeichert – wird nachgeholt").wait_for()
    page.unroute("**/mitschrift/")
    page.get_by_text(re.compile("^Gespeichert")).wait_for(timeout=15_000)
    assert Notes.objects.get().text == "Später gespeichert"
    assert {text for text in complaints if "503" not in text} == set()
    assert complaints
    complaints.clear()


def test_who_is_cut_off_while_another_takes_over_keeps_her_words(world, page, complaints, sign_in, others):
    meeting = make.meeting_of(world, make.round_of(world), make.began())
    sign_in(world.counsellor)
    page.goto(session(meeting))
    page.get_by_role("button", name="Mitschreiben").click()
    page.get_by_label("Mitschrift").press_sequentially("Gemeinsamer Anfang.\n", delay=5)
    page.get_by_text(re.compile("Gespeichert")).wait_for()
    page.context.set_offline(True)
    page.get_by_label("Mitschrift").press_sequentially("Mein letzter Satz.", delay=5)
    Notes.objects.update(writer_seen_at=timezone.now() - timedelta(minutes=1))

    other = others(world.outsider, session(meeting))
    other.get_by_role("button", name="Mitschreiben").click()
    other.get_by_label("Mitschrift").press_sequentially("Ihr Satz.", delay=5)
    other.get_by_text(re.compile("Gespeichert")).wait_for()

    page.context.set_offline(False)
    page.get_by_text("Was jetzt gilt").wait_for()
    # What was saved before the cut may end in the middle of the line before.
    assert page.locator("[data-notes-mine]").inner_text().endswith("Mein letzter Satz.")
    other.get_by_role("button", name="Stift abgeben").click()
    other.get_by_role("button", name="Mitschreiben").wait_for()
    page.get_by_role("link", name="Weiterlesen").click()
    page.get_by_role("button", name="Mitschreiben und anhängen").click()

    page.get_by_label("Mitschrift").wait_for()
    text = Notes.objects.get().text
    assert all(part in text for part in ("Gemeinsamer Anfang.", "Ihr Satz.", "Mein letzter Satz."))
    assert [text for text in besides_the_cut(complaints) if "409" not in text] == []


@WIDTHS
def test_from_the_plan_to_the_minutes(world, page, sign_in, look, browser, live_server, width):
    page.set_viewport_size({"width": width, "height": 900})
    made = make.round_of(world)
    sign_in(world.coordinator)
    page.get_by_role("link", name="Netzwerk").first.click()
    look("network-home")
    page.goto(f"/netzwerk/formate/{made.public_id}/")
    page.get_by_role("link", name="Vereinbarung schreiben").click()
    page.get_by_label("Was wollen wir erreichen?").fill("Wege verkürzen.")
    page.get_by_label("Vereinbart am").fill(f"{timezone.localdate()}")
    look("network-charter")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="an alle Mitglieder schicken").click()
    page.get_by_text("Verschickt an 4.").wait_for()

    page.goto("/netzwerk/termine/planen/")
    look("network-plan")
    page.get_by_role("button", name="Alle planen").click()
    page.get_by_text("geplant.").first.wait_for()
    look("network-year")

    meeting = make.meeting_of(world, made, make.soon(3))
    page.goto(f"/netzwerk/termine/{meeting.public_id}/")
    page.get_by_role("link", name="Punkt vorschlagen").click()
    page.get_by_label("Punkt", exact=True).fill("Wartezeiten beim Amt")
    page.get_by_role("button", name="Speichern").click()
    reorder(page, look)
    page.get_by_role("button", name="Alle einladen").click()
    page.get_by_text("Einladungen sind unterwegs.").wait_for()
    look("network-meeting")
    page.goto(f"/netzwerk/formate/{made.public_id}/")
    look("network-format")
    page.goto("/netzwerk/formate/")
    look("network-formats")
    page.goto("/netzwerk/termine/")
    look("network-meetings")

    answer_by_link(browser, live_server)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=make.began(50), ends_at=make.began(-10))
    page.goto(f"/netzwerk/termine/{meeting.public_id}/")
    page.get_by_role("link", name="Zur Sitzung").click()
    hold(page, look)
    page.get_by_role("button", name="Treffen abschließen").click()
    page.get_by_text("Abgeschlossen. Bitte sehen Sie").wait_for()
    look("network-minutes")
    page.get_by_role("button", name="An alle verschicken").click()
    page.get_by_text("Das Protokoll geht an 4 Adressen.").wait_for()
    assert (Decision.objects.get().text, ActionItem.objects.get().owner_name) == ("Zweimal im Jahr.", "Erika Wolf")


def reorder(page, look):
    """By keyboard: the button keeps the focus while its point moves."""
    page.get_by_role("link", name=re.compile("^ändern ?: Tagesordnung")).click()
    look("network-agenda")
    up = page.get_by_role("button", name="hoch: Wartezeiten beim Amt")
    up.focus()
    for at in (4, 3):
        page.keyboard.press("Enter")
        page.locator(f".agenda li:nth-child({at})", has_text="Wartezeiten beim Amt").wait_for()
        assert up.evaluate("button => button === document.activeElement")
    page.get_by_role("link", name="Fertig").click()


def answer_by_link(browser, live_server):
    mail = next(
        m for m in OutgoingMail.objects.filter(letter="network.invitation") if m.recipient == "wolf@stadt.example"
    )
    context = browser.new_context(base_url=live_server.url)
    guest = context.new_page()
    guest.goto("/netzwerk/antwort/" + re.search(r"\?t=\S+", mail.body).group())
    guest.get_by_role("button", name="Ich komme", exact=True).click()
    guest.get_by_text("Danke. Sie kommen.").wait_for()
    context.close()


def hold(page, look):
    page.get_by_role("button", name="Beginnen: Willkommen").click()
    page.get_by_role("button", name="Weiter: Nachverfolgung").click()
    page.get_by_text("noch 5 Minuten").wait_for()
    page.get_by_role("button", name=re.compile("^da ?: Erika Wolf")).click()
    page.locator("[aria-pressed=true]", has_text="Erika Wolf").wait_for()
    page.get_by_role("button", name="Mitschreiben").click()
    page.get_by_label("Mitschrift").fill("Beschluss: Zweimal im Jahr.\nAufgabe: Raum buchen – Wolf, bis 12.03.2027\n")
    page.get_by_text(re.compile("Gespeichert")).wait_for()
    look("network-session")
    page.get_by_role("button", name="Beschlüsse und Aufgaben übernehmen").click()


@WIDTHS
def test_a_meeting_is_called_off_with_a_replacement(world, page, sign_in, look, width):
    page.set_viewport_size({"width": width, "height": 900})
    meeting = make.meeting_of(world, make.round_of(world), invited=True)
    sign_in(world.coordinator)
    page.goto(f"/netzwerk/termine/{meeting.public_id}/")
    page.get_by_role("link", name="absagen").click()
    page.get_by_label("Grund").fill("Krankheit")
    page.get_by_label("Ersatztermin").fill("2027-03-16")
    look("network-call-off")
    page.get_by_role("button", name="Absagen").click()
    page.get_by_text("Ersatz für").wait_for()
    page.goto(f"/netzwerk/termine/{meeting.public_id}/")
    page.get_by_text("Verlegt auf").wait_for()
    look("network-called-off")
