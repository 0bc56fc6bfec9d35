"""Fields and forms that several pages of an organisation share."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from django import forms

from lotse.core.fields import DayField
from lotse.core.forms import LotseForm
from lotse.core.picking import PICK
from lotse.organisations.models import Person

BAD_FTE = "Bitte eine Zahl wie 0,50 angeben."


class Pickable(Protocol):
    public_id: str


R = TypeVar("R", bound=Pickable)


def pick(rows: Iterable[Pickable], empty: str = PICK) -> list[tuple[str, str]]:
    """Choices by public id, with a first line without value."""
    return [("", empty), *((row.public_id, str(row)) for row in rows)]


def pick_account(people: Iterable[Person]) -> list[tuple[str, str]]:
    """People to whom a right is given, told apart by their accounts."""
    return [("", PICK), *((person.public_id, person.with_account) for person in people)]


def picked(rows: Sequence[R], public_id: str) -> R | None:
    return next((row for row in rows if row.public_id == public_id), None)


class FteField(forms.DecimalField):
    """Full-time equivalents with two decimals, typed with comma or point."""

    def __init__(self, *, at_most: Decimal, **kwargs: Any) -> None:
        super().__init__(
            localize=True, min_value=Decimal("0.01"), max_value=at_most, max_digits=5, decimal_places=2, **kwargs
        )
        self.widget.attrs |= {"class": "short", "inputmode": "decimal"}
        self.error_messages |= {"invalid": BAD_FTE}


class EndForm(LotseForm):
    on = DayField(label="Letzter Tag")
