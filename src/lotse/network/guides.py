"""The wording of guided ways and checklists: `ways/<way>/<version>.yaml`, never changed once released."""

from datetime import date
from functools import cache
from importlib.resources import files

from lotse.core.frozen import FrozenData
from lotse.core.guides import Group, Guide, Item, read_guides, valid_guide

__all__ = ["FROZEN", "Group", "Guide", "Item", "foundations", "guide", "guides"]

PACKAGE = files("lotse.network")
FROZEN = FrozenData(PACKAGE, ("ways",), PACKAGE / "ways.txt")
FOUNDATIONS = "foundations"


def guides(on: date | None = None) -> dict[str, Guide]:
    """The release of each that is valid on a day, by key; what is rated every year is not among them."""
    day = on or date.today()
    valid = sorted((g for g in _all() if g.valid_from <= day), key=lambda g: (g.valid_from, g.version))
    return {g.key: g for g in valid if g.key != FOUNDATIONS}


def guide(key: str, version: str) -> Guide:
    return next(g for g in _all() if (g.key, g.version) == (key, version))


def foundations(on: date | None = None) -> Guide:
    return valid_guide(_all(), FOUNDATIONS, on or date.today())


@cache
def _all() -> tuple[Guide, ...]:
    return read_guides(PACKAGE / "ways")
