"""The pages and files of released tables."""

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from lotse.casework.models import Enquiry
from lotse.insight import actions
from lotse.insight.comparing import beside_year_before
from lotse.insight.enums import PeriodKind, SnapshotState
from lotse.insight.models import Snapshot
from lotse.insight.periods import FixedPeriod
from lotse.insight.protecting import Audience
from lotse.insight.released import shown_tables
from lotse.organisations.models import Site
from tests.documents.reading import text_of
from tests.factories.tables import last_year, released
from tests.insight.conftest import LAST_YEAR, enquiries

LIST = "/auswertung/freigegeben/"


def text(answer):
    return b"".join(answer.streaming_content if answer.streaming else [answer.content])


def page(web, path=""):
    return web.get(f"{LIST}{path}").content.decode()


def rows(web, snapshot):
    answer = web.get(f"{LIST}{snapshot.public_id}/tabellen.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(answer), delimiter=";"))


def test_an_empty_list_says_who_releases(world, login):
    assert "Das macht die Leitung des Trägers." in page(login(world.coordinator))
    assert "Bereiten Sie welche vor" in page(login(world.carrier_manager))


def test_tables_are_prepared_seen_and_released_on_the_page(world, year, login):
    web = login(world.carrier_manager)
    made = web.post(f"{LIST}neu/", {"period": f"year-{LAST_YEAR}-01-01", "site": ""})
    assert "Noch nicht freigegeben" in web.get(made["Location"]).content.decode()
    done = web.post(f"{made['Location']}freigeben/", follow=True)
    assert "Freigegeben." in done.content.decode()
    assert Snapshot.objects.get().state == SnapshotState.RELEASED


def test_a_wrong_period_is_said_beside_the_field(world, login):
    answer = login(world.carrier_manager).post(f"{LIST}neu/", {"period": "year-1999-01-01"})
    assert ("Das steht hier nicht mehr zur Wahl" in answer.content.decode(), Snapshot.objects.count()) == (True, 0)


def test_one_site_is_chosen_by_name(world, places, login):
    web = login(world.technical_lead)
    web.post(f"{LIST}neu/", {"period": f"year-{LAST_YEAR}-01-01", "site": world.site.public_id})
    assert Snapshot.objects.get().site == world.site


def test_a_refused_release_says_why_and_stays_prepared(world, login):
    actions.prepare(by=world.carrier_manager.actor, period=last_year())
    snapshot = Snapshot.objects.get()
    web = login(world.carrier_manager)
    web.post(f"{LIST}{snapshot.public_id}/freigeben/")
    again = web.post(f"{LIST}{snapshot.public_id}/freigeben/", follow=True)
    assert "Das ist schon erledigt." in again.content.decode()


@pytest.mark.rule("ST-08")
def test_withdrawing_asks_for_the_reason(world, login):
    snapshot = released(world)
    web = login(world.carrier_manager)
    assert "Bitte ausfüllen." in web.post(f"{LIST}{snapshot.public_id}/zurueckziehen/", {"reason": ""}).content.decode()
    web.post(f"{LIST}{snapshot.public_id}/zurueckziehen/", {"reason": "Falscher Zeitraum"})
    assert "Falscher Zeitraum" in page(web)
    assert login(world.coordinator).get(f"{LIST}{snapshot.public_id}/").status_code == 404


@pytest.mark.rule("ST-05")
def test_the_page_shows_what_the_reader_may_see(world, year, login):
    snapshot = released(world)
    inside, outside = (
        re.findall(r'<td class="num">([^<]*)</td>', page(login(world.personas[name]), f"{snapshot.public_id}/"))
        for name in ("counsellor", "coordinator")
    )
    assert len(inside) == len(outside)
    assert outside.count("•") > inside.count("•") > 0
    preview = page(login(world.counsellor), f"{snapshot.public_id}/?sicht=aussen")
    assert re.findall(r'<td class="num">([^<]*)</td>', preview) == outside


@pytest.mark.rule("ST-05")
@pytest.mark.parametrize(
    ("persona", "status"), [("technical_lead", 200), ("carrier_manager", 404), ("coordinator", 404)]
)
def test_exact_numbers_open_for_who_reads_the_files(world, year, login, persona, status):
    snapshot = released(world, site=world.site)
    assert login(world.personas[persona]).get(f"{LIST}{snapshot.public_id}/?sicht=genau").status_code == status


@pytest.mark.rule("ST-05")
def test_files_hide_what_readers_outside_do_not_see(world, year, login):
    snapshot = released(world)
    lines = rows(login(world.counsellor), snapshot)
    expected = [
        "•" if number is None else f"{number}"
        for table in shown_tables(snapshot, Audience.OUTSIDE)
        for line in (*table.lines, table.total)
        for number in line.numbers
    ]
    assert [line["Anzahl"] for line in lines] == expected
    assert {(line["Anzahl"] == "•", line["Schutz"]) for line in lines} == {(True, "geschützt"), (False, "")}
    assert {line["Prüfsumme"] for line in lines} == {snapshot.digest}


def test_workbook_says_the_same_as_csv(world, year, login):
    snapshot, web = released(world), login(world.coordinator)
    book = load_workbook(io.BytesIO(text(web.get(f"{LIST}{snapshot.public_id}/tabellen.xlsx"))))
    head, *found = book["Tabellen"].iter_rows(values_only=True)
    place = [head.index(name) for name in ("Kennzahl", "Ausprägung", "Beratungsstelle", "Anzahl")]
    assert [tuple(str(row[n]) for n in place) for row in found] == [
        (r["Kennzahl"], r["Ausprägung"], r["Beratungsstelle"], r["Anzahl"]) for r in rows(web, snapshot)
    ]
    assert "nicht null" in book["Hinweise"]["A2"].value


def test_paper_names_period_person_and_checksum(world, year, login):
    snapshot = released(world)
    printed = text_of(text(login(world.funder).get(f"{LIST}{snapshot.public_id}/tabellen.pdf")))
    assert all(
        words in printed
        for words in (f"Tabellen {LAST_YEAR}", "Carrier_Manager Beispiel", snapshot.digest[:12], "Geschlecht")
    )
    assert "nicht freigegeben" not in printed


def test_an_unknown_kind_of_file_does_not_exist(world, login):
    assert login(world.coordinator).get(f"{LIST}{released(world).public_id}/tabellen.exe").status_code == 404


@pytest.mark.rule("ST-04")
def test_what_is_left_out_is_named_with_what_it_clashes(world, login):
    enquiries(world, world.site, 1, 12)
    enquiries(world, world.site, 2, 2)
    quarter = released(world, period=FixedPeriod(PeriodKind.QUARTER, date(LAST_YEAR, 1, 1)))
    month = released(world, period=FixedPeriod(PeriodKind.MONTH, date(LAST_YEAR, 1, 1)))
    shown = page(login(world.coordinator), f"{month.public_id}/")
    assert f"Fehlt hier: Zusammen mit {quarter} ließen sich kleine Zahlen ausrechnen." in shown


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_however_long(world, login, django_assert_max_num_queries, number):
    first = released(world)
    for edition in range(2, number + 1):
        values = {
            f.attname: getattr(first, f.attname)
            for f in first._meta.concrete_fields
            if f.name not in ("id", "public_id")
        }
        Snapshot.objects.create(**{**values, "edition": edition})
    web = login(world.coordinator)
    web.get(LIST)
    with django_assert_max_num_queries(8):
        web.get(LIST)


# Beside the year before ----------------------------------------------------------------------------------------------
@pytest.fixture
def two_years(world):
    """Twelve enquiries by telephone, and thirty the year after."""
    enquiries(world, world.site, 1, 12)
    Enquiry.objects.update(on=date(LAST_YEAR - 1, 1, 5))
    enquiries(world, world.site, 1, 30)
    return [
        released(world, period=FixedPeriod(PeriodKind.YEAR, date(year, 1, 1))) for year in (LAST_YEAR - 1, LAST_YEAR)
    ]


def channels(snapshot, audience=Audience.OUTSIDE):
    (table,) = [t for t in beside_year_before(snapshot, audience) if t.key == "enquiries.channel"]
    return table.places, {line.key: line.numbers for line in (*table.lines, table.total)}


def test_each_table_has_the_year_before_as_its_last_column(two_years):
    places, lines = channels(two_years[1])
    assert (places[0], places[-1]) == ("zusammen", f"zusammen {LAST_YEAR - 1}")
    assert [(lines[key][0], lines[key][-1]) for key in ("phone", "_total")] == [(30, 12), (30, 12)]


def test_the_first_year_stands_alone(two_years):
    places, lines = channels(two_years[0])
    assert (places, lines["phone"][0]) == (tuple(p for p in places if str(LAST_YEAR - 2) not in p), 12)


@pytest.mark.rule("ST-08")
def test_a_year_that_was_withdrawn_is_not_compared_with(world, two_years):
    actions.withdraw(by=world.carrier_manager.actor, snapshot=two_years[0], reason="Falsch gezählt")
    assert all(str(LAST_YEAR - 1) not in place for place in channels(two_years[1])[0])


def test_page_and_paper_show_both_years(world, two_years, login):
    web = login(world.coordinator)
    printed = text_of(text(web.get(f"{LIST}{two_years[1].public_id}/tabellen.pdf")))
    for shown in (page(web, f"{two_years[1].public_id}/"), printed):
        assert f"zusammen {LAST_YEAR - 1}" in " ".join(shown.split())


# In the funder's layout ----------------------------------------------------------------------------------------------
def test_the_funders_file_has_codes_in_his_order_and_says_that_it_is_an_example(world, year, login):
    snapshot = released(world)
    answer = login(world.coordinator).get(f"{LIST}{snapshot.public_id}/tabellen.meldung")
    book = load_workbook(io.BytesIO(text(answer)))
    head, *lines = book["Meldung"].iter_rows(values_only=True)
    found = {(line[0], line[1]): line[2:] for line in lines}

    assert head == ("Code Kennzahl", "Code Ausprägung", "Anzahl", "Schutz", "Kennzahl", "Ausprägung")
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    assert found["01", "00"] == (sum(n for place, n in per_organisation(year, world)), None, "Verlauf", "zusammen")
    assert "Beispiel" in book["Hinweise"]["A2"].value
    assert f"mbe_statistics-year-{LAST_YEAR}-01-01.xlsx" in answer["Content-Disposition"]


def per_organisation(year, world):
    sites = set(Site.objects.filter(organisation=world.nordstadt).values_list("pk", flat=True))
    return [(place, n) for (_gender, place, _programme), n in year.items() if place in sites]


@pytest.mark.rule("ST-05")
def test_what_is_hidden_outside_is_hidden_in_the_funders_file(world, year, login):
    snapshot = released(world)
    book = load_workbook(io.BytesIO(text(login(world.counsellor).get(f"{LIST}{snapshot.public_id}/tabellen.meldung"))))
    gender = [line for line in book["Meldung"].iter_rows(values_only=True) if line[4] == "Geschlecht"]
    (table,) = [t for t in shown_tables(snapshot, Audience.OUTSIDE) if t.key == "cases.gender"]
    assert [line[2] for line in gender] == [
        "•" if line.numbers[0] is None else line.numbers[0] for line in (*table.lines, table.total)
    ]
