"""A report goes to the coordination, comes back with a remark, is corrected and released."""

import re

import pytest

from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyDocument, DocumentComment
from tests.agency import way
from tests.factories import agencies
from tests.factories.agencies import YEAR
from tests.journeys.test_topics import as_, follow, press  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_report_is_returned_corrected_and_released(world, page, as_, look):  # noqa: F811
    house = agencies.build(world)
    way.planned(house)
    as_("worker", f"/agentur/{house.agency.public_id}/beginnen/")
    page.get_by_label("Dokument").select_option("report")
    page.get_by_label("Förderjahr").fill(f"{YEAR}")
    press(page, "Beginnen")
    look("bericht-begonnen")
    follow(page, re.compile("schreiben.*Treffpunkte"))
    page.get_by_label("Mehr Treffen: erreicht").fill("6")
    page.get_by_label("Wie ist es gelaufen?").fill("Jede Woche ein Treffen, im Stadtteilhaus.")
    look("bericht-schreiben")
    press(page, "Speichern")
    press(page, "Zur Prüfung geben")

    as_("coordinator", f"/agentur/stand/?jahr={YEAR}")
    look("stand")
    follow(page, "Der Reihe nach prüfen")
    look("bericht-pruefen")
    follow(page, re.compile("Anmerkung.*Treffpunkte"))
    page.get_by_label("Anmerkung", exact=True).fill("Wie viele kamen?")
    press(page, "Speichern")
    follow(page, "Zurückgeben")
    press(page, "Zurückgeben")

    as_("worker", "/")
    follow(page, f"Sachbericht {YEAR}")
    look("bericht-zurueck")
    press(page, re.compile("erledigt.*Wie viele"))
    assert DocumentComment.objects.get().resolved_at
    press(page, "Zur Prüfung geben")

    as_("coordinator", "/")
    follow(page, f"Sachbericht {YEAR}")
    press(page, "Freigeben")
    page.get_by_text(f"Freigegeben: {house.agency.name}.").wait_for()
    report = AgencyDocument.objects.get(kind=DocumentKind.REPORT)
    assert report.state == DocumentState.RELEASED
    page.goto(f"/agentur/dokument/{report.public_id}/verlauf/")
    look("bericht-verlauf")
