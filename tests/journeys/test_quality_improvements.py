"""An improvement goes round twice; a colleague suggests, a complaint is answered and becomes an improvement."""

import re

import pytest

from lotse.quality.models import Complaint, Criterion, Improvement, Suggestion
from tests.factories import quality as catalogue
from tests.factories import quality_improvements as make
from tests.factories.quality_improvements import days

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenaufbewahrungsordnung überarbeiten und im Team bekannt machen"


def press(page, name, exact=True):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=exact).click()


@pytest.fixture
def change_to(page, sign_in):
    def change(persona):
        page.context.clear_cookies()
        sign_in(persona)

    return change


def test_an_improvement_that_needs_a_second_round(world, page, change_to, look):
    catalogue.small(world)
    criterion = Criterion.objects.get(slug="b-1")
    change_to(world.technical_lead)
    page.goto("/qualitaet/verbesserung/")
    look("verbesserung-leer")
    page.goto(f"/qualitaet/kriterium/{criterion.public_id}/")
    look("verbesserung-kriterium")
    page.get_by_role("link", name=re.compile(r"anlegen\s*: Verbesserung")).click()
    look("verbesserung-anlegen")
    page.get_by_label("Titel").fill(LONG)
    page.get_by_label("Was stimmt nicht?").fill("Niemand kennt sie.")
    page.get_by_label("Wer macht es?").select_option(label=str(world.counsellor.person))
    page.get_by_label("Bis wann?").fill(f"{days(20)}")
    press(page, "Anlegen")
    look("verbesserung-geplant")
    made = Improvement.objects.get()
    change_to(world.counsellor)
    page.goto(f"/qualitaet/verbesserung/{made.public_id}/")
    press(page, "Begonnen")
    page.get_by_role("link", name="Umgesetzt").click()
    look("verbesserung-umgesetzt")
    page.get_by_label("Was wurde getan?").fill("In der Teamsitzung vorgestellt.")
    page.get_by_label("Wann lässt sich sehen, ob es wirkt?").fill(f"{days(5)}")
    press(page, "Speichern")
    change_to(world.carrier_manager)
    page.goto(f"/qualitaet/verbesserung/{made.public_id}/")
    look("verbesserung-pruefen")
    page.get_by_role("link", name="Wirkung prüfen").click()
    page.get_by_label("nein, ein neuer Schritt").check()
    look("verbesserung-wirkung")
    page.get_by_label("Was haben Sie gesehen?").fill("Zwei von fünf kennen sie.")
    page.get_by_label("Was soll geschehen?").fill("Jede Woche ein Absatz.")
    page.get_by_label("Bis wann?").fill(f"{days(30)}")
    press(page, "Speichern")
    look("verbesserung-zweiter-durchgang")
    make.overdue(make.raised(world, owner=world.colleague, title="Wartebereich ordnen"))
    make.closed(world, title="Schild in fünf Sprachen")
    page.goto("/qualitaet/verbesserung/?stand=alle")
    look("verbesserungen")
    made.refresh_from_db()
    assert (made.round, made.state) == (2, "planned")


def test_what_colleagues_and_people_who_are_counselled_say(world, page, change_to, look):
    change_to(world.counsellor)
    page.goto("/qualitaet/verbesserung/vorschlaege/")
    look("vorschlaege-leer")
    page.get_by_role("link", name="Vorschlag machen").click()
    page.get_by_label("Worum geht es?").fill("Schild am Seiteneingang")
    page.get_by_label("Ihr Vorschlag").fill("Mit Kinderwagen findet niemand den Aufzug.")
    look("vorschlag-neu")
    press(page, "Abschicken")
    change_to(world.technical_lead)
    page.goto("/")
    look("heute-vorschlag")
    page.get_by_role("link", name="Vorschlag beantworten", exact=True).click()
    page.get_by_role("link", name="Beantworten").click()
    page.get_by_label("ja, als Verbesserung").check()
    page.get_by_label("Wer macht es?").select_option(label=str(world.colleague.person))
    page.get_by_label("Bis wann?").fill(f"{days(20)}")
    look("vorschlag-beantworten")
    press(page, "Speichern")
    look("vorschlag-beantwortet")
    page.goto("/qualitaet/verbesserung/rueckmeldungen/")
    page.get_by_role("link", name="Aufnehmen").click()
    look("beschwerde-neu")
    page.get_by_label("Sprache").select_option(label="Türkisch")
    page.get_by_label("Wie es gesagt wurde").fill("Çarşamba günü kimse telefona bakmıyor.")
    page.get_by_label("Auf Deutsch").fill("Am Mittwoch geht niemand ans Telefon.")
    page.get_by_label("Wer bearbeitet es?").select_option(label=str(world.technical_lead.person))
    press(page, "Speichern")
    press(page, "Eingang bestätigt")
    look("beschwerde")
    page.get_by_role("link", name="Beantworten").click()
    page.get_by_label("Antwort", exact=True).fill("Das stimmt. Ab jetzt ist immer jemand da.")
    page.get_by_label("berechtigt", exact=True).check()
    look("beschwerde-beantworten")
    press(page, "Speichern")
    make.taken_down(world, received_on=days(-16))
    page.goto("/qualitaet/verbesserung/rueckmeldungen/?stand=alle")
    look("beschwerden")
    assert (Suggestion.objects.get().result, Complaint.objects.exclude(result="").count()) == ("taken", 1)
