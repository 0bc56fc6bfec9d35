"""Which figures speak for which criterion, as data (data/evidence-1.yaml); a figure never says that one is fulfilled (QM-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from lotse.facts.kept import Wanted
from lotse.facts.registry import fact
from lotse.quality.enums import Better
from lotse.quality.packaged import PACKAGE

FILE = PACKAGE / "data" / "evidence-1.yaml"


@dataclass(frozen=True)
class Gauge:
    """A figure as evidence. `threshold` is the proposal; the carrier may set its own (`EvidenceTarget`)."""

    key: str
    title: str
    better: Better
    threshold: int
    wanted: Wanted

    @property
    def unit(self) -> str:
        return self.wanted.unit

    @property
    def version(self) -> str:
        return str(self.wanted.fact.version)

    @property
    def is_exact(self) -> bool:
        """What counts nobody's files may be read while the quarter runs, and again."""
        return self.wanted.fact.population.of_house

    def shown(self, value: int | None) -> str:
        if value is None:
            return "–"
        return f"{value}\N{NO-BREAK SPACE}%" if self.wanted.is_share else f"{value:,}".replace(",", ".")


@dataclass(frozen=True)
class Evidence:
    """`signs`: slug of a criterion → gauge → why it speaks for it."""

    framework: str
    gauges: Mapping[str, Gauge]
    signs: Mapping[str, Mapping[str, str]]


@cache
def evidence() -> Evidence:
    raw: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Evidence(raw["framework"], {row["key"]: _gauge(row) for row in raw["figures"]}, raw["criteria"])


def _gauge(row: Mapping[str, Any]) -> Gauge:
    found = fact(row["fact"])
    title = row.get("title", found.title)
    return Gauge(row["key"], title, Better(row["better"]), row["threshold"], Wanted(found, row.get("cell", "")))
