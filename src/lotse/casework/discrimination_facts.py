"""The figures of anti-discrimination advice. They count the cases that `facts` counts, so nothing else is opened."""

from functools import partial

from django.db.models import F, Q, QuerySet

from lotse.casework.facts import CASES, words_of
from lotse.casework.models import DiscriminationGround, GroundList
from lotse.casework.open_files import in_open_file
from lotse.casework.rules import ANTI_DISCRIMINATION
from lotse.facts.registry import Fact, Line, Period, Population, register
from lotse.organisations.actor import Actor

SOURCE = "Antidiskriminierungsberatung, eigene Definition"
CASE = "record__case__"


def _cases(actor: Actor, period: Period) -> QuerySet:
    return CASES.countable(actor, period).filter(programme__code=ANTI_DISCRIMINATION)


def _grounds(actor: Actor, period: Period, *, of: GroundList) -> QuerySet[DiscriminationGround]:
    return DiscriminationGround.objects.filter(of=of, record__case__in=_cases(actor, period).order_by().values("pk"))


def _began(period: Period) -> Q:
    return Q(**{f"{CASE}first_contact_on__gte": period.start})


def _ended(period: Period) -> Q:
    return Q(**{f"{CASE}ended_on__lte": period.end})


def _line(ground: DiscriminationGround) -> Line:
    return CASES.line(ground.record.case)


def _population(of: GroundList) -> Population:
    return Population(
        f"discrimination_{of}",
        partial(_grounds, of=of),
        partial(in_open_file, client=f"{CASE}client"),
        _line,
        site=f"{CASE}site_id",
        programme=f"{CASE}programme_id",
        related=("record__case__client", "record__case__site"),
        arrived=_began,
        left=_ended,
    )


AREAS = Population(
    "discrimination_cases",
    _cases,
    CASES.visible,
    CASES.line,
    related=CASES.related,
    arrived=CASES.arrived,
    left=CASES.left,
)
SEVERAL = "Ein Fall kann mehrere Gründe haben."


def _ground_fact(of: GroundList, title: str) -> Fact:
    return Fact(
        key=f"discrimination.{of}",
        title=title,
        unit="Nennungen",
        definition=f"Fälle der Antidiskriminierungsberatung, die im Zeitraum offen waren. {SEVERAL}",
        source=SOURCE,
        programme=ANTI_DISCRIMINATION,
        population=_population(of),
        cell=lambda _period: F("ground"),
        words=words_of(of.catalogue),
    )


FACTS = (
    _ground_fact(GroundList.AGG, "Diskriminierung: Gründe nach dem AGG"),
    _ground_fact(GroundList.OTHER, "Diskriminierung: weitere Gründe"),
    Fact(
        key="discrimination.area",
        title="Diskriminierung: Lebensbereiche",
        unit="Fälle",
        definition="Fälle der Antidiskriminierungsberatung, die im Zeitraum offen waren.",
        source=SOURCE,
        programme=ANTI_DISCRIMINATION,
        population=AREAS,
        cell=lambda _period: F("discrimination__area"),
        words=words_of("discrimination_area"),
    ),
)


def register_facts() -> None:
    for fact in FACTS:
        register(fact)
