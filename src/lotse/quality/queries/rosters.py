"""Rosters, and what was said to them."""

from datetime import date

from django.db.models import Count, Prefetch, Q

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality.enums import RosterReply
from lotse.quality.models import Duty, Roster, RosterAnswer

MOST = 40
REPLIED = ~Q(answers__reply=RosterReply.OPEN)
WAITS = Q(answers__reply=RosterReply.WISHES, answers__wish_state="")


def rosters(actor: Actor) -> list[Roster]:
    """Of her house, the newest first, with `people`, `replied` and `waiting`, and her own answer in `mine`."""
    mine = RosterAnswer.objects.filter(person_id=actor.person_id)
    rows = Roster.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    return list(
        rows.annotate(
            people=Count("answers"), replied=Count("answers", filter=REPLIED), waiting=Count("answers", filter=WAITS)
        )
        .prefetch_related(Prefetch("answers", mine, to_attr="mine"))
        .order_by("-first_on", "-id")[:50]
    )


def roster_on(actor: Actor, first: date, last: date) -> Roster | None:
    """The first one for these days, with her own answer in `mine`."""
    mine = RosterAnswer.objects.filter(person_id=actor.person_id)
    rows = Roster.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    within = rows.filter(first_on__lte=last, last_on__gte=first).order_by("first_on", "id")
    return within.prefetch_related(Prefetch("answers", mine, to_attr="mine")).first()


def get_roster(actor: Actor, public_id: str) -> Roster:
    return found(Roster.objects.visible_to(actor).select_related("organisation", "released_by"), public_id)


def answers(actor: Actor, roster: Roster) -> list[RosterAnswer]:
    """All for who plans, her own for everybody else."""
    return list(RosterAnswer.objects.visible_to(actor).filter(roster=roster).select_related("person"))


def duties_of(actor: Actor, roster: Roster) -> list[Duty]:
    """Her own in it; of a long one the first weeks."""
    rows = Duty.objects.visible_to(actor).filter(organisation_id=roster.organisation_id, person_id=actor.person_id)
    return list(rows.between(roster.first_on, roster.last_on).filter(is_off=False).select_related("site")[:MOST])


def counted(roster: Roster) -> tuple[int, int]:
    """Asked and answered so far."""
    found_rows = roster.answers.aggregate(asked=Count("pk"), replied=Count("pk", filter=~Q(reply=RosterReply.OPEN)))
    return found_rows["asked"], found_rows["replied"]


def get_answer(actor: Actor, public_id: str) -> RosterAnswer:
    rows = RosterAnswer.objects.visible_to(actor).select_related("roster", "organisation", "person")
    return found(rows, public_id)
