"""What ends, what is left behind, and who is responsible afterwards: each said on the page before it happens."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.casework.actions.clients import note_appointment
from lotse.casework.actions.custody import receive_property
from lotse.casework.enums import Act
from lotse.casework.models import Consent
from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(world):
    made = make.case(world, client=make.person(world, email="mira@lotse.example"))
    make.appointment(world, made.client, interpreter_language="tr")
    make.sent(world, make.referral(world, made.client))
    make.agreement(world, made, agreed=True)
    receive_property(
        by=world.counsellor.actor, client=made.client, description="Zeugnis, Original", received_on=make.days_ago(3)
    )
    return made


def test_a_withdrawal_says_what_ends_and_what_must_go_back(world, case, page, sign_in, look):
    sign_in(world.counsellor)
    consent = Consent.objects.get(act=Act.RECORDING)
    file = f"/akte/{case.client.public_id}/"
    page.goto(f"{file}abschluss/beenden/")
    look("ending_with_property")
    page.goto(f"{file}einwilligungen/{consent.public_id}/widerruf/")
    page.get_by_text("Die Sprachmittlung ist noch abzubestellen.").wait_for()
    look("withdrawal")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Festgehalten.").wait_for()
    page.goto("/")
    page.get_by_text("Noch zurückzugeben").wait_for()
    look("today_with_property")


def test_a_caseload_goes_with_appointments_that_have_no_file(world, case, page, sign_in, look):
    at = timezone.now() + timedelta(days=3)
    note_appointment(by=world.counsellor.actor, site=world.site, name="Frau Kaya", takes_place_at=at)
    sign_in(world.technical_lead)
    page.goto(f"/akten-uebergeben/von/{world.counsellor.person.public_id}/")
    page.get_by_label("An wen?").select_option("Colleague Beispiel")
    page.get_by_label("Grund").select_option(index=1)
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="1 Akte und 1 Termin ohne Akte anbieten").wait_for()
    look("caseload_preview")
    page.get_by_role("button", name="1 Akte und 1 Termin ohne Akte anbieten").click()
    page.get_by_text("Es ändert sich nichts").wait_for()
    look("caseload_offered")


def test_a_mail_takes_papers_along(world, case, page, sign_in, look):
    make.decide(world, case.client, Act.EMAIL)
    sign_in(world.counsellor)
    page.goto(f"/akte/{case.client.public_id}/schreiben/mail/")
    page.get_by_label("Betreff").fill("Unterlagen")
    page.get_by_label("Text").fill("Anbei.")
    page.get_by_label("Dateien anhängen").set_input_files(
        [{"name": "Antrag.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nAntrag\n%%EOF\n"}]
    )
    look("mail_with_files")
    page.get_by_role("button", name="Verschicken").click()
    page.get_by_role("link", name="Antrag.pdf").wait_for()
    look("mail_in_the_file")


def test_a_rule_says_who_is_responsible_after_a_move(world, case, page, sign_in, look):
    sign_in(world.technical_lead)
    page.goto("/zustaendigkeit/")
    look("responsibility_empty")
    page.get_by_role("link", name=re.compile("beginnen.*Caritas")).click()
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Regel gespeichert.").wait_for()
    look("responsibility")
    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.goto(f"/akte/{case.client.public_id}/umzug/")
    page.get_by_label("eigenständig-dezentral").check()
    page.get_by_label("Gemeinde", exact=False).first.select_option("Singen (Hohentwiel)")
    look("move")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Dorthin verweisen").wait_for()
    look("moved")
