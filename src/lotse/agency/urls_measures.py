"""What an agency does: measures, volunteers, lists."""

from typing import Any

urlpatterns: list[Any] = []
PLACES: tuple[tuple[str, str], ...] = ()
