"""The strategy page: nine goals with what is wanted and how it stands, for who works here; one small page for each step."""

import re
from datetime import date

import pytest
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.models import CounsellingCase, PartA
from lotse.documents.rendering import render_pdf
from lotse.facts.models import FigureTarget, TargetReview
from lotse.insight.papers_strategy import NONE_YET, strategy_paper
from lotse.insight.standing import GONE, HIDDEN, NOT_RELEASED, NOT_YET, Standing, standing, standings
from lotse.insight.strategy import chapters
from lotse.programmes.models import Programme, SiteOffer
from tests.casework.test_outcomes import part_a
from tests.factories import casework as make
from tests.factories import tables
from tests.factories.casework import days_ago
from tests.factories.targets import set_for
from tests.personas import START

TODAY = timezone.localdate()
BEGUN = date(TODAY.year - 1, 5, 1)
KEY, PAGE = "integration.employed", "/auswertung/strategie/"


@pytest.fixture
def managed(world):
    programme = Programme.objects.create(code="intman", name="Integrationsmanagement")
    SiteOffer.objects.create(programme=programme, site=world.site, valid_from=START)
    return programme


@pytest.fixture
def advised(world, managed):
    """`advised(6, 6)`: last year six had work and six had none."""

    def _advised(*numbers):
        for employed, number in zip((True, False), numbers, strict=True):
            for n in range(number):
                case = make.case(world, client=make.person(world, last_name=f"{employed}{n}"), programme=managed)
                part_a(case, employed=employed)
        CounsellingCase.objects.update(first_contact_on=BEGUN)
        PartA.objects.update(recorded_on=BEGUN, agreement_on=BEGUN, recording_on=BEGUN, competence_on=BEGUN)

    return _advised


def text(web, url=PAGE):
    return web.get(url).content.decode()


# How a figure stands


def test_standing_is_the_share_of_the_last_whole_year(world, advised):
    advised(6, 6)
    found = standing(world.counsellor.actor, KEY)
    assert (found.text, found.number) == ("50\xa0%", 50)


@pytest.mark.parametrize("persona", ["counsellor", "technical_lead"])
def test_standing_is_protected_the_same_for_everybody(world, advised, persona):
    advised(2, 9)
    assert standing(world.personas[persona].actor, KEY) == HIDDEN


@pytest.mark.rule("ST-03")
@pytest.mark.parametrize("persona", ["coordinator", "carrier_manager"])
def test_who_reads_no_files_is_told_what_is_released(world, advised, persona):
    advised(6, 6)
    actor = world.personas[persona].actor
    assert standing(actor, KEY) == NOT_RELEASED
    tables.released(world)
    assert (standing(actor, KEY), standing(actor, "cases.tier").text) == (Standing("50\xa0%", 50), "12\xa0Fälle")


@pytest.mark.rule("ST-03")
def test_what_is_a_dot_in_a_released_table_is_a_dot_in_the_strategy(world, advised):
    advised(2, 9)
    tables.released(world)
    assert standing(world.coordinator.actor, KEY) == HIDDEN


def test_what_nobody_was_asked_is_not_zero(world, managed):
    assert standing(world.counsellor.actor, KEY) == NOT_YET


def test_a_figure_that_is_gone_is_named_as_gone(world):
    assert standing(world.counsellor.actor, "integration.gone") == GONE


def test_a_figure_without_a_share_stands_in_its_number(world, advised):
    advised(6, 6)
    assert standing(world.counsellor.actor, "cases.tier").text == "12\xa0Fälle"


def test_all_standings_cost_five_statements(world, advised, django_assert_max_num_queries):
    keys = [line.fact.key for chapter in chapters(world.counsellor.actor, TODAY) for line in chapter.lines]
    actor = world.counsellor.actor
    with django_assert_max_num_queries(5):
        assert standings(actor, keys).keys() == set(keys)


# The page


def test_without_targets_the_page_says_so_calmly(world, managed, login):
    page = text(login(world.technical_lead))
    assert [page.count(words) for words in ("noch ohne Ziel", "Ziel setzen", "fällig")] == [9, 21, 0]
    assert "Ziel setzen" not in text(login(world.counsellor))
    assert (page.count("Wird in Lotse noch nicht erfasst"), "Netzwerkarbeit" in page) == (0, True)


def test_a_target_shows_value_day_standing_person_and_review(world, advised, login):
    advised(6, 6)
    target = set_for(world, responsible=world.counsellor, review_on=days_ago(0))
    page = text(login(world.counsellor))
    for words in ("mindestens 60\xa0%", f"{days_ago(-300):%d.%m.%Y}", "50\xa0%", "Counsellor Beispiel", "fällig", f"{PAGE}{target.public_id}/", "noch nicht besprochen"):  # fmt: skip
        assert words in page
    assert page.count("noch ohne Ziel") == 8


def test_every_figure_may_have_a_target(world, managed, login):
    for chapter in chapters(world.technical_lead.actor, TODAY):
        for line in chapter.lines:
            set_for(world, figure=line.fact.key)
    page = text(login(world.technical_lead))
    assert (page.count("mindestens 60"), page.count("Ziel setzen"), page.count("noch ohne Ziel")) == (21, 0, 0)


@pytest.mark.parametrize("targets", [0, 1, 4])
def test_page_costs_the_same_however_many_targets_there_are(world, managed, login, targets, django_assert_max_num_queries):  # fmt: skip
    for chapter in chapters(world.technical_lead.actor, TODAY)[:targets]:
        set_for(world, figure=chapter.lines[0].fact.key)
    web = login(world.counsellor)
    web.get(PAGE)
    with django_assert_max_num_queries(10):
        web.get(PAGE)


@pytest.mark.rule("GO-04")
def test_beside_a_missed_target_stands_what_was_said_about_it(world, advised, login):
    advised(6, 6)
    target, web = set_for(world), login(world.technical_lead)
    given = {"on": f"{TODAY}", "conclusion": "Es fehlen Kitaplätze.", "next_on": f"{days_ago(-80)}", "revision": "1"}
    assert web.post(f"{PAGE}{target.public_id}/besprechen/", given).status_code == 302
    assert "Es fehlen Kitaplätze." in text(login(world.counsellor))

    FigureTarget.objects.update(value=50)
    page = text(login(world.counsellor))
    assert ("Es fehlen Kitaplätze." in page, "erreicht" in page) == (False, True)


def test_what_is_hidden_is_neither_reached_nor_missed(world, advised, login):
    advised(2, 9)
    set_for(world)
    page = text(login(world.technical_lead))
    assert ("erreicht" in page, "noch nicht besprochen" in page, "•</td>" in page) == (False, False, True)


def test_a_day_that_has_passed_is_marked(world, managed, login):
    set_for(world, until=days_ago(1))
    assert "Frist vorbei" in text(login(world.counsellor))


@pytest.mark.rule("GO-01")
def test_who_comes_from_outside_sees_no_strategy(world, login):
    set_for(world, by=world.coordinator)
    web = login(world.funder)
    assert [web.get(url).status_code for url in (PAGE, f"{PAGE}blatt/")] == [403, 403]
    assert "Strategie" not in text(web, "/auswertung/")


def test_the_statistics_lead_to_it_where_there_is_a_target(world, login):
    assert PAGE not in text(login(world.counsellor), "/auswertung/")
    set_for(world)
    assert [PAGE in text(login(by), "/auswertung/") for by in (world.counsellor, world.outsider)] == [True, False]


def test_the_statistics_lead_to_it_where_integration_management_is_offered(world, managed, login):
    assert PAGE in text(login(world.counsellor), "/auswertung/")


# A target on its pages


def given(world, **more):
    values = {
        "aim": "at_least", "value": "60", "until": f"{days_ago(-300)}", "responsible": world.counsellor.person.public_id,
        "decided_on": f"{TODAY}", "review_on": f"{days_ago(-90)}", "measures": "Mehr Praktika", "revision": "",
    }  # fmt: skip
    return {**values, **more}


def test_a_new_target_is_prefilled_and_saved(world, managed, login):
    web, url = login(world.technical_lead), f"{PAGE}neu/{KEY}/"
    page = text(web, url)
    assert all(words in page for words in (f'value="{TODAY}"', "Wert in %", 'value="at_least" selected'))
    assert web.post(url, given(world)).status_code == 302
    row = FigureTarget.objects.get()
    assert (row.figure, row.value, row.responsible, row.measures) == (KEY, 60, world.counsellor.person, "Mehr Praktika")
    assert web.get(url).headers["Location"] == f"{PAGE}{row.public_id}/"


@pytest.mark.parametrize(("wrong", "said"), [
    ({"value": ""}, "Bitte ausfüllen."), ({"value": "101"}, "100 Prozent"), ({"value": "-1"}, "größer oder gleich 0"),
    ({"until": "2019-01-01"}, "liegt vor dem Beschluss"), ({"responsible": "fremd"}, "Bitte etwas aus der Liste wählen"),
    ({"decided_on": f"{days_ago(-1)}"}, "in der Zukunft"), ({"review_on": f"{TODAY}"}, "liegt nach dem Beschluss"),
])  # fmt: skip
def test_a_wrong_input_is_told_and_nothing_typed_is_lost(world, managed, login, wrong, said):
    page = login(world.technical_lead).post(f"{PAGE}neu/{KEY}/", given(world, **wrong)).content.decode()
    assert (said in page, "Mehr Praktika" in page, FigureTarget.objects.exists()) == (True, True, False)


@pytest.mark.parametrize("url", ["neu/cases.age/", "neu/gibt.es.nicht/", "gibtesnicht/", "gibtesnicht/aendern/"])
def test_what_is_not_there_is_not_found(world, login, url):
    assert login(world.technical_lead).get(PAGE + url).status_code == 404


@pytest.mark.rule("GO-03")
def test_after_a_review_the_form_asks_only_what_may_change(world, managed, login):
    target, web = set_for(world), login(world.technical_lead)
    url = f"{PAGE}{target.public_id}/"
    first = text(web, f"{url}aendern/")
    web.post(f"{url}besprechen/", {"on": f"{TODAY}", "conclusion": "Gut.", "next_on": f"{days_ago(-80)}"})
    later = text(web, f"{url}aendern/")
    fields = [set(re.findall(r'name="(aim|value|until|decided_on|responsible|measures)"', page)) for page in (first, later)]  # fmt: skip
    assert fields == [{"aim", "value", "until", "responsible", "measures"}, {"responsible", "measures"}]


def test_what_somebody_else_saved_meanwhile_is_told_and_the_text_stays(world, managed, login):
    target, web = set_for(world), login(world.technical_lead)
    url, typed = f"{PAGE}{target.public_id}/aendern/", given(world, measures="Eins", revision="1")
    assert login(world.carrier_manager).post(url, {**typed, "measures": "Zwei"}).status_code == 302
    page = web.post(url, typed).content.decode()
    assert ("jemand anderes" in page, "Eins" in page, FigureTarget.objects.get().measures) == (True, True, "Zwei")


def test_reviews_are_a_history_with_where_the_figure_stood(world, advised, login):
    advised(6, 6)
    target, web = set_for(world), login(world.technical_lead)
    url = f"{PAGE}{target.public_id}/"
    assert "Noch keine." in text(web, url)
    assert "Woran liegt das?" in text(web, f"{url}besprechen/")
    web.post(f"{url}besprechen/", {"on": f"{days_ago(1)}", "conclusion": "Warten.", "next_on": f"{days_ago(-80)}", "revision": "1"})  # fmt: skip
    web.post(f"{url}beenden/", {"on": f"{TODAY}", "conclusion": "Verfehlt.", "revision": "2"})
    page = text(login(world.counsellor), url)
    assert [row.standing for row in TargetReview.objects.all()] == ["50\xa0%"] * 2
    assert (page.index("Verfehlt.") < page.index("Warten."), "beendet" in page) == (True, True)
    assert [step in page for step in ("besprechen/", "aendern/", "beenden/")] == [False] * 3


def test_an_ended_target_leads_to_its_page_from_the_one_in_force(world, managed, login):
    old, web = set_for(world, value=40), login(world.technical_lead)
    web.post(f"{PAGE}{old.public_id}/beenden/", {"on": f"{TODAY}", "conclusion": "Zu niedrig.", "revision": "1"})
    new = set_for(world, value=70)
    page = text(web, f"{PAGE}{new.public_id}/")
    assert ("Frühere Ziele" in page, f"{PAGE}{old.public_id}/" in page) == (True, True)
    assert "schon beendet" in web.post(f"{PAGE}{old.public_id}/beenden/", {"on": f"{TODAY}", "conclusion": "x"}).content.decode()  # fmt: skip


def test_every_step_is_in_the_log_without_its_words(world, managed, login):
    target, web = set_for(world, measures="Kanarienvogel-7731"), login(world.technical_lead)
    web.post(f"{PAGE}{target.public_id}/besprechen/", {"on": f"{TODAY}", "conclusion": "Kanarienvogel-7731", "next_on": f"{days_ago(-80)}"})  # fmt: skip
    events = Event.objects.filter(object_ref=target.public_id)
    assert [event.key for event in events.order_by("id")] == ["figure_target.set", "figure_target.reviewed"]
    assert not any("Kanarien" in f"{event.details}" for event in events)


@pytest.mark.rule("GO-05")
def test_who_is_responsible_notes_the_review_on_its_page(world, managed, login):
    target, web = set_for(world, responsible=world.counsellor), login(world.counsellor)
    page = text(web, f"{PAGE}{target.public_id}/")
    assert [step in page for step in ("besprechen/", "aendern/", "beenden/")] == [True, False, False]
    assert web.post(f"{PAGE}{target.public_id}/besprechen/", {"on": f"{TODAY}", "conclusion": "Läuft.", "next_on": f"{days_ago(-80)}"}).status_code == 302  # fmt: skip
    assert TargetReview.objects.get().conclusion == "Läuft."


# On paper


def test_the_paper_is_tagged_and_says_what_the_page_says(world, advised, login):
    advised(6, 6)
    set_for(world)
    found = chapters(world.counsellor.actor, TODAY)
    paper = strategy_paper(found, TODAY.year - 1, "KV Nordstadt", TODAY)
    rows = [row for block in paper.blocks for row in getattr(block, "rows", ())]
    assert [row[2] for row in rows].count(NONE_YET) == 20
    assert ("50\xa0%", f"mindestens 60\xa0% bis {days_ago(-300):%d.%m.%Y}", "Mehr Praktika.") in [
        (row[1], row[2], row[5]) for row in rows
    ]
    assert b"pdfuaid" in render_pdf(paper)
    answer = login(world.counsellor).get(f"{PAGE}blatt/")
    assert (answer.headers["Content-Type"], b"".join(answer)[:4]) == ("application/pdf", b"%PDF")
