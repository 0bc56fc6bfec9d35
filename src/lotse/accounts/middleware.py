"""The two clocks of a session, so that a screen left alone closes itself, and the duty to use a second factor."""

import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from lotse.accounts.clocks import SEEN, STARTED
from lotse.accounts.devices import used_second_factor
from lotse.accounts.queries import has_second_factor

Handler = Callable[[HttpRequest], HttpResponse]
BACKGROUND = "X-Lotse-Background"
REFRESH_SECONDS = 60
EXPIRED = "Sie wurden zur Sicherheit abgemeldet. Was Sie zuletzt getippt haben, liegt als Entwurf bereit."


class SessionClockMiddleware:
    """Logs out after 15 idle minutes and 12 hours at the latest. Background requests never extend the session."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        started = request.session.setdefault(STARTED, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_HARD_SECONDS:
            return self._expired(request)
        is_background = BACKGROUND in request.headers
        if not is_background and now - seen >= REFRESH_SECONDS:
            request.session[SEEN] = now
        return self.get_response(request)

    def _expired(self, request: HttpRequest) -> HttpResponse:
        where = request.get_full_path() if request.method == "GET" else request.path
        is_background = BACKGROUND in request.headers
        if request.method == "POST" and not is_background:
            import_string(settings.SESSION_END_KEEPS)(request)
        logout(request)
        if is_background:
            return JsonResponse({"message": EXPIRED}, status=401)
        messages.info(request, EXPIRED)
        return redirect(f"{settings.LOGIN_URL_PATH}?{urlencode({'next': where})}")


SET_UP = "Für Ihre Rolle ist ein zweiter Faktor Pflicht. Bitte richten Sie ihn jetzt ein."


class SecondFactorMiddleware:
    """Who must use a second factor sets one up before anything else."""

    OPEN = ("/konto/", "/static/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            messages.info(request, SET_UP)
            return redirect("accounts:security")
        return self.get_response(request)

    def is_due(self, request: HttpRequest) -> bool:
        """The floor above adds what the roles of a person demand."""
        return request.user.must_use_second_factor

    def _must_set_up(self, request: HttpRequest) -> bool:
        """A session that was opened with a second factor needs no look into the database."""
        user = request.user
        if not user.is_authenticated or request.path.startswith(self.OPEN):
            return False
        if used_second_factor(get_authentication_records(request, user)) or not self.is_due(request):
            return False
        return not has_second_factor(user)
