"""The pages of the login under the rules of the house: GET writes nothing, German, strict CSP, no way around the invitation."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from lotse.accounts.models import User
from lotse.casework.models import Client
from tests.accounts.conftest import PASSWORD, SECRET, app_code, give_factor, link_in, sign_in
from tests.factories import casework as make

ENTRANCE = ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
            "account_reset_password_from_key_done", "socialaccount_login_cancelled")  # fmt: skip
MANAGE = ("accounts:security", "account_change_password", "account_logout", "account_reauthenticate", "mfa_activate_totp",
          "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
          "mfa_reauthenticate", "mfa_index")  # fmt: skip
CLOSED = (
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "socialaccount_connections",
    "socialaccount_signup",
)
ENGLISH = re.compile(
    r"\b(Sign|Password|Code \w+ing|Please|your|Email|Deactivate|Cancel)\b|\b(du|dein|deine|dich|dir)\b", re.IGNORECASE
)


def words_of(response):
    page = re.sub(r"<(script|style).*?</\1>|<head.*?</head>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return page


@pytest.fixture
def confirmed(world, web):
    """Signed in, and has just typed her password once more."""
    sign_in(web, world.counsellor)
    web.post("/konto/reauthenticate/", {"password": PASSWORD})
    return web


@pytest.mark.parametrize("name", ENTRANCE)
def test_page_before_the_login_opens_in_german(db, web, name):
    response = web.get(reverse(name))
    assert response.status_code == 200
    assert ENGLISH.findall(words_of(response)) == []
    assert words_of(response).count("Lotse") >= 1


@pytest.mark.parametrize("name", MANAGE)
def test_page_of_the_account_opens_in_german_and_writes_nothing(world, confirmed, name):
    give_factor(world.counsellor)
    response = confirmed.get(reverse(name), follow=True)
    assert response.status_code == 200
    assert ENGLISH.findall(words_of(response)) == []
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", sorted({*MANAGE} - {"account_logout"}))
def test_page_of_the_account_is_closed_to_strangers(db, web, name):
    assert web.get(reverse(name)).url.startswith("/konto/login/")


@pytest.mark.parametrize("name", CLOSED)
def test_nobody_signs_up_or_adds_an_address(world, login, name):
    web = login(world.counsellor)
    data = {"email": "neu@lotse.example", "action_add": "", "password1": PASSWORD, "password2": PASSWORD}
    assert [web.get(reverse(name)).status_code, web.post(reverse(name), data).status_code] == [404, 404]


def test_stranger_cannot_sign_up(db, web):
    web.post("/konto/signup/", {"email": "neu@lotse.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="neu@lotse.example").exists()


def test_app_is_set_up_with_a_code_and_asked_for_at_the_next_login(world, confirmed, letters):
    confirmed.get("/konto/2fa/totp/activate/")
    session = confirmed.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    with letters() as box:
        assert "stimmt nicht" in confirmed.post("/konto/2fa/totp/activate/", {"code": "000000"}).content.decode()
        confirmed.post("/konto/2fa/totp/activate/", {"code": app_code()})
    assert [mail.subject for mail in box] == ["Zweiter Faktor eingerichtet"]
    confirmed.post("/konto/logout/")
    assert sign_in(confirmed, world.counsellor).url == "/konto/2fa/authenticate/"


def test_secrets_of_factors_rest_sealed(world):
    give_factor(world.counsellor)
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert app.wrap().validate_code(app_code())


def test_same_code_is_not_accepted_twice(world, web, client):
    give_factor(world.counsellor)
    code = app_code()
    for browser, leads_to in ((web, True), (client, False)):
        sign_in(browser, world.counsellor)
        response = browser.post("/konto/2fa/authenticate/", {"code": code})
        assert (response.status_code == 302) is leads_to


def test_recovery_codes_show_after_a_post_and_open_once(world, web):
    give_factor(world.counsellor)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    sign_in(web, world.counsellor)
    web.post("/konto/2fa/authenticate/", {"code": app_code()})
    web.post("/konto/reauthenticate/", {"password": PASSWORD})
    assert codes[0] not in web.get("/konto/2fa/recovery-codes/").content.decode()
    assert web.get("/konto/2fa/recovery-codes/download/").url == "/konto/2fa/recovery-codes/"

    page = web.post("/konto/2fa/recovery-codes/", follow=True).content.decode()

    assert all(code in page for code in codes)
    assert codes[0] in web.get("/konto/2fa/recovery-codes/download/").content.decode()
    for expected in (302, 200):
        web.post("/konto/logout/")
        sign_in(web, world.counsellor)
        assert web.post("/konto/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_factors_are_changed_only_after_the_password_was_typed_again(world, web):
    sign_in(web, world.counsellor)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert web.get(reverse(name)).url.startswith("/konto/reauthenticate/")


def test_forgotten_password_is_set_anew_by_the_link(world, web, letters):
    new = "Wolken ziehen 47 nach Norden"
    with letters() as box:
        web.post("/konto/password/reset/", {"email": world.counsellor.user.email})
    link = f"/{link_in(box[0])}"
    form = web.get(link).url
    assert "schluessel" not in form
    web.post(form, {"password1": new, "password2": new})

    assert sign_in(web, world.counsellor, new).url == "/"
    assert web.get(form.replace("set-password", "x-y")).status_code == 200
    web.post("/konto/logout/")
    assert "gilt nicht mehr" in web.get(link, follow=True).content.decode()


def test_reset_link_keeps_its_key_out_of_the_path(world, web, letters):
    with letters() as box:
        web.post("/konto/password/reset/", {"email": world.counsellor.user.email})
    path, _, key = link_in(box[0]).partition("?schluessel=")
    assert (path, len(key) > 20) == ("konto/password/neu/", True)


def test_forgotten_password_of_an_unknown_address_looks_the_same(world, web, letters):
    answers = []
    for email in (world.counsellor.user.email, "niemand@lotse.example"):
        with letters() as box:
            response = web.post("/konto/password/reset/", {"email": email}, follow=True)
        answers.append((response.redirect_chain, words_of(response), [m.subject for m in box], len(box)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "link", ["", "?schluessel=", "?schluessel=x", "?schluessel=1-falsch", "?schluessel=../-a", "?schluessel=ß-a"]
)
def test_damaged_reset_link_opens_nothing(world, web, link):
    response = web.get(f"/konto/password/neu/{link}", follow=True)
    assert response.status_code == 200
    assert "password1" not in response.content.decode()


def test_reset_by_link_does_not_pass_by_the_second_factor(world, web, letters):
    give_factor(world.counsellor)
    new = "Wolken ziehen 47 nach Norden"
    with letters() as box:
        web.post("/konto/password/reset/", {"email": world.counsellor.user.email})
    web.post(web.get(f"/{link_in(box[0])}").url, {"password1": new, "password2": new})
    assert sign_in(web, world.counsellor, new).url == "/konto/2fa/authenticate/"


def test_mail_that_cannot_leave_breaks_nothing(world, web, monkeypatch):
    def down(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    assert web.post("/konto/password/reset/", {"email": world.counsellor.user.email}).status_code == 302


@pytest.mark.rule("DP-04")
def test_administrator_finds_no_way_to_a_password_or_a_file(world, login):
    file = make.case(world).client
    admin, ref = login(world.sysadmin), world.counsellor.user.public_id
    before = User.objects.get(pk=world.counsellor.user.pk).password
    pages = [admin.get(f"/verwaltung/konten/{rest}").content.decode() for rest in ("", "einladen/", f"konto/{ref}/")]
    assert not any('type="password"' in page or file.last_name in page for page in pages)

    for url in (f"/verwaltung/konten/konto/{ref}/", "/verwaltung/konten/einladen/", "/konto/password/change/"):
        admin.post(
            url, {"password": "x", "password1": "Wolken ziehen 47", "password2": "Wolken ziehen 47", "user": ref}
        )
    assert User.objects.get(pk=world.counsellor.user.pk).password == before
    assert admin.get(f"/akte/{file.public_id}/").status_code == 404
    assert not Client.objects.visible_to(world.sysadmin.actor).exists()


def test_list_of_accounts_costs_the_same_for_one_and_many(world, login, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.personas import persona

    admin = login(world.sysadmin)
    admin.get("/verwaltung/konten/")
    with CaptureQueriesContext(connection) as few:
        admin.get("/verwaltung/konten/")
    for number in range(3):
        persona(world, f"mehr{number}", world.nordstadt, "counsellor", world.site)
    with django_assert_num_queries(len(few)):
        admin.get("/verwaltung/konten/")
    assert len(few) <= 12
