"""Pictures of the page: what they show, to whom, and how the same goes on paper."""

import re
from datetime import date

import pytest
from django.utils.html import escape

from lotse.casework.models import Contact, GermanLevel
from lotse.documents.pictures import PictureFailed
from lotse.documents.themes import DARK, LIGHT, NARROW, WIDE
from lotse.facts.crossing import Cross
from lotse.facts.registry import fact
from lotse.facts.results import Cell, Result
from lotse.insight.pictures.bars import bars
from lotse.insight.pictures.lines import lines
from lotse.insight.pictures.stacked import stacked
from lotse.insight.pictures.words import about_bars
from tests.documents.reading import about, tags_of, words_of
from tests.factories import casework as make
from tests.facts.test_crossing import crossed, spread  # noqa: F401 -- fixture
from tests.insight.conftest import LAST_YEAR
from tests.insight.test_statistics import page

YEAR = f"scope=own&start={LAST_YEAR}-01-01&end={LAST_YEAR}-12-31"
BARS = f"/auswertung/bild/cases.gender.svg?{YEAR}"


def result(*counts, missing=0, key="cases.gender"):
    cells = [Cell(str(number), f"Wort {number}", count) for number, count in enumerate(counts, start=1)]
    total = None if None in counts else sum(counts) + missing
    return Result(fact(key), (*cells, Cell("_missing", "nicht erhoben", missing)), Cell("_total", "zusammen", total))


# Colours -------------------------------------------------------------------------------------------------------------
def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_everything_stands_out_from_its_ground(theme):
    assert [c for c in (*theme.fills, theme.ink, theme.soft) if contrast(c, theme.surface) < 4.5] == []
    assert contrast(theme.line, theme.surface) >= 3


# What is drawn -------------------------------------------------------------------------------------------------------
def test_a_hidden_number_is_a_dot_with_a_word_and_no_bar():
    rows = bars(result(12, None), LIGHT)["data"]["values"]
    assert [(row["number"], row["is_hidden"]) for row in rows] == [("12", False), ("• geschützt", True), ("0", False)]


def test_not_recorded_is_a_bar_of_its_own():
    rows = bars(result(12, missing=1234), LIGHT)["data"]["values"]
    assert [(row["words"], row["number"], row["is_missing"]) for row in rows] == [
        ("Wort 1", "12", False), ("nicht erhoben", "1.234", True),
    ]  # fmt: skip


def test_themes_differ_in_colours_only():
    light, dark = ({**bars(result(3), theme)} for theme in (LIGHT, DARK))
    assert light["data"] == dark["data"]
    assert light["config"] != dark["config"]


def test_a_hidden_month_interrupts_its_line():
    now = result(*[5] * 5, None, *[4] * 6, key="contacts.month")
    points = lines({"2026": now, "2025": result(*[1] * 12, key="contacts.month")}, LIGHT, WIDE)["data"]["values"]
    assert {p["part"] for p in points if p["year"] == "2026" and not p["is_hidden"]} == {"2026/0", "2026/1"}
    assert [p["place"] for p in points if p["is_hidden"]] == [6]


def test_parts_of_a_bar_carry_letters_and_what_is_hidden_is_outlined():
    rows = (Cell("yes", "ja", 20), Cell("no", "nein", 9))
    columns = (Cell("new", "neu", None), Cell("ended", "beendet", None), Cell("other", "weiter", 8))
    inner = {("yes", "other"): 8, ("no", "other"): 0}
    hidden = dict.fromkeys([(row.key, column.key) for row in rows for column in columns[:2]])
    spec = stacked(
        Cross(fact("cases.tier"), fact("cases.movement"), rows, columns, {**hidden, **inner}, 29), LIGHT, WIDE
    )
    parts = spec["layer"][0]["data"]["values"]
    assert [(part["name"][:1], part["words"]) for part in parts] == [("a", "a 8"), ("", "•"), ("", "•")]


@pytest.mark.parametrize(("given", "said"), [
    (result(1, 28), "Geschlecht: am häufigsten Wort 2 (28 Fälle)."),
    (result(1, 28, missing=4), "Geschlecht: am häufigsten Wort 2 (28 Fälle), nicht erhoben 4."),
    (result(None, None), "Geschlecht: alle Zahlen geschützt."),
    (result(0), "Geschlecht: noch nichts gezählt."),
])  # fmt: skip
def test_the_sentence_says_the_main_result(given, said):
    assert about_bars(given) == said


# The page ------------------------------------------------------------------------------------------------------------
def test_each_figure_has_its_picture_with_words(world, year, login):
    text = page(login(world.counsellor), f"?{YEAR}")
    found = dict(re.findall(r'<img src="/auswertung/bild/([\w.]+)\.svg\?[^"]*" alt="([^"]*)"', text))
    assert found["cases.movement"] == escape(f"Verlauf: am häufigsten neu ({found_count(text)} Fälle).")
    assert text.count('<details class="picture">') == len(found)


def found_count(text):
    return re.search(r'aria-label="(\d+), Verlauf: neu"', text)[1]


def test_a_picture_is_svg_that_its_browser_may_keep(world, year, login):
    web = login(world.counsellor)
    answer = web.get(BARS)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/svg+xml",
        "private, no-cache",
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"weiblich" in answer.content

    again = web.get(BARS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "width"), [("", NARROW), ("&breite=weit", WIDE), ("&farbe=dark", NARROW), ("&farbe=x", NARROW)]
)
def test_a_picture_comes_in_two_widths_and_two_themes(world, year, login, query, width):
    text = login(world.counsellor).get(BARS + query).content.decode()
    assert 0 <= int(re.search(r'width="(\d+)"', text)[1]) - width < 12
    assert (DARK.accent in text, LIGHT.accent in text) == ("dark" in query, "dark" not in query)


@pytest.mark.rule("DP-13")
def test_a_picture_shows_no_more_than_the_table(world, half_seen, login):
    web = login(world.colleague)
    assert ">divers" in page(web, f"?scope=all&year={LAST_YEAR}")
    svg = web.get(f"/auswertung/bild/cases.gender.svg?scope=all&year={LAST_YEAR}").content.decode()
    assert "• geschützt" in svg


@pytest.mark.parametrize("address", [
    "/auswertung/bild/gibt.es.nicht.svg", "/auswertung/bild/wege.svg?start=2026-05-01&end=2026-01-01",
    f"/auswertung/bild/cases.gender.svg?scope=all&year={LAST_YEAR - 2}", f"/auswertung/bild/wege.svg?scope=all&year={LAST_YEAR - 2}",
])  # fmt: skip
def test_what_is_not_counted_has_no_picture(world, year, login, address):
    assert login(world.counsellor).get(address).status_code == 404


def test_a_picture_that_cannot_be_drawn_leaves_its_words(world, year, login, monkeypatch):
    def broken(_spec):
        raise PictureFailed

    monkeypatch.setattr("lotse.documents.answers.svg_of", broken)
    assert login(world.counsellor).get(BARS).status_code == 503


def test_all_pictures_stand_beside_their_tables(world, spread, login):  # noqa: F811
    text = login(world.counsellor).get(f"/auswertung/bilder/?{YEAR}").content.decode()
    assert re.findall(r'<h2 id="picture-(\w+)">', text) == ["wege", "verlauf"]
    assert text.count("<table") == 3


@pytest.mark.rule("DP-13")
def test_crossings_are_drawn_of_the_files_one_reads(world, spread, login):  # noqa: F811
    """Of all others there are tables by site, and beside them a crossing could give a number away."""
    text = login(world.counsellor).get(f"/auswertung/bilder/?scope=all&year={LAST_YEAR}").content.decode()
    assert re.findall(r'<h2 id="picture-(\w+)">', text) == []


@pytest.mark.rule("ST-03")
@pytest.mark.parametrize("address", ["bilder/", "bild/cases.gender.svg", "kennzahl/cases.gender/"])
def test_who_reads_no_files_gets_no_pictures(world, login, address):
    assert login(world.coordinator).get(f"/auswertung/{address}").status_code == 404


def test_months_stand_beside_those_of_the_year_before(world, login):
    case = make.case(world)
    for year, month, times in ((LAST_YEAR + 1, 1, 2), (LAST_YEAR, 1, 1), (LAST_YEAR, 12, 3)):
        for _ in range(times):
            Contact.objects.create(
                organisation=case.organisation, client=case.client, case=case, counsellor=world.counsellor.person,
                on=date(year, month, 1), channel="phone",
            )  # fmt: skip
    asked = f"scope=own&start={LAST_YEAR + 1}-01-01&end={LAST_YEAR + 1}-01-31"
    web = login(world.counsellor)
    text = web.get(f"/auswertung/bilder/?{asked}").content.decode()

    alt = re.search(r'alt="(Kontakte nach Monat[^"]*)"', text)[1]
    assert alt == f"Kontakte nach Monat: {LAST_YEAR + 1} 2 Kontakte, {LAST_YEAR} 1."
    row = re.search(r"<th scope=\"row\">Januar</th>(.*?)</tr>", text)[1]
    assert re.findall(r">(\d+)<", row) == ["2", "1"]
    assert "Februar" not in text
    assert str(LAST_YEAR) in web.get(f"/auswertung/bild/monate.svg?{asked}").content.decode()


def test_german_at_first_leads_to_german_at_last(world, login):
    for number, (first, last) in enumerate([("a1", "b1"), ("a1", "a1"), ("a2", "b1")]):
        client = make.case(world, client=make.person(world, last_name=f"P{number}")).client
        for day, level in ((1, first), (2, last)):
            on = date(LAST_YEAR, 1, day)
            GermanLevel.objects.create(organisation=client.organisation, client=client, level=level, assessed_on=on)
    web = login(world.counsellor)
    text = web.get("/auswertung/bilder/").content.decode()

    table = text.split('id="picture-deutsch"')[1].split("</table>")[0]
    rows = {row[0]: row[1:] for row in (re.findall(r">([^<>]+)</t[hd]>", line) for line in table.split("<tr>")[1:])}
    assert rows == {
        "Deutsch zu Beginn": ["A1", "B1", "zusammen"],
        "A1": ["1", "1", "2"],
        "A2": ["0", "1", "1"],
        "zusammen": ["1", "2", "3"],
    }
    assert web.get("/auswertung/bild/deutsch.svg").status_code == 200


def test_without_cases_the_page_says_what_to_do(world, login):
    text = login(world.counsellor).get("/auswertung/bilder/").content.decode()
    assert "noch nichts gezählt" in text


# On paper ------------------------------------------------------------------------------------------------------------
@pytest.mark.rule("DP-13")
def test_pictures_on_paper_are_accessible_and_protected_as_files(world, spread, login):  # noqa: F811
    answer = login(world.counsellor).get(f"/auswertung/bilder/?{YEAR}&format=pdf")
    found = b"".join(answer.streaming_content)

    assert b"pdfuaid:part>1</pdfuaid:part>" in found
    assert about(found)["Title"] == "Auswertung in Bildern"
    tags = tags_of(found)
    assert (tags.count("Figure"), tags.count("Table")) == (2, 3)
    words = words_of(found)
    assert "Vom Zugang zum Ergebnis" in words
    assert "•" in words


def test_paper_goes_on_without_a_picture_that_cannot_be_drawn(world, spread, login, monkeypatch):  # noqa: F811
    def broken(_spec):
        raise PictureFailed

    monkeypatch.setattr("lotse.insight.picture_papers.svg_of", broken)
    found = b"".join(login(world.counsellor).get(f"/auswertung/bilder/?{YEAR}&format=pdf").streaming_content)
    assert tags_of(found).count("Figure") == 0
    assert tags_of(found).count("Table") == 3


@pytest.mark.rule("DP-13")
def test_why_cases_ended_is_drawn_only_where_nothing_is_hidden(world, spread, login):  # noqa: F811
    """The reasons take "ended" apart: beside that figure they would give away what it hides."""
    web, text = login(world.counsellor), "läuft noch"
    shown = [
        text in web.get(f"/auswertung/bilder/?{asked}").content.decode()
        for asked in (YEAR, f"scope=all&year={LAST_YEAR}")
    ]
    paper = b"".join(web.get(f"/auswertung/bilder/?{YEAR}&format=pdf").streaming_content)
    assert (shown, text in words_of(paper)) == ([True, False], False)
