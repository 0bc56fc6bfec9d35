"""An internal audit on a phone: planned, checked criterion by criterion, answered, and what the district sees of it."""

import re

import pytest

from lotse.quality.actions.audits import prepare_audit
from lotse.quality.enums_audits import AuditState
from lotse.quality.models import Audit
from tests.factories import quality as catalogue
from tests.factories import quality_audits as make
from tests.factories.quality_audits import days

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def press(page, name, exact=True):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def test_an_internal_audit_from_its_plan_to_the_statement(world, page, sign_in, look):
    catalogue.awo(world)
    sign_in(world.carrier_manager)
    page.goto("/qualitaet/audits/")
    look("audits-leer")
    follow(page, "Audit planen")
    look("audit-planen")
    page.get_by_label("Titel").fill("Internes Audit: Kooperation und Vernetzung")
    page.get_by_label("Auditor*in").select_option(label="Counsellor Beispiel")
    page.get_by_label("Geplant für").fill(f"{days(40)}")
    page.get_by_label("5 Kooperation und Vernetzung").check()
    press(page, "Planen")
    audit = Audit.objects.get()
    follow(page, re.compile("^ziehen"))
    look("audit-ziehen")
    page.get_by_label("Wie viele Kriterien?").fill("2")
    press(page, "Ziehen")
    press(page, "Ist vorbereitet")
    look("audit-vorbereitet")
    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.set_viewport_size(PHONE)
    page.goto(f"/qualitaet/audits/{audit.public_id}/")
    follow(page, "Weiter prüfen")
    look("audit-pruefpunkt")
    page.get_by_label("erfüllt", exact=True).check()
    page.get_by_label("Beobachtung").fill("Verträge liegen vor.")
    press(page, "Speichern und weiter")
    page.get_by_role("radio", name="Feststellung").check()
    page.get_by_label("Einstufung").select_option(label="Hauptabweichung")
    page.get_by_role("textbox", name="Feststellung").fill("Mit zwei Kursträgern gibt es keine Absprache.")
    press(page, "Speichern und weiter")
    follow(page, "Ist durchgeführt")
    page.get_by_label("Bericht").fill("Die Zusammenarbeit ist gut, nicht überall geregelt.")
    press(page, "Speichern")
    look("audit-durchgefuehrt")
    page.context.clear_cookies()
    sign_in(world.technical_lead)
    page.goto("/")
    follow(page, "Stellungnahme zu einer Feststellung")
    follow(page, re.compile("^Stellung nehmen"))
    page.get_by_label("Stellungnahme").fill("Die Ansprechpersonen haben gewechselt.")
    press(page, "Speichern")
    follow(page, re.compile("^Verbesserung anlegen"))
    look("audit-verbesserung")
    page.get_by_label("Wer macht es?").select_option(label="Colleague Beispiel")
    press(page, "Speichern")
    look("audit-verbesserung-laeuft")
    assert Audit.objects.get().state == AuditState.FOLLOWED_UP


def test_preparation_officers_and_what_the_district_sees(world, page, sign_in, look):
    framework = catalogue.awo(world)
    audit = make.external(
        world, framework, title="Überwachungsaudit nach einem sehr langen Titel, der über viele Zeilen geht"
    )
    sign_in(world.technical_lead)
    page.goto("/qualitaet/beauftragte/")
    look("qm-beauftragte-fehlt")
    follow(page, "Jetzt bestellen")
    page.get_by_label("Person").select_option(label="Technical_Lead Beispiel")
    press(page, "Bestellen")
    make.exchange(world)
    page.goto("/qualitaet/beauftragte/")
    look("qm-beauftragte")
    page.goto(f"/qualitaet/audits/{audit.public_id}/")
    look("audit-vorbereiten")
    page.goto(f"/qualitaet/vorbereitung/{make.point_of(audit).public_id}/")
    look("audit-punkt")
    press(page, "Erledigt")
    make.finished(world, audit)
    prepare_audit(by=world.carrier_manager.actor, audit=audit)
    page.goto("/qualitaet/audits/")
    look("audits")
    catalogue.closed(world, catalogue.begun(world, framework))
    page.goto(f"/qualitaet/katalog/{framework.public_id}/verlauf/")
    look("qualitaet-verlauf")
    page.context.clear_cookies()
    sign_in(world.coordinator)
    page.goto("/qualitaet/traeger/")
    look("qualitaet-traeger-audits")
