"""Conditions of grants that come with Lotse, as data that never changes once released; a grant begins with a copy of one."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

DATA = files("lotse.programmes") / "data" / "profiles"


@dataclass(frozen=True)
class ProfileLine:
    """A kind of expense, in the place that it has in the financing plan."""

    key: str
    number: str
    group: str
    name: str
    staff: bool


@dataclass(frozen=True)
class Profile:
    """`overrun_percent`: by how much one kind of expense may exceed its plan where others stay below theirs."""

    version: str
    title: str
    source: str
    is_example: bool
    own_share_percent: Decimal
    overrun_percent: Decimal
    spend_within_days: int
    retention_years: int
    lines: tuple[ProfileLine, ...]

    @property
    def conditions(self) -> dict[str, Any]:
        names = ("own_share_percent", "overrun_percent", "spend_within_days", "retention_years")
        return {name: getattr(self, name) for name in names}

    @property
    def columns(self) -> dict[str, Any]:
        """What a grant copies."""
        return {"profile": self.version, **self.conditions}


@cache
def profiles() -> dict[str, Profile]:
    """By version, the newest first."""
    found = sorted(DATA.iterdir(), key=lambda path: path.name, reverse=True)
    return {profile.version: profile for profile in (_read(path.read_text(encoding="utf-8")) for path in found)}


def newest() -> Profile:
    return next(iter(profiles().values()))


def _read(text: str) -> Profile:
    raw: dict[str, Any] = yaml.safe_load(text)
    lines = tuple(ProfileLine(**line) for line in raw.pop("lines"))
    percents = {name: Decimal(raw.pop(name)) for name in ("own_share_percent", "overrun_percent")}
    return Profile(is_example=raw.pop("example"), lines=lines, **percents, **raw)
