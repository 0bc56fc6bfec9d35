"""What stands in a report: for when, after which closed list, how complete, and the tables. Nothing else has a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lotse.core.canonical import digest
from lotse.wayup.closed_lists import form as closed_list
from lotse.wayup.tables import Form, Refused, Tables, read, written

FIELDS = {"id", "revision", "period", "form", "units", "sites", "tables"}
MOST = 100_000
ID_LENGTH = 16


@dataclass(frozen=True)
class Coverage:
    """How many were to report, and how many are in the sums."""

    included: int
    expected: int

    @property
    def is_whole(self) -> bool:
        return self.included == self.expected

    def __str__(self) -> str:
        return f"{self.included} von {self.expected}"


@dataclass(frozen=True)
class Report:
    """`units`: of those directly below. `sites`: of all the places where counselling happens, down to the last."""

    id: str
    revision: int
    start: date
    end: date
    form: Form
    units: Coverage
    sites: Coverage
    tables: Tables

    @property
    def content(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "revision": self.revision,
            "period": {"start": f"{self.start}", "end": f"{self.end}"},
            "form": {"key": self.form.key, "version": self.form.version, "sha256": self.form.sha256},
            "units": {"included": self.units.included, "expected": self.units.expected},
            "sites": {"included": self.sites.included, "expected": self.sites.expected},
            "tables": written(self.form, self.tables),
        }

    @property
    def sha256(self) -> str:
        return digest(self.content)


def report_of(content: Any) -> Report:
    """Everything is checked, whoever signed it."""
    if not isinstance(content, dict) or set(content) != FIELDS:
        raise Refused("Die Meldung ist anders aufgebaut, als vereinbart ist.")
    asked = _form(content["form"])
    return Report(
        id=_id(content["id"]),
        revision=_number(content["revision"], least=1),
        start=_day(content["period"], "start"),
        end=_day(content["period"], "end"),
        form=asked,
        units=_coverage(content["units"]),
        sites=_coverage(content["sites"]),
        tables=read(asked, content["tables"]),
    )


def _form(given: Any) -> Form:
    if not isinstance(given, Mapping) or set(given) != {"key", "version", "sha256"}:
        raise Refused("Die Meldung sagt nicht, nach welchem Formular gezählt wurde.")
    found = closed_list(str(given["key"]), str(given["version"]))
    if found is None or found.sha256 != given["sha256"]:
        raise Refused("Die Meldung folgt einem Formular, das es hier nicht gibt.")
    return found


def _id(given: Any) -> str:
    if not (isinstance(given, str) and len(given) <= ID_LENGTH and given.isascii() and given.isalnum()):
        raise Refused("Die Meldung hat keine gültige Nummer.")
    return given


def _number(given: Any, least: int = 0) -> int:
    if type(given) is not int or not least <= given <= MOST:
        raise Refused("In der Meldung steht etwas, das keine Anzahl ist.")
    return given


def _coverage(given: Any) -> Coverage:
    if not isinstance(given, Mapping) or set(given) != {"included", "expected"}:
        raise Refused("Die Meldung sagt nicht, wie vollständig sie ist.")
    found = Coverage(_number(given["included"]), _number(given["expected"]))
    if found.included > found.expected:
        raise Refused("Die Meldung nennt mehr Stellen, als es gibt.")
    return found


def _day(given: Any, name: str) -> date:
    try:
        return date.fromisoformat(given[name])
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("Die Meldung sagt nicht, für welchen Zeitraum sie gilt.") from error
