"""The sheet for the controlling: questions as data, answers, figures with what is behind them, carried over by hand."""

import io
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from lotse.agency.actions.controlling import save_answers
from lotse.agency.controlling import FROZEN, built, packaged, packaged_text, read
from lotse.agency.enums import DocumentKind, DocumentState, MeasureState
from lotse.agency.models import ControllingAnswer, ControllingUpload, QuestionSet
from lotse.agency.queries.controlling import filled_sheet, missing_for_review, table
from lotse.core.brought import LARGEST
from lotse.core.errors import NotAllowed
from lotse.core.models import Draft

OWN = """
version: "2027"
title: Online-Controlling
source: Land
from_year: 2026
sections:
- title: Planung
  items:
  - {key: plan_kept, kind: choice, text: 'Läuft alles?', options: [{key: ja, text: Ja}]}
  - {key: new_one, kind: number, text: Neue Zahl, unit: Stunden}
"""


@pytest.fixture
def sheet(house):
    return house.document(DocumentKind.CONTROLLING)


def url(document, more=""):
    return f"/agentur/controlling/{document.public_id}/{more}"


def yaml(text=OWN):
    return SimpleUploadedFile("bogen.yaml", text.encode() if isinstance(text, str) else text)


def bring(web, world, text=OWN):
    values = {"file": yaml(text), "organisation": world.district.public_id}
    return web.post("/agentur/vorlagen/bogen/", values, follow=True).content.decode()


def stored(document):
    rows = ControllingAnswer.objects.filter(document=document)
    return {row.question: (row.value, row.explanation) for row in rows if row.value or row.explanation}


def test_what_is_packaged_is_marked_as_an_example_and_never_changes():
    assert (packaged().is_example, FROZEN.checksums()) == (True, FROZEN.released())


def test_answers_are_saved_with_the_figures_of_the_day(world, house, sheet, login):
    house.measure(participants=12, field="SR")
    house.measure(participants=None, field="SR")
    house.measure(participants=5, state=MeasureState.PLANNED)
    web = login(world.worker)
    values = {"q_plan_kept": "delayed", "why_plan_kept": "Umzug", "q_institutions": "3,5", "revision": "0"}
    assert web.post(url(sheet), values).status_code == 302
    assert stored(sheet) == {
        "plan_kept": ("delayed", "Umzug"), "institutions": ("3,5", ""), "measures": ("2", ""), "participants": ("12", ""),
        "volunteers": ("0", ""), "measures_sr": ("2", ""), "measures_be": ("0", ""), "measures_ikoe": ("0", ""),
        "measures_ad": ("0", ""),
    }  # fmt: skip
    page = web.get(url(sheet)).content.decode()
    assert "Bei 1 Maßnahme fehlt die Zahl noch." in page
    assert "Umzug" in page


def test_a_figure_shows_the_measures_behind_it(world, house, sheet, login):
    measure = house.measure(participants=12, on=date(2026, 3, 4))
    house.measure(participants=1, funding_year=2025, on=date(2025, 3, 4))
    page = login(world.worker).get(url(sheet)).content.decode()
    assert page.count(f"04.03.2026 · {measure.title}") == 3
    assert "Werkstatt" in page


FIGURES = [item for item in packaged().items if item.kind == "figure"]
NOT_ASKED = '<span class="muted">nicht erhoben</span>'


def read_by(persona, login, sheet):
    """Question → what stands beside it, for who reads the sheet."""
    page = login(persona).get(url(sheet)).content.decode()
    return {text: said.strip() for text, said in re.findall(r"<dt[^>]*>([^<]*)</dt><dd>(.*?)</dd>", page, re.DOTALL)}


def test_a_year_without_a_measure_held_none(world, house, sheet, login):
    said = read_by(world.coordinator, login, sheet)
    assert [said.pop(item.text) for item in FIGURES] == ["0"] * len(FIGURES)
    assert set(said.values()) == {NOT_ASKED}


def test_what_nobody_has_counted_is_no_nought(world, house, sheet, login):
    house.measure(participants=12, field="SR")
    house.measure(participants=None, field="SR")
    said = read_by(world.coordinator, login, sheet)
    assert [said[item.text] for item in FIGURES] == ["2", "12", NOT_ASKED, "2", "0", "0", "0"]


def test_what_was_saved_is_read_as_it_was_saved(world, house, sheet, login):
    save_answers(by=world.worker.actor, document=sheet, answers={"measures": ("0", "")}, revision=0)
    house.measure()
    assert read_by(world.coordinator, login, sheet)["Durchgeführte Maßnahmen"].startswith("0")


def test_the_example_is_called_by_its_title_and_a_sheet_of_the_house_also_by_its_version(world, house, sheet, login):
    key = packaged().version
    pages = [login(world.worker).get(url(sheet)), login(world.coordinator).get(url(sheet))]
    assert [(packaged().title in page.content.decode(), key in page.content.decode()) for page in pages] == [
        (True, False),
        (True, False),
    ]
    table = login(world.worker).get(url(sheet, "bogen.csv")).getvalue().decode()
    assert key not in table
    bring(login(world.coordinator), world)
    assert "Online-Controlling, Fassung 2027" in login(world.worker).get(url(sheet)).content.decode()


def test_a_bad_number_is_named_and_nothing_typed_is_lost(world, sheet, login):
    page = (
        login(world.worker).post(url(sheet), {"q_institutions": "viele", "q_outlook": "Mehr Treffs"}).content.decode()
    )
    assert "Bitte eine Zahl wie 12 oder 3,5 angeben." in page
    assert "Mehr Treffs" in page
    assert not ControllingAnswer.objects.exists()


def test_two_people_do_not_overwrite_each_other_unseen(world, house, sheet):
    save_answers(by=world.worker.actor, document=sheet, answers={"outlook": ("Eins", "")}, revision=0)
    with pytest.raises(ValidationError, match="Inzwischen hat jemand anderes gespeichert"):
        save_answers(by=world.specialist.actor, document=sheet, answers={"outlook": ("Zwei", "")}, revision=0)
    assert stored(sheet) == {"outlook": ("Eins", "")}


def test_what_is_being_typed_is_kept_and_put_in_again(world, sheet, login):
    web = login(world.worker)
    draft = {"draft_form": "agency_controlling", "draft_object": sheet.public_id, "q_outlook": "Halber Satz"}
    assert web.post("/entwurf/", draft).status_code == 200
    assert "Halber Satz" in web.get(url(sheet)).content.decode()
    web.post(url(sheet), {"q_outlook": "Ganzer Satz", "revision": "0"})
    assert (stored(sheet)["outlook"], Draft.objects.count()) == (("Ganzer Satz", ""), 0)


def test_only_the_agency_answers_and_only_while_it_is_open(world, house, sheet, login):
    with pytest.raises(NotAllowed):
        save_answers(by=world.coordinator.actor, document=sheet, answers={}, revision=0)
    page = login(world.coordinator).get(url(sheet)).content.decode()
    assert '<form method="post" data-draft' not in page
    sheet.state = DocumentState.READY
    sheet.save()
    with pytest.raises(ValidationError, match="eingereicht"):
        save_answers(by=world.worker.actor, document=sheet, answers={}, revision=0)


def test_what_is_typed_after_handing_in_is_refused_and_not_lost(world, house, sheet, login):
    sheet.state = DocumentState.READY
    sheet.save()
    page = login(world.worker).post(url(sheet), {"q_outlook": "Noch etwas", "revision": "0"}).content.decode()
    assert ("Dieses Dokument ist eingereicht." in page, "Noch etwas" in page) == (True, True)
    assert login(world.coordinator).post(url(sheet), {"q_outlook": "Von oben", "revision": "0"}).status_code == 403


def test_what_was_handed_in_keeps_its_figures(world, house, sheet):
    house.measure()
    save_answers(by=world.worker.actor, document=sheet, answers={"measures": ("1", "")}, revision=0)
    house.measure()
    assert [row.item.key for row in filled_sheet(sheet).moved] == ["measures"]
    sheet.state = DocumentState.READY
    row = filled_sheet(sheet).rows["measures"]
    assert (row.value, row.has_moved) == ("1", False)


def test_what_is_open_stands_in_the_way_of_handing_in(world, house, sheet):
    asked = [item for item in packaged().items if item.key != "outlook" and not item.optional]
    answers = {item.key: (item.options[0].key if item.options else "1", "") for item in asked}
    save_answers(by=world.worker.actor, document=sheet, answers=answers, revision=0)
    assert [one.text for one in missing_for_review(sheet)] == [
        "Was nehmen Sie sich für das nächste Jahr vor?",
        *(f"{item.text} hat sich seit dem Speichern geändert: bitte noch einmal speichern" for item in packaged().items if item.kind == "figure"),
    ]  # fmt: skip


def answered(world, sheet):
    """Every question, with the figures of the day."""
    counted = {row.item.key: (str(row.figure.value), "") for row in filled_sheet(sheet).rows.values() if row.figure}
    answers = {item.key: (item.options[0].key if item.options else "1", "") for item in packaged().items}
    save_answers(by=world.worker.actor, document=sheet, answers=answers | counted, revision=0)


def test_a_sheet_is_handed_in_returned_and_released_on_its_page(world, house, sheet, login):
    agency, office = login(world.worker), login(world.coordinator)
    steps = f"/agentur/dokument/{sheet.public_id}/"
    assert "Zur Prüfung geben" not in agency.get(url(sheet)).content.decode()
    answered(world, sheet)
    for state in (DocumentState.RETURNED, DocumentState.RELEASED):
        assert f'action="{steps}einreichen/"' in agency.get(url(sheet)).content.decode()
        assert agency.post(f"{steps}einreichen/")["Location"] == url(sheet)
        page = office.get(url(sheet)).content.decode()
        assert (f'action="{steps}freigeben/"' in page, f'href="{steps}zurueckgeben/"' in page) == (True, True)
        way = {DocumentState.RETURNED: "zurueckgeben/", DocumentState.RELEASED: "freigeben/"}
        office.post(f"{steps}{way[state]}", {"note": "Bitte mehr zum Ausblick."})
        sheet.refresh_from_db()
        assert sheet.state == state
        assert ("Bitte mehr zum Ausblick." in agency.get(url(sheet)).content.decode()) == sheet.is_writable


def test_an_answer_can_be_read_without_its_questions(world, house, sheet):
    save_answers(by=world.worker.actor, document=sheet, answers={"plan_kept": ("delayed", "")}, revision=0)
    row = ControllingAnswer.objects.get()
    assert (row.asked, row.words) == ("Wird die Aufgabenplanung wie vorgesehen umgesetzt?", "verzögert")


def test_the_answers_are_copied_in_the_order_of_the_platform(world, house, sheet, login):
    answers = {"plan_kept": ("with_changes", "Neuer Raum"), "outlook": ("Mehr <Treffs>", "")}
    save_answers(by=world.worker.actor, document=sheet, answers=answers, revision=0)
    page = login(world.worker).get(url(sheet, "uebertragen/")).content.decode()
    assert "mit Änderungen\n\nNeuer Raum</textarea>" in page
    assert "Mehr &lt;Treffs&gt;</textarea>" in page
    assert page.index('id="copy-plan_kept"') < page.index('id="copy-outlook"')
    assert page.count("noch offen") == len(packaged().items) - len(answers) - 1
    assert f"{len(packaged().items) - len(answers) - 1} Antworten fehlen noch." in page


def test_the_sheet_leaves_as_a_table(world, house, sheet, login):
    save_answers(by=world.worker.actor, document=sheet, answers={"reasons": ("=2+2", "")}, revision=0)
    web = login(world.worker)
    book = load_workbook(io.BytesIO(web.get(url(sheet, "bogen.xlsx")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert (len(rows), rows[2][2]) == (1 + len(packaged().items), "'=2+2")
    assert "Was nehmen Sie sich" in web.get(url(sheet, "bogen.csv")).getvalue().decode()


def test_the_upload_is_noted_with_day_and_name_also_after_handing_in(world, house, sheet, login):
    sheet.state = DocumentState.READY
    sheet.save()
    web = login(world.worker)
    web.post(url(sheet, "vermerken/"), {"on": "2026-01-15"})
    made = ControllingUpload.objects.get()
    assert (made.on, made.by) == (date(2026, 1, 15), world.worker.person)
    assert "am 15.01.2026 von" in web.get(url(sheet)).content.decode()
    assert login(world.coordinator).post(url(sheet, "vermerken/"), {"on": "2026-01-15"}).status_code == 403
    page = web.post(url(sheet, "vermerken/"), {"on": "2999-01-01"}).content.decode()
    assert "Das Datum liegt in der Zukunft." in page


def test_a_sheet_of_the_state_takes_the_place_of_the_example(world, house, sheet, login):
    assert "Das ist ein Beispielbogen" in login(world.worker).get(url(sheet)).content.decode()
    page = bring(login(world.coordinator), world)
    assert ("Fassung 2027" in page, QuestionSet.objects.get().from_year) == (True, 2026)
    page = login(world.worker).get(url(sheet)).content.decode()
    assert ("Das ist ein Beispielbogen" in page, "Neue Zahl (Stunden)" in page) == (False, True)


def test_what_was_begun_stays_until_the_agency_takes_the_new_sheet(world, house, sheet, login):
    save_answers(by=world.worker.actor, document=sheet, answers={"plan_kept": ("delayed", "")}, revision=0)
    bring(login(world.coordinator), world)
    web = login(world.worker)
    assert "Es gibt eine neue Fassung" in web.get(url(sheet)).content.decode()
    web.post(url(sheet, "neue-fassung/"))
    now = filled_sheet(sheet)
    assert ([row.item.key for row in now.rows.values()], now.newer) == (["plan_kept", "new_one"], None)
    assert (next(table(now))[2], [row.item.key for row in now.missing]) == ("", ["plan_kept", "new_one"])


def test_a_sheet_for_a_later_year_waits(world, house, sheet, login):
    bring(login(world.coordinator), world, OWN.replace("from_year: 2026", "from_year: 2030"))
    assert filled_sheet(sheet).questions == packaged()


def test_the_example_is_not_taken_for_the_sheet_of_the_state(world, house, login):
    page = bring(login(world.coordinator), world, packaged_text())
    assert ("als Beispiel gekennzeichnet" in page, QuestionSet.objects.count()) == (True, 0)


def test_only_who_releases_brings_questions(world, house, login):
    assert login(world.worker).get("/agentur/vorlagen/bogen/").status_code == 403
    assert login(world.worker).get("/agentur/vorlagen/bogen/beispiel.yaml").status_code == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Hier fehlen Angaben"),
        ("- a\n- b", "Hier fehlen Angaben"),
        ("a: [1,\nb", "Zeile 2: Hier stimmt die Schreibweise nicht"),
        ("a: &x [1]\nb: *x", "Verweise"),
        ("a: !!python/object/apply:os.system [ls]", "Schreibweise"),
        ("[" * 5000, "Schreibweise"),
        (b"\xff\xfe\x00", "Textdatei"),
        (b"#" * (LARGEST + 1), "zu groß"),
        ("version: 1", "„sections“ fehlt"),
        (OWN.replace("2026", "bald"), "from_year"),
        (OWN.replace("kind: number", "kind: wish"), "Die Art „wish“ gibt es nicht"),
        (OWN.replace("kind: number", "kind: figure"), "kann Lotse nicht zählen"),
        (OWN.replace("new_one", "plan_kept"), "Zweimal vergeben: plan_kept"),
        (OWN.replace("new_one", "a-b"), "darf nur Buchstaben"),
        (OWN.replace("text: Neue Zahl, ", ""), "Abschnitt 1, Frage 2: „text“ fehlt"),
        (OWN.replace("options: [{key: ja, text: Ja}]", "options: []"), "„options“ fehlt oder ist leer"),
        (OWN.replace("Neue Zahl", "x" * 501), "zu lang"),
        (OWN.replace("text: Neue Zahl", "text: [1]"), "muss ein Text sein"),
        (OWN.replace("unit: Stunden", "most: 9999"), "„most“ muss eine Zahl"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_with_the_place(text, said):
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(ValidationError) as refused:
        built(read(content))
    assert said in refused.value.messages[0]


def test_the_room_of_an_agency_does_not_show_the_sheet_of_another(world, house, sheet, login):
    for more in ("", "uebertragen/", "vermerken/", "bogen.xlsx", "neue-fassung/"):
        assert login(world.far_worker).get(url(sheet, more)).status_code == 404, more
