"""Pages without a login: behind a link or a code that somebody was given."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """The address holds the secret, so it is told to nobody else, and no search engine keeps it."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = "strict-origin"  # "no-referrer" would hide the origin of the form
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return login_not_required(opened)
