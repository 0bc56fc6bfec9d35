"""Which request is running: one short id that joins log entries, the access log and an error page."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    return request_id.get()
