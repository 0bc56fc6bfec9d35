"""The login in a real browser: the pages under axe, and a passkey from an authenticator that Chromium plays."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction

from lotse.accounts.actors import Administrator
from lotse.organisations.accounts_actions import invite_person
from lotse.organisations.accounts_queries import administrator
from tests.journeys.conftest import log_out

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "demo-Lotse-2026"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_of_accounts_are_accessible(world, page, sign_in, accessible, width):
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/konto/login/", "/konto/password/reset/"):
        page.goto(path)
        accessible()
    sign_in(world.sysadmin)
    ref = world.counsellor.user.public_id
    pages = ("", "einladen/", "pflicht/", "zweiter-faktor/", f"konto/{ref}/", f"konto/{ref}/zweiter-faktor/")
    for path in ("/konto/", "/konto/password/change/", *[f"/verwaltung/konten/{rest}" for rest in pages]):
        page.goto(path)
        accessible()


def test_passkey_is_added_and_opens_the_account(world, page, sign_in, accessible):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(world.counsellor)
    page.goto("/konto/2fa/webauthn/add/")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Auch ohne Passwort anmelden").check()
    accessible()
    page.get_by_role("button", name="Hinzufügen").click()
    page.get_by_role("button", name="Codes anzeigen").click()
    accessible()
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto("/konto/logout/")
    log_out(page)
    page.goto("/konto/login/")
    page.get_by_role("button", name="Passkey benutzen").click()
    page.get_by_role("button", name="Abmelden").wait_for()
    page.goto("/konto/")
    page.get_by_text("Passkey · Chrome").wait_for()


def test_invited_person_arrives(world, page, accessible, mailoutbox):
    by: Administrator = administrator(world.sysadmin.actor)
    with transaction.atomic():
        invite_person(
            by=by, email="neu@lotse.example", organisation=world.nordstadt, first_name="Nele", last_name="Neu"
        )
    link = next(word for word in mailoutbox[0].body.split() if "schluessel=" in word)
    page.goto(f"/{link.split('//', 1)[1].partition('/')[2]}")
    accessible()
    for label in ("Passwort", "Passwort wiederholen"):
        page.get_by_label(label, exact=True).fill("Wolken ziehen 47 nach Norden")
    page.get_by_role("button", name="Konto einrichten").click()
    page.get_by_text("Ihr Konto ist eingerichtet.").wait_for()
    page.get_by_label("E-Mail").fill("neu@lotse.example")
    page.get_by_label("Passwort", exact=True).fill("Wolken ziehen 47 nach Norden")
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("link", name="Nele Neu").click()
    accessible()
