"""Two promises to every request: nothing is cached by the browser, and reading writes nothing."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from lotse.core.readonly import reading_only

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
