"""What the pages of the team have in common: her house, the day that is asked for, who plans."""

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.queries import own_organisation
from lotse.quality import rules
from lotse.quality.actions.duty import WHO_PLANS
from lotse.quality.views.shared import insider

EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


def planner(request: HttpRequest) -> tuple[Actor, Organisation]:
    """Who plans in her own house."""
    actor = insider(request)
    house = own_organisation(actor)
    must_plan(actor, house)
    return actor, house


def must_plan(actor: Actor, house: Organisation) -> None:
    if not rules.plans_duty(actor, house):
        raise NotAllowed(WHO_PLANS)


def plans(actor: Actor) -> bool:
    return rules.keeps(actor) and rules.plans_duty(actor, own_organisation(actor))


def asked_day(request: HttpRequest, name: str = "tag") -> date:
    """The day in the address; nonsense means today."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        day = None
    return day if day and EARLIEST < day < LATEST else timezone.localdate()


def team_crumbs(*more: Crumb) -> list[Crumb]:
    return [("Team", reverse("quality:inner")), *more]


def duty_crumbs(*more: Crumb) -> list[Crumb]:
    return team_crumbs(("Dienstplan", reverse("quality:duty")), *more)


def cover_crumbs() -> list[Crumb]:
    return team_crumbs(("Vertretungsplan", reverse("quality:cover")))


def roster_crumbs() -> list[Crumb]:
    return duty_crumbs(("Abstimmung", reverse("quality:rosters")))


def week_url(day: date) -> str:
    return f"{reverse('quality:duty')}?tag={day:%Y-%m-%d}"
