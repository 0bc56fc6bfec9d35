"""What comes with Lotse for the work beside the chain: the first weeks and the words of the field, frozen once released."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from lotse.core.frozen import FrozenData
from lotse.core.guides import Guide, read_guides, valid_guide

PACKAGE = files("lotse.agency")
FROZEN = FrozenData(PACKAGE, ("ways", "glossary"), PACKAGE / "ways.txt")


@dataclass(frozen=True)
class Term:
    term: str
    text: str


def first_weeks(day: date) -> Guide:
    return valid_guide(_guides(), "onboarding", day)


def first_weeks_of(version: str) -> Guide:
    return next(g for g in _guides() if g.version == version)


@cache
def _guides() -> tuple[Guide, ...]:
    return read_guides(PACKAGE / "ways")


@cache
def terms() -> tuple[Term, ...]:
    newest = max((PACKAGE / "glossary").iterdir(), key=lambda path: path.name)
    return tuple(Term(**row) for row in yaml.safe_load(newest.read_text(encoding="utf-8"))["terms"])
