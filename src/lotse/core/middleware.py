"""Two promises to every request: nothing is cached by the browser, and reading writes nothing."""

import logging
from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from lotse.core.errors import NotAllowed
from lotse.core.readonly import reading_only

log = logging.getLogger("lotse")

Handler = Callable[[HttpRequest], HttpResponse]


class NoStoreMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class ReadOnlyGetMiddleware:
    """GET and HEAD run under a guard that refuses every statement but reading ones (architecture, decision 6)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(reading_only):
            return self.get_response(request)


class RefusalMiddleware:
    """What an action refused becomes a page in German: 403 where it is not allowed, 503 where nothing can be written."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": str(exception)}, status=403)
        if isinstance(exception, OperationalError | OSError):
            return unavailable(request, exception)
        return None


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """The page for a database that is locked, full or away. Nothing can be logged there, so standard error has it."""
    log.error("cannot write: %s: %s %s", type(exception).__name__, request.method, request.path)
    context = {"reason": getattr(exception, "reason", ""), "typed": _typed(request), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("503.html", context), status=503)  # without a context that asks the database


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again from the page itself. Never passwords or codes, and no files."""
    if request.method != "POST" or request.path.startswith("/konto/") or request.FILES:
        return []
    return [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
