import csv
import io

import pytest
from openpyxl import load_workbook

from lotse.facts.registry import fact
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR, shown_facts

YEAR = f"?scope=all&year={LAST_YEAR}"


def sheet(web, query=YEAR):
    book = load_workbook(io.BytesIO(web.get(f"/auswertung/{query}&format=xlsx").content))
    head, *rows = book["Statistik"].iter_rows(values_only=True)
    return book, [dict(zip(head, row, strict=True)) for row in rows]


def lines(web, query=YEAR):
    answer = web.get(f"/auswertung/{query}&format=csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_workbook_says_of_every_number_what_it_means(world, year, login):
    book, rows = sheet(login(world.colleague))
    row = next(r for r in rows if (r["Kennung"], r["Ausprägung"]) == ("cases.movement", "neu"))

    assert {name: str(row[name]) for name in ("Anzahl", "Einheit", "Beratungsstelle", "Programm", "Fassung")} == {
        "Anzahl": "21", "Einheit": "Fälle", "Beratungsstelle": "alle", "Programm": "alle", "Fassung": "1",
    }  # fmt: skip
    assert row["Definition"] == fact("cases.movement").definition
    assert (f"{row['von']:%d.%m.%Y}", f"{row['bis']:%d.%m.%Y}") == (f"01.01.{LAST_YEAR}", f"31.12.{LAST_YEAR}")
    assert row["berechnet am"] is not None
    assert "• geschützt" in book["Hinweise"]["A2"].value


def test_a_protected_number_is_marked_and_is_no_number(world, year, login):
    _book, rows = sheet(login(world.colleague))
    marked = {(r["Anzahl"] == "•", r["Schutz"]) for r in rows}
    assert marked == {(True, "geschützt"), (False, None)}


def test_every_figure_leaves_with_its_missing_and_its_total(world, year, login):
    _book, rows = sheet(login(world.colleague))
    counted = [r for r in rows if r["Einheit"] != "Stunden"]
    last = [r["Ausprägung"] for r in counted if r["Ausprägung"] in ("nicht erhoben", "zusammen")]
    assert last == ["nicht erhoben", "zusammen"] * len(shown_facts())


def test_workbook_and_csv_say_the_same(world, year, login):
    web = login(world.colleague)
    _book, rows = sheet(web)
    names = ("Kennzahl", "Ausprägung", "Anzahl", "Einheit", "Definition", "Kennung")
    assert [[str(r[n]) for n in names] for r in rows] == [[r[n] for n in names] for r in lines(web)]


def test_files_of_own_cases_are_protected_too(world, login):
    make.case(world)
    rows = lines(login(world.counsellor), "?scope=own")
    assert {r["Anzahl"] for r in rows if r["Kennung"] == "cases.movement"} == {"•"}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_is_named_after_its_period(world, login, kind):
    answer = login(world.counsellor).get(f"/auswertung/{YEAR}&format={kind}")
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="statistik-{LAST_YEAR}-01-01-{LAST_YEAR}-12-31.{kind}"'
    )


def test_a_wrong_question_gives_the_page_and_no_file(world, login):
    answer = login(world.counsellor).get("/auswertung/?year=1700&scope=all&format=csv")
    assert answer.headers["Content-Type"].startswith("text/html")
