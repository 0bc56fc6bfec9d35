"""What improving asks of somebody today, for *Heute*: of each kind one line."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import DateField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import ImprovementState
from lotse.quality.models import Complaint, Improvement, Suggestion

SOON = timedelta(days=7)
TO_DO = (ImprovementState.PLANNED, ImprovementState.IN_WORK)


def to_do(actor: Actor, today: date) -> QuerySet[Improvement]:
    """Hers, due within a week or overdue."""
    return Improvement.objects.filter(owner=actor.person_id, state__in=TO_DO, due_on__lte=today + SOON)


def to_check(actor: Actor, today: date) -> QuerySet[Improvement]:
    """Whose effect can be seen by now, and that she may check."""
    ripe = Improvement.objects.filter(_kept(actor), state=ImprovementState.DONE, effect_due_on__lte=today)
    return ripe.exclude(owner=actor.person_id)


def to_answer(actor: Actor, _today: date) -> QuerySet[Complaint]:
    """In her hands."""
    return Complaint.objects.visible_to(actor).unanswered().filter(handled_by=actor.person_id)


def late_elsewhere(actor: Actor, today: date) -> QuerySet[Complaint]:
    """In the hands of another, and late: who keeps quality is told."""
    late = Complaint.objects.visible_to(actor).unanswered().filter(answer_due_on__lt=today)
    return late.exclude(handled_by=actor.person_id)


def to_decide(actor: Actor, _today: date) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(_kept(actor)).unanswered()


def _kept(actor: Actor) -> Q:
    return in_branches(actor.quality_paths, "organisation")


def _page(name: str, several: str, stand: str = "") -> Callable[[list[Line]], str]:
    """Of the row where there is one, else the list."""

    def url(lines: list[Line]) -> str:
        return (
            reverse(f"quality:{name}", args=[lines[0].ref])
            if len(lines) == 1
            else reverse(f"quality:{several}") + stand
        )

    return url


DONE = {"words": F("title"), "day": F("due_on")}
CHECKED = {"words": F("title"), "day": F("effect_due_on")}
SAID = {"day": F("answer_due_on")}
KINDS = {
    "improve": Kind(
        to_do, DONE, _page("improvement", "improvements", "?wer=ich"),
        ("Verbesserung", "{words}, bis {day}"), ("{count} Verbesserungen", "zuerst {words}, bis {day}"), "fällig",
    ),
    "improve_check": Kind(
        to_check, CHECKED, _page("improvement", "improvements", "?stand=umgesetzt"),
        ("Wirkung prüfen", "{words}, ab {day}"), ("{count} × Wirkung prüfen", "zuerst {words}, ab {day}"), "",
    ),
    "complaint": Kind(
        to_answer, SAID, _page("complaint", "complaints"),
        ("Rückmeldung beantworten", "bis {day}"), ("{count} Rückmeldungen beantworten", "die erste bis {day}"), "",
    ),
    "complaint_late": Kind(
        late_elsewhere, SAID, _page("complaint", "complaints", "?stand=ueberfaellig"),
        ("Rückmeldung ohne Antwort", "war fällig am {day}"),
        ("{count} Rückmeldungen ohne Antwort", "die erste war fällig am {day}"), "überfällig",
    ),
    "suggestion": Kind(
        to_decide, {"words": F("title"), "day": Cast(F("raised_at"), DateField())}, _page("suggestion", "suggestions"),
        ("Vorschlag beantworten", "{words}, vom {day}"), ("{count} Vorschläge beantworten", "zuerst {words}, vom {day}"), "",
    ),
}  # fmt: skip
