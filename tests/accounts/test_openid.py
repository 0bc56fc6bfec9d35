"""Signing in through the organisation's own login, against a provider that exists only in this file."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from lotse.accounts.models import Invitation, User
from lotse.organisations.accounts_actions import invite_person
from lotse.organisations.openid import InvitedOnlyAdapter
from tests.accounts.conftest import give_factor

ISSUER = "https://login.verband.example"
CONFIGURATION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}
LOGIN = "/konto/oidc/organisation/login/"


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}
    text = "{}"

    def __init__(self, data):
        self.data = data

    def json(self):
        return self.data

    def raise_for_status(self):
        pass


class Provider:
    """Answers what the house asks. `claims` is who has signed in there."""

    def __init__(self):
        self.claims = {}

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def request(self, method, url, **kwargs):
        return Answer({"access_token": "abc", "token_type": "Bearer", "expires_in": 60})

    def get(self, url, **kwargs):
        return Answer(self.claims if url.endswith("/userinfo") else CONFIGURATION)

    post = get


@pytest.fixture
def provider(settings, monkeypatch):
    app = {"provider_id": "organisation", "name": "Anmeldung des Verbands", "client_id": "lotse", "secret": "geheim",
           "settings": {"server_url": ISSUER}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    made = Provider()
    monkeypatch.setattr(InvitedOnlyAdapter, "get_requests_session", lambda self: made)
    return made


def come_back(web, provider, **claims):
    """Go to the provider, sign in there as `claims`, come back."""
    provider.claims = claims
    sent = web.post(LOGIN).url
    state = parse_qs(urlsplit(sent).query)["state"][0]
    back = f"{LOGIN}callback/?code=xyz&state={state}"
    page = web.get(back)
    assert (page.status_code, "Anmeldung abschließen" in page.content.decode()) == (200, True)
    return web.post(back)


def somebody(email, verified=True, sub="17"):
    return {"sub": sub, "email": email, "email_verified": verified}


def test_no_button_unless_configured(db, web):
    assert "oidc" not in web.get("/konto/login/").content.decode()
    assert web.post(LOGIN).status_code == 404


def test_button_leads_to_the_provider_with_a_proof_key(db, web, provider):
    page = web.get("/konto/login/").content.decode()
    assert ("Anmeldung des Verbands" in page, f'action="{LOGIN}' in page) == (True, True)
    sent = urlsplit(web.post(LOGIN).url)
    asked = parse_qs(sent.query)
    assert f"{sent.scheme}://{sent.netloc}{sent.path}" == f"{ISSUER}/auth"
    assert asked["code_challenge_method"] == ["S256"]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]


def test_known_person_with_verified_address_comes_in(world, web, provider):
    assert come_back(web, provider, **somebody("Counsellor@lotse.example")).url == "/"
    assert web.get("/klienten/").status_code == 200
    assert SocialAccount.objects.get().user == world.counsellor.user


def test_she_comes_in_again(world, web, provider):
    for _ in range(2):
        assert come_back(web, provider, **somebody(world.counsellor.user.email)).url == "/"
        web.post("/konto/logout/")
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        somebody("niemand@lotse.example"),
        somebody("counsellor@lotse.example", verified=False),
        somebody("counsellor@lotse.example", verified="true"),
        {"sub": "17"},
    ],
    ids=["unknown", "not verified", "not truly verified", "no address"],
)
def test_everybody_else_is_refused(world, web, provider, claims):
    before = User.objects.count()
    response = come_back(web, provider, **claims)
    assert response.url == "/konto/login/"
    assert "gibt es hier keinen Zugang" in web.get("/konto/login/").content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert web.get("/klienten/").status_code == 302


def test_invited_person_comes_in_without_a_password(world, admins, web, provider):
    invite_person(
        by=admins["sysadmin"], email="neu@lotse.example", organisation=world.nordstadt, first_name="N", last_name="N"
    )
    assert come_back(web, provider, **somebody("neu@lotse.example")).url == "/"
    user = User.objects.get(email="neu@lotse.example")
    assert (user.has_usable_password(), user.person.organisation) == (False, world.nordstadt)
    assert Invitation.objects.get().used_at is not None


def test_locked_account_stays_locked(world, web, provider):
    User.objects.filter(pk=world.counsellor.user.pk).update(is_active=False)
    come_back(web, provider, **somebody(world.counsellor.user.email))
    assert web.get("/klienten/").status_code == 302


def test_second_factor_is_asked_for_here_too(world, web, provider):
    give_factor(world.counsellor)
    assert come_back(web, provider, **somebody(world.counsellor.user.email)).url == "/konto/2fa/authenticate/"


def test_state_of_another_browser_is_refused(world, web, client, provider):
    provider.claims = somebody(world.counsellor.user.email)
    state = parse_qs(urlsplit(client.post(LOGIN).url).query)["state"][0]
    response = web.post(f"{LOGIN}callback/?code=xyz&state={state}")
    assert "hat nicht geklappt" in response.content.decode()
    assert web.get("/klienten/").status_code == 302
