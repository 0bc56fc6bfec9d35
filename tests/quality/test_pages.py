"""The pages of the room, as keepers, colleagues and the district see them."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from lotse.quality.actions.frameworks import take_over
from lotse.quality.enums import Rating
from lotse.quality.files import as_yaml
from lotse.quality.models import Criterion, CriterionLink, Framework, ManualReference, SelfAssessment
from lotse.quality.packaged import packaged
from lotse.quality.queries import frameworks as queries
from tests.factories import quality as make
from tests.personas import persona


@pytest.fixture
def web(world, login):
    return login(world.carrier_manager)


def text(answer):
    return answer.content.decode()


def table_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer)))
    return [tuple(cell or "" for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)]


def test_the_packaged_catalogue_is_taken_over_with_one_button(world, web):
    assert "übernehmen" in text(web.get("/qualitaet/"))
    answer = web.post(
        "/qualitaet/uebernehmen/", {"content": "awo-migration-1", "organisation": world.nordstadt.public_id}
    )
    framework = Framework.objects.get()
    assert answer["Location"] == f"/qualitaet/katalog/{framework.public_id}/"
    page = text(web.get(answer["Location"]))
    assert "48 Kriterien" in page
    assert "(2. Eintrag)" in page
    assert "0 mit Fundstelle" in text(web.get("/qualitaet/"))


def test_taking_it_over_twice_is_refused(world, web):
    make.awo(world)
    answer = web.post(
        "/qualitaet/uebernehmen/", {"content": "awo-migration-1", "organisation": world.nordstadt.public_id}
    )
    assert "Diese Fassung des Katalogs gibt es hier schon." in text(answer)


def test_what_is_taken_is_offered_no_more(world, web):
    for key in packaged():
        take_over(by=world.carrier_manager.actor, organisation=world.nordstadt, content=packaged()[key])
        left = len(packaged()) - Framework.objects.count()
        assert ('href="/qualitaet/uebernehmen/"' in text(web.get("/qualitaet/"))) == (left > 0)
        assert text(web.get("/qualitaet/uebernehmen/")).count("<option") == left
    assert "haben Sie schon übernommen" in text(web.get("/qualitaet/uebernehmen/"))


def test_the_bar_says_where_one_is(world, web, framework, criterion):
    page = text(web.get("/qualitaet/"))
    bar = page[page.index('aria-label="Bereiche"') :].split("</nav>")[0]
    words = "Kataloge Selbstbewertungen Nachweise Verbesserung Unterlagen Team Prüfungen Zertifikat QM-Beauftragte"
    assert re.findall(r">([\w-]+)</a>", bar) == words.split()
    for address in (
        "",
        f"katalog/{framework.public_id}/",
        f"kriterium/{criterion.public_id}/",
        "einlesen/",
        "uebernehmen/",
    ):
        assert 'aria-current="page">Kataloge</a>' in text(web.get(f"/qualitaet/{address}"))
    assert 'aria-current="page">Kataloge</a>' not in text(web.get("/qualitaet/selbstbewertungen/"))


def test_the_newest_assessment_stands_first(world, web, framework):
    for title, year in (("Erste", 2024), ("Dritte", 2026), ("Zweite", 2025)):
        one = make.begun(world, framework, title=title, begins_on=date(year, 1, 1), ends_on=date(year, 12, 31))
        make.closed(world, one)
    page = text(web.get("/qualitaet/selbstbewertungen/"))
    assert sorted(("Erste", "Zweite", "Dritte"), key=page.index) == ["Dritte", "Zweite", "Erste"]


def test_the_empty_room_says_what_comes_first(world, login):
    assert "Noch kein Katalog" in text(login(world.counsellor).get("/qualitaet/"))
    assert "/qualitaet/traeger/" in text(login(world.coordinator).get("/qualitaet/"))
    assert "Zuerst brauchen Sie einen Katalog." in text(
        login(world.technical_lead).get("/qualitaet/selbstbewertungen/")
    )


@pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])
def test_the_example_can_be_read_in(world, web, ending):
    example = b"".join(web.get(f"/qualitaet/einlesen/beispiel.{ending}"))
    given = {"file": SimpleUploadedFile(f"mein.{ending}", example), "organisation": world.nordstadt.public_id}
    assert web.post("/qualitaet/einlesen/", given).status_code == 302
    assert Framework.objects.get().criteria.count() == 48
    assert (
        b"".join(web.get(f"/qualitaet/katalog/{Framework.objects.get().public_id}/katalog.{ending}"))[:2] == example[:2]
    )


def test_a_file_with_mistakes_writes_nothing_and_says_where(world, web):
    broken = as_yaml(make.content()).replace(b"slug: b-2", b"slug: b 2").replace(b"slug: b-3", b"slug: b-1")
    given = {"file": SimpleUploadedFile("k.yaml", broken), "organisation": world.nordstadt.public_id}
    page = text(web.post("/qualitaet/einlesen/", given))
    assert "Kriterium 2 (b 2): Die Kennung" in page
    assert "Kriterium 3 (b-1): „b-1“ gibt es schon." in page
    assert not Framework.objects.exists()


@pytest.mark.parametrize(("content", "said"), [(b"", "Die Datei ist leer"), (b"x" * 1_000_001, "Erlaubt sind 1 MB")])
def test_a_file_of_a_wrong_size_is_refused(world, web, content, said):
    given = {"file": SimpleUploadedFile("k.yaml", content), "organisation": world.nordstadt.public_id}
    assert said in text(web.post("/qualitaet/einlesen/", given))


def test_a_stranger_carrier_cannot_be_posted(world, web):
    given = {"content": "awo-migration-1", "organisation": world.suedstadt.public_id}
    assert web.post("/qualitaet/uebernehmen/", given).status_code == 200
    assert not Framework.objects.exists()


def test_references_are_entered_one_after_the_other(world, web, framework, criterion):
    url = f"/qualitaet/kriterium/{criterion.public_id}/fundstelle/"
    answer = web.post(url, {"text": "Kapitel 4", "link": "hb.example/4", "revision": 0, "more": "1"})
    second = Criterion.objects.get(framework=framework, slug="b-2")
    assert answer["Location"] == f"/qualitaet/kriterium/{second.public_id}/fundstelle/"
    row = ManualReference.objects.get()
    assert (row.text, row.link) == ("Kapitel 4", "https://hb.example/4")
    page = text(web.get(f"/qualitaet/katalog/{framework.public_id}/?nur=ohne"))
    assert "2 von 3 Kriterien" in page
    assert "Kapitel 4" not in page


@pytest.mark.parametrize("link", ["data:text/html,x", "ftp://hb.example/", "kein link"])
def test_only_addresses_of_the_web_are_taken(web, criterion, link):
    url = f"/qualitaet/kriterium/{criterion.public_id}/fundstelle/"
    assert "Bitte eine Adresse wie" in text(web.post(url, {"text": "", "link": link, "revision": 0}))
    assert not ManualReference.objects.exists()


def test_a_colleague_reads_the_catalogue_and_changes_nothing(world, login, framework, criterion):
    web = login(world.counsellor)
    page = text(web.get(f"/qualitaet/katalog/{framework.public_id}/"))
    assert "Beispiel 1 gilt." in page
    assert "fundstelle" not in page
    assert "Selbstbewertung" not in text(web.get("/qualitaet/"))
    assert web.get(f"/qualitaet/kriterium/{criterion.public_id}/").status_code == 200


def test_a_search_without_a_find_leads_back(web, framework):
    assert "Dazu gibt es kein Kriterium." in text(web.get(f"/qualitaet/katalog/{framework.public_id}/?q=Mondfahrt"))


@pytest.mark.rule("QM-01")
def test_the_table_has_the_three_columns_of_the_source(world, web):
    framework = make.awo(world)
    criterion = Criterion.objects.get(slug="mi-6-b-2")
    web.post(
        f"/qualitaet/kriterium/{criterion.public_id}/fundstelle/", {"text": "Kapitel 6", "link": "", "revision": 0}
    )
    rows = table_of(web.get(f"/qualitaet/katalog/{framework.public_id}/tabelle.xlsx"))
    assert rows[:3] == [
        ("Lfd. Nummer", "Qualitätskriterien", "QM-Handbuch des Trägers"), ("1", "Grundlagen", ""), ("1.1", "Leitbild", ""),
    ]  # fmt: skip
    assert ("Mi 6. b) (2. Eintrag)", criterion.text, "Kapitel 6") in rows
    assert [row[0] for row in rows].count("Mi 6. b) (1. Eintrag)") == 1
    [concept] = [row for row in rows if row[0] == "Mi 1.2."]
    assert concept[1].count("•") == 5


def test_the_catalogue_is_printed(world, web):
    answer = web.get(f"/qualitaet/katalog/{make.awo(world).public_id}/drucken.pdf")
    assert b"".join(answer).startswith(b"%PDF")


def test_criteria_are_mapped_and_unmapped_on_their_page(world, web, framework, criterion):
    other = make.small(world, key="anderes", title="Anderes Regime")
    target = Criterion.objects.get(framework=other, slug="b-3")
    page, url = f"/qualitaet/kriterium/{criterion.public_id}/", f"/qualitaet/kriterium/{criterion.public_id}/zuordnen/"
    assert web.post(f"{url}?katalog={other.public_id}", {"other": target.public_id, "note": "fast"})["Location"] == page
    assert "Anderes Regime" in text(web.get(page))
    web.post(f"/qualitaet/zuordnung/{CriterionLink.objects.get().public_id}/loesen/")
    assert not CriterionLink.objects.exists()


def test_an_assessment_is_begun_judged_reviewed_and_closed(world, web, login, framework):
    begin = f"/qualitaet/katalog/{framework.public_id}/bewerten/"
    given = {"title": "Selbstbewertung 2026", "begins_on": "2026-01-01", "ends_on": "2026-12-31"}
    here = web.post(begin, given)["Location"]
    assessment = SelfAssessment.objects.get()
    assert "3 zu bewerten" in text(web.get(here))

    first, second, third = (make.of(assessment, f"b-{n}") for n in (1, 2, 3))
    answer = web.post(f"/qualitaet/bewertung/{first.public_id}/", {"rating": "fulfilled", "revision": 1, "more": "1"})
    assert answer["Location"] == f"/qualitaet/bewertung/{second.public_id}/"
    parts = {f"part-{part.pk}": "fulfilled" for part in second.criterion.parts.all()}
    web.post(answer["Location"], {**parts, "revision": 1})
    web.post(
        f"/qualitaet/bewertung/{third.public_id}/", {"rating": "not_applicable", "reason": "Kein Kurs", "revision": 1}
    )
    assert "3 von einer zweiten Person zu prüfen" in text(web.get(here))
    assert "als geprüft vermerken" not in text(web.get(here))

    lead = login(world.technical_lead)
    assert "Alle 3 angezeigten" in text(lead.get(here))
    lead.post(f"/qualitaet/bewertung/{first.public_id}/geprueft/")
    lead.post(f"{here}geprueft/", {"nur": "", "kapitel": ""})
    assert "Alles ist bewertet und geprüft." in text(web.get(here))
    web.post(f"{here}abschliessen/")
    assert SelfAssessment.objects.get().is_closed
    page = text(web.get(f"/qualitaet/bewertung/{first.public_id}/"))
    assert "geändert wird hier nichts mehr" in page
    assert all(" disabled" in tag for tag in re.findall(r"<(?:textarea|input type=.radio.)[^>]*>", page))


def test_a_reason_is_asked_beside_its_field(web, assessment):
    url = f"/qualitaet/bewertung/{make.of(assessment, 'b-1').public_id}/"
    answer = web.post(url, {"rating": "not_applicable", "reason": "", "finding": "Bleibt stehen", "revision": 1})
    assert "warum das Kriterium nicht anwendbar ist" in text(answer)
    assert "Bleibt stehen" in text(answer)


def test_closing_too_early_says_what_is_missing(web, assessment):
    url = f"/qualitaet/selbstbewertungen/{assessment.public_id}/"
    assert "3 zu bewerten, 0 zu prüfen" in text(web.post(f"{url}abschliessen/", follow=True))


def test_a_copied_assessment_is_confirmed_on_its_page(world, web, framework, assessment):
    make.closed(world, assessment, Rating.PARTLY)
    begin = f"/qualitaet/katalog/{framework.public_id}/bewerten/"
    assert "übernehmen" in text(web.get(begin))
    given = {"title": "2027", "begins_on": "2027-01-01", "ends_on": "2027-12-31", "copies": "on"}
    here = web.post(begin, given)["Location"]
    assert "neu zu prüfen" in text(web.get(here))
    second = SelfAssessment.objects.get(title="2027")
    row = make.of(second, "b-1")
    answer = web.post(f"/qualitaet/bewertung/{row.public_id}/bestaetigen/", {"nur": "offen", "kapitel": ""})
    assert answer["Location"] == f"{here}?nur=offen#{row.public_id}"
    make.judged(world, make.of(second, "b-3"), Rating.FULFILLED)
    page = text(web.get(f"{here}?nur=geaendert"))
    assert "besser" in page
    assert "vorher teilweise erfüllt" in page


def test_the_district_sees_how_far_carriers_are_and_nothing_of_what_they_found(world, login, framework, assessment):
    make.judged(world, make.of(assessment, "b-1"), finding="Geheim")
    web = login(world.coordinator)
    page = text(web.get("/qualitaet/traeger/"))
    assert "1 von 3 bewertet" in page
    assert "noch kein Katalog" in page
    assert "Geheim" not in page
    assert web.get(f"/qualitaet/selbstbewertungen/{assessment.public_id}/").status_code == 404


@pytest.mark.parametrize("size", [1, 48, 300])
def test_pages_cost_the_same_whatever_the_size(world, web, size, django_assert_max_num_queries):
    framework = make.small(world, size)
    assessment = make.begun(world, framework)
    make.judged(world, make.of(assessment, "b-1"))
    urls = {
        f"/qualitaet/katalog/{framework.public_id}/": 17,
        f"/qualitaet/selbstbewertungen/{assessment.public_id}/": 16,
        "/qualitaet/": 16,
        "/qualitaet/selbstbewertungen/": 16,
    }
    for url, most in urls.items():
        with django_assert_max_num_queries(most):
            assert web.get(url).status_code == 200
    assert ("?ab=100" in text(web.get(next(iter(urls))))) == (size == 300)


def test_the_overview_costs_the_same_for_many_carriers(world, login, django_assert_num_queries):
    web = login(world.coordinator)
    make.small(world)

    web.get("/qualitaet/traeger/")  # what is asked once a day is asked now
    with CaptureQueriesContext(connection) as few:
        web.get("/qualitaet/traeger/")
    for number in range(5):
        make.another_carrier(world, f"KV {number}")
    make.begun(world, make.small(world, key="zweiter"))
    take_over(by=make.far_manager(world).actor, organisation=world.suedstadt, content=make.content())
    with django_assert_num_queries(len(few)):
        assert web.get("/qualitaet/traeger/").status_code == 200


def test_who_keeps_several_carriers_chooses_one(world, login):
    persona(world, "of_district", world.district, "qm_officer")
    web = login(world.of_district)
    assert set(queries.houses(world.of_district.actor).values()) == {world.district, world.nordstadt, world.suedstadt}
    page = text(web.get("/qualitaet/uebernehmen/"))
    assert "KV Nordstadt" in page
    web.post("/qualitaet/uebernehmen/", {"content": "awo-migration-1", "organisation": world.suedstadt.public_id})
    assert Framework.objects.get().organisation == world.suedstadt
