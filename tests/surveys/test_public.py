"""The page on the phone, without a login: what it shows, what it refuses, what it leaves behind."""

import logging

import pytest
from django.test import Client as WebClient

from lotse.auditlog.models import Event
from lotse.surveys import public_views
from lotse.surveys.actions import release_words
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyCode, SurveyRound
from lotse.surveys.queries import answers_of, sums
from lotse.surveys.questionnaires import languages, words_in
from tests.factories import casework
from tests.factories import surveys as make
from tests.factories.surveys import YES

DOOR = "/u/"


@pytest.fixture
def asked(world):
    return make.asked(world)


@pytest.fixture
def code(world, asked):
    return make.codes(world, asked)[0]


def told(answer):
    return answer.content.decode()


def send(web, code, language="de", **more):
    return web.post(DOOR, {"c": code, "l": language, **YES, **more})


def test_without_a_code_the_page_asks_for_it(client, asked):
    answer = client.get(DOOR)
    assert (answer.status_code, "Code von Ihrem Zettel" in told(answer)) == (200, True)
    assert "KV Nordstadt" not in told(answer)


@pytest.mark.parametrize("language", languages())
def test_a_code_opens_the_questions_in_every_language(client, asked, code, language):
    answer = client.get(DOOR, {"c": code, "l": language})
    page = told(answer)
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert [q.texts[language] in page for q in asked.survey.questions] == [True] * 5
    assert page.count('type="radio"') == 5 * 4
    assert page.count(" checked") == 5  # skipped until she chooses


def test_the_page_speaks_the_language_of_the_phone(client, asked, code):
    shown = told(client.get(DOOR, {"c": code}, headers={"accept-language": "pl-PL,uk-UA;q=0.9,de;q=0.5"}))
    assert words_in("uk")["promise"] in shown
    assert words_in("de")["promise"] in told(client.get(DOOR, {"c": code}, headers={"accept-language": "pl"}))


def test_the_page_shows_nothing_of_the_house_but_its_name(world, client, asked, code):
    page = told(client.get(DOOR, {"c": code}))
    assert "KV Nordstadt" in page
    known = ("Beratungsstelle Nordstadt", "Migrationsberatung", "Beispiel", asked.public_id, "Bezirk", 'href="/"')
    assert [word for word in known if word in page] == []


@pytest.mark.rule("SV-02")
def test_an_answer_is_taken_once_and_thanked_for(client, asked, code):
    answer = send(client, code, "ar")
    assert (answer.status_code, answer["Location"]) == (302, "/u/danke/?l=ar")
    assert "شكرًا" in told(client.get(answer["Location"]))
    assert sums(asked)["knows_offers"]["yes"] == 1

    again = send(client, code)
    assert (again.status_code, "gilt nicht" in told(again), answers_of(asked)) == (404, True, 1)


def test_looking_changes_nothing(client, asked, code):
    events = Event.objects.count()
    for _ in range(3):
        client.get(DOOR, {"c": code, **YES})
        client.head(DOOR, {"c": code})
    assert (answers_of(asked), SurveyCode.objects.count(), Event.objects.count()) == (0, 1, events)


def test_every_question_may_be_skipped(client, asked, code):
    assert client.post(DOOR, {"c": code}).status_code == 302
    assert {key: values[""] for key, values in sums(asked).items()} == dict.fromkeys(YES, 1)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_tampered_answer_is_asked_again_with_what_was_chosen(client, asked, code, language):
    answer = send(client, code, language, solves_alone="<script>")
    assert answer.status_code == 400
    assert words_in(language)["wrong_answer"] in told(answer)
    assert 'name="knows_offers" value="yes" checked' in told(answer)
    assert "<script>" not in told(answer)
    assert answers_of(asked) == 0


def test_a_closed_round_looks_like_a_wrong_code(world, client, asked, code):
    make.closed(world, asked)
    closed, wrong = client.get(DOOR, {"c": code}), client.get(DOOR, {"c": "AAAA-AAAA"})
    assert (closed.status_code, wrong.status_code) == (404, 404)
    assert told(closed).replace(code, "") == told(wrong).replace("AAAA-AAAA", "")


def test_an_unknown_keyword_loses_nothing_that_was_typed(world, client):
    before = make.asked(world, moment=Moment.BEFORE)
    after = make.asked(world, moment=Moment.AFTER, follows=before)
    answer = send(client, make.codes(world, after)[0], "en", keyword="wrng-wrng")
    assert (answer.status_code, 'value="wrng-wrng"' in told(answer)) == (400, True)
    assert 'name="knows_offers" value="yes" checked' in told(answer)
    assert words_in("en")["wrong_keyword"] in told(answer)


def test_whoever_tries_codes_is_stopped_even_with_a_right_one(client, asked, code, monkeypatch):
    monkeypatch.setattr(public_views, "TRIES", 5)
    tried = [client.get(DOOR, {"c": f"aaaa-000{n}"}).status_code for n in range(5)]
    late = send(client, code)
    assert (tried, late.status_code, answers_of(asked)) == ([404] * 5, 429, 0)


def test_the_answer_is_neither_cached_nor_tracked(client, asked, code):
    answer = client.get(DOOR, {"c": code})
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert (set(client.cookies), "<script" in told(answer)) == ({"csrftoken"}, False)


def test_thanks_and_the_question_for_the_code_leave_no_session(client, db):
    for url in (DOOR, "/u/danke/"):
        client.get(url)
    assert "sessionid" not in client.cookies


def test_an_answer_without_the_token_of_the_form_is_refused(asked, code):
    assert send(WebClient(enforce_csrf_checks=True), code).status_code == 403
    assert answers_of(asked) == 0


@pytest.mark.rule("SV-04")
def test_log_and_access_log_hold_neither_code_nor_answer(client, asked, code, caplog):
    caplog.set_level(logging.DEBUG)
    events = Event.objects.count()
    client.get(DOOR, {"c": code})
    send(client, code)
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert (Event.objects.count(), code in written, "knows_offers" in written) == (events, False, False)


def test_a_draft_is_marked_until_it_is_released(world, client, asked, code):
    def marked(language):
        return "Entwurf, nicht geprüft" in told(client.get(DOOR, {"c": code, "l": language}))

    assert (marked("de"), marked("tr"), marked("de-x-leicht")) == (False, True, True)
    day = casework.days_ago(0)
    release_words(
        by=world.technical_lead.actor,
        survey=asked.survey,
        language="tr",
        reviewed_on=day,
        reviewed_by_name="Frau Yıldız",
    )
    assert (marked("tr"), marked("ar")) == (False, True)


@pytest.mark.parametrize("language", ["", "xx", "DE", "<b>", "de\x00"])
def test_an_unknown_language_becomes_german(client, asked, code, language):
    assert 'lang="de"' in told(client.get(DOOR, {"c": code, "l": language}))


def test_two_rounds_at_once_stay_apart(world, client, asked, code):
    other = make.asked(world, "counselling")
    (second,) = make.codes(world, other)
    client.post(DOOR, {"c": second, "satisfied": "yes"})
    assert (answers_of(asked), answers_of(other)) == (0, 1)
    assert SurveyRound.objects.count() == 2
