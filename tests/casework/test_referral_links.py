"""What lies open to the world: a link, a code, one page. Looked at the way an attacker or a mail scanner would."""

from datetime import timedelta

import pytest
from django.test import Client as WebClient
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.casework.actions import referrals as acts
from lotse.casework.actions.consents import withdraw
from lotse.casework.enums import Act
from lotse.casework.models import Consent, Referral, ReferralQuestion
from lotse.casework.views import referral_answers
from lotse.correspondence.links import make_link
from lotse.correspondence.models import SignedLink
from tests.conftest import CarefulClient
from tests.factories import casework as make

DOOR = "/verweis/"
DECLINED = {"answer": "decline", "reason": "no_capacity", "name": "Frau Wolf"}
ACCEPTED = {"answer": "accept", "name": "Frau Wolf"}


@pytest.fixture
def sent(world):
    return make.sent(world)


@pytest.fixture
def code(world, sent):
    return acts.make_code(by=world.counsellor.actor, referral=sent)


@pytest.fixture
def token(sent):
    return make.token_in_mail()


@pytest.fixture
def partner(client, sent, code, token):
    """A browser that has given the code."""
    assert client.post(DOOR, {"t": token, "code": code}).status_code == 302
    return client


def page_of(referral):
    return f"{DOOR}{referral.public_id}/"


def told(answer):
    return answer.content.decode()


def rows():
    return list(Referral.objects.values_list("state", "wrong_codes", "revision")), list(SignedLink.objects.values())


@pytest.mark.rule("RF-01")
def test_before_the_code_the_link_shows_nothing(client, sent, token):
    answer = client.get(DOOR, {"t": token})
    secrets = (sent.client.last_name, sent.client.first_name, sent.purpose, sent.partner.name, sent.client.site.name)
    assert answer.status_code == 200
    assert [word for word in secrets if word in told(answer)] == []


@pytest.mark.rule("RF-01")
def test_a_mail_scanner_that_opens_the_link_changes_nothing(client, sent, code, token):
    before, events = rows(), Event.objects.count()
    for _ in range(8):
        client.get(DOOR, {"t": token})
        client.head(DOOR, {"t": token})
        client.get(DOOR, {"t": token, "code": code})
        client.get(page_of(sent), {"answer": "decline", "reason": "other", "name": "Scanner"})
    assert (rows(), Event.objects.count()) == (before, events)


@pytest.mark.rule("RF-01")
def test_the_page_is_for_one_reader_and_nobody_keeps_it(partner, sent, token):
    for answer in (partner.get(DOOR, {"t": token}), partner.get(page_of(sent))):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "http" not in told(answer)


def test_the_page_shows_exactly_what_was_chosen(partner, sent):
    shown = told(partner.get(page_of(sent)))
    assert ("Mira Özdemir" in shown, "Braucht Hilfe beim Antrag." in shown) == (True, True)
    assert "Teil A" not in shown
    assert f"{sent.client.number}" not in shown.replace(sent.public_id, "")[:0]


@pytest.mark.rule("RF-02")
def test_every_look_is_logged_in_the_file(partner, sent, world, login):
    partner.get(page_of(sent))
    event = Event.objects.get(is_read=True, object_ref=sent.public_id)
    assert (event.actor_label, event.file_ref) == ("Mieterberatung (über den Link)", sent.client.public_id)
    shown = told(login(world.counsellor).get(f"/akte/{sent.client.public_id}/verlauf/?nur=reads"))
    assert "Mieterberatung (über den Link) hat gelesen: Verweis." in shown


@pytest.mark.rule("RF-03")
def test_guessing_ends_after_five_tries_in_every_browser(sent, code, token):
    answers = [CarefulClient().post(DOOR, {"t": token, "code": f"{number:08}"}) for number in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert "gesperrt" in told(answers[-1])

    late = CarefulClient().post(DOOR, {"t": token, "code": code})
    assert (late.status_code, Referral.objects.get().state) == (200, "sent")
    assert sent.client.last_name not in told(late)


def test_the_code_may_be_typed_with_a_gap(client, sent, code, token):
    assert client.post(DOOR, {"t": token, "code": f" {code[:4]}-{code[4:]} "}).status_code == 302


@pytest.mark.rule("RF-01")
@pytest.mark.parametrize(
    "harm", [lambda t: "", lambda t: t[:-1], lambda t: t + "x", lambda t: "a:b:c", lambda t: "\x00"]
)
def test_a_wrong_token_opens_a_closed_page(client, sent, code, token, harm):
    for answer in (client.get(DOOR, {"t": harm(token)}), client.post(DOOR, {"t": harm(token), "code": code})):
        assert answer.status_code == 404
        assert "nicht mehr gültig" in told(answer)


@pytest.mark.rule("RF-01")
def test_a_link_for_another_purpose_opens_nothing(client, world, sent, code):
    _link, foreign = make_link(
        purpose="calendar", obj=sent, organisation_id=world.nordstadt.pk, valid_for=timedelta(days=1)
    )
    assert client.post(DOOR, {"t": foreign, "code": code}).status_code == 404


@pytest.mark.rule("RF-01")
def test_one_partner_does_not_read_what_another_got(world, partner, sent):
    other = make.sent(
        world, make.referral(world, client=sent.client, to=make.partner(world, name="Kita"), purpose="Platz")
    )
    foreign = make.token_in_mail()
    assert partner.get(page_of(other)).status_code == 404
    assert partner.post(page_of(other), DECLINED).status_code == 404
    acts.make_code(by=world.counsellor.actor, referral=other)
    own = Referral.objects.get(pk=sent.pk)
    assert partner.post(DOOR, {"t": foreign, "code": "12345678"}).status_code == 200
    assert own.state == "seen"


@pytest.mark.rule("RF-01")
def test_the_address_of_the_page_alone_opens_nothing(partner, sent):
    assert CarefulClient().get(page_of(sent)).status_code == 404
    assert CarefulClient().post(page_of(sent), DECLINED).status_code == 404
    assert Referral.objects.get().state == "seen"


def test_the_session_begins_anew_with_the_code(client, sent, code, token):
    client.get(DOOR, {"t": token})
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post(DOOR, {"t": token, "code": code})
    assert client.session.session_key != planted


def test_after_half_an_hour_the_code_is_asked_again(partner, sent, monkeypatch):
    now = referral_answers.time.time()
    monkeypatch.setattr(referral_answers.time, "time", lambda: now + 31 * 60)
    assert partner.get(page_of(sent)).status_code == 404
    assert partner.post(page_of(sent), ACCEPTED).status_code == 404


def test_an_answer_without_the_token_of_the_form_is_refused(sent, code, token):
    strict = WebClient(enforce_csrf_checks=True)
    assert strict.post(DOOR, {"t": token, "code": code}).status_code == 403
    assert Referral.objects.get().state == "sent"


def test_accepted_the_page_stays_until_the_link_ends(partner, sent):
    when = timezone.localtime() + timedelta(days=2)
    answer = partner.post(
        page_of(sent), {**ACCEPTED, "appointment_at": f"{when:%Y-%m-%dT%H:%M}", "place": "Marktplatz 1"}
    )
    assert answer.status_code == 302
    shown = told(partner.get(page_of(sent)))
    assert ("Sie haben zugesagt" in shown, "Marktplatz 1" in shown, "Antwort schicken" in shown) == (True, True, False)


@pytest.mark.rule("RF-02")
def test_declined_the_link_is_dead_for_good(partner, sent, code, token):
    answer = partner.post(page_of(sent), DECLINED)
    assert (answer.status_code, "Vielen Dank" in told(answer), sent.client.last_name in told(answer)) == (
        200,
        True,
        False,
    )
    replayed = [
        partner.get(page_of(sent)),
        partner.post(page_of(sent), ACCEPTED),
        partner.post(DOOR, {"t": token, "code": code}),
    ]
    assert [answer.status_code for answer in replayed] == [404] * 3
    assert Referral.objects.get().state == "declined"


def test_an_answer_sent_twice_counts_once(partner, sent):
    assert partner.post(page_of(sent), ACCEPTED).status_code == 302
    again = partner.post(page_of(sent), DECLINED)
    assert (again.status_code, "schon geantwortet" in told(again)) == (200, True)
    assert Referral.objects.get().state == "accepted"


def test_a_question_is_kept_and_shown(partner, sent):
    partner.post(page_of(sent), {"answer": "ask", "question": "Wie viele Kinder?", "name": "Frau Wolf"})
    assert ReferralQuestion.objects.get().text == "Wie viele Kinder?"
    assert "Wie viele Kinder?" in told(partner.get(page_of(sent)))


@pytest.mark.parametrize("data", [
    {}, {"answer": "accept"}, {"answer": "decline", "name": "W"}, {"answer": "ask", "name": "W"}, {"answer": "x", "name": "W"},
    {"answer": "accept", "name": "W", "appointment_at": "gestern"}, {"answer": "decline", "name": "W", "reason": "x"},
    {"answer": "accept", "name": "W", "appointment_at": "2020-01-01T10:00"},
])  # fmt: skip
def test_a_half_answer_is_asked_again_and_nothing_is_lost(partner, sent, data):
    answer = partner.post(page_of(sent), data)
    assert answer.status_code == 200
    assert all(f'value="{text}"' in told(answer) for text in (data.get("name", ""),) if text)
    assert Referral.objects.get().state == "seen"


@pytest.mark.rule("RF-02")
@pytest.mark.parametrize("act", [Act.DISCLOSURE, Act.RECORDING])
def test_withdrawn_between_reading_and_answering_nothing_is_shown_any_more(world, partner, sent, code, token, act):
    assert partner.get(page_of(sent)).status_code == 200
    withdraw(by=world.counsellor.actor, consent=Consent.objects.get(act=act), on=timezone.localdate())
    late = [partner.get(page_of(sent)), partner.post(page_of(sent), ACCEPTED), partner.get(DOOR, {"t": token})]
    assert [answer.status_code for answer in late] == [404] * 3
    assert all(sent.client.last_name not in told(answer) for answer in late)
    assert Referral.objects.get().state == "cancelled"


@pytest.mark.rule("RF-02")
def test_a_new_link_ends_what_the_old_one_had_opened(world, partner, sent):
    acts.renew_link(by=world.counsellor.actor, referral=sent, recipient="neu@mieter.example")
    assert partner.get(page_of(sent)).status_code == 404


def test_a_look_that_cannot_be_logged_is_not_shown(partner, sent, monkeypatch):
    def broken(**_):
        raise OSError("full")

    monkeypatch.setattr(referral_answers, "record_read", broken)
    answer = partner.get(page_of(sent))
    assert (answer.status_code, sent.client.last_name in told(answer)) == (503, False)


def test_script_from_a_partner_is_shown_as_text(world, partner, sent, login):
    harm = "<script>alert(1)</script>"
    partner.post(page_of(sent), {"answer": "ask", "question": harm, "name": harm})
    for answer in (
        partner.get(page_of(sent)),
        login(world.counsellor).get(f"/akte/{sent.client.public_id}/verweise/{sent.public_id}/"),
    ):
        assert "&lt;script&gt;alert(1)" in told(answer)


def test_what_a_partner_types_is_sealed(partner, sent):
    word = "Geheimwort"
    partner.post(page_of(sent), {"answer": "ask", "question": word, "name": word})
    partner.post(page_of(sent), {**DECLINED, "name": word, "note": word})
    sealed = [
        *Referral.objects.filter(pk=sent.pk).values_list("answered_by", "answer_note", "content", "purpose").get(),
        *ReferralQuestion.objects.values_list("text", "asked_by").get(),
    ]
    assert Referral.objects.get().answer_note == word
    assert all(word.encode() not in bytes(value) for value in sealed if isinstance(value, bytes | memoryview))


# --- the counsellor's pages ------------------------------------------------------------------------------------


def test_the_code_is_shown_once(world, sent, login):
    web = login(world.counsellor)
    page = f"/akte/{sent.client.public_id}/verweise/{sent.public_id}/"
    shown = told(web.post(f"{page}code/"))
    code = shown.split('class="spoken">')[1].split("<")[0]
    assert (len(code), code in told(web.get(page))) == (9, False)
    assert CarefulClient().post(DOOR, {"t": make.token_in_mail(), "code": code}).status_code == 302


def test_a_refused_partner_is_followed_by_the_next_with_the_same_words(world, partner, sent, login):
    partner.post(page_of(sent), DECLINED)
    make.partner(world, name="Wohnungsamt")
    web = login(world.counsellor)
    shown = told(web.get(f"/akte/{sent.client.public_id}/verweise/neu/?nach={sent.public_id}"))
    assert make.PURPOSE in shown


def test_answers_stand_on_heute_until_followed_up(world, partner, sent, login):
    partner.post(page_of(sent), DECLINED)
    web = login(world.counsellor)
    assert "Mieterberatung" in told(web.get("/"))
    web.post(f"/akte/{sent.client.public_id}/verweise/{sent.public_id}/nachfassen/", {"remind_on": ""})
    assert "Mieterberatung" not in told(web.get("/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_referrals_does_not_grow(world, login, django_assert_num_queries, count):
    client = make.case(world).client
    for number in range(count):
        make.referral(world, client=client, agreed=False, to=make.partner(world, name=f"Partner {number}"))
    web = login(world.counsellor)
    web.get(f"/akte/{client.public_id}/verweise/")
    with django_assert_num_queries(6):
        web.get(f"/akte/{client.public_id}/verweise/")


@pytest.mark.parametrize("language", ["de", "ar", "tr"])
def test_the_consent_to_sign_names_recipient_purpose_and_data(world, login, language):
    draft = make.referral(world, agreed=False, purpose="Wohnung {x}")
    answer = login(world.counsellor).get(
        f"/akte/{draft.client.public_id}/verweise/{draft.public_id}/einwilligung.pdf?sprache={language}"
    )
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
