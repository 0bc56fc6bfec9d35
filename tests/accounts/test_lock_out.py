from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone

from lotse.accounts import throttle
from lotse.accounts.actions.administration import lock_account, unlock_account
from lotse.accounts.models import LoginAttempt
from lotse.auditlog.models import Event
from lotse.core.errors import NotAllowed
from tests.accounts.conftest import PASSWORD, sign_in

WRONG = "falsch-und-lang-genug"


def fail(web, who, times):
    return [sign_in(web, who, WRONG) for _ in range(times)]


def shown(response):
    return response.content.decode()


def test_wrong_password_and_unknown_address_say_the_same(world, web):
    known, unknown = sign_in(web, world.counsellor, WRONG), sign_in(web, "niemand@lotse.example", WRONG)
    assert [r.status_code for r in (known, unknown)] == [200, 200]
    assert all("E-Mail-Adresse oder Passwort stimmen nicht." in shown(r) for r in (known, unknown))


def test_password_is_hashed_once_whether_the_address_is_known_or_not(world, web, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    counted = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: counted.append(1) or real(*a, **k))
    sign_in(web, world.counsellor, WRONG)
    known = len(counted)
    sign_in(web, "niemand@lotse.example", WRONG)
    assert known == len(counted) - known == 1


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_and_say_when_to_try_again(world, web, known):
    who = world.counsellor if known else "niemand@lotse.example"
    fail(web, who, 5)

    locked = shown(sign_in(web, who))

    until = timezone.localtime(LoginAttempt.objects.earliest("at").at + throttle.WINDOW)
    assert f"Zu viele Fehlversuche. Bitte versuchen Sie es um {until:%H:%M} Uhr noch einmal." in locked
    assert "_auth_user_id" not in web.session


def test_lock_holds_for_every_browser_and_process(world, web, client):
    """The count stands in the database; nothing is remembered by the process."""
    fail(web, world.counsellor, 5)
    with override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}):
        assert "Zu viele Fehlversuche" in shown(sign_in(client, world.counsellor, REMOTE_ADDR="10.9.8.7"))


def test_lock_ends_after_fifteen_minutes(world, web):
    fail(web, world.counsellor, 5)
    LoginAttempt.objects.update(at=timezone.now() - throttle.WINDOW)
    assert sign_in(web, world.counsellor).url == "/"


def test_trying_while_locked_does_not_lock_longer(world, web):
    fail(web, world.counsellor, 9)
    assert LoginAttempt.objects.count() == 5


def test_right_password_forgets_earlier_failures(world, web):
    fail(web, world.counsellor, 4)
    sign_in(web, world.counsellor)
    assert LoginAttempt.objects.count() == 0


def test_one_place_trying_many_accounts_is_stopped(world, web, monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 6)
    for number in range(6):
        fail(web, f"jemand{number}@lotse.example", 1)
    assert "Zu viele Fehlversuche" in shown(sign_in(web, world.counsellor))
    assert sign_in(web, world.counsellor, REMOTE_ADDR="10.9.8.7").url == "/"


def test_attempts_at_the_same_moment_see_each_other(db):
    """Written before the password is looked at: the sixth of six is refused although none has failed yet."""
    for _ in range(5):
        throttle.admit("a@lotse.example", "10.0.0.1")
    with pytest.raises(throttle.LockedOut):
        throttle.admit("a@lotse.example", "10.0.0.2")


def test_attempts_name_nobody(world, web):
    fail(web, world.counsellor, 1)
    stored = LoginAttempt.objects.values().get()
    assert world.counsellor.user.email not in str(stored)
    assert "127.0.0.1" not in str(stored)


@pytest.mark.parametrize("known", [True, False])
def test_lock_is_recorded_once(world, web, known):
    who = world.counsellor if known else "niemand@lotse.example"
    fail(web, who, 7)
    entry = Event.objects.get(key="account.login_locked")
    assert entry.actor_label == "Jemand"
    assert (entry.object_ref == world.counsellor.user.public_id) is known


def test_administrator_unlocks_and_it_is_recorded(world, web, login, letters):
    fail(web, world.counsellor, 5)
    ref = world.counsellor.user.public_id
    admin = login(world.sysadmin)
    assert "zu viele Fehlversuche" in shown(admin.get("/verwaltung/konten/"))

    with letters() as box:
        admin.post(f"/verwaltung/konten/konto/{ref}/entsperren/")

    assert sign_in(web, world.counsellor).url == "/"
    entry = Event.objects.get(key="account.unlocked")
    assert (entry.actor_label, entry.object_ref, entry.organisation_id) == (
        "Sysadmin Beispiel", ref, world.nordstadt.pk,
    )  # fmt: skip
    assert [mail.to for mail in box] == [[world.counsellor.user.email]]


def test_locked_account_is_signed_out_and_stays_out(world, admins, web):
    sign_in(web, world.counsellor)
    lock_account(by=admins["sysadmin"], user=world.counsellor.user)

    assert web.get("/").url.startswith("/konto/login/")
    assert sign_in(web, world.counsellor).url == "/konto/inactive/"
    assert sign_in(web, world.counsellor, WRONG).status_code == 200
    assert web.get("/").url.startswith("/konto/login/")

    unlock_account(by=admins["second_admin"], user=world.counsellor.user)
    assert sign_in(web, world.counsellor).url == "/"


def test_nobody_locks_herself_or_a_stranger(world, admins):
    with pytest.raises(ValidationError, match="sperrt niemand selbst"):
        lock_account(by=admins["sysadmin"], user=world.sysadmin.user)
    for act in (lock_account, unlock_account):
        with pytest.raises(NotAllowed):
            act(by=admins["far_admin"], user=world.counsellor.user)


def test_accounts_of_another_carrier_do_not_exist_for_an_administrator(world, admins, login):
    web, url = login(world.far_admin), f"/verwaltung/konten/konto/{world.counsellor.user.public_id}/"
    assert world.counsellor.user.email not in shown(web.get("/verwaltung/konten/"))
    assert [
        web.get(url).status_code,
        *(web.post(f"{url}{verb}/").status_code for verb in ("sperren", "entsperren")),
    ] == [404] * 3


def test_too_many_requests_are_answered_in_german(world, web, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    responses = [sign_in(web, "niemand@lotse.example", WRONG) for _ in range(3)]
    assert [r.status_code for r in responses] == [200, 200, 429]
    assert "Bitte warten Sie eine Minute" in shown(responses[-1])


def test_old_attempts_are_thrown_away(db):
    LoginAttempt.objects.create(account_key="a", address_key="b", at=timezone.now() - timedelta(hours=1))
    throttle.admit("a@lotse.example", "10.0.0.1")
    assert LoginAttempt.objects.count() == 1


def test_failed_codes_are_counted_too(world, web):
    from tests.accounts.conftest import give_factor

    give_factor(world.counsellor)
    sign_in(web, world.counsellor, PASSWORD)
    said = [shown(web.post("/konto/2fa/authenticate/", {"code": "000000"})) for _ in range(6)]
    assert ["Zu viele Fehlversuche" in page for page in said] == [False] * 5 + [True]
