"""An import with thirty faulty rows, in a real browser: brought, told what is wrong, put right, taken over, taken back."""

import pytest

from lotse.casework.models import Client
from lotse.imports.models import Import
from lotse.portal.operations.queue import run_waiting_tasks
from tests.factories import casework as make
from tests.imports.tables import HEAD, ROW, rows, sheet_rows, xlsx_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
INFORMED = ROW[3:]
FAULTY = [
    *[("", f"Ali{n}", "1990", *INFORMED) for n in range(6)],
    *[(f"Kaya{n}", "", "1990", *INFORMED) for n in range(6)],
    *[(f"Kaya{n}", "Ali", "gestern", *INFORMED) for n in range(6)],
    *[(f"Kaya{n}", "Ali", "1990", "", "") for n in range(6)],
    *[(f"Kaya{n}", "Ali", "1990", INFORMED[0], "Arabsch") for n in range(5)],
    ("Kaya9", "=CONCAT(1)", "1990", *INFORMED),
]


def bring(page, tmp_path, name, *lines):
    (tmp_path / name).write_bytes(xlsx_of(*lines, head=HEAD))
    page.get_by_label("Tabelle").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Weiter").click()


def check(page, world):
    page.get_by_label("Zuständig").select_option(label=str(world.counsellor.person))
    page.get_by_role("button", name="Prüfen").click()
    page.get_by_text("Die Tabelle wird geprüft").wait_for()


def test_an_import_with_thirty_faulty_rows(world, page, sign_in, look, settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make.person(world, first_name="Ali", last_name="Mustera0")
    good = [*rows(4), ("Hinweis", "Ali", None, *INFORMED)]
    sign_in(world.technical_lead)
    page.goto("/klienten/")
    page.get_by_role("link", name="Aus einer Tabelle übernehmen").click()
    look("import-start")

    bring(page, tmp_path, "liste.xlsx", *good, *FAULTY)
    look("import-columns")
    check(page, world)
    look("import-waiting")
    assert run_waiting_tasks() == 1
    page.get_by_text("30 von 35 Zeilen sind fehlerhaft").wait_for()  # the page asks by itself
    look("import-faulty")
    page.get_by_role("link", name="Dublette 1").click()
    page.get_by_text("Vielleicht schon da: Akte Nr. 1").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tabelle mit Meldungen").click()
    told = [line for line in sheet_rows(download.value.path().read_bytes()) if line[-2] == "Fehler"]
    assert len(told) == 30

    page.get_by_role("link", name="Neu hochladen").click()
    bring(page, tmp_path, "besser.xlsx", *good)
    check(page, world)
    run_waiting_tasks()
    page.get_by_text("4 von 5 Zeilen kommen neu dazu").wait_for()
    look("import-good")
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Zu einer Zeile gibt es einen Hinweis.").first.wait_for()
    look("import-hints")
    page.get_by_label("Zu einer Zeile gibt es einen Hinweis.").check()
    page.get_by_role("button", name="Übernehmen").click()
    page.get_by_text("Wird übernommen").wait_for()
    run_waiting_tasks()
    page.get_by_text("5 Zeilen am").wait_for()
    look("import-done")
    assert Client.objects.count() == 5

    made = Client.objects.get(last_name="Musterb1")
    make.case(world, client=made)
    page.get_by_role("link", name="Zurücknehmen").click()
    page.get_by_text("die Akte hat Inhalt").wait_for()
    look("import-undo")
    page.get_by_role("button", name="Zurücknehmen").click()
    page.get_by_text("1 ist geblieben").wait_for()
    assert (set(Client.objects.values_list("last_name", flat=True)), Import.objects.count()) == (
        {"Mustera0", "Musterb1"},
        2,
    )
