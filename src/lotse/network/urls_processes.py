"""Addresses of mandates, processes and the alignment with data protection. `PLACES` as in `urls_topics`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
PLACES: tuple[tuple[str, str], ...] = ()
