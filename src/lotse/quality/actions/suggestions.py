"""Suggestions of colleagues: made, and answered by taking them up or by saying why not."""

from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.quality import rules
from lotse.quality.actions.improvements import raise_improvement
from lotse.quality.actions.shared import kept
from lotse.quality.enums import ImprovementSource, SuggestionResult
from lotse.quality.models import Suggestion

INSIDE = "Vorschläge machen Mitarbeitende des Trägers."
ANSWERED = "Dieser Vorschlag ist schon beantwortet."
WHY = "Bitte sagen, warum der Vorschlag nicht aufgenommen wird."


@action("suggestion.made", "hat einen Vorschlag gemacht")
def suggest(*, by: Actor, title: str, text: str) -> Suggestion:
    require(rules.enters(by), INSIDE)
    made = Suggestion(
        organisation_id=by.organisation_id, title=title.strip(), text=text.strip(), raised_by_id=by.person_id,
        raised_at=timezone.now(),
    )  # fmt: skip
    save_checked(made)
    record(made)
    return made


def _open(by: Actor, suggestion: Suggestion) -> Suggestion:
    fresh = locked(suggestion)
    kept(by, fresh.organisation)
    refuse_if(bool(fresh.result), ANSWERED)
    return fresh


def _answered(by: Actor, suggestion: Suggestion, result: SuggestionResult, answer: str) -> Suggestion:
    suggestion.result, suggestion.answer = result, answer.strip()
    suggestion.answered_by_id, suggestion.answered_at = by.person_id, timezone.now()
    save_checked(suggestion)
    record(suggestion, result=str(result))
    return suggestion


@action("suggestion.taken", "hat einen Vorschlag aufgenommen")
def take_up(
    *, by: Actor, suggestion: Suggestion, plan: str, owner: Person, due_on: date, answer: str = ""
) -> Suggestion:
    """As an improvement, with what was suggested."""
    fresh = _open(by, suggestion)
    fresh.improvement = raise_improvement(
        by=by, organisation=fresh.organisation, source=ImprovementSource.SUGGESTION, title=fresh.title,
        finding=fresh.text, plan=plan, owner=owner, due_on=due_on,
    )  # fmt: skip
    return _answered(by, fresh, SuggestionResult.TAKEN, answer)


@action("suggestion.declined", "hat einen Vorschlag nicht aufgenommen")
def decline(*, by: Actor, suggestion: Suggestion, answer: str) -> Suggestion:
    fresh = _open(by, suggestion)
    refuse_if(not answer.strip(), WHY, "answer")
    return _answered(by, fresh, SuggestionResult.DECLINED, answer)
