"""Figures of the team: who is covered by the deputy plan (Mi 3 b), and whether staff took part in the roster (Mi 3 c)."""

from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from lotse.facts.defined import Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Period, Population, register
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person
from lotse.quality.enums import CoverScope, RosterState
from lotse.quality.models import Roster, StandIn
from lotse.quality.queries.cover import counsellors

NOWHERE = Value(0, output_field=IntegerField())


def _counsellors(actor: Actor, period: Period) -> QuerySet[Person]:
    here = Q(organisation_id__in=actor.counted_organisation_ids)
    return counsellors(period.key_date).filter(here).annotate(nowhere=NOWHERE)


def _cover(period: Period) -> Case:
    there = Q(deputy__left_on=None) | Q(deputy__left_on__gte=period.key_date)
    rows = StandIn.objects.valid_on(period.key_date).filter(there, person_id=OuterRef("pk"))
    whole = Q(Exists(rows.filter(scope=CoverScope.ALL)))
    return choice((whole, "whole"), (Q(Exists(rows)), "part"), otherwise="nobody")


def _person_line(row: Person) -> Line:
    return Line(f"{row}", row.started_on or timezone.localdate(row.created_at), "", reverse("quality:cover"))


def _released(actor: Actor, period: Period) -> QuerySet[Roster]:
    within = {"released_on__gte": period.start, "released_on__lte": period.end}
    here = Roster.objects.filter(organisation_id__in=actor.counted_organisation_ids, state=RosterState.RELEASED)
    return here.filter(**within).annotate(nowhere=NOWHERE)


def _took_part(_period: Period) -> Case:
    return choice((Q(answered=0), "nobody"), (Q(answered__lt=F("asked")), "some"), otherwise="all")


def _roster_line(row: Roster) -> Line:
    on: date = row.released_on or row.shown_on
    url = reverse("quality:roster", args=[row.public_id])
    return Line(f"{row}: {row.answered} von {row.asked}", on, row.organisation.name, url)


DEPUTIES = Population(
    "quality.counsellors", _counsellors, seen(Person), _person_line, site="nowhere", programme="nowhere", holds_files=False,
    of_house=True,
)  # fmt: skip
ROSTERS = Population(
    "quality.rosters", _released, seen(Roster), _roster_line, site="nowhere", programme="nowhere", holds_files=False,
    of_house=True, related=("organisation",),
)  # fmt: skip
COUNTED = {
    "deputies": Counted(
        DEPUTIES, _cover, {"whole": "ganz vertreten", "part": "nur zum Teil", "nobody": "ohne Vertretung"}
    ),
    "participation": Counted(ROSTERS, _took_part, {"all": "alle", "some": "ein Teil", "nobody": "niemand"}),
}


def register_facts() -> None:
    for fact in facts_of("duty", COUNTED, sheet="team"):
        register(fact)
