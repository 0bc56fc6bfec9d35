"""Every request knows its actor before the view runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from lotse.organisations.who import actor_for_user


class ActorMiddleware:
    """`request.actor` is None for nobody and for a login without a person at work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = SimpleLazyObject(lambda: actor_for_user(user)) if user.is_authenticated else None
        return self.get_response(request)
