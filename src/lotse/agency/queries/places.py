"""How a passage is found on the page of its document, and how numbers stand in it."""

from decimal import Decimal
from typing import Any


def place_of(row: Any) -> str:
    return f"{row._meta.model_name}-{row.public_id}"


def in_german(value: Decimal) -> str:
    """Without zeros at the end, so that it is the same before and after the database."""
    return f"{value.normalize():f}".replace(".", ",")
