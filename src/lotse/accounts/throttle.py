"""Failed logins, counted in the database so that the count holds across processes and restarts.

An attempt is written down before the password is looked at and taken back when it was right: attempts that run at the
same time see each other. Known and unknown addresses are counted alike.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lotse.accounts.models import LoginAttempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 30


class LockedOut(Exception):
    def __init__(self, until: datetime) -> None:
        super().__init__("too many failed logins")
        self.until = until


def account_key(email: str) -> str:
    return _key("account", email.strip().lower())


def _key(kind: str, text: str) -> str:
    return salted_hmac(f"lotse.login.{kind}", text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def admit(email: str, address: str) -> LoginAttempt:
    """Write the attempt down; `LockedOut` when there have been too many."""
    now = timezone.now()
    LoginAttempt.objects.filter(at__lte=now - WINDOW).delete()
    attempt = LoginAttempt.objects.create(account_key=account_key(email), address_key=_key("address", address), at=now)
    until = max(
        filter(
            None,
            (
                _locked_until("account_key", attempt.account_key, PER_ACCOUNT),
                _locked_until("address_key", attempt.address_key, PER_ADDRESS),
            ),
        ),
        default=None,
    )
    if until:
        attempt.delete()  # trying while locked does not lock longer
        raise LockedOut(until)
    return attempt


def _locked_until(column: str, key: str, allowed: int) -> datetime | None:
    """When the attempt that fills the measure grows old; the one just written does not count."""
    moments = LoginAttempt.objects.filter(**{column: key}).order_by("-at", "-id").values_list("at", flat=True)
    found = list(moments[: allowed + 1])
    return found[-1] + WINDOW if len(found) > allowed else None


def locked_keys() -> frozenset[str]:
    """The keys of all accounts that are locked right now, for the page of whoever administers accounts."""
    recent = LoginAttempt.objects.filter(at__gt=timezone.now() - WINDOW).order_by().values("account_key")
    full = recent.annotate(count=Count("pk")).filter(count__gte=PER_ACCOUNT)
    return frozenset(full.values_list("account_key", flat=True))


def fills_the_measure(attempt: LoginAttempt) -> bool:
    """This failure is the one that locks the account."""
    return LoginAttempt.objects.filter(account_key=attempt.account_key).count() == PER_ACCOUNT


def forget(email: str) -> int:
    """The password was right, or an administrator unlocks: nothing counts against the account any more."""
    deleted, _ = LoginAttempt.objects.filter(account_key=account_key(email)).delete()
    return deleted
