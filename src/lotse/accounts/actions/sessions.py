"""Signing in and out, and what the owner of an account does with it herself."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db.models import F
from django.utils import timezone

from lotse.accounts import throttle
from lotse.accounts.actors import Oneself
from lotse.accounts.models import LoginAttempt, SignIn, User
from lotse.auditlog.door import action, record

KEEP = timedelta(days=90)


@action("account.signed_in", "hat sich angemeldet")
def record_sign_in(*, by: Oneself, methods: str, device: str) -> SignIn:
    SignIn.objects.filter(user=by.user, created_at__lt=timezone.now() - KEEP).delete()
    sign_in = SignIn.objects.create(user=by.user, methods=methods, device=device)
    record(sign_in)
    return sign_in


@action("account.signed_out", "hat sich abgemeldet")
def record_sign_out(*, by: Oneself, sign_in_ref: str) -> None:
    SignIn.objects.filter(user=by.user, public_id=sign_in_ref, ended_at=None).update(ended_at=timezone.now())
    record(by.user)


@action(
    "account.login_locked", "hat zu oft ein falsches Passwort eingegeben; die Anmeldung ist für kurze Zeit gesperrt"
)
def record_lock_out(*, by: "Somebody", attempt: LoginAttempt, email: str) -> None:
    """The same for addresses without an account, so that nothing tells them apart."""
    record(User.objects.filter(email=email.strip().lower()).first() or attempt)


class Somebody:
    """Whoever tries passwords: nobody that we know."""

    ref = ""
    label = "Jemand"
    organisation_id = None


@action("account.password_changed", "hat das Passwort geändert")
def set_password(*, by: Oneself, password: str) -> None:
    """Only ever one's own. Django ends the other sessions, whose fingerprint holds the old password."""
    validate_password(password, by.user)
    by.user.set_password(password)
    by.user.save()
    throttle.forget(by.user.email)
    record(by.user)


@action("account.renamed", "hat den Namen im Konto geändert")
def rename(*, by: Oneself, name: str) -> User:
    by.user.name = name
    by.user.save()
    record(by.user, fields=["name"])
    return by.user


@action("account.sessions_ended", "hat alle anderen Sitzungen beendet")
def end_other_sessions(*, by: Oneself, sign_in_ref: str) -> User:
    """The session that asks goes on: its view renews the fingerprint."""
    end_all_sessions(by.user, but=sign_in_ref)
    record(by.user)
    return by.user


def end_all_sessions(user: User, *, but: str = "") -> None:
    """No action of its own: part of locking, resetting and ending."""
    user.session_round = F("session_round") + 1
    user.save()
    user.refresh_from_db(fields=["session_round"])
    SignIn.objects.filter(user=user, ended_at=None).exclude(public_id=but).update(ended_at=timezone.now())
