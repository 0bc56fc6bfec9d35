"""The map of social spaces: what is read of a file, what is refused and how it is said, and what the picture shows."""

import json
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.documents import geojson
from lotse.documents.themes import LIGHT, WIDE
from lotse.facts.results import Cell
from lotse.insight.map_actions import keep_map
from lotse.insight.models import AreaMap
from lotse.insight.pictures.area_map import area_map, sites_of
from tests.insight.conftest import LAST_YEAR

SQUARE = [[8.0, 51.0], [8.1, 51.0], [8.1, 51.1], [8.0, 51.1], [8.0, 51.0]]


def feature(name="Nordstadt", kind="Polygon", coordinates=None, **more):
    properties = {"name": name, **more} if name else more
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates or [SQUARE]},
    }


def file(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def areas(*features):
    return geojson.read(file(*features))


def moved(by):
    return [[[x + by, y] for x, y in SQUARE]]


# What is read --------------------------------------------------------------------------------------------------------
def test_only_outlines_name_and_key_are_read():
    (found,) = areas(feature(key="N", population=4711, secret="x"))
    assert (found["key"], found["name"], set(found)) == ("N", "Nordstadt", {"key", "name", "parts"})


def test_an_area_without_key_is_known_by_its_name():
    assert areas(feature())[0]["key"] == "Nordstadt"


def test_outlines_run_clockwise_and_holes_the_other_way():
    hole = [[x / 10 + 8.01 - 0.8, y / 10 + 51.01 - 5.1] for x, y in SQUARE]
    for outer in (SQUARE, SQUARE[::-1]):
        (found,) = areas(feature(coordinates=[outer, hole]))
        (part,) = found["parts"]
        assert [twice(ring) < 0 for ring in part] == [True, False]


def twice(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def test_an_open_outline_is_closed_and_heights_are_left_out():
    (found,) = areas(feature(coordinates=[[[*point, 120.0] for point in SQUARE[:-1]]]))
    (ring,) = found["parts"][0]
    assert (ring[0], len(ring), {len(point) for point in ring}) == (ring[-1], 5, {2})


def test_several_parts_are_one_area():
    (found,) = areas(feature(kind="MultiPolygon", coordinates=[[SQUARE], moved(1)]))
    assert len(found["parts"]) == 2


@pytest.mark.parametrize(("content", "said"), [
    (b"\x89PNG", geojson.UNREADABLE),
    (b"[" * 100_000, geojson.UNREADABLE),
    (b"[]", geojson.NO_AREAS),
    (b'{"type": "Polygon"}', geojson.NO_AREAS),
    (file(), geojson.NO_AREAS),
    (file("x"), geojson.NO_NAME.format(1)),
    (file(feature(), feature(name="")), geojson.NO_NAME.format(2)),
    (file(feature(kind="Point", coordinates=[8, 51])), geojson.NO_POLYGON.format("Nordstadt")),
    (file(feature(kind="LineString", coordinates=SQUARE)), geojson.NO_POLYGON.format("Nordstadt")),
    (file({**feature(), "geometry": None}), geojson.NO_POLYGON.format("Nordstadt")),
    (file(feature(), feature()), geojson.TWICE.format("Nordstadt")),
    (file(feature(coordinates=[[[3_450_000, 5_700_000]] * 4])), geojson.NO_DEGREES.format("Nordstadt")),
    (file(feature(coordinates=[[["x", 51]] * 4])), geojson.NO_DEGREES.format("Nordstadt")),
    (file(feature(coordinates=[[[8.0, 51.0]]])), geojson.NO_DEGREES.format("Nordstadt")),
    (file(feature(coordinates=[[[8.0]] * 4])), geojson.NO_DEGREES.format("Nordstadt")),
    (file(feature(coordinates=[[[float("nan"), 51.0]] * 4])), geojson.NO_DEGREES.format("Nordstadt")),
    (file(*(feature(name=f"F{n}") for n in range(201))), geojson.TOO_MANY),
    (b" " * (geojson.LARGEST + 1), geojson.TOO_LARGE),
])  # fmt: skip
def test_other_files_are_refused_with_what_to_do(content, said):
    with pytest.raises(ValidationError) as refused:
        geojson.read(content)
    assert refused.value.messages == [said]


# What is drawn -------------------------------------------------------------------------------------------------------
def test_an_area_takes_the_number_of_the_site_that_is_called_like_it():
    found = areas(
        feature("Nord", key="Beratungsstelle Nord"),
        feature("süd", coordinates=moved(1)),
        feature("Wald", coordinates=moved(2)),
    )
    cells = [Cell("a", "Beratungsstelle Nord", 28), Cell("b", "Süd", None)]
    assert sites_of(found, cells) == {"Beratungsstelle Nord": cells[0], "süd": cells[1]}

    spec = area_map(found, sites_of(found, cells), LIGHT, WIDE)
    assert [place["number"] for place in spec["layer"][2]["data"]["values"]] == ["28", "• geschützt", "–"]
    outlined, filled = ([s["strength"] for s in layer["data"]["values"]] for layer in spec["layer"][:2])
    assert (outlined, filled) == ([None, None], [0.5])


# Who keeps it --------------------------------------------------------------------------------------------------------
def upload(web, content, name="flaechen.geojson"):
    return web.post("/auswertung/bilder/karte/", {"title": "Sozialräume", "file": SimpleUploadedFile(name, content)})


def test_a_lead_keeps_a_map_and_sees_it_with_her_cases(world, year, login):
    web = login(world.technical_lead)
    answer = upload(web, file(feature(world.site.name)))

    assert (answer.status_code, answer["Location"]) == (302, "/auswertung/bilder/")
    asked = f"scope=own&start={LAST_YEAR}-01-01&end={LAST_YEAR}-12-31"
    text = web.get(f"/auswertung/bilder/?{asked}").content.decode()
    assert '<h2 id="picture-karte">Sozialräume</h2>' in text
    assert world.site.name in web.get(f"/auswertung/bild/karte.svg?{asked}").content.decode()
    assert Event.objects.filter(key="area_map.kept").count() == 1


def test_a_new_map_replaces_the_old_one(world):
    for title in ("Alt", "Neu"):
        keep_map(by=world.technical_lead.actor, title=title, areas=areas(feature()))
    assert list(AreaMap.objects.values_list("title", flat=True)) == ["Neu"]


def test_a_wrong_file_is_refused_beside_its_field(world, login):
    answer = upload(login(world.technical_lead), b"PK")
    assert geojson.UNREADABLE in answer.content.decode()
    assert not AreaMap.objects.exists()


@pytest.mark.rule("ST-09")
@pytest.mark.parametrize("persona", ["technical_lead", "carrier_manager", "coordinator"])
def test_who_leads_and_counts_keeps_the_map(world, persona):
    keep_map(by=world.personas[persona].actor, title="Viertel", areas=areas(feature()))
    assert list(AreaMap.objects.values_list("title", flat=True)) == ["Viertel"]


@pytest.mark.rule("ST-09")
@pytest.mark.parametrize("persona", ["counsellor", "sysadmin", "funder"])
def test_who_does_not_lead_keeps_no_map(world, persona):
    with pytest.raises(NotAllowed):
        keep_map(by=world.personas[persona].actor, title="x", areas=[])


def test_nobody_sees_the_map_of_another_house(world, year, login):
    keep_map(by=world.technical_lead.actor, title="Nur hier", areas=areas(feature()))
    asked = f"?scope=own&start={LAST_YEAR}-01-01&end={LAST_YEAR}-12-31"
    assert "Nur hier" in login(world.counsellor).get(f"/auswertung/bilder/{asked}").content.decode()
    assert "Nur hier" not in login(world.outsider).get(f"/auswertung/bilder/{asked}").content.decode()
