"""Pages of the analysis: calm when empty, quick with several entries, whole with 300, and nothing typed is lost."""

import re

import pytest

from lotse.agency.actions import findings
from lotse.agency.actions.statistics import keep_agency_map
from lotse.agency.enums import DocumentKind, DocumentState
from lotse.agency.models import AgencyMap, Analysis, DataItem, Dataset
from lotse.agency.queries.analysis import missing_for_review
from lotse.agency.queries.series import series_of
from lotse.agency.texts import mark_of
from lotse.documents import geojson
from tests.agency.test_analysis import item, need, reach, row, whole
from tests.agency.test_statistics import OLD
from tests.documents.files import upload
from tests.factories.agencies import YEAR
from tests.insight.test_area_map import feature, file, moved

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def document(house):
    return house.document(DocumentKind.ANALYSIS, until_year=YEAR + 1)


@pytest.fixture
def by(house):
    return house.world.worker.actor


@pytest.fixture
def web(house, login):
    return login(house.world.worker)


def url(document, rest=""):
    return f"/agentur/analyse/{document.public_id}/{rest}"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_an_empty_analysis_says_what_to_begin_with(web, document):
    page = words(web.get(url(document)))
    assert "Noch 10 Angaben" in page
    assert "Ausrichtung, Sozialräume und Handlungsfelder stehen am Anfang." in page


def test_who_oversees_reads_and_finds_nothing_to_press(house, login, by, document):
    whole(by, document)
    page = login(house.world.coordinator).get(url(document))
    assert "Steht da." in words(page)
    assert b"<textarea" not in page.content
    assert "Noch " not in words(page)
    assert login(house.world.coordinator).get(url(document, "daten/neu/")).status_code == 403
    assert login(house.world.far_worker).get(url(document)).status_code == 404


def test_what_was_handed_in_is_read_only(web, by, document):
    whole(by, document)
    document.state = DocumentState.READY
    document.save()
    assert b"<textarea" not in web.get(url(document)).content
    assert web.get(url(document, "rahmen/")).status_code == 403


def test_the_reach_is_set_on_one_page(web, document):
    given = {
        "orientation": "needs",
        "new_spaces": "Nordstadt, Hafen",
        "fields_of_action": ["SR", "AD"],
        "special_field": "AD",
    }
    assert web.post(url(document, "rahmen/"), given).status_code == 302
    found = Analysis.objects.get()
    assert ([s.name for s in found.spaces.all()], found.fields, found.special_field) == (
        ["Hafen", "Nordstadt"], ["SR", "AD"], "AD",
    )  # fmt: skip
    page = web.get(url(document, "rahmen/")).content.decode()
    assert page.count("checked") == 5
    answer = web.post(url(document, "rahmen/"), {**given, "special_field": "BE", "revision": found.revision})
    assert "Der Schwerpunkt ist eines der gewählten" in words(answer)


# Texts ---------------------------------------------------------------------------------------------------------------
def typed(text, seen="", name="overall_goal", section="goal", **more):
    return {"section": section, f"text-{name}": text, f"seen-{name}": mark_of(seen), **more}


def test_a_text_saves_itself_and_says_so(web, document):
    answer = web.post(url(document, "texte/"), typed("Mehr Orte"), **HTMX)
    assert "Gespeichert um" in words(answer)
    assert mark_of("Mehr Orte") in answer.content.decode()
    assert Analysis.objects.get().overall_goal == "Mehr Orte"


def test_a_text_is_saved_without_script_too(web, document):
    answer = web.post(url(document, "texte/"), typed("Mehr\r\nOrte"))
    assert answer["Location"] == url(document) + "#goal"
    assert Analysis.objects.get().overall_goal == "Mehr\nOrte"
    assert web.get(url(document, "texte/"))["Location"] == url(document)


@pytest.mark.parametrize("more", [{}, HTMX], ids=["plain", "htmx"])
def test_both_texts_are_shown_when_somebody_else_has_written(web, document, more):
    web.post(url(document, "texte/"), typed("Von Kollegin"))
    answer = web.post(url(document, "texte/"), typed("Von mir"), **more)
    assert "Dort steht jetzt: Gesamtziel" in words(answer)
    assert "Von Kollegin" in words(answer)
    assert ("Von mir" in words(answer)) is (not more)
    over = typed("Von mir", over="1") | {"other-overall_goal": mark_of("Von Kollegin")}
    assert web.post(url(document, "texte/"), over).status_code == 302
    assert Analysis.objects.get().overall_goal == "Von mir"


def test_a_text_that_comes_after_handing_in_is_not_lost(web, document):
    document.state = DocumentState.READY
    document.save()
    answer = web.post(url(document, "texte/"), typed("Zu spät"), **HTMX)
    assert "Dieses Dokument ist eingereicht." in words(answer)


def test_a_missing_text_of_a_field_opens_where_it_is_written(web, by, document):
    reach(by, document, fields=["SR", "AD"])
    wanted = next(m.url for m in missing_for_review(document) if m.text == "Antidiskriminierungsarbeit: Angebote")
    address, _sharp, anchor = wanted.partition("#")
    page = web.get(address).content.decode()
    assert ('<details id="AD" open>' in page, '<details id="SR" open>' in page) == (True, False)
    assert f'id="{anchor}"' in page


def test_texts_of_fields_are_written_where_the_field_is_chosen(web, by, document):
    reach(by, document, fields=["SR"])
    web.post(url(document, "texte/"), typed("Ein Café", name="offers-SR", section="SR"))
    assert document.field_notes.get().offers == "Ein Café"
    assert web.post(url(document, "texte/"), typed("x", name="offers-AD", section="AD"), **HTMX).status_code == 404
    assert document.field_notes.count() == 1


# Data ----------------------------------------------------------------------------------------------------------------
DATA = {"topic": "Schule", "source": "Stadt", "area": "Nordstadt", "as_of": "2024-12-31"}


def test_several_data_are_typed_at_once_and_the_next_begin_alike(web, document):
    given = {
        **DATA,
        "label_1": "Kinder",
        "value_1": "12",
        "label_3": "Quote",
        "value_3": "rund 40",
        "unit_3": "%",
        "more": "1",
    }
    answer = web.post(url(document, "daten/neu/"), given, follow=True)
    assert [(i.label, i.value, i.unit, i.topic) for i in document.data_items.all()] == [
        ("Kinder", "12", "", "Schule"), ("Quote", "rund 40", "%", "Schule"),
    ]  # fmt: skip
    page = answer.content.decode()
    assert ('value="Nordstadt"' in page, 'value="2024-12-31"' in page, "Quote: rund 40 %" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({}, "mindestens eine Zeile"),
        ({"label_1": "Kinder"}, "den Wert angeben"),
        ({"value_2": "3"}, "sagen, was das ist"),
    ],
)
def test_half_a_line_is_named(web, document, line, said):
    assert said in words(web.post(url(document, "daten/neu/"), {**DATA, **line}))
    assert not document.data_items.exists()


def test_an_item_is_changed_linked_and_removed(web, by, document):
    wanted, one = need(by, document), item(by, document)
    at = f"/agentur/datum/{one.public_id}/"
    given = {**DATA, "label": "Kinder", "value": "13", "unit": "", "needs": [wanted.public_id]}
    assert web.post(at, given)["Location"] == url(document) + "#daten"
    one.refresh_from_db()
    assert (one.value, list(one.needs.all())) == ("13", [wanted])
    web.post(f"{at}entfernen/")
    assert not DataItem.objects.exists()


def test_a_need_is_taken_up_with_the_data_that_show_it(web, by, document):
    one = item(by, document)
    given = {"text": "Es fehlen Plätze.", "field": "SR", "data_items": [one.public_id]}
    web.post(url(document, "bedarfe/neu/"), given)
    found = document.needs.get()
    assert list(found.data_items.all()) == [one]
    web.post(f"/agentur/bedarf/{found.public_id}/", {**given, "data_items": []})
    assert list(found.data_items.all()) == []
    web.post(f"/agentur/bedarf/{found.public_id}/entfernen/")
    assert not document.needs.exists()


@pytest.mark.rule("IA-03")
def test_what_has_no_link_is_linked_with_ticks_on_both_sides(web, by, document):
    loose, wanted = [item(by, document, label=f"Zahl {n}") for n in range(3)], need(by, document)
    page = words(web.get(url(document, "verbinden/")))
    assert "3 Angaben ohne Bedarf." in page
    given = {"data_items": [one.public_id for one in loose], "needs": [wanted.public_id]}
    assert web.post(url(document, "verbinden/"), given)["Location"] == url(document) + "#bedarfe"
    assert wanted.data_items.count() == 3
    assert "Alles ist verbunden." in words(web.get(url(document, "verbinden/")))


def test_the_analysis_before_is_gone_on_with_by_one_button(web, house, by, document):
    earlier = house.document(DocumentKind.ANALYSIS, funding_year=YEAR - 2, until_year=YEAR - 1)
    whole(by, earlier)
    assert "Mit der letzten Analyse weiterarbeiten?" in words(web.get(url(document)))
    web.post(url(document, "fortschreiben/"))
    page = words(web.get(url(document)))
    assert ("Fortschreibung von" in page, "zu prüfen" in page, "weiterarbeiten?" in page) == (True, True, False)
    (one,), (wanted,) = document.data_items.all(), document.needs.all()
    web.post(url(document, "pruefen/"), {"data_items": [one.public_id], "needs": [wanted.public_id]})
    assert "Alles ist geprüft." in words(web.get(url(document, "pruefen/")))


# Tables --------------------------------------------------------------------------------------------------------------
def flat(name="12411.csv", text=OLD):
    return upload(text.encode("cp1252"), name)


def test_a_table_is_read_looked_through_and_taken_from(web, by, document):
    given = {"file": flat(), "source": "Regionaldatenbank", "retrieved_on": "2025-01-31"}
    answer = web.post(url(document, "tabellen/neu/"), given)
    table = Dataset.objects.get()
    assert answer["Location"] == url(document, f"tabellen/{table.public_id}/")
    assert (table.title, table.rows.count(), table.left_out) == ("Fortschreibung des Bevölkerungsstandes", 2, 1)
    page = words(web.get(answer["Location"] + "?q=ausländer beispiel"))
    assert ("120.345" in page, "580.001" in page) == (True, False)
    rows = [r.public_id for r in table.rows.all()]
    wanted = need(by, document)
    web.post(answer["Location"], {"rows": rows, "topic": "Menschen", "needs": [wanted.public_id]})
    first = document.data_items.first()
    assert (first.label, first.value, first.unit, first.area, first.source, list(first.needs.all())) == (
        "Bevoelkerungsstand, Ausländer", "120.345", "", "Beispielstadt", "Regionaldatenbank", [wanted],
    )  # fmt: skip
    assert words(web.get(answer["Location"])).count(" übernommen ") == 2
    again = web.post(answer["Location"], {"rows": rows, "topic": "Menschen"})
    assert "mindestens eine Zeile ankreuzen" in words(again)
    web.post(answer["Location"] + "loeschen/")
    assert (Dataset.objects.count(), document.data_items.count()) == (0, 2)


def test_a_table_that_cannot_be_read_is_refused_beside_its_field(web, document):
    given = {"file": flat(text=OLD.replace("120345", "viele")), "source": "Amt", "retrieved_on": "2025-01-31"}
    assert "Zeile 2: „viele“ ist keine Zahl." in words(web.post(url(document, "tabellen/neu/"), given))
    assert not Dataset.objects.exists()


def test_tables_of_others_are_not_there(house, login, web, by, document):
    web.post(url(document, "tabellen/neu/"), {"file": flat(), "source": "Amt", "retrieved_on": "2025-01-31"})
    table = Dataset.objects.get()
    other = house.document(DocumentKind.ANALYSIS, agency=house.far_agency, organisation=house.world.suedstadt)
    assert login(house.world.far_worker).get(url(other, f"tabellen/{table.public_id}/")).status_code == 404
    reader = login(house.world.coordinator)
    at = url(document, f"tabellen/{table.public_id}/")
    assert b'type="checkbox"' not in reader.get(at).content
    rows = [r.public_id for r in table.rows.all()]
    assert reader.post(at, {"rows": rows, "topic": "x"}).status_code == 403


# Pictures ------------------------------------------------------------------------------------------------------------
def test_places_side_by_side_are_drawn_as_bars_and_on_the_map(web, house, by, document):
    rows = [row("Quote", value, area=area, unit="%") for area, value in (("Nordstadt", "10"), ("Hafen", "20"))]
    findings.add_data(by=by, document=document, rows=rows)
    (series,) = series_of(document.data_items.all())
    page = web.get(url(document)).content.decode()
    assert (f"reihe={series.key}" in page, "art=karte" in page) == (True, False)
    content = file(feature(), feature("Hafen", coordinates=moved(0.1)))
    web.post(url(document, "karte/"), {"areas": upload(content, "flaechen.geojson")})
    assert len(AgencyMap.objects.get().areas) == 2
    assert "art=karte" in web.get(url(document)).content.decode()
    for kind in ("", "karte"):
        drawn = web.get(url(document, f"bild.svg?reihe={series.key}&art={kind}"))
        assert (drawn["Content-Type"], b"20 %" in drawn.content) == ("image/svg+xml", True)
    assert web.get(url(document, "bild.svg?reihe=nichts")).status_code == 404


def test_a_map_is_replaced_by_the_next(house, by, document):
    for name in ("Alt", "Neu"):
        keep_agency_map(by=by, agency=house.agency, areas=geojson.read(file(feature(name))))
    assert [area["name"] for area in AgencyMap.objects.get().areas] == ["Neu"]


# Many ----------------------------------------------------------------------------------------------------------------
def test_three_hundred_data_cost_no_more_statements_than_three(web, by, document, django_assert_max_num_queries):
    wanted = need(by, document)
    rows = [row(f"Zahl {n}", str(n), topic=f"Thema {n % 6}", area=f"Ort {n}") for n in range(300)]
    findings.add_data(by=by, document=document, rows=rows, needs=[wanted])
    with django_assert_max_num_queries(45):
        page = web.get(url(document)).content.decode()
    assert (page.count('scope="row"'), page.count("<details open")) == (300, 0)
    assert "1 Bedarf" not in page
    assert web.get(url(document, "verbinden/?alle=1")).content.decode().count('name="data_items"') == 300
