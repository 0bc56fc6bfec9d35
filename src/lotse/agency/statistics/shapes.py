"""Which column of a table says what: the flat file of the statistical offices, and tables as people make them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lotse.core.search import fold
from lotse.documents.tables import Heading

# Both languages, and the older names of the German one, become one.
_WORDS = (
    ("statistik", "statistics"), ("zeit", "time"), ("auspraegung", "variable_attribute"), ("ausprägung", "variable_attribute"),
    ("merkmal", "variable"), ("wert", "value"), ("einheit", "unit"),
)  # fmt: skip
_VARIABLE = re.compile(r"(\d+)_variable_(code|attribute_label)")
_VALUE = re.compile(r"\s*[A-Z0-9]+__(?P<label>.+?)__(?P<unit>.+?)\s*")
REGIONS = ("DINSG", "DLAND", "REGBEZ", "KREIS", "GEMEI", "FGEMEIN", "GEO", "STADT", "BEZIRK", "NUTS")
PLAIN = {
    "label": ("was", "merkmal", "bezeichnung", "indikator", "kennzahl", "thema"),
    "area": ("gebiet", "stadtteil", "quartier", "bezirk", "ort", "gemeinde", "stadt", "kreis", "sozialraum", "raum"),
    "time": ("jahr", "stand", "stichtag", "zeit", "datum"),
    "value": ("wert", "anzahl", "zahl", "menge"),
    "unit": ("einheit",),
}


@dataclass(frozen=True)
class ValueColumn:
    """What its values are and in which unit: in words, or by the column that says it."""

    index: int
    label: str = ""
    unit: str = ""
    label_at: int | None = None
    unit_at: int | None = None


@dataclass(frozen=True)
class Shape:
    """`kinds`: pairs of columns, the code of a variable and the words of its attribute. `area`: a column that is the place."""

    values: tuple[ValueColumn, ...]
    time: int | None = None
    statistic: int | None = None
    area: int | None = None
    kinds: tuple[tuple[int, int], ...] = field(default_factory=tuple)
    is_flat: bool = False


def shape_of(headings: Sequence[Heading]) -> Shape | None:
    return _flat(headings) or _listed(headings) or _wide(headings)


def _flat(headings: Sequence[Heading]) -> Shape | None:
    names = {_english(heading.text): heading.index for heading in headings}
    kinds = _kinds(names)
    values = _values(headings, names)
    if "time" not in names or not values or not (kinds or "statistics_label" in names):
        return None
    return Shape(values, names["time"], names.get("statistics_label"), kinds=kinds, is_flat=True)


def _english(heading: str) -> str:
    text = heading.strip().lower()
    for german, english in _WORDS:
        text = text.replace(german, english)
    return text


def _kinds(names: dict[str, int]) -> tuple[tuple[int, int], ...]:
    numbers = sorted({int(found[1]) for name in names if (found := _VARIABLE.fullmatch(name))})
    pairs = [(names.get(f"{n}_variable_code"), names.get(f"{n}_variable_attribute_label")) for n in numbers]
    return tuple((code, words) for code, words in pairs if code is not None and words is not None)


def _values(headings: Sequence[Heading], names: dict[str, int]) -> tuple[ValueColumn, ...]:
    if "value" in names:
        said = names.get("value_variable_label"), names.get("value_unit")
        return (ValueColumn(names["value"], "", "", *said),)
    found = ((heading.index, _VALUE.fullmatch(heading.text)) for heading in headings)
    return tuple(ValueColumn(index, _spaced(of["label"]), _spaced(of["unit"])) for index, of in found if of)


def _spaced(text: str) -> str:
    return text.replace("_", " ").strip()


def _listed(headings: Sequence[Heading]) -> Shape | None:
    """One value in each line, under a heading that says so."""
    at = {key: _named(headings, names) for key, names in PLAIN.items()}
    if at["value"] is None or at["label"] is None:
        return None
    value = ValueColumn(at["value"], label_at=at["label"], unit_at=at["unit"])
    return Shape((value,), at["time"], area=at["area"])


def _wide(headings: Sequence[Heading]) -> Shape | None:
    """A line for each place, a column for each figure."""
    area, time = _named(headings, PLAIN["area"]), _named(headings, PLAIN["time"])
    first = 0 if area is None and time != 0 else area
    taken = {first, time}
    values = tuple(ValueColumn(h.index, h.text) for h in headings if h.text and h.index not in taken)
    return Shape(values, time, area=first) if values and first is not None else None


def _named(headings: Sequence[Heading], names: Sequence[str]) -> int | None:
    return next((h.index for name in names for h in headings if fold(h.text) == fold(name)), None)
