"""Page or fragment at the same address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, fragment: str = "", status: int = 200
) -> HttpResponse:
    """The fragment when htmx asks for it, else the page that includes it."""
    chosen = fragment if fragment and request.headers.get("HX-Request") == "true" else template
    response = render_page(request, chosen, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
