"""The page of the chain: what hangs on what, and everything that hangs on nothing."""

from datetime import date
from itertools import pairwise

import pytest

from lotse.agency.chain_layout import HEAD, NARROW, WIDE, lay_out
from lotse.agency.enums import DocumentKind, DocumentState, MeasureState
from lotse.agency.models import DataItem, MeasureEvidence
from lotse.agency.queries.chain import Node, Places, Station, Weaver
from lotse.agency.queries.chain_lists import chain_lists
from lotse.agency.queries.chain_rows import chain_rows
from lotse.documents.models import Evidence
from tests.agency.test_proofs import filed
from tests.factories.agencies import YEAR
from tests.factories.rows import saved


class Chained:
    """An agency whose chain a test builds row by row."""

    def __init__(self, world, house):
        self.world, self.house = world, house
        self.analysis = house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)
        self.plan = house.document()

    def data(self, *needs, **more):
        made = saved(DataItem, document=self.analysis, label="Familien ohne Treffpunkt", **more)
        made.needs.set(needs)
        return made

    def need(self):
        return self.house.need(self.analysis)

    def task(self, *needs):
        return self.house.task(self.plan, *needs)

    def measure(self, task=None, proofs=0, **more):
        made = self.house.measure(task=task, **more)
        for _number in range(proofs):
            saved(MeasureEvidence, measure=made, evidence=saved(Evidence, kind="press"))
        return made

    def report(self, state=DocumentState.RELEASED):
        return self.house.document(
            DocumentKind.REPORT,
            state=state,
            released_at=f"{YEAR}-12-01T12:00Z",
            released_by=self.world.coordinator.person,
        )

    def rows(self):
        return chain_rows(self.world.worker.actor, self.house.agency, YEAR)

    def woven(self, opened=""):
        rows = self.rows()
        weaver = Weaver(rows, Places(self.house.agency.public_id, YEAR, rows), opened)
        weaver.weave()
        return weaver

    def gaps(self):
        return [(node.code, node.gap) for node in self.woven().nodes]


@pytest.fixture
def chained(world, house):
    return Chained(world, house)


@pytest.mark.rule("IA-03")
def test_a_whole_chain_is_linked_from_data_to_proof(chained):
    need = chained.need()
    chained.data(need)
    chained.measure(chained.task(need), proofs=2)
    chained.report()
    woven = chained.woven()
    assert [(node.code, node.gap) for node in woven.nodes] == [
        (code, "") for code in ("D1", "B1", "A1", "M1", "S1", "N1")
    ]
    assert len(woven.edges) == 5
    assert woven.nodes[-1].label == "2 Nachweise"


@pytest.mark.rule("IA-03")
def test_what_hangs_on_nothing_is_marked_at_every_station(chained):
    chained.need()
    chained.data()
    chained.task()
    chained.measure()
    chained.report(DocumentState.DRAFT)
    assert chained.gaps() == [
        ("D1", "ohne Bedarf"), ("B1", "ohne Daten, ohne Aufgabe"), ("A1", "ohne Bedarf, ohne Maßnahme"),
        ("M1", "ohne Aufgabe"), ("S1", "nicht im Bericht"), ("N1", "ohne Nachweis"),
    ]  # fmt: skip
    (measure,) = chained.rows().measures
    start, told, proven = (f"measure-{measure.pk}{end}" for end in ("", "-report", "-evidence"))
    assert chained.woven().edges == [(start, told), (told, proven)]


@pytest.mark.rule("IA-03")
def test_a_need_of_an_older_analysis_is_no_link(chained, house):
    old = house.need(house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1))
    chained.task(old)
    assert chained.gaps() == [("A1", "ohne Bedarf, ohne Maßnahme")]


def test_before_the_report_is_begun_nothing_is_missing_from_it(chained):
    chained.measure(chained.task(), proofs=1)
    (told,) = [node for node in chained.woven().nodes if node.station == Station.REPORT]
    assert (told.label, told.gap, told.is_ahead) == ("noch kein Bericht", "", True)


def test_a_draft_of_the_report_tells_of_nothing_yet(chained):
    chained.measure(chained.task(), proofs=1)
    chained.report(DocumentState.DRAFT)
    assert dict(chained.gaps())["S1"] == "nicht im Bericht"


def test_what_is_planned_needs_no_proof_and_what_is_cancelled_is_not_shown(chained):
    task = chained.task(chained.need())
    chained.measure(task, state=MeasureState.PLANNED)
    chained.measure(task, state=MeasureState.CANCELLED)
    assert [code for code, _gap in chained.gaps()] == ["B1", "A1", "M1"]
    assert dict(chained.gaps())["M1"] == ""


def test_many_measures_stand_together_by_task_until_one_is_opened(chained):
    task = chained.task(chained.need())
    for number in range(20):
        chained.measure(task, proofs=number % 2)
    chained.measure()
    chained.report(DocumentState.DRAFT)
    labels = [(node.code, node.label, node.gap) for node in chained.woven().nodes[2:]]
    assert labels == [
        ("M1", "20 Maßnahmen", ""), ("S1", "0 von 20 im Bericht", "nicht im Bericht"), ("N1", "10 Nachweise", "10 ohne Nachweis"),
        ("M2", labels[3][1], "ohne Aufgabe"), ("S2", "Sachbericht", "nicht im Bericht"), ("N2", "0 Nachweise", "ohne Nachweis"),
    ]  # fmt: skip
    opened = chained.woven(task.public_id).nodes
    assert sum(node.station == Station.MEASURE for node in opened) == 21


def test_a_measure_and_its_proofs_open_their_own_pages(chained):
    one, two = chained.measure(proofs=1), chained.measure(proofs=2)
    woven = chained.woven()
    (proof,) = woven.rows.proofs[one.pk]
    page, paper = f"/agentur/massnahmen/{one.public_id}/", f"/agentur/nachweise/{proof.evidence.public_id}/"
    urls = {node.key: node.url for node in woven.nodes}
    assert (urls[f"measure-{one.pk}"], urls[f"measure-{one.pk}-evidence"]) == (page, paper)
    assert urls[f"measure-{two.pk}"] == urls[f"measure-{two.pk}-evidence"] == f"/agentur/massnahmen/{two.public_id}/"
    lists = chain_lists(woven.rows, woven.places, woven.codes)
    assert (page, paper) in {(of.url, by.url) for of in lists[3].loose for by in lists[5].linked}


def test_many_data_stand_together_by_topic(chained):
    need = chained.need()
    for number in range(30):
        chained.data(*([need] if number else []), topic="Wohnen" if number % 2 else "Arbeit")
    nodes = [node for node in chained.woven().nodes if node.station == Station.DATA]
    assert [(node.label, node.gap) for node in nodes] == [("Arbeit (15)", "1 ohne Bedarf"), ("Wohnen (15)", "")]


def test_lists_say_first_what_hangs_on_nothing(chained):
    need = chained.need()
    chained.data(need)
    chained.data()
    proven, bare = chained.measure(chained.task(need), proofs=1), chained.measure(on=date(YEAR, 4, 1))
    chained.report()
    woven = chained.woven()
    lists = chain_lists(woven.rows, woven.places, woven.codes)
    assert [(one.name, len(one.loose), len(one.linked)) for one in lists] == [
        ("Daten", 1, 1), ("Bedarfe", 0, 1), ("Aufgaben", 0, 1), ("Maßnahmen", 1, 1), ("Sachbericht", 0, 1), ("Nachweise", 0, 1),
    ]  # fmt: skip
    assert [(line.label, line.gap) for line in lists[3].loose] == [(bare.title, "ohne Aufgabe, ohne Nachweis")]
    (proof,) = lists[5].linked
    assert (proof.note, proof.code, lists[3].linked[0].code) == (proven.title, "N1", "M1")


# --- the picture -----------------------------------------------------------------------------------------------------
def node(station, key):
    return Node(station, key, key.upper(), f"Das ist der lange Name von {key}", "/")


@pytest.mark.parametrize("grid", [WIDE, NARROW])
def test_nodes_stand_in_six_columns_and_never_on_each_other(grid):
    nodes = [node(station, f"{station.name}{number}") for station in Station for number in range(5)]
    edges = [(f"DATA{number}", "NEED2") for number in range(5)] + [("NEED2", f"TASK{number}") for number in range(5)]
    drawn = lay_out(nodes, edges, grid)
    assert len({(place.x, place.y) for place in drawn.places}) == len(nodes)
    for station in Station:
        column = sorted(place.y for place in drawn.places if place.node.station == station)
        assert all(below - above >= grid.row for above, below in pairwise(column))
    assert lay_out(nodes, edges, grid) == drawn
    assert max(place.x for place in drawn.places) + grid.wide < drawn.width


def test_a_node_stands_level_with_what_leads_to_it():
    drawn = lay_out([node(Station.DATA, "a"), node(Station.DATA, "b"), node(Station.NEED, "c")], [("b", "c")], NARROW)
    at = {place.node.key: place for place in drawn.places}
    assert at["b"].y == at["c"].y
    assert drawn.width <= 328  # what a phone of 360 pixels leaves
    assert lay_out([], [], WIDE).height > HEAD


def test_the_page_of_the_chain_asks_the_same_number_of_statements(
    world, house, chained, login, django_assert_max_num_queries
):
    web, url = login(world.worker), f"/agentur/kette/{house.agency.public_id}/?jahr={YEAR}"
    web.get("/agentur/")
    for _round in range(2):
        for _number in range(20):
            need = chained.need()
            chained.data(need)
            chained.measure(chained.task(need), proofs=1)
        with django_assert_max_num_queries(19):
            assert web.get(url).status_code == 200


def test_every_node_of_the_page_opens(world, house, chained, login):
    need = chained.need()
    chained.data(need)
    filed(house, chained.measure(chained.task(need)))
    chained.report()
    web, url = login(world.coordinator), f"/agentur/kette/{house.agency.public_id}/"
    text = web.get(url, {"jahr": YEAR}).content.decode()
    assert "alles verbunden" in text
    woven = chained.woven()
    for found in woven.nodes:
        assert f'href="{found.url}"'.replace("&", "&amp;") in text
        assert web.get(found.url).status_code == 200
    assert login(world.far_worker).get(url).status_code == 404


@pytest.mark.parametrize("year", ["", "0", "99999", "²", "abc"])
def test_a_year_that_is_none_is_this_year(world, house, login, year):
    page = login(world.worker).get(f"/agentur/kette/{house.agency.public_id}/", {"jahr": year})
    assert page.status_code == 200
    assert "noch nichts zu zeigen" in page.content.decode()


def test_documents_and_the_agency_lead_to_the_chain(world, house, login):
    plan, address = house.document(), f"/agentur/kette/{house.agency.public_id}/?jahr={YEAR}"
    web = login(world.worker)
    for url in (f"/agentur/planung/{plan.public_id}/", f"/agentur/{house.agency.public_id}/"):
        assert "/agentur/kette/" in web.get(url).content.decode()
    assert address in web.get(f"/agentur/planung/{plan.public_id}/").content.decode()
