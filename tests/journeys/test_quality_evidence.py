"""A criterion turns red because meetings stop being minuted, and green again; a paper beside it is renewed by its owner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.quality.models import Criterion, EvidenceDocument, EvidenceReading
from tests.documents.files import pdf
from tests.factories import quality as make
from tests.factories import quality_evidence as proofs
from tests.factories import ways
from tests.journeys.test_quality import named, press

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAPER = {"name": "ordner.pdf", "mimeType": "application/pdf", "buffer": pdf("Ordner")}


@pytest.fixture
def team(world):
    format = proofs.team(world)
    for days in (3, 20, 40):
        ways.attends(proofs.met(format, proofs.last_quarter() + timedelta(days=days)), make.officer(world))
    return format


def shown(page, text):
    return page.get_by_role("main").get_by_text(text, exact=True)


def test_red_because_meetings_are_not_minuted_any_more_and_green_again(world, page, sign_in, look, team):
    officer = make.officer(world)
    framework = make.awo(world, by=officer)
    criterion = Criterion.objects.get(framework=framework, slug="mi-3-f")
    here = f"/qualitaet/kriterium/{criterion.public_id}/"
    sign_in(officer)
    page.goto(f"/qualitaet/katalog/{framework.public_id}/?kapitel=3")
    press(page, "jetzt neu lesen")
    assert EvidenceReading.objects.exists()
    look("nachweis-katalog")
    page.goto(here)
    page.get_by_role("link", name=named("bestätigen", "Teambesprechungen mit Protokoll")).click()
    look("nachweis-bestaetigen")
    press(page, "Bestätigen")
    assert shown(page, "bestätigt").count() == 1
    look("nachweis-kriterium")

    meetings = [proofs.met(team, proofs.this_quarter(), minuted=False) for _number in range(2)]
    proofs.read(world)
    page.reload()
    assert shown(page, "neu ansehen").count() == 1
    assert shown(page, "unter der Schwelle").count() == 1
    look("nachweis-rot")
    page.get_by_role("link", name="Teambesprechungen mit Protokoll", exact=True).click()
    look("nachweis-dahinter")

    for meeting in meetings:
        meeting.minutes_sent_at = timezone.now()
        meeting.save()
    page.goto(f"/qualitaet/katalog/{framework.public_id}/")
    press(page, "jetzt neu lesen")
    page.goto(here)
    assert shown(page, "unter der Schwelle").count() == 0
    assert shown(page, "bestätigt").count() == 1


def test_a_paper_is_filed_and_renewed_by_whose_it_is(world, page, sign_in, look):
    officer = make.officer(world)
    criterion = Criterion.objects.get(framework=make.awo(world, by=officer), slug="mi-1.2")
    sign_in(officer)
    page.goto(f"/qualitaet/kriterium/{criterion.public_id}/")
    page.get_by_role("link", name="Unterlage ablegen").click()
    look("unterlage-neu")
    page.get_by_label("Titel").fill("Konzeption der Fachdienste Migration und Integration einschließlich aller Anlagen")
    page.get_by_label("Datei").set_input_files(PAPER)
    page.get_by_label("Belegt den Zeitraum von").fill(f"{proofs.days(-300)}")
    page.get_by_label("bis", exact=True).fill(f"{proofs.days(-1)}")
    page.get_by_label("Läuft ab am").fill(f"{proofs.days(20)}")
    page.get_by_label("Zuständig").select_option(label=str(world.counsellor.person))
    press(page, "Ablegen")
    look("unterlage")
    page.goto("/qualitaet/nachweise/")
    look("unterlagen")
    page.context.clear_cookies()
    sign_in(world.counsellor)
    page.goto("/")
    page.get_by_role("link", name="Nachweis: Konzeption", exact=False).click()
    page.get_by_role("link", name="Erneuern").click()
    look("unterlage-erneuern")
    page.get_by_label("Datei").set_input_files(PAPER)
    page.get_by_label("Belegt den Zeitraum von").fill(f"{proofs.days(0)}")
    page.get_by_label("bis", exact=True).fill(f"{proofs.days(300)}")
    press(page, "Neue Fassung ablegen")
    assert EvidenceDocument.objects.get().versions.count() == 2
