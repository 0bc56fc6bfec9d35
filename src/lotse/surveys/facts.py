"""Self-reported figures (model.md §10.1, indicators 1, 8, 9, 10): sums of closed rounds. Nothing opens behind them."""

from functools import partial

from django.db.models import F, Q, QuerySet

from lotse.facts.definitions import definitions
from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.surveys.enums import Moment
from lotse.surveys.models import SurveyTally
from lotse.surveys.questionnaires import Question, surveys
from lotse.surveys.scope import LEAST

INDICATORS = "integration"
CLOSED = "Hinter dieser Zahl öffnet sich nichts: Die Antworten sind anonym."
DEFINITION = "Antworten aus Umfragen, die im Zeitraum beendet wurden und mindestens 5 Antworten hatten. Vorher-Befragungen zählen nicht."
DENOMINATOR = "Alle, die diese Frage beantwortet haben, gleich in welchem Programm; es lässt sich oben wählen."
COUNTED_WHEN = "Am Tag, an dem die Umfrage endete."
SHARE = {"social_circle": ("six_to_ten", "over_ten")}
# Question → title, the indicator of the list of 18 that it feeds, and the step of impact.
FIGURES = {
    "knows_offers": ("Kennen wichtige Hilfsangebote (Selbstauskunft)", 8, 4),
    "medical_care": ("Nutzen Angebote der medizinischen Versorgung (Selbstauskunft)", 9, 5),
    "solves_alone": ("Lösen Probleme ohne fremde Hilfe (Selbstauskunft)", 10, 5),
    "social_circle": ("Regelmäßige Kontakte außerhalb des Haushalts (Selbstauskunft)", 1, 6),
    "understood": ("Fühlten sich in der Beratung verstanden", 0, 3),
    "satisfied": ("Sind mit der Beratung zufrieden", 0, 3),
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
    title, indicator, impact_level = FIGURES[question.key]
    labels = question.labels
    return Fact(
        key=f"surveys.{question.key}",
        title=title,
        unit="Antworten",
        definition=f"„{question.title}“ {DEFINITION}",
        source=definitions(INDICATORS).source if indicator else "Umfrage, eigene Definition",
        population=_population(question.key),
        cell=_value,
        keys=question.keys,
        words=lambda key: labels.get(key, key),
        sheet=INDICATORS if indicator else "work",
        share=SHARE.get(question.key, ("yes",)),
        denominator=DENOMINATOR,
        counted_when=COUNTED_WHEN,
        impact_level=impact_level,
        number=f"{indicator or ''}",
        is_proposal=bool(indicator),
    )


def register_facts() -> None:
    questions = [question for survey in surveys() for question in survey.questions]
    for question in questions:
        if question.key in FIGURES:
            register(_fact(question))
