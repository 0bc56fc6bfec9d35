"""Texts of an analysis by the place where they stand: a column of the analysis, or of what is said of a field."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from lotse.agency.models import Analysis, FieldNote
from lotse.organisations.enums import ActionField

MANDATORY = ("integration_concept", "municipal_centre", "other_agencies")  # IA-05
WHOLE = ("overall_goal", *MANDATORY)
OF_FIELD = ("offers", "goal", "measures")
WANTED_OF_FIELD = ("offers", "goal")
LONGEST = 20_000
LABELS = {
    **{name: str(Analysis._meta.get_field(name).verbose_name) for name in WHOLE},
    **{name: str(FieldNote._meta.get_field(name).verbose_name) for name in OF_FIELD},
}


@dataclass(frozen=True)
class Place:
    """`field` is empty for what is said of the whole."""

    name: str
    field: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}-{self.field}" if self.field else self.name

    @property
    def anchor(self) -> str:
        return f"text-{self.key}"

    @property
    def label(self) -> str:
        return LABELS[self.name]


def places(fields: Collection[str]) -> Iterator[Place]:
    yield from (Place(name) for name in WHOLE)
    for field in ActionField:
        if field in fields:
            yield from (Place(name, field) for name in OF_FIELD)


def mark_of(text: str) -> str:
    """By which a page says which words it has shown."""
    return sha256(text.encode()).hexdigest()[:16]
