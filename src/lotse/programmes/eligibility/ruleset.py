"""The released rules, strictly read: a file that is not as agreed is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

DATA = files("lotse.programmes.eligibility") / "data"
RELEASES = files("lotse.programmes.eligibility") / "releases.txt"
KINDS = ("age_from", "age_below", "resettler", "status", "window", "flag", "unasked", "offer")
SURENESS = {
    "verified": "belegt",
    "outdated": "belegt, neuere Fassung prüfen",
    "unconfirmed": "noch nicht bestätigt",
}


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadRules(Exception):
    """A file of rules does not have the agreed form."""


@dataclass(frozen=True)
class Source:
    title: str
    date: str


@dataclass(frozen=True)
class Condition:
    """`missing`: what to ask where it cannot be decided. `no`: the sentence where it does not hold.

    `about_house`: it speaks of the counselling, not of the person, so that nobody is suggested for it.
    """

    key: str
    kind: str
    missing: str
    no: str = ""
    years: int = 0
    at_most: int = 0
    starts: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    field: str = ""
    about_house: bool = False


@dataclass(frozen=True)
class Rule:
    """One way into a programme. `rank`: the lower, the rather it is suggested. `priority`: who must attend a course goes first."""

    key: str
    label: str
    rank: int
    needs: tuple[Condition, ...]
    source: Source
    sureness: str
    valid_from: date
    valid_to: date | None = None
    target_group: str = ""
    priority: bool = False

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class ProgrammeRules:
    """`land`: only there, unless the site offers it. `needs_certainty`: never suggested on a perhaps."""

    code: str
    rules: tuple[Rule, ...]
    land: str = ""
    elsewhere: str = ""
    needs_certainty: bool = False


@dataclass(frozen=True)
class Ruleset:
    version: str
    title: str
    valid_from: date
    programmes: tuple[ProgrammeRules, ...]
    classes: Mapping[str, str] = field(default_factory=dict)  # of residence statuses

    def class_of(self, status: str) -> str:
        """Empty where the status says nothing."""
        found = self.classes.get(status, "")
        return "" if found == "unknown" else found


def ruleset_on(day: date) -> Ruleset:
    """The newest release in force that day; before the first one, the first."""
    released = [found for found in releases() if found.valid_from <= day]
    return released[-1] if released else releases()[0]


@cache
def releases() -> tuple[Ruleset, ...]:
    """The oldest first."""
    loaded = [read(path) for path in DATA.iterdir() if path.name.endswith(".yaml")]
    return tuple(sorted(loaded, key=lambda release: (release.valid_from, release.version)))


def read(path: Traversable) -> Ruleset:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
        found = _ruleset(raw)
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRules(f"{path.name}: {error!r}") from error
    if f"{found.version}.yaml" != path.name:
        raise BadRules(f"{path.name}: names another version")
    return found


def _ruleset(raw: dict[str, Any]) -> Ruleset:
    sources = {key: Source(**values) for key, values in raw["sources"].items()}
    conditions = {key: _condition(key, values) for key, values in raw["conditions"].items()}
    programmes = tuple(_programme(values, conditions, sources) for values in raw["programmes"])
    classes = {status: name for name, statuses in raw["statuses"].items() for status in statuses}
    return Ruleset(raw["version"], raw["title"], raw["valid_from"], programmes, classes)


def _condition(key: str, values: dict[str, Any]) -> Condition:
    if values["kind"] not in KINDS:
        raise ValueError(f"{key}: {values['kind']}")
    lists = {name: frozenset(values[name]) for name in ("classes", "unsure") if name in values}
    return Condition(key=key, **{**values, **lists, "starts": tuple(values.get("starts", ()))})


def _programme(raw: dict[str, Any], conditions: dict[str, Condition], sources: dict[str, Source]) -> ProgrammeRules:
    rules = tuple(_rule(values, conditions, sources) for values in raw["rules"])
    return ProgrammeRules(**{**raw, "rules": rules})


def _rule(raw: dict[str, Any], conditions: dict[str, Condition], sources: dict[str, Source]) -> Rule:
    if raw["sureness"] not in SURENESS:
        raise ValueError(f"{raw['key']}: {raw['sureness']}")
    needs = tuple(conditions[key] for key in raw["needs"])
    return Rule(**{**raw, "needs": needs, "source": sources[raw["source"]]})
