import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from lotse.organisations.accounts_queries import administrator, confirmer
from tests.conftest import CarefulClient
from tests.personas import persona

PASSWORD = "demo-Lotse-2026"
SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture
def web():
    """A browser that nobody has signed in with."""
    return CarefulClient()


def sign_in(web, who, password=PASSWORD, **more):
    """Through the form, as people do."""
    email = who if isinstance(who, str) else who.user.email
    return web.post("/konto/login/", {"login": email, "password": password}, **more)


def app_code(at=None):
    """What an authenticator app shows for SECRET."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(SECRET), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def give_factor(who):
    TOTP.activate(who.user, SECRET)
    RecoveryCodes.activate(who.user)


@pytest.fixture
def admins(world):
    """Two administrators of the carrier and one of its neighbour, as values that actions take."""
    persona(world, "second_admin", world.nordstadt, "sysadmin")
    persona(world, "far_admin", world.suedstadt, "sysadmin")
    return {name: administrator(world.personas[name].actor) for name in ("sysadmin", "second_admin", "far_admin")}


def as_confirmer(who):
    return confirmer(who.actor)


@pytest.fixture
def letters(mailoutbox, django_capture_on_commit_callbacks):
    """`with letters() as box:` collects the mails that leave when the block's actions are through."""
    from contextlib import contextmanager

    @contextmanager
    def _letters():
        before = len(mailoutbox)
        box = []
        with django_capture_on_commit_callbacks(execute=True):
            yield box
        box.extend(mailoutbox[before:])

    return _letters


def link_in(mail):
    return next(word for word in mail.body.split() if "schluessel=" in word).split("//", 1)[1].partition("/")[2]
