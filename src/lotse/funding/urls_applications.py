"""Antrag, Bescheide und was davor vereinbart wurde."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
PLACES: tuple[tuple[str, str], ...] = ()
