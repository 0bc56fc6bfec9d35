"""What the roster asks of somebody today, for *Heute*: her duty, her answer, wishes that wait for who plans."""

from collections.abc import Callable
from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Substr
from django.urls import reverse

from lotse.core.bundles import Kind
from lotse.core.lines import Line
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality.enums import DutyKind, RosterReply, RosterState
from lotse.quality.models import Duty, DutyAbsence, RosterAnswer

LABELS = {kind.value: str(kind.label) for kind in DutyKind}


def _duties(actor: Actor, today: date) -> QuerySet[Duty]:
    """Her own, and those of somebody away for whom she is named."""
    away = DutyAbsence.objects.filter(person_id=OuterRef("person_id"), first_on__lte=today, last_on__gte=today)
    hers = Q(person_id=actor.person_id) | Q(deputy_id=actor.person_id) & (Q(person=None) | Q(Exists(away)))
    return Duty.objects.visible_to(actor).filter(hers, day=today, is_off=False)


def _to_answer(actor: Actor, _today: date) -> QuerySet[RosterAnswer]:
    shown = RosterAnswer.objects.filter(roster__state=RosterState.SHOWN)
    return shown.filter(person_id=actor.person_id, reply=RosterReply.OPEN)


def _to_decide(actor: Actor, _today: date) -> QuerySet[RosterAnswer]:
    shown = RosterAnswer.objects.to_decide().filter(roster__state=RosterState.SHOWN)
    return shown.filter(in_branches(actor.quality_paths, "organisation"))


def _my_duty(_lines: list[Line]) -> str:
    return reverse("quality:my_duty")


def _page(name: str) -> Callable[[list[Line]], str]:
    return lambda lines: reverse(f"quality:{name}", args=[lines[0].ref])


BEGINS = Substr(Cast(F("begins"), CharField()), 1, 5)
KINDS = {
    "duty": Kind(
        _duties, {"words": F("kind"), "about": BEGINS, "day": F("day")}, _my_duty,
        ("Ihr Dienst heute", "{words} ab {about} Uhr"), ("Ihre {count} Dienste heute", "darunter {words} ab {about} Uhr"),
        "", LABELS,
    ),
    "roster_answer": Kind(
        _to_answer, {"day": F("roster__answer_by")}, _page("answer_roster"),
        ("Dienstplan", "Ihre Antwort bis {day}"), ("{count} Dienstpläne", "Ihre Antwort bis {day}"), "Antwort fehlt",
    ),
    "roster_wish": Kind(
        _to_decide, {"ref": F("roster__public_id"), "day": F("roster__answer_by")}, _page("roster"),
        ("Wunsch zum Dienstplan", "wartet auf Ihre Antwort"), ("{count} Wünsche zum Dienstplan", "warten auf Ihre Antwort"), "",
    ),
}  # fmt: skip
