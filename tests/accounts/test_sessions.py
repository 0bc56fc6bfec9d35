import time

import pytest
from django.conf import settings

from lotse.accounts.actions.sessions import KEEP
from lotse.accounts.models import SignIn
from lotse.auditlog.models import Event
from lotse.core import drafts
from lotse.core.models import Draft
from tests.accounts.conftest import PASSWORD, sign_in
from tests.conftest import CarefulClient
from tests.factories import casework as make

BACKGROUND = {"headers": {"X-Lotse-Background": "1"}}
EXPIRED = "Sie wurden zur Sicherheit abgemeldet"


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes=16)` lets time go by for the two clocks of a session."""
    real, passed = time.time, [0]
    monkeypatch.setattr("lotse.accounts.middleware.time.time", lambda: real() + passed[0])

    def _clock(minutes=0, hours=0):
        passed[0] += minutes * 60 + hours * 3600

    return _clock


def signed_in(web):
    return web.get("/konto/").status_code == 200


def test_login_leads_to_the_home_page(world, web):
    assert sign_in(web, world.counsellor).url == "/"
    assert signed_in(web)


def test_login_leads_back_to_where_one_was(world, web):
    sent = web.get("/klienten/").url
    assert sent == "/konto/login/?next=/klienten/"
    assert (
        web.post(sent, {"login": world.counsellor.user.email, "password": PASSWORD, "next": "/klienten/"}).url
        == "/klienten/"
    )


def test_login_never_leads_out_of_the_house(world, web):
    data = {"login": world.counsellor.user.email, "password": PASSWORD, "next": "https://boese.example/"}
    assert web.post("/konto/login/", data).url == "/"


def test_address_is_known_in_any_case(world, web):
    assert sign_in(web, world.counsellor.user.email.upper()).url == "/"


def test_session_id_changes_at_login(world, web):
    web.get("/konto/login/")
    web.session.save()
    before = web.session.session_key
    sign_in(web, world.counsellor)
    assert web.session.session_key != before


def test_fifteen_idle_minutes_end_the_session(world, web, clock):
    sign_in(web, world.counsellor)
    assert signed_in(web)
    clock(minutes=14)
    assert signed_in(web)
    clock(minutes=16)
    response = web.get("/klienten/?q=a", follow=True)
    assert response.redirect_chain == [("/konto/login/?next=%2Fklienten%2F%3Fq%3Da", 302)]
    assert EXPIRED in response.content.decode()
    assert not signed_in(web)


def test_twelve_hours_end_the_session_however_busy(world, web, clock):
    sign_in(web, world.counsellor)
    for _ in range(72):
        assert signed_in(web)
        clock(minutes=10)
    clock(minutes=1)
    assert not signed_in(web)


def test_draft_is_there_after_the_idle_logout(world, web, clock):
    case = make.case(world)
    url = f"/akte/{case.client.public_id}/kontakt/"
    sign_in(web, world.counsellor)
    web.post("/entwurf/", {
        "draft_form": "contact", "draft_object": case.client.public_id, "note": "halb getippt", "draft_label": "K", "draft_url": url,
    }, **BACKGROUND)  # fmt: skip
    clock(minutes=16)
    assert web.get(url).url.startswith("/konto/login/")

    sign_in(web, world.counsellor)

    assert "halb getippt" in web.get(url).content.decode()


def test_form_sent_after_the_end_keeps_its_draft_and_writes_nothing(world, web, clock):
    case = make.case(world)
    sign_in(web, world.counsellor)
    web.post(
        "/entwurf/", {"draft_form": "contact", "draft_object": case.client.public_id, "note": "getippt"}, **BACKGROUND
    )
    clock(minutes=16)
    url = f"/akte/{case.client.public_id}/kontakt/"
    assert web.post(url, {"note": "getippt", "channel": "phone"}).url.startswith("/konto/login/")
    assert case.contacts.count() == 0
    assert drafts.typed(drafts.load(world.counsellor.actor, "contact", case.client.public_id)) == {"note": ["getippt"]}


def test_background_requests_never_extend_the_session(world, web, clock):
    sign_in(web, world.counsellor)
    web.get("/")
    for _ in range(4):
        clock(minutes=4)
        kept = web.post("/entwurf/", {"draft_form": "contact", "note": "tippt"}, **BACKGROUND)
    assert kept.status_code == 401
    assert EXPIRED in kept.json()["message"]
    assert not signed_in(web)


def test_polling_never_extends_the_session(world, web, clock):
    sign_in(web, world.counsellor)
    web.get("/")
    statuses = []
    for _ in range(4):
        clock(minutes=4)
        statuses.append(web.get("/klienten/", **BACKGROUND).status_code)
    assert statuses == [200, 200, 200, 401]


def test_background_request_of_a_fresh_session_starts_no_clock_anew(world, web, clock):
    """The first request after the login is in the background: idle time counts from the login."""
    sign_in(web, world.counsellor)
    for _ in range(4):
        clock(minutes=5)
        web.get("/klienten/", **BACKGROUND)
    assert not signed_in(web)


def test_cookies_are_for_this_house_only():
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE, settings.SESSION_EXPIRE_AT_BROWSER_CLOSE) == (
        True, "Lax", True,
    )  # fmt: skip


def test_logging_out_needs_a_post(world, web):
    sign_in(web, world.counsellor)
    assert web.get("/konto/logout/").status_code == 200
    assert signed_in(web)
    web.post("/konto/logout/")
    assert not signed_in(web)
    assert SignIn.objects.get().ended_at is not None


def test_own_page_shows_sessions_and_last_logins(world, web):
    sign_in(web, world.counsellor, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/150.0"})
    page = web.get("/konto/").content.decode()
    assert (page.count("Firefox, Windows"), "diese hier" in page, "Passwort · Firefox, Windows" in page) == (
        2,
        True,
        True,
    )
    assert Event.objects.filter(key="account.signed_in").count() == 1


def test_all_other_sessions_end_and_this_one_stays(world, web):
    other = CarefulClient()
    sign_in(other, world.counsellor)
    sign_in(web, world.counsellor)

    web.post("/konto/sitzungen/")

    assert (signed_in(web), signed_in(other)) == (True, False)
    assert [s.ended_at is None for s in SignIn.objects.order_by("id")] == [False, True]


def test_changed_password_ends_the_other_sessions(world, web, letters):
    other = CarefulClient()
    sign_in(other, world.counsellor)
    sign_in(web, world.counsellor)
    new = "Wolken ziehen 47 nach Norden"

    with letters() as box:
        web.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (signed_in(web), signed_in(other)) == (True, False)
    assert [mail.to for mail in box] == [[world.counsellor.user.email]]
    assert Event.objects.filter(key="account.password_changed").count() == 1


def test_password_change_needs_the_old_one(world, web):
    sign_in(web, world.counsellor)
    data = {"oldpassword": "falsch", "password1": "Wolken ziehen 47", "password2": "Wolken ziehen 47"}
    assert web.post("/konto/password/change/", data).status_code == 200
    world.counsellor.user.refresh_from_db()
    assert world.counsellor.user.check_password(PASSWORD)


def test_own_name_is_changed(world, login):
    web = login(world.counsellor)
    web.post("/konto/", {"name": "Mara Muster"})
    assert "Mara Muster" in web.get("/konto/").content.decode()
    assert "Bitte ausfüllen" in web.post("/konto/", {"name": ""}).content.decode()


def test_old_logins_are_forgotten(world, web):
    from django.utils import timezone

    SignIn.objects.create(user=world.counsellor.user, created_at=timezone.now() - KEEP * 2)
    sign_in(web, world.counsellor)
    assert SignIn.objects.count() == 1


def test_nobody_sees_the_sessions_of_another(world, web, login):
    sign_in(web, world.counsellor, headers={"User-Agent": "Firefox/150.0 Windows"})
    assert "Firefox" not in login(world.colleague).get("/konto/").content.decode()


def test_draft_survives_for_its_owner_only(world, login, web):
    sign_in(web, world.counsellor)
    web.post("/entwurf/", {"draft_form": "contact", "draft_object": "x", "note": "meins"})
    assert Draft.objects.get().owner_ref == world.counsellor.person.public_id
