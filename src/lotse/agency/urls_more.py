"""Beside the chain: the first weeks, concepts, trainings, handbook."""

from typing import Any

urlpatterns: list[Any] = []
PLACES: tuple[tuple[str, str], ...] = ()
