"""Reading accounts: one's own, and the invitation behind a link."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from lotse.accounts.models import Invitation, SignIn, User
from lotse.accounts.tokens import hash_of


def has_second_factor(user: User) -> bool:
    """Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def factors_of(user: User) -> dict[str, list[Authenticator]]:
    """By kind: `totp`, `webauthn`, `recovery_codes`."""
    found: dict[str, list[Authenticator]] = {}
    for authenticator in Authenticator.objects.filter(user=user).order_by("pk"):
        found.setdefault(str(authenticator.type), []).append(authenticator)
    return found


def codes_not_seen(user: User) -> bool:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return bool(found) and not found.wrap().did_view


def open_sessions(user: User) -> list[SignIn]:
    """Signed in within the longest time a session lasts, and not signed out."""
    earliest = timezone.now() - timedelta(seconds=settings.SESSION_HARD_SECONDS)
    return list(SignIn.objects.filter(user=user, ended_at=None, created_at__gt=earliest))


def last_sign_ins(user: User, limit: int = 10) -> list[SignIn]:
    return list(SignIn.objects.filter(user=user)[:limit])


def invitation_for(token: str) -> Invitation | None:
    """None for whatever does not open: never sent, used, withdrawn, renewed, run out."""
    found = Invitation.objects.filter(token_hash=hash_of(token)).first() if token else None
    return found if found and found.is_valid_at(timezone.now()) else None


def user_of(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def open_invitation_of(email: str) -> Invitation | None:
    valid = Invitation.objects.open().filter(email=email.strip().lower(), expires_at__gt=timezone.now())
    return valid.first()
