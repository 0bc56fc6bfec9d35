"""Keeping lists and texts in the browser."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.personas import grant

from lotse.catalogues.actions import add_entry, change_entry, release_text
from lotse.catalogues.loader import catalogue
from lotse.catalogues.models import CatalogueOverride, TextRelease

ENTRY = "/listen/end_reason/moved/"
TEXT = "/listen/texte/ar/recording/"
AS_PROPOSED = {"label": "Umzug", "offered": "on", "valid_from": "", "valid_to": "", "order": ""}


@pytest.fixture
def lead(world):
    return world.technical_lead.actor


@pytest.fixture
def web(world, login):
    return login(world.technical_lead)


def page(web, address):
    answer = web.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def release(lead, key="recording", language="ar"):
    return release_text(
        by=lead, key=key, language=language, reviewed_on=timezone.localdate(), reviewed_by_name="D. Beispiel"
    )


def test_lists_say_where_they_come_from_and_what_was_changed(web, lead):
    add_entry(by=lead, name="end_reason", label="Ruhestand")
    shown = page(web, "/listen/")

    assert shown.count("1 angepasst") == 1
    assert shown.index("Grund des Endes") < shown.index("Feste Listen") < shown.index("Geschlecht")
    assert "Vorgabe<" in page(web, "/listen/end_reason/")
    assert "ISO 3166-1" in shown
    assert "/listen/client_text/" not in shown


def test_renaming_keeps_the_proposal_in_sight(web):
    web.post(ENTRY, {**AS_PROPOSED, "label": "weggezogen"})
    shown = page(web, "/listen/end_reason/")

    assert "weggezogen" in shown
    assert "Vorgabe: Umzug" in shown
    assert CatalogueOverride.objects.get().label == "weggezogen"


def test_switching_off_and_dating_leaves_the_proposed_word(web):
    web.post(ENTRY, {"label": "Umzug", "valid_from": "2026-01-01", "valid_to": "2026-06-30", "order": "2"})

    row = CatalogueOverride.objects.get()
    assert (row.label, row.hidden, row.order) == ("", True, 2)
    assert (row.valid_from, row.valid_to) == (date(2026, 1, 1), date(2026, 6, 30))
    shown = page(web, "/listen/end_reason/")
    assert "ausgeschaltet" in shown
    assert "ab 01.01.2026 bis 30.06.2026" in shown


def test_order_stays_when_the_entry_is_saved_again(web, lead):
    change_entry(by=lead, name="end_reason", key="moved", order=3)
    assert 'value="3"' in page(web, ENTRY)


def test_saving_the_proposal_is_no_wish(web, lead):
    web.post(ENTRY, AS_PROPOSED)
    assert CatalogueOverride.objects.count() == 0

    change_entry(by=lead, name="end_reason", key="moved", hidden=True)
    web.post(ENTRY, AS_PROPOSED)
    assert CatalogueOverride.objects.count() == 0


def test_proposed_end_is_taken_away_and_comes_back_with_the_proposal(web):
    address, typed = "/listen/residence_status/ae_104c/", {**AS_PROPOSED, "label": "Chancen-Aufenthalt (§ 104c)"}
    assert "Vorgabe: 30.06.2027. Leer: ohne Ende." in page(web, address)

    web.post(address, typed)
    assert "bis 30.06.2027" not in page(web, "/listen/residence_status/?q=104c")
    assert 'name="valid_to" value' not in page(web, address)

    web.post(address, {**typed, "valid_to": "2027-06-30"})
    assert CatalogueOverride.objects.count() == 0


def test_entry_goes_back_to_the_proposal(web, lead):
    change_entry(by=lead, name="end_reason", key="moved", label="weggezogen")
    assert "Auf die Vorgabe zurücksetzen" in page(web, ENTRY)

    web.post(f"{ENTRY}zuruecksetzen/")

    assert "weggezogen" not in page(web, "/listen/end_reason/")
    assert "Auf die Vorgabe zurücksetzen" not in page(web, ENTRY)


def test_reading_the_reset_address_changes_nothing(web, lead):
    change_entry(by=lead, name="end_reason", key="moved", label="weggezogen")
    web.get(f"{ENTRY}zuruecksetzen/")
    assert CatalogueOverride.objects.count() == 1


def test_own_entry_is_added_into_its_group(web):
    assert "Wohnen" in page(web, "/listen/goal/neu/")
    web.post("/listen/goal/neu/", {"label": "Garten pachten", "group": "housing"})

    own = CatalogueOverride.objects.get()
    assert (own.label, own.group) == ("Garten pachten", "housing")
    assert "eigener Eintrag" in page(web, "/listen/goal/?q=garten")
    assert "Vorgabe" not in page(web, f"/listen/goal/{own.key}/")


def test_guide_keeps_its_text_in_own_words(web):
    proposed = catalogue("tier_guide").entry("single_enquiry")
    web.post("/listen/tier_guide/single_enquiry/", {**AS_PROPOSED, "label": proposed.label, "text": "Nur kurz."})

    row = CatalogueOverride.objects.get()
    assert (row.label, row.text) == ("", "Nur kurz.")
    assert "Nur kurz." in page(web, "/listen/tier_guide/single_enquiry/")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"label": ""}, "Bitte ausfüllen."),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "„Gilt bis“ liegt vor „gilt ab“."),
        ({"valid_from": "31.02.2026"}, "Bitte ein Datum wie 12.05.1990 angeben."),
        ({"order": "0"}, "größer oder gleich 1"),
        ({"label": "x" * 201}, "200"),
    ],
)
def test_senseless_wish_is_answered_beside_the_field(web, wrong, message):
    answer = web.post(ENTRY, {**AS_PROPOSED, **wrong})
    assert (answer.status_code, message in answer.content.decode()) == (200, True)
    assert CatalogueOverride.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/listen/nothing/", "/listen/client_text/", "/listen/end_reason/nothing/", "/listen/german_level/a1/", "/listen/nothing/neu/",
        "/listen/texte/xx/recording/", "/listen/texte/ar/nothing/", "/listen/texte/de/recording/",
    ],
)  # fmt: skip
def test_what_does_not_exist_or_may_not_change_is_not_found(web, address):
    assert web.get(address).status_code == 404


def test_fixed_list_takes_no_own_entry(web):
    answer = web.post("/listen/german_level/neu/", {"label": "Anfang"})
    assert "lässt sich nicht ändern" in answer.content.decode()
    assert "Eigener Eintrag" not in page(web, "/listen/german_level/")


def test_neighbours_see_nothing_of_own_words(world, login, lead):
    own = add_entry(by=lead, name="end_reason", label="Ruhestand")
    release(lead)
    grant(world.outsider.person, "technical_lead", world.suedstadt, world.far_site)
    neighbour = login(world.outsider)

    assert neighbour.get(f"/listen/end_reason/{own.key}/").status_code == 404
    assert "Ruhestand" not in page(neighbour, "/listen/end_reason/")
    assert "D. Beispiel" not in page(neighbour, TEXT)


def test_long_list_comes_in_parts_and_is_searched(web):
    assert page(web, "/listen/country/").count('<th scope="row">') == 50
    assert "Zum Anfang" in page(web, "/listen/country/?ab=250")
    assert page(web, "/listen/country/?q=TÜRKEI").count('<th scope="row">') == 1
    assert "Kein Eintrag gefunden." in page(web, "/listen/country/?q=zzz")
    assert page(web, "/listen/country/?ab=quatsch").count('<th scope="row">') == 50


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "statements"),
    [
        ("/listen/", 4), ("/listen/end_reason/", 4), ("/listen/country/", 3), (ENTRY, 5), ("/listen/texte/", 4), (TEXT, 4),
    ],
)  # fmt: skip
def test_pages_do_not_grow(web, lead, django_assert_num_queries, rows, address, statements):
    for key in ("moved", "other", "departed")[:rows]:
        change_entry(by=lead, name="end_reason", key=key, hidden=True)
    for key in ("recording", "health_data", "words")[:rows]:
        release(lead, key)
    web.get(address)
    with django_assert_num_queries(statements):
        web.get(address)


def test_translation_stands_beside_the_german_from_right_to_left(web):
    shown = page(web, TEXT)
    assert 'lang="ar" dir="rtl"' in shown
    assert "Entwurf, nicht geprüft" in shown
    assert "[Träger und Anschrift]" in page(web, "/listen/texte/ar/information_contacts/")


def test_released_translation_names_who_checked_it(web, lead):
    web.post(TEXT, {"reviewed_by_name": "D. Beispiel, Übersetzerin", "reviewed_on": f"{timezone.localdate()}"})

    shown = page(web, TEXT)
    assert "D. Beispiel, Übersetzerin" in shown
    assert 'badge--good">freigegeben' in shown
    assert "1 von 11 freigegeben" in page(web, "/listen/texte/")


def test_words_of_the_plan_are_released_as_one(web):
    address = "/listen/texte/tr/words/"
    assert catalogue("plan_word").label("title", "tr") in page(web, address)
    web.post(address, {"reviewed_by_name": "D. Beispiel", "reviewed_on": f"{timezone.localdate()}"})
    assert TextRelease.objects.get().text_key == "words"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"reviewed_by_name": ""}, "Bitte ausfüllen."),
        ({"reviewed_on": f"{timezone.localdate() + timedelta(days=2)}"}, "Das Datum liegt in der Zukunft."),
    ],
)
def test_senseless_release_is_answered_beside_the_field(web, wrong, message):
    given = {"reviewed_by_name": "D. Beispiel", "reviewed_on": f"{timezone.localdate()}"}
    assert message in web.post(TEXT, {**given, **wrong}).content.decode()
    assert TextRelease.objects.count() == 0


def test_release_is_withdrawn_by_posting_only(web, lead):
    release(lead)
    web.get(f"{TEXT}zuruecknehmen/")
    assert TextRelease.objects.count() == 1

    web.post(f"{TEXT}zuruecknehmen/")

    assert TextRelease.objects.count() == 0
    assert "Entwurf, nicht geprüft" in page(web, TEXT)


def test_releases_of_earlier_versions_stay_readable(web, lead):
    release(lead)
    TextRelease.objects.update(version="2020-01/ar-2020-01")

    shown = page(web, TEXT)

    assert "Frühere Fassungen" in shown
    assert "2020-01/ar-2020-01" in shown


def test_script_in_a_word_stays_a_word(web):
    web.post(ENTRY, {**AS_PROPOSED, "label": "<script>alert(1)</script>"})
    assert "&lt;script&gt;" in page(web, "/listen/end_reason/")
