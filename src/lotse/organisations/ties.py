"""What else hangs on a person. Apps on higher floors register their question; nobody leaves while an answer is open."""

from collections.abc import Callable
from dataclasses import dataclass

from lotse.organisations.models import Person


@dataclass(frozen=True)
class Tie:
    """`count` things of hers that must be handed over first, and how to say so: "offene Fälle"."""

    label: str
    count: int


_QUESTIONS: list[Callable[[Person], Tie]] = []


def register_tie(question: Callable[[Person], Tie]) -> None:
    if question not in _QUESTIONS:
        _QUESTIONS.append(question)


def ties_of(person: Person) -> list[Tie]:
    """One statement per registered question."""
    return [tie for question in _QUESTIONS if (tie := question(person)).count]
