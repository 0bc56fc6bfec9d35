"""A definition and the way it is counted make a figure; one without the other is an error."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Model, Q, Value, When

from lotse.facts.definitions import definitions
from lotse.facts.registry import Fact, Period, Population
from lotse.organisations.actor import Actor

YES_NO = {"yes": "ja", "no": "nein"}


@dataclass(frozen=True)
class Counted:
    """`words`: of the cells in their order, or a function where the cells are not known before."""

    population: Population
    cell: Callable[[Period], Any]
    words: Mapping[str, str] | Callable[[str], str]


def facts_of(name: str, counted: Mapping[str, Counted], *, sheet: str, programme: str = "") -> Iterator[Fact]:
    """`name`: of the folder; several of them may speak of one set, so a key begins with the set's own."""
    found = definitions(name)
    wanted = {f"{found.key}.{key}": how for key, how in counted.items()}
    if wanted.keys() - found.figures.keys():
        raise ValueError(f"not defined: {sorted(wanted.keys() - found.figures.keys())}")
    for key, said in found.figures.items():
        if key not in wanted:  # what is rated, or counted by another app
            continue
        how = wanted[key]
        is_open = callable(how.words)
        yield Fact(
            key=key, title=said.title, unit=said.unit, definition=said.definition, source=found.source,
            population=how.population, cell=how.cell, keys=() if is_open else tuple(how.words),
            words=how.words if is_open else how.words.__getitem__, programme=programme, version=said.since or found.version,
            sheet=sheet, share=said.share, share_of=said.share_of, denominator=said.denominator, counted_when=said.counted_when,
            impact_level=said.impact_level, settings=said.settings, number=said.number, is_proposal=found.is_proposal,
        )  # fmt: skip


def choice(*cases: tuple[Any, str], otherwise: str = "") -> Case:
    """The first condition that holds names the cell; "" is not recorded."""
    whens = (When(condition, then=Value(key)) for condition, key in cases)
    return Case(*whens, default=Value(otherwise), output_field=CharField())


def yes_no(path: str) -> Case:
    """Of an answer that is true or false."""
    return choice((Q(**{path: True}), "yes"), (Q(**{path: False}), "no"))


def seen(model: type[Model]) -> Callable[[Actor], Q]:
    """The condition that somebody may also read a row."""
    return lambda actor: Q(pk__in=model._default_manager.visible_to(actor).order_by().values("pk"))  # type: ignore[attr-defined]
