"""What comes with Lotse for audits: an example of a list to prepare by, questions to ask, and how long things take."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from lotse.quality.packaged import PACKAGE


@dataclass(frozen=True)
class Point:
    text: str
    weeks_before: int


@dataclass(frozen=True)
class AuditGuide:
    """`questions` by the kind of a criterion; `gap_years`: after which an area counts as not audited."""

    version: str
    title: str
    example: bool
    source: str
    statement_weeks: int
    gap_years: int
    remind_days: int
    questions: Mapping[str, str]
    external: tuple[Point, ...]
    internal: tuple[Point, ...]


@cache
def audit_guide() -> AuditGuide:
    newest = max((PACKAGE / "data" / "audits").iterdir(), key=lambda path: path.name)
    raw = yaml.safe_load(newest.read_text(encoding="utf-8"))
    return AuditGuide(**raw | {name: tuple(Point(**row) for row in raw[name]) for name in ("external", "internal")})
