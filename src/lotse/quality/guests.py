"""The wall around guests: a login that belongs to procedures, and to nobody at work, opens their rooms and nothing else."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from lotse.organisations.actor import Actor
from lotse.quality.queries.guests import is_guest
from lotse.quality.queries.rooms import guest

ROOM, OWN_ACCOUNT = "guests", "accounts"
OUTSIDE = {"assessor", "advisory_board_member"}
LOGIN = ("account_", "mfa_", "openid_connect_", "socialaccount_")  # allauth's, which stand in no app of their own
HOME = "portal:home"
DRAFTS = ("core:draft", "core:discard_draft")  # of her own alone: they are found by who typed them


class GuestWallMiddleware:
    """Runs when the address is known and before its view; what is not listed does not exist for a guest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or _works_here(request.actor) or _is_open(match, view):
            return None
        if not is_guest(request.user):
            return None
        if match and match.view_name == HOME:
            return redirect("guests:rooms")
        if match and match.view_name in DRAFTS:
            request.actor = request.actor or guest(request.user)  # type: ignore[attr-defined]
            return None
        raise Http404


def _works_here(actor: Actor | None) -> bool:
    """Whoever has a role of the house. A seat in a procedure is none."""
    return bool(actor and actor.role_keys - OUTSIDE)


def _is_open(match: ResolverMatch | None, view: Callable) -> bool:
    """The room, her own account, and pages that need no login at all."""
    if match is None:
        return False
    is_login = not match.app_name and (match.url_name or "").startswith(LOGIN)
    return match.app_name in (ROOM, OWN_ACCOUNT) or is_login or not getattr(view, "login_required", True)
