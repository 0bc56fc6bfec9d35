"""Zuschüsse anderer und Pflichten der Träger."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
PLACES: tuple[tuple[str, str], ...] = ()
