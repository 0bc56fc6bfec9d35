"""What higher floors know of a partner, for its page. Apps register a question; it answers for the actor, or None."""

from collections.abc import Callable
from dataclasses import dataclass

from lotse.organisations.actor import Actor
from lotse.partners.models import Partner


@dataclass(frozen=True)
class Panel:
    title: str
    rows: tuple[tuple[str, int], ...]


Question = Callable[[Actor, Partner], Panel | None]
_QUESTIONS: list[Question] = []


def register_panel(question: Question) -> None:
    if question not in _QUESTIONS:
        _QUESTIONS.append(question)


def panels_of(actor: Actor, partner: Partner) -> list[Panel]:
    return [panel for question in _QUESTIONS if (panel := question(actor, partner))]
