"""Two promises to every request: nothing is cached by the browser, and reading writes nothing."""

import logging
from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
            log.error("cannot write: %s", type(exception).__name__)
            return render(request, "503.html", {"reason": getattr(exception, "reason", "")}, status=503)
        return None
