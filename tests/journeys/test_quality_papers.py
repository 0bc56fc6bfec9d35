"""A mission on its way from draft to read by all, a manual that criteria point to, and a device checked on the phone."""

import pytest
from django.utils import timezone

from lotse.quality.actions import governed, manual
from lotse.quality.actions.frameworks import set_reference
from lotse.quality.models import GovernedDocument, GovernedVersion
from tests.factories import quality
from tests.factories import quality_papers as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "Verfahren zum Umgang mit Aufenthaltsangelegenheiten, Beschäftigungserlaubnissen und Donaudampfschifffahrtsgesellschaften"
WORDS = "Wir beraten Menschen.\n\nJede Person wird gehört.\n\nUnsere Beratung ist kostenlos und vertraulich."


def press(page, name, exact=True):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()


def test_a_mission_is_written_approved_by_another_and_read(world, page, sign_in, look):
    officer = quality.officer(world)
    sign_in(officer)
    page.goto("/qualitaet/unterlagen/")
    look("unterlagen-leer")
    page.get_by_role("link", name="Neues Dokument").click()
    look("unterlagen-neu")
    page.get_by_label("Nummer").fill("L 1")
    page.get_by_label("Titel").fill("Leitbild")
    page.get_by_label("Verantwortlich").select_option(str(officer.person))
    press(page, "Weiter")
    page.get_by_label("Text", exact=True).fill(WORDS)
    look("unterlagen-schreiben")
    press(page, "Speichern")
    look("unterlagen-entwurf")
    press(page, "Zur Freigabe vorlegen")
    page.context.clear_cookies()
    sign_in(world.carrier_manager)
    page.get_by_role("link", name="Zur Freigabe: Leitbild").click()
    page.get_by_role("link", name="Freigeben").click()
    look("unterlagen-freigeben")
    press(page, "Freigeben")
    look("unterlagen-dokument")
    page.context.clear_cookies()
    sign_in(world.counsellor)
    look("unterlagen-heute")
    page.get_by_role("link", name="Zu lesen: Leitbild").click()
    look("unterlagen-lesen")
    press(page, "Gelesen und verstanden")
    look("unterlagen-gelesen")
    assert GovernedVersion.objects.get().acknowledgements.get().person == world.counsellor.person


def test_documents_manual_and_devices_of_a_year(world, page, sign_in, look):
    first = make.approved(world, make.document(world, number="L 1"), 700, WORDS)
    changed = WORDS.replace("gehört", "ernst genommen") + "\n\nWir sagen Nein zu Diskriminierung."
    second = make.approved(world, first.document, 20, changed, change_note="Schutz vor Diskriminierung ist neu.")
    for reader in (world.counsellor, world.dpo):
        governed.acknowledge(by=reader.actor, version=second)
    make.in_force(world, LONG, days=500, kind="procedure", number="V 17/2026-A")
    make.draft(world, make.document(world, "Konzeption", kind="concept", is_confidential=True))
    chapter = make.chapter(world, "1", "Grundlagen", text=WORDS)
    section = make.chapter(world, "1.1", LONG, parent=chapter, document=GovernedDocument.objects.get(title=LONG))
    criteria = quality.awo(world).criteria.all()[:12]
    for one in criteria:
        set_reference(by=world.carrier_manager.actor, criterion=one, text="", chapter=section)
    manual.add_chapter(by=world.technical_lead.actor, organisation=world.nordstadt, number="2", title="Angebot")
    device = make.device(world, "Feuerlöscher im Flur", bought_on=make.days_ago(500), site=world.site, place="Flur")

    sign_in(world.carrier_manager)
    page.goto("/qualitaet/unterlagen/")
    look("unterlagen")
    page.goto(f"/qualitaet/unterlagen/fassung/{second.public_id}/")
    look("unterlagen-unterschiede")
    page.goto(f"/qualitaet/unterlagen/{second.document.public_id}/")
    look("unterlagen-fuer-qm")
    page.get_by_role("link", name="alle", exact=True).click()
    look("unterlagen-lesende")
    page.goto("/qualitaet/handbuch/")
    look("handbuch")
    page.get_by_role("link", name=f"1.1 {LONG}").click()
    look("handbuch-kapitel")
    page.get_by_role("link", name="Ändern").click()
    look("handbuch-aendern")
    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.goto("/qualitaet/geraete/")
    look("geraete")
    page.get_by_role("link", name=device.name).click()
    page.get_by_role("link", name="Prüfen").click()
    look("geraete-pruefen")
    page.get_by_label("Mangel", exact=True).check()
    page.get_by_label("Was ist aufgefallen?").fill("Plombe fehlt")
    press(page, "Speichern")
    look("geraete-geraet")
    device.refresh_from_db()
    assert (device.has_defect, device.checks.get().on) == (True, timezone.localdate())
