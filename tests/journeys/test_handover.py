"""Somebody moves out and her file goes to a colleague; an agreement is made, signed and looked at again."""

import pytest

from lotse.casework.actions.moves import record_move
from lotse.casework.models import Agreement, Client, Handover
from tests.documents.files import pdf
from tests.factories import casework as make
from tests.journeys.conftest import log_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_handover_on_moving_out(world, page, sign_in, look):
    client = make.case(world).client
    record_move(by=world.counsellor.actor, client=client, kind="municipal_central", since=make.days_ago(90))
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/umzug/")
    look("umzug")
    page.get_by_label("eigenständig-dezentral").check()
    page.get_by_label("Anschrift").fill("Neue Straße 1")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Umgezogen: Sind Sie noch zuständig?").wait_for()
    look("umgezogen")
    page.goto("/")
    look("heute-umzug")
    page.goto(f"/akte/{client.public_id}/")
    page.get_by_role("link", name="Übergeben", exact=True).click()
    page.get_by_label("An", exact=True).select_option(label="Colleague Beispiel")
    assert page.get_by_label("Grund").input_value() == "moved_out"
    page.get_by_label("ja", exact=True).check()
    look("uebergeben")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Sie bleiben zuständig, bis").wait_for()
    look("angeboten")

    log_out(page)
    sign_in(world.colleague)
    page.get_by_role("link", name="Akte 1 übernehmen").click()
    look("uebernehmen")
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    page.get_by_text("Übernommen: Akte 1").wait_for()
    page.goto(f"/akte/{client.public_id}/verlauf/")
    look("uebergeben-verlauf")
    with page.expect_download() as download:
        page.get_by_role("link", name="Protokoll (PDF)").click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    assert (Client.objects.get().responsible, Client.objects.get().moved_on) == (world.colleague.person, None)
    assert Handover.objects.get().protocol is not None


def test_an_agreement_from_the_first_word_to_the_signed_copy(world, page, sign_in, look, tmp_path):
    client = make.case(world).client
    (tmp_path / "Blatt.pdf").write_bytes(pdf("Unterschriften"))
    sign_in(world.counsellor)
    page.goto(f"/akte/{client.public_id}/vereinbarungen/")
    look("vereinbarungen-leer")
    page.get_by_role("link", name="Integrationsvereinbarung beginnen").click()
    page.get_by_label("Worum geht es?").fill("Deutsch lernen und Arbeit finden")
    page.get_by_label("Das macht die Beratungsstelle").fill("Kurs suchen\nAntrag prüfen")
    page.get_by_label("Das macht die Person").fill("Zum Kurs gehen")
    look("vereinbarung-neu")
    page.get_by_role("button", name="Weiter").click()
    look("vereinbarung-entwurf")
    page.get_by_role("link", name="Vereinbarung schließen").click()
    look("vereinbarung-schliessen")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Unterschriebenes Blatt ablegen").click()
    page.get_by_label("Scan oder Foto").set_input_files(tmp_path / "Blatt.pdf")
    page.get_by_role("button", name="Ablegen").click()
    page.get_by_role("link", name="Unterschriebenes Blatt").wait_for()
    look("vereinbarung-gilt")
    page.get_by_role("button", name="neue Fassung").click()
    page.get_by_text("Fassung 2").first.wait_for()
    page.goto(f"/akte/{client.public_id}/vereinbarungen/")
    look("vereinbarungen-liste")
    assert sorted(Agreement.objects.values_list("version", flat=True)) == [1, 2]
