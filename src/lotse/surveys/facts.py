"""Self-reported figures (model.md §10.1, indicators 1, 8, 10): sums of closed rounds. Nothing opens behind them."""

from functools import partial

from django.db.models import F, Q, QuerySet

from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyTally
from lotse.surveys.questionnaires import Question, surveys
from lotse.surveys.scope import LEAST

CLOSED = "Hinter dieser Zahl öffnet sich nichts: Die Antworten sind anonym."
DEFINITION = "Antworten aus Umfragen, die im Zeitraum beendet wurden und mindestens 5 Antworten hatten. Vorher-Befragungen zählen nicht."
# Question → title, and the indicator of the list of 18 that it feeds.
FIGURES = {
    "knows_offers": ("Kennen wichtige Hilfsangebote (Selbstauskunft)", 8),
    "solves_alone": ("Lösen Probleme ohne fremde Hilfe (Selbstauskunft)", 10),
    "social_circle": ("Regelmäßige Kontakte außerhalb des Haushalts (Selbstauskunft)", 1),
    "understood": ("Fühlten sich in der Beratung verstanden", 0),
    "satisfied": ("Sind mit der Beratung zufrieden", 0),
}


def _answers(actor: Actor, period: Period, *, question: str) -> QuerySet[SurveyTally]:
    """A round belongs whole to the day it was closed: so a sum never holds a part of one."""
    rows = SurveyTally.objects.filter(round__organisation_id__in=actor.counted_organisation_ids, question=question)
    closed = rows.filter(round__closed_at__date__gte=period.start, round__closed_at__date__lte=period.end)
    return closed.exclude(round__moment=Moment.BEFORE).filter(number__gt=0)


def _nobody(_actor: Actor) -> Q:
    return Q(pk__in=())


def _line(tally: SurveyTally) -> Line:
    raise LookupError(f"{tally} is not listed")


def _population(key: str) -> Population:
    return Population(
        f"surveys.{key}",
        partial(_answers, question=key),
        _nobody,
        _line,
        site="round__site_id",
        programme="round__programme_id",
        holds_files=False,
        weight="number",
        closed=CLOSED,
        least=LEAST,
    )


def _value(_period: Period) -> F:
    return F("value")


def _fact(question: Question) -> Fact:
    title, indicator = FIGURES[question.key]
    labels = question.labels
    return Fact(
        key=f"surveys.{question.key}",
        title=title,
        unit="Antworten",
        definition=f"„{question.title}“ {DEFINITION}",
        source=f"Wirkungsziele Integrationsmanagement, Indikator {indicator}"
        if indicator
        else "Umfrage, eigene Definition",
        population=_population(question.key),
        cell=_value,
        keys=question.keys,
        words=lambda key: labels.get(key, key),
    )


def register_facts() -> None:
    questions = [question for survey in surveys() for question in survey.questions]
    for question in questions:
        if question.key in FIGURES:
            register(_fact(question))
