"""A lead looks at a figure as a picture, and at all pictures; a coordinator sees the same with dots."""

import json

import pytest

from tests.factories import casework as make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def work(world):
    """Cases that came on several ways, in several kinds of counselling."""
    ways = {
        ("case_management", "own_initiative"): 6,
        ("case_management", "authority_assignment"): 4,
        ("basic_counselling", "own_initiative"): 5,
        ("basic_counselling", "other"): 3,
    }
    for number, (tier, route) in enumerate(way for way, count in ways.items() for _ in range(count)):
        case = make.case(world, client=make.person(world, last_name=f"Person {number}"), tier=tier, consented=False)
        type(case).objects.filter(pk=case.pk).update(access_route=route)
    make.step(world, make.goal(world, make.plan(world)))


def is_drawn(page, picture):
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())


def all_are_drawn(page):
    for picture in page.locator(".drawn img").all():
        is_drawn(page, picture)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lead_opens_the_picture_of_a_figure_and_all_pictures(world, work, page, sign_in, look, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(world.counsellor)
    page.goto("/auswertung/")
    assert page.locator("img").evaluate_all("images => images.filter(i => i.naturalWidth).length") == 0
    page.locator("summary", has_text="Bild").nth(1).click()
    is_drawn(page, page.get_by_alt_text("Art der Beratung"))
    look(f"auswertung-bild-{scheme}")

    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Bilder").click()
    page.get_by_role("heading", name="Vom Zugang zum Ergebnis").wait_for()
    all_are_drawn(page)
    look(f"bilder-{scheme}")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == "bilder.pdf"


def test_without_cases_the_page_says_what_to_do(world, page, sign_in, look):
    sign_in(world.counsellor)
    page.goto("/auswertung/bilder/")
    page.get_by_text("In diesem Zeitraum ist noch nichts gezählt.").wait_for()
    look("bilder-leer")


def test_a_lead_keeps_a_map_and_finds_her_site_on_it(world, work, page, sign_in, look):
    outline = [[8.0, 51.0], [8.1, 51.02], [8.12, 51.1], [8.0, 51.08], [8.0, 51.0]]
    shape = {
        "type": "Feature",
        "properties": {"name": world.site.name},
        "geometry": {"type": "Polygon", "coordinates": [outline]},
    }
    sign_in(world.technical_lead)
    page.goto("/auswertung/bilder/")
    all_are_drawn(page)
    page.get_by_role("link", name="Karte hinterlegen").click()
    page.get_by_label("Flächen").set_input_files(
        {"name": "f.geojson", "mimeType": "application/geo+json", "buffer": b"kaputt"}
    )
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Das ist keine GeoJSON-Datei.").first.wait_for()
    look("karte-falsch")
    content = json.dumps({"type": "FeatureCollection", "features": [shape]}).encode()
    page.get_by_label("Flächen").set_input_files(
        {"name": "f.geojson", "mimeType": "application/geo+json", "buffer": content}
    )
    page.get_by_role("button", name="Speichern").click()
    page.get_by_text("Die Karte ist hinterlegt.").wait_for()
    is_drawn(page, page.locator("section", has=page.get_by_role("heading", name="Sozialräume")).locator("img"))
    look("bilder-karte")
