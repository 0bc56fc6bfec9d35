"""Every request has an id and a line in the access log; the line holds no query string and no person."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lotse.auditlog.trace import request_id
from lotse.core.ids import new_public_id

log = logging.getLogger("lotse.access")


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(new_public_id())
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = request_id.get()
            took = (time.perf_counter() - started) * 1000
            log.info("%s %r %s %.0fms %s", request.method, request.path, response.status_code, took, request_id.get())
            return response
        finally:
            request_id.reset(token)
