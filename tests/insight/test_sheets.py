"""All sheets on one page: the first table at once, then one sheet after the other."""

import re

import pytest

from lotse.facts.registry import SHEETS
from tests.factories import casework as make
from tests.insight.conftest import LAST_YEAR
from tests.insight.test_statistics import table

WHOLE = f"?scope=own&start={LAST_YEAR}-01-01&end={LAST_YEAR}-12-31"


def asked(web, query="", **headers):
    return web.get(f"/auswertung/alle/{query}", headers=headers).content.decode()


def piece(web, number):
    return asked(web, f"{WHOLE}&blatt={number}", **{"HX-Request": "true"})


def sections(text):
    return re.findall(r'<h2 id="blatt-(\w+)">', text)


def number_of_sheets(web):
    return int(re.search(r"0 von (\d+) Blättern gezählt", asked(web)).group(1))


def test_the_first_table_stands_there_before_any_sheet_is_counted(world, year, login):
    text = asked(login(world.counsellor), WHOLE)
    assert table(text, "Verlauf")["zusammen"] == 21
    assert (text.count("<table"), sections(text)) == (1, [])


def test_each_sheet_is_fetched_by_itself_and_says_how_far_it_is(world, year, login):
    web = login(world.counsellor)
    last = number_of_sheets(web)
    for number in range(1, last + 1):
        text = piece(web, number)
        assert f'role="status">{number} von {last} Blättern gezählt' in text
        assert len(sections(text)) == 1
        assert (f"blatt={number + 1}" in text) == (number < last)
        assert "<html" not in text


def test_a_page_loaded_anew_shows_what_the_steps_put_together(world, year, login):
    web = login(world.counsellor)
    last = number_of_sheets(web)
    pieces = [piece(web, number) for number in range(1, last + 1)]
    text = asked(web, f"{WHOLE}&blatt={last}")
    assert sections(text) == [section for found in pieces for section in sections(found)]
    for found in pieces:
        one = found.split('<section id="waiting"')[0].strip()
        assert one in text


def test_a_sheet_shows_the_numbers_of_its_own_page(world, year, login):
    web = login(world.counsellor)
    alone = web.get(f"/auswertung/{WHOLE}&sheet=work").content.decode()
    figures = re.search(r'<div class="figures">.*?</section></div>', alone, re.DOTALL).group()
    assert figures.count("<table") == piece(web, 1).count("<table")
    assert table(piece(web, 1), "Geschlecht") == table(alone, "Geschlecht")


def test_what_is_hidden_on_a_sheet_is_hidden_in_its_first_table(world, half_seen, login):
    web = login(world.colleague)
    query = f"?scope=all&year={LAST_YEAR}"
    alone = web.get(f"/auswertung/{query}").content.decode()
    assert table(asked(web, query), "Verlauf") == table(alone, "Verlauf")


@pytest.mark.parametrize("wrong", ["99", "-1", "x", ""])
def test_a_sheet_that_there_is_not_begins_anew(world, login, wrong):
    make.case(world)
    text = asked(login(world.counsellor), f"{WHOLE}&blatt={wrong}")
    assert "0 von " in text


def test_a_wrong_question_goes_back_to_the_form(world, login):
    answer = login(world.counsellor).get("/auswertung/alle/?start=2026-02-01&end=2026-01-01")
    assert (answer.status_code, answer["Location"]) == (302, "/auswertung/?start=2026-02-01&end=2026-01-01")


def test_the_sheets_keep_their_order(world, login):
    web = login(world.counsellor)
    keys = sections(asked(web, f"{WHOLE}&blatt={number_of_sheets(web)}"))
    assert keys == [key for key in SHEETS if key in keys]
