"""How allauth behaves in this house: nobody signs up, failed logins are counted, every mail leaves through one door."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from lotse.accounts import throttle
from lotse.accounts.actions.sessions import (
    Somebody,
    record_lock_out,
    record_sign_in,
    record_sign_out,
    set_password,
)
from lotse.accounts.actors import Oneself
from lotse.accounts.clocks import fresh_clocks
from lotse.accounts.devices import device_of, methods_of
from lotse.accounts.models import User
from lotse.accounts.notices import notify
from lotse.core.crypto import seal, unseal

WRONG = "E-Mail-Adresse oder Passwort stimmen nicht."
TOO_MANY = (
    "Zu viele Fehlversuche. Bitte versuchen Sie es um {at} Uhr noch einmal. "
    "Wenn es eilt: Wer bei Ihnen die Zugänge verwaltet, kann ein Konto entsperren."
)
WAIT = "Zu viele Fehlversuche. Bitte versuchen Sie es in 15 Minuten noch einmal."
SIGN_IN = "sign_in"  # where the session remembers its own SignIn


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
        "rate_limited": "Das war zu oft hintereinander. Bitte warten Sie einen Moment.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            self.attempt = throttle.admit(credentials.get("email", ""), self.get_client_ip(request))
        except throttle.LockedOut as lock:
            at = f"{timezone.localtime(lock.until):%H:%M}"
            raise ValidationError(TOO_MANY.format(at=at), code="too_many_login_attempts") from lock

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user:
            throttle.forget(credentials.get("email", ""))
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        if throttle.fills_the_measure(self.attempt):
            record_lock_out(by=Somebody(), attempt=self.attempt, email=credentials.get("email", ""))

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        methods = methods_of(get_authentication_records(request, user))
        device = device_of(request.headers.get("User-Agent", ""))
        sign_in = record_sign_in(by=Oneself(user), methods=methods, device=device)
        request.session.update({SIGN_IN: sign_in.public_id, **fresh_clocks()})

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            record_sign_out(by=Oneself(request.user), sign_in_ref=request.session.get(SIGN_IN, ""))
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        set_password(by=Oneself(user), password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def get_reset_password_from_key_url(self, key: str) -> str:
        return f"{settings.BASE_URL.rstrip('/')}{reverse('account_new_password')}?{urlencode({'schluessel': key})}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        notify(email, subject, f"{template_prefix}_message.txt", **context)


class FactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps and recovery codes rest sealed, under the key of the house."""

    HOUSE = 0
    CONTEXT = b"mfa_authenticator.data"
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": "Dieser Code stimmt nicht."}

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), organisation_id=self.HOUSE, context=self.CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), context=self.CONTEXT).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Schlüssel {count + 1}"
