"""The flyer of a site: from its data, folded twice, in each language."""

import pytest

from lotse.casework.flyer import FLAP, WIDE, site_flyer
from lotse.catalogues.loader import catalogue
from lotse.documents.rendering import Bullets, Heading, Panel, Paragraph, render_pdf
from lotse.documents.rendering.docx import render_docx
from lotse.documents.rendering.spec import Document
from lotse.organisations.models import Site
from tests.documents.reading import about, tags_of, text_of, words_of

A4 = 297


@pytest.fixture
def site(world):
    Site.objects.filter(pk=world.site.pk).update(
        phone="02402 000", email="post@nordstadt.example", appointment_mode="nach Anruf"
    )
    return Site.objects.get(pk=world.site.pk)


def panels(flyer):
    return [block for block in flyer.blocks if isinstance(block, Panel)]


def test_each_side_is_three_panels_of_one_sheet_and_the_flap_is_narrower(site):
    found = panels(site_flyer(site, []))
    sides = [sorted((p.left, p.width) for p in side) for side in (found[:3], found[3:])]
    assert sides == [[(0, FLAP), (FLAP, WIDE), (FLAP + WIDE, WIDE)], [(0, WIDE), (WIDE, WIDE), (2 * WIDE, FLAP)]]
    assert [left + width for side in sides for left, width in side[-1:]] == [A4, A4]
    assert [p.is_cover for p in found] == [True, *[False] * 5]


def test_it_prints_all_offers_commitments_and_what_is_known(site):
    pdf = render_pdf(site_flyer(site, ["ar", "tr"]))
    found = words_of(pdf)

    assert (about(pdf)["Pages"], about(pdf)["Page size"].split()[:3]) == ("2", ["841.89", "x", "595.276"])
    for words in ("02402 000", "post@nordstadt.example", "nach Anruf", "Arabisch, Türkisch", "Für Fachleute"):
        assert words in found, words
    assert "Zugang" not in found
    printed = [
        item
        for panel in panels(site_flyer(site, []))
        for b in panel.blocks
        if isinstance(b, Bullets)
        for item in b.items
    ]
    offers, promises = (catalogue(name) for name in ("public_offer", "public_commitment"))
    assert sorted(printed) == sorted([*map(offers.label, offers.keys), *map(promises.label, promises.keys)])


def test_without_known_languages_it_does_not_say_that_none_is_spoken(site):
    assert "Wir sprechen" not in words_of(render_pdf(site_flyer(site, [])))


def test_it_is_read_aloud_from_the_cover_on(site):
    pdf = render_pdf(site_flyer(site, []))
    assert about(pdf)["Tagged"] == "yes"
    assert [tag for tag in tags_of(pdf) if tag in ("H1", "H2")] == ["H1", *["H2"] * 4]


@pytest.mark.parametrize("language", ["ar", "en", "fr", "tr"])
def test_it_speaks_every_language(site, language):
    flyer = site_flyer(site, ["ar"], language)
    found = text_of(render_pdf(flyer))
    assert ("Was wir für Sie tun" in found, "Entwurf, nicht geprüft" in found) == (True, True)
    if language != "ar":  # shaped letters are checked on pictures
        assert catalogue("flyer_word").label("for_professionals", language) in found


def test_long_words_become_smaller_and_stay_on_the_sheet():
    much = Panel(0, WIDE, (Heading("Viel"), *[Paragraph("Sehr viele Worte stehen hier. " * 4)] * 14))
    assert about(render_pdf(Document("Viel", (much,))))["Pages"] == "1"


def test_in_a_word_file_the_panels_follow_each_other(site):
    assert render_docx(site_flyer(site, []))[:2] == b"PK"


@pytest.mark.parametrize("language", ["", "?sprache=ar", "?sprache=xx"])
def test_the_page_gives_it_out(world, login, language):
    web = login(world.counsellor)
    assert "Faltblatt" in web.get("/infoblatt/").content.decode()
    answer = web.get(f"/infoblatt/{world.site.public_id}/faltblatt/{language}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_nobody_prints_the_flyer_of_another_house(world, login):
    assert login(world.outsider).get(f"/infoblatt/{world.site.public_id}/faltblatt/").status_code == 404
