from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lotse.catalogues.own_lists import desk_of


class DeskMiddleware:
    """Lists are fetched once per request, in the words of the actor's organisation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with desk_of(request.actor):
            return self.get_response(request)
