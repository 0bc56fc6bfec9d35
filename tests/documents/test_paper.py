import subprocess

import pytest
from django.utils import timezone

from lotse.casework.actions.parts_a import save_chapter
from lotse.casework.documents import consent_paper, evaluation_block, plan_paper
from lotse.casework.models import Client
from lotse.catalogues.loader import catalogue
from lotse.documents.rendering import Bilingual, Document, Heading, KeyValues, Paragraph, Table, render_pdf
from lotse.documents.rendering.sheets import guarded, write_csv, write_xlsx
from tests.factories import casework as make

LANGUAGES = ("de", "ar", "en", "fr", "tr")


def text_of(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def paper(*blocks, **more):
    return render_pdf(Document(title="Probe", blocks=blocks, **more))


def test_paper_is_tagged_and_says_so(tmp_path):
    pdf = paper(Heading("Förderplan"), Table(("Ziel",), (("x",),), (1,)))

    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf
    assert b"/Lang" in pdf


@pytest.mark.parametrize("words", ["Größe und Übermaß", "Şahin Çiğdem İnce", "Шевченко Ольга", "Łódź"])
def test_paper_prints_the_letters_of_europe(words, tmp_path):
    assert words in text_of(paper(Paragraph(words)), tmp_path)


@pytest.mark.parametrize("typed", ['#panic("x")', "*fett* _kursiv_", "$x$ @ref <label>", "\\ #{}"])
def test_what_people_type_is_never_markup(typed, tmp_path):
    assert typed in text_of(paper(KeyValues((("Notiz", typed),), columns=1)), tmp_path)


def test_a_sign_without_a_font_does_not_stop_the_paper():
    assert paper(Paragraph("Gruß 🙂 你好")).startswith(b"%PDF")


def test_a_long_table_runs_over_more_sheets(tmp_path):
    rows = tuple((f"Schritt {n}",) for n in range(120))
    assert "Seite 1 von 3" in text_of(paper(Table(("Schritt",), rows, (1,))), tmp_path)


@pytest.fixture
def plan(world):
    client = make.person(world, gender="w", country_of_origin="tr", birth_date=make.days_ago(365 * 30 + 8))
    case = make.case(world, client=client)
    save_chapter(by=world.counsellor.actor, case=case, chapter_key="mobility", given={"car_available": False})
    return make.plan(world, of=case, agreed=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plan_prints_in_every_language_with_places_to_sign(plan, language, tmp_path):
    printed = text_of(render_pdf(plan_paper(plan, language)), tmp_path)

    for part in (
        "Mira Özdemir",
        "Eine Arbeit finden",
        "Bewerbung schreiben",
        "Unterschrift Klient*in",
        "Unterschrift Berater*in",
    ):
        assert part in printed
    assert ("Entwurf, nicht" in printed) is (language != "de")


def test_plan_on_paper_holds_part_a_as_it_was_answered(plan, tmp_path):
    printed = " ".join(text_of(render_pdf(plan_paper(plan)), tmp_path).split())
    assert "Auto verfügbar? nein" in printed


@pytest.mark.rule("DP-10")
def test_evaluation_sheet_has_seven_fields_and_no_name(plan):
    block = evaluation_block(plan, timezone.localdate())

    words = [part for row in block.rows for part in row]
    assert len(block.rows) == 7
    assert words[:6] == [
        "Geschlecht",
        "weiblich",
        "Alter (in Jahren)",
        "30",
        "Aufenthaltsdauer in Deutschland (in Monaten)",
        "nicht erhoben",
    ]
    assert not any(
        secret in f"{words}" for secret in ("Özdemir", "Mira", f"{Client.objects.get().birth_date:%d.%m.%Y}")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_paper_prints_four_acts(world, language, tmp_path):
    printed = text_of(render_pdf(consent_paper(make.person(world), language)), tmp_path)

    for act in ("counselling_agreement", "recording", "competence_recording", "health_data"):
        assert catalogue("client_text").label(act) in printed


def test_right_to_left_text_stands_beside_german(tmp_path):
    printed = text_of(paper(Paragraph(Bilingual("Ziel", "الهدف")), language="ar"), tmp_path)
    assert "Ziel" in printed


@pytest.mark.parametrize(
    ("cell", "safe"), [("=1+1", "'=1+1"), ("+49", "'+49"), ("-", "'-"), ("@x", "'@x"), ("a=b", "a=b"), (-3, -3), (0, 0)]
)
def test_no_cell_becomes_a_formula(cell, safe):
    assert guarded(cell) == safe


def test_tables_leave_the_house_as_xlsx_and_csv():
    rows = [["Thema", "Anzahl"], ["=böse", 3]]

    assert write_xlsx("Statistik", rows).startswith(b"PK")
    assert write_csv(rows).decode("utf-8-sig") == "Thema;Anzahl\r\n'=böse;3\r\n"
