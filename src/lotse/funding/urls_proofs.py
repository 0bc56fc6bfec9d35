"""Verwendungsnachweise und Prüfpaket."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
PLACES: tuple[tuple[str, str], ...] = ()
