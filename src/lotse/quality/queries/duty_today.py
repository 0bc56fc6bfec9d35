"""What the roster asks of somebody today, for *Heute*: her duty, her answer, wishes that wait for who plans. One statement."""

from collections import defaultdict
from datetime import date

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from lotse.core.lines import Line, lines_of, read
from lotse.core.work import WorkItem
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules
from lotse.quality.enums import DutyKind, RosterReply, RosterState
from lotse.quality.models import Duty, DutyAbsence, RosterAnswer

KINDS = {kind.value: kind.label for kind in DutyKind}


def work_items(actor: Actor, today: date) -> list[WorkItem]:
    if not rules.enters(actor):
        return []
    parts = [
        lines_of("duty", _duties(actor, today), words=F("kind"), about=Cast(F("begins"), CharField()), day=F("day")),
        lines_of("answer", _to_answer(actor), day=F("roster__answer_by")),
        lines_of("wish", _to_decide(actor), ref=F("roster__public_id"), day=F("roster__answer_by")),
    ]
    found = read(parts)
    return [*_today(found["duty"]), *(_answer(line) for line in found["answer"]), *_wishes(found["wish"])]


def _duties(actor: Actor, today: date) -> QuerySet[Duty]:
    """Her own, and those of somebody away for whom she is named."""
    away = DutyAbsence.objects.filter(person_id=OuterRef("person_id"), first_on__lte=today, last_on__gte=today)
    hers = Q(person_id=actor.person_id) | Q(deputy_id=actor.person_id) & (Q(person=None) | Q(Exists(away)))
    return Duty.objects.visible_to(actor).filter(hers, day=today, is_off=False)


def _to_answer(actor: Actor) -> QuerySet[RosterAnswer]:
    shown = RosterAnswer.objects.filter(roster__state=RosterState.SHOWN)
    return shown.filter(person_id=actor.person_id, reply=RosterReply.OPEN)


def _to_decide(actor: Actor) -> QuerySet[RosterAnswer]:
    shown = RosterAnswer.objects.to_decide().filter(roster__state=RosterState.SHOWN)
    return shown.filter(in_branches(actor.quality_paths, "organisation"))


def _today(lines: list[Line]) -> list[WorkItem]:
    """All duties of the day in one line."""
    if not lines:
        return []
    said = [f"{KINDS[line.words]} ab {line.about[:5]} Uhr" for line in sorted(lines, key=lambda line: line.about)]
    return [WorkItem("Ihr Dienst heute", reverse("quality:my_duty"), ", ".join(said))]


def _answer(line: Line) -> WorkItem:
    url = reverse("quality:answer_roster", args=[line.ref])
    return WorkItem("Dienstplan", url, f"Ihre Antwort bis {line.day:%d.%m.%Y}", "Antwort fehlt", "warn")


def _wishes(lines: list[Line]) -> list[WorkItem]:
    by_roster: dict[str, int] = defaultdict(int)
    for line in lines:
        by_roster[line.ref] += 1
    return [
        WorkItem("Wünsche zum Dienstplan", reverse("quality:roster", args=[ref]), _number(count), "beantworten", "warn")
        for ref, count in by_roster.items()
    ]


def _number(count: int) -> str:
    return "1 Wunsch wartet auf Ihre Antwort" if count == 1 else f"{count} Wünsche warten auf Ihre Antwort"
