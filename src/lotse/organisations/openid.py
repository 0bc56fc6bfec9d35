"""Signing in through the organisation's own login: only who has an account or an invitation, with a verified address."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect

from lotse.accounts.actors import Invited
from lotse.accounts.models import Invitation, User
from lotse.accounts.queries import open_invitation_of, user_of
from lotse.organisations.accounts_actions import join

UNKNOWN = "Mit dieser Anmeldung gibt es hier keinen Zugang. Bitte wenden Sie sich an die Person, die bei Ihnen die Zugänge verwaltet."


class InvitedOnlyAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Known already, or recognised by an address that the provider has verified; else back to the login page."""
        if sociallogin.is_existing:
            return
        user = self._recognised(sociallogin)
        if user is None:
            messages.warning(request, UNKNOWN)
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)

    def _recognised(self, sociallogin: Any) -> User | None:
        verified = [address.email for address in sociallogin.email_addresses if address.verified is True]
        for email in verified:
            if user := user_of(email) or self._joined(open_invitation_of(email)):
                return user
        return None

    def _joined(self, invitation: Invitation | None) -> User | None:
        try:
            return join(by=Invited(invitation), password=None) if invitation else None
        except ValidationError:
            return None
