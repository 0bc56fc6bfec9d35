"""Deadlines that come with Lotse, as data that never changes once released; a grant begins with copies of them."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lotse.core.frozen import FrozenData
from lotse.programmes.enums import Bearer

PACKAGE = files("lotse.programmes")
FROZEN = FrozenData(PACKAGE, ("data",), PACKAGE / "releases.txt")
PHASE = "phase"


@dataclass(frozen=True)
class Line:
    """`anchor` and `every` may speak of the phase of a grant; a copy of the line for a grant holds years."""

    document: str
    name: str
    bearer: Bearer
    every: int | str
    anchor: int | str
    offset: int
    internal: tuple[int, int]
    external: tuple[int, int] | None
    default: frozenset[str] = frozenset()

    def applies_to(self, years: range) -> bool:
        """A phase of one year has no proof in between."""
        return self.anchor != "first" or len(years) > 1

    def columns_for(self, years: range) -> dict[str, Any]:
        """What a rule of a grant for these funding years holds."""
        phase_year = {"first": years[0], "last": years[-1]}.get(str(self.anchor))
        external_month, external_day = self.external or (None, None)
        return {
            "document": self.document, "name": self.name, "bearer": self.bearer,
            "every_years": len(years) if self.every == PHASE else self.every,
            "anchor_year": phase_year + self.offset if phase_year else self.anchor, "offset_years": self.offset,
            "internal_month": self.internal[0], "internal_day": self.internal[1],
            "external_month": external_month, "external_day": external_day,
        }  # fmt: skip


@dataclass(frozen=True)
class RuleSet:
    version: str
    title: str
    source: str
    is_example: bool
    lines: tuple[Line, ...]

    def columns_for(self, years: range) -> list[dict[str, Any]]:
        shared = {"source": self.source, "is_example": self.is_example}
        return [{**line.columns_for(years), **shared} for line in self.lines if line.applies_to(years)]


@cache
def rule_set(programme: str) -> RuleSet | None:
    """The newest one of a programme; None where Lotse brings none along."""
    folder = PACKAGE / "data" / "deadlines" / programme
    if not folder.is_dir():
        return None
    newest = max(folder.iterdir(), key=lambda path: path.name)
    raw: dict[str, Any] = yaml.safe_load(newest.read_text(encoding="utf-8"))
    lines = tuple(_line(values) for values in raw["rules"])
    return RuleSet(raw["version"], raw["title"], raw["source"], raw["example"], lines)


def _line(raw: dict[str, Any]) -> Line:
    external = tuple(raw["external"]) if raw["external"] else None
    days = {"internal": tuple(raw["internal"]), "external": external}
    return Line(**{**raw, **days, "bearer": Bearer(raw["bearer"]), "default": frozenset(raw["default"])})
