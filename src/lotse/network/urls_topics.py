"""Addresses of the inner part, releases, tasks and topics. `PLACES` stand in the bar of the room: words and address."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
PLACES: tuple[tuple[str, str], ...] = ()
