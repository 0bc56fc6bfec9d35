"""The pages of whoever asks, and what they may show."""

import re

import pytest
from django.core.exceptions import ValidationError

from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from lotse.documents.rendering import render_pdf
from lotse.facts.counting import rows_of_cell
from lotse.facts.registry import Question, fact
from lotse.facts.results import evaluate
from lotse.surveys import papers, rules
from lotse.surveys.actions import begin_round, close_round, draw_codes, enter_paper, release_words
from lotse.surveys.enums import Moment
from lotse.surveys.facts import CLOSED
from lotse.surveys.models import SurveyCode, SurveyRound, SurveyTally
from lotse.surveys.queries import answers_of, pairs, sums
from lotse.surveys.questionnaires import languages
from lotse.surveys.results import changes, results
from lotse.surveys.scope import MOST_CODES
from tests.documents.reading import text_of
from tests.factories import casework
from tests.factories import surveys as make
from tests.factories.surveys import YES
from tests.insight.test_statistics import table
from tests.personas import persona

NO = {**YES, "knows_offers": "no"}
SKIP = dict.fromkeys(YES, "")


def page(asked):
    return f"/umfragen/{asked.public_id}/"


def told(answer):
    return answer.content.decode()


def paper_text(answer):
    return text_of(b"".join(answer.streaming_content))


def numbers(asked):
    return [[line.count for line in answered.lines] for answered in results(asked)]


# --- who may -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("SV-01")
@pytest.mark.parametrize(
    "name", ["counsellor", "colleague", "sysadmin", "coordinator", "funder", "outsider", "dpo", "specialist"]
)
def test_only_who_leads_begins_prints_and_closes(world, name):
    by, asked = world.personas[name].actor, make.asked(world)
    dates = {"opens_on": asked.opens_on, "closes_on": asked.closes_on}
    for act in (
        lambda: begin_round(by=by, site=world.site, programme=world.mbe, survey=asked.survey, **dates),
        lambda: draw_codes(by=by, asked=asked, count=1),
        lambda: close_round(by=by, asked=asked),
    ):
        with pytest.raises((NotAllowed, SurveyRound.DoesNotExist)):
            act()
    assert (SurveyRound.objects.count(), SurveyCode.objects.count()) == (1, 0)


@pytest.mark.rule("SV-01")
def test_who_leads_one_carrier_leads_no_other(world):
    persona(world, "southern_manager", world.suedstadt, "carrier_manager")
    assert not rules.leads_rounds(world.southern_manager.actor, world.nordstadt.pk)
    assert rules.leads_rounds(world.carrier_manager.actor, world.nordstadt.pk)
    assert not rules.enters_paper(world.southern_manager.actor, world.nordstadt.pk)
    assert not rules.enters_paper(world.outsider.actor, world.nordstadt.pk)
    assert not rules.enters_paper(world.sysadmin.actor, world.nordstadt.pk)


@pytest.mark.rule("SV-01")
def test_rounds_are_seen_by_who_counsels_leads_or_counts(world):
    make.asked(world)
    names = (
        "counsellor",
        "technical_lead",
        "carrier_manager",
        "coordinator",
        "outsider",
        "sysadmin",
        "funder",
        "dpo",
        "specialist",
    )
    seen = [SurveyRound.objects.visible_to(world.personas[name].actor).count() for name in names]
    assert seen == [1, 1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.rule("SV-01")
@pytest.mark.parametrize(
    ("name", "may"), [("counsellor", True), ("technical_lead", True), ("carrier_manager", True), ("coordinator", False)]
)
def test_paper_is_entered_by_who_works_there(world, name, may):
    asked = make.asked(world)
    assert rules.enters_paper(world.personas[name].actor, asked.organisation_id) == may
    if not may:
        with pytest.raises(NotAllowed):
            enter_paper(by=world.personas[name].actor, asked=asked, sheets=1, given={})


# --- paper -------------------------------------------------------------------------------------------------------
def test_a_stack_of_paper_is_added_up(world, login):
    asked = make.asked(world)
    make.answered(world, asked, YES)
    data = {"sheets": "7", "knows_offers_yes": "4", "knows_offers_no": "1", "solves_alone_partly": "7"}
    assert login(world.counsellor).post(f"{page(asked)}papier/", data).status_code == 302
    assert answers_of(asked) == 8
    assert sums(asked)["knows_offers"] == {"yes": 5, "partly": 0, "no": 1, "": 2}
    assert sums(asked)["understands_letters"] == {"yes": 0, "partly": 0, "no": 1, "": 7}


@pytest.mark.parametrize(
    ("data", "told_why"),
    [
        ({"sheets": "2", "knows_offers_yes": "3"}, "3 Kreuze, aber 2 Bögen."),
        ({"sheets": "0"}, "Dieser Wert muss größer oder gleich 1 sein."),
        ({"sheets": ""}, "Bitte ausfüllen."),
        ({"sheets": "2", "knows_offers_yes": "-1"}, "Dieser Wert muss größer oder gleich 0 sein."),
    ],
)
def test_a_stack_that_does_not_add_up_is_asked_again(world, login, data, told_why):
    asked = make.asked(world)
    answer = login(world.counsellor).post(f"{page(asked)}papier/", data)
    assert (answer.status_code, told_why in told(answer), answers_of(asked)) == (200, True, 0)
    assert 'value="3"' in told(answer) or "knows_offers_yes" not in data or data["knows_offers_yes"] == "-1"


def test_more_ticks_than_sheets_are_refused_by_the_action(world):
    asked = make.asked(world)
    with pytest.raises(ValidationError):
        enter_paper(by=world.counsellor.actor, asked=asked, sheets=1, given={"knows_offers": {"yes": 2}})


def test_a_closed_round_takes_no_paper(world, login):
    asked = make.closed(world, make.asked(world))
    answer = login(world.counsellor).post(f"{page(asked)}papier/", {"sheets": "5"})
    assert ("Diese Umfrage ist beendet." in told(answer), answers_of(asked)) == (True, 0)


@pytest.mark.parametrize("language", languages())
def test_the_questionnaire_is_printed_in_every_language(world, login, language):
    asked = make.asked(world, "environment")
    text = paper_text(login(world.counsellor).get(f"{page(asked)}bogen.pdf?sprache={language}"))
    german = asked.survey.questions[3].texts["de-x-leicht" if language == "de-x-leicht" else "de"]
    assert german in text
    assert ("Entwurf, nicht geprüft" in text) == (language != "de")


def test_slips_carry_codes_that_open_and_each_is_printed_once(world, login, client):
    asked = make.asked(world)
    text = paper_text(login(world.technical_lead).post(f"{page(asked)}zettel/", {"count": "9"}))
    codes = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", text)
    assert (len(set(codes)), SurveyCode.objects.count()) == (9, 9)
    assert [client.get("/u/", {"c": code}).status_code for code in codes] == [200] * 9
    assert "Merkwort" not in text


def test_the_widest_code_stands_on_one_line(world):
    slips = papers.slips(make.asked(world, moment=Moment.BEFORE), ["wwwwwwww", "mmmmmmmm"])
    text = text_of(render_pdf(slips))
    assert ("WWWW-WWWW" in text, "MMMM-MMMM" in text) == (True, True)


def test_slips_of_before_carry_a_keyword_that_nothing_keeps(world, login):
    asked = make.asked(world, moment=Moment.BEFORE)
    text = paper_text(login(world.technical_lead).post(f"{page(asked)}zettel/", {"count": "2"}))
    keywords = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert len(set(keywords)) == 4  # two codes, two keywords
    assert [k for k in keywords if k.replace("-", "").lower() in repr(list(Event.objects.values()))] == []


@pytest.mark.parametrize("count", ["0", "201", "", "x"])
def test_a_number_of_slips_that_cannot_be_is_asked_again(world, login, count):
    asked = make.asked(world)
    assert login(world.technical_lead).post(f"{page(asked)}zettel/", {"count": count}).status_code == 200
    assert SurveyCode.objects.count() == 0


def test_more_codes_than_a_round_may_have_are_refused(world, login):
    asked = make.asked(world)
    SurveyRound.objects.update(codes_drawn=MOST_CODES - 1)
    answer = login(world.technical_lead).post(f"{page(asked)}zettel/", {"count": "2"})
    assert "Für diese Umfrage lassen sich noch 1 Codes drucken." in told(answer)


# --- results -----------------------------------------------------------------------------------------------------
@pytest.mark.rule("SV-03")
def test_nothing_is_shown_while_answers_come_in(world, login):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 6)
    shown = told(login(world.technical_lead).get(page(asked)))
    assert (numbers(asked), "stimmt nicht" in shown) == ([[]] * 5, False)


@pytest.mark.rule("SV-03")
@pytest.mark.parametrize(("count", "shown"), [(4, []), (5, [5, 0, 0, 5])])
def test_five_answers_to_a_question_are_shown_and_four_are_not(world, count, shown):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * count, *[SKIP] * 5)
    assert numbers(make.closed(world, asked))[0] == shown


@pytest.mark.rule("SV-03")
def test_what_fewer_than_five_answered_is_wiped_for_good(world):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 4, {**SKIP, "knows_offers": "no"})
    make.closed(world, asked)
    left = SurveyTally.objects.filter(number__gt=0).values_list("question", flat=True)
    assert set(left) == {"knows_offers"}


@pytest.mark.rule("SV-03")
def test_a_small_cell_is_a_dot_and_so_is_what_would_give_it_away(world):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 8, *[NO] * 2, *[{**YES, "knows_offers": "partly"}] * 6)
    assert numbers(make.closed(world, asked))[0] == [8, None, None, 0]


def test_a_round_without_enough_answers_says_so(world, login):
    asked = make.asked(world)
    make.answered(world, asked, YES)
    make.closed(world, asked)
    shown = told(login(world.technical_lead).get(page(asked)))
    assert (shown.count("noch keine 5 Antworten"), "weniger als 5" in shown) == (5, True)


def test_before_and_after_are_compared_for_five_pairs(world, login):
    before = make.asked(world, moment=Moment.BEFORE)
    after = make.asked(world, moment=Moment.AFTER, follows=before)
    for n in range(5):
        make.answered(world, before, NO, keyword=f"aaaa-000{n}")
        make.answered(world, after, YES, keyword=f"aaaa-000{n}")
    after = make.closed(world, after)
    found = {a.title: [line.count for line in a.lines] for a in changes(after)}
    assert list(found.values()) == [[5, 0, 0], [0, 5, 0], [], [0, 5, 0], []]
    assert "Vorher und nachher" in told(login(world.technical_lead).get(page(after)))


@pytest.mark.rule("SV-03")
def test_fewer_than_five_pairs_are_parted_for_good(world):
    before = make.asked(world, moment=Moment.BEFORE)
    after = make.asked(world, moment=Moment.AFTER, follows=before)
    for n in range(4):
        make.answered(world, before, NO, keyword=f"aaaa-000{n}")
        make.answered(world, after, YES, keyword=f"aaaa-000{n}")
    make.answered(world, after, YES)
    after = make.closed(world, after)
    assert [a.lines for a in changes(after)] == [()] * 5
    assert pairs(after) == []
    assert sums(after)["knows_offers"]["yes"] == 5


def test_a_closed_round_closes_once(world):
    asked = make.closed(world, make.asked(world))
    with pytest.raises(ValidationError):
        make.closed(world, asked)


# --- the figures -------------------------------------------------------------------------------------------------
def indicator(world, key, by, **more):
    year = casework_year()
    (result,) = evaluate([fact(f"surveys.{key}")], Question(by.actor, year, **more))
    return {cell.key: cell.count for cell in result.cells}


def casework_year():
    from lotse.facts.registry import Period

    return Period(casework.days_ago(360), casework.days_ago(0))


@pytest.mark.rule("SV-03")
def test_a_closed_round_feeds_its_indicator_and_an_open_one_does_not(world):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 6)
    assert set(indicator(world, "knows_offers", world.coordinator).values()) == {0}
    make.closed(world, asked)
    assert indicator(world, "knows_offers", world.coordinator) == {"yes": 6, "partly": 0, "no": 0, "_missing": 0}
    assert indicator(world, "solves_alone", world.coordinator)["partly"] == 6


def test_before_does_not_count_for_the_indicator(world):
    asked = make.asked(world, moment=Moment.BEFORE)
    make.answered(world, asked, *[YES] * 6)
    make.closed(world, asked)
    assert set(indicator(world, "knows_offers", world.coordinator).values()) == {0}


def test_four_are_a_dot_inside_the_house_too(world):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 6, *[NO] * 4)
    make.closed(world, asked)
    assert indicator(world, "knows_offers", world.technical_lead)["no"] is None


def test_nobody_has_rows_of_her_own_and_nothing_opens(world, login):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 6)
    make.closed(world, asked)
    year = casework_year()
    question = Question(world.counsellor.actor, year)
    assert list(rows_of_cell(fact("surveys.knows_offers"), "yes", question)) == []
    assert evaluate([fact("surveys.knows_offers")], Question(world.counsellor.actor, year, own=True)) == []


def test_the_figure_says_that_nothing_opens(world, login):
    asked = make.asked(world)
    make.answered(world, asked, *[YES] * 6)
    make.closed(world, asked)
    last_year = casework.days_ago(0).year - 1
    SurveyRound.objects.update(closed_at=casework.days_ago(0).replace(year=last_year, day=1).isoformat() + "T12:00:00Z")
    web = login(world.counsellor)
    shown = told(web.get(f"/auswertung/?scope=all&year={last_year}"))
    assert table(shown, "Kennen wichtige Hilfsangebote (Selbstauskunft)")["stimmt"] == 6
    assert CLOSED in told(web.get(f"/auswertung/surveys.knows_offers/yes/?scope=all&year={last_year}"))


# --- pages -------------------------------------------------------------------------------------------------------
def test_from_an_empty_list_to_a_closed_round(world, login):
    web = login(world.technical_lead)
    assert "Noch keine Umfrage" in told(web.get("/umfragen/"))
    (place,) = [key for key, _name in web.get("/umfragen/neu/").context["form"].fields["place"].choices]
    today = casework.days_ago(0)
    data = {
        "survey": "counselling",
        "place": place,
        "moment": "before",
        "opens_on": f"{today}",
        "closes_on": f"{today}",
    }
    assert web.post("/umfragen/neu/", data).status_code == 302
    asked = SurveyRound.objects.get()
    assert web.post(f"{page(asked)}nachher/", {"opens_on": f"{today}", "closes_on": f"{today}"}).status_code == 302
    assert asked.followed_by.survey == asked.survey
    assert web.get(f"{page(asked)}nachher/").status_code == 404
    assert web.post(f"{page(asked)}beenden/").status_code == 302
    assert "beendet" in told(web.get("/umfragen/"))


def test_a_round_that_ends_before_it_begins_is_asked_again(world, login):
    web = login(world.technical_lead)
    (place,) = [key for key, _name in web.get("/umfragen/neu/").context["form"].fields["place"].choices]
    data = {
        "survey": "overview",
        "place": place,
        "moment": "single",
        "opens_on": "2026-03-02",
        "closes_on": "2026-03-01",
    }
    assert "Das Ende liegt vor dem Beginn." in told(web.post("/umfragen/neu/", data))


def test_asked_again_is_the_same_at_the_same_place(world):
    before = make.asked(world, moment=Moment.BEFORE)
    with pytest.raises(ValidationError, match="demselben Fragebogen"):
        make.asked(world, "counselling", moment=Moment.AFTER, follows=before)
    make.asked(world, moment=Moment.AFTER, follows=before)


def test_words_are_released_by_who_keeps_texts(world, login):
    web = login(world.technical_lead)
    url = "/umfragen/texte/overview/ar/"
    assert "أعرف خدمات المساعدة" in told(web.get(url))
    assert (
        web.post(url, {"reviewed_on": f"{casework.days_ago(0)}", "reviewed_by_name": "Herr Haddad"}).status_code == 302
    )
    assert "Herr Haddad" in told(web.get(url))
    assert told(web.get("/umfragen/texte/")).count("freigegeben") == 1
    for wrong in ("/umfragen/texte/overview/de/", "/umfragen/texte/overview/xx/", "/umfragen/texte/nichts/ar/"):
        assert web.get(wrong).status_code == 404


def test_german_needs_no_release_and_not_everybody_releases(world):
    given = {"survey": make.survey(), "reviewed_on": casework.days_ago(0), "reviewed_by_name": "X"}
    with pytest.raises(ValidationError):
        release_words(by=world.technical_lead.actor, language="de", **given)
    with pytest.raises(NotAllowed):
        release_words(by=world.counsellor.actor, language="ar", **given)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_of_rounds_does_not_grow(world, login, django_assert_num_queries, count):
    for _ in range(count):
        make.asked(world)
    web = login(world.technical_lead)
    web.get("/umfragen/")
    with django_assert_num_queries(5):
        web.get("/umfragen/")
