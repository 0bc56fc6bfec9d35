"""What was released and filed, for apps that do not know the app that released it: "the report of this agency for that year".

An app says how its released documents are found (`register_released`); whoever needs one asks by kind, unit and year.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from lotse.documents.models import StoredFile
from lotse.organisations.models import Organisation


@dataclass(frozen=True)
class Released:
    title: str
    on: date
    file: StoredFile


Found = Mapping[tuple[int, int], Released]


@dataclass(frozen=True)
class Kind:
    """`find`: by id of the unit and year, the newest version of each. `address`: where it is written, for who lacks it."""

    key: str
    find: Callable[[Collection[int], Collection[int]], Found]
    address: Callable[[Organisation], str]


KINDS: dict[str, Kind] = {}


def register_released(kind: Kind) -> None:
    if kind.key in KINDS:
        raise ValueError(f"released documents of the kind {kind.key} are registered twice")
    KINDS[kind.key] = kind


def released(key: str, units: Collection[int], years: Collection[int]) -> Found:
    return KINDS[key].find(units, years)


def address_of(key: str, unit: Organisation) -> str:
    return KINDS[key].address(unit)
