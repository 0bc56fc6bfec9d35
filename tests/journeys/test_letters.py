"""A template, a letter from it, and a mail dropped into the file, in a real browser."""

import pytest

from lotse.casework.models import CaseMail, Letter
from tests.documents.files import pdf
from tests.documents.letters import mail, word
from tests.factories import casework as make
from tests.journeys.conftest import log_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_template_letter_and_mail(world, page, sign_in, look, tmp_path):
    (tmp_path / "falsch.docx").write_bytes(word("Hallo {{Vornahme}}"))
    (tmp_path / "brief.docx").write_bytes(
        word("{{Vorname}} {{Nachname}}", "{{Anschrift}}", "{{Betreff}}", "{{Text}}", "{{Zuständig}}")
    )
    (tmp_path / "mail.eml").write_bytes(mail(attached=[("Bescheid.pdf", pdf()), ("spiel.exe", b"MZ")]))
    client = make.person(world, address="Am Markt 1\n45127 Essen")
    sign_in(world.technical_lead)
    page.goto("/listen/")
    page.get_by_role("link", name="Briefvorlagen").click()
    page.get_by_role("link", name="Erste Vorlage hochladen").click()
    page.get_by_label("Name").fill("Einladung")
    page.get_by_label("Word-Datei").set_input_files(tmp_path / "falsch.docx")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Meinten Sie „Vorname“?").first.wait_for()
    look("letter-template")
    page.get_by_label("Word-Datei").set_input_files(tmp_path / "brief.docx")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Vorlage gespeichert.").wait_for()
    look("letter-templates")
    log_out(page)

    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/schreiben/")
    page.get_by_role("link", name="Brief schreiben").click()
    page.get_by_label("Betreff").fill("Einladung zum Gespräch")
    page.get_by_label("Text").fill("Bitte kommen Sie am Montag.")
    page.get_by_role("button", name="Ansehen").click()
    page.get_by_text("Mira Özdemir").last.wait_for()
    look("letter-preview")
    page.get_by_role("button", name="In die Akte legen").click()
    page.get_by_text("Brief abgelegt.").wait_for()
    page.get_by_role("link", name="E-Mail ablegen").click()
    page.get_by_label("E-Mail-Datei").set_input_files(tmp_path / "mail.eml")
    page.get_by_role("button", name="Ablegen").click()
    page.get_by_text("Nicht übernommen: spiel.exe").wait_for()
    look("letter-tab")
    page.get_by_role("link", name="E-Mail schreiben").click()
    page.get_by_role("link", name="Zu den Einwilligungen").wait_for()
    look("letter-no-consent")
    page.goto("/briefe/")
    page.get_by_label("Betreff").fill("Sommerfest")
    page.get_by_label("Özdemir, Mira").check()
    look("letter-series")
    page.get_by_role("button", name="In die Akten legen").click()
    page.get_by_text("1 Brief abgelegt").wait_for()
    look("letter-series-done")
    assert (Letter.objects.count(), CaseMail.objects.count()) == (2, 1)
