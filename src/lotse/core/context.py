"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict:
    return {"actor": getattr(request, "actor", None), "demo": settings.DEMO, "is_fragment": False}
