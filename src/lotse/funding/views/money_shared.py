"""What the pages of contracts, calls and payments have in common: the asked day and year, the way back."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lotse.core.errors import NotAllowed
from lotse.core.formpages import Crumb
from lotse.core.typed import asked_year
from lotse.funding import rules
from lotse.funding.forms.money import MANY, Asked
from lotse.funding.views.shared import RECEIVER
from lotse.organisations.actor import Actor
from lotse.programmes.models import Grant


def asked_day(request: HttpRequest, usual: date, name: str = "am") -> date:
    """What is none is passed over, and so is what no calendar here reaches."""
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return usual
    return day if 1990 <= day.year <= 2100 else usual


def funding_year(request: HttpRequest, grant: Grant, today: date) -> int:
    """The one that is asked for, else this year's, else the nearest of the phase."""
    usual = min(max(today.year, grant.first_year), grant.last_year)
    return asked_year(request.GET, grant.years, usual)


def of_name(request: HttpRequest, lines: list[Asked]) -> dict[str, Any]:
    """The lines of a long form with a word in the name, and what the page says of it."""
    only = request.GET.get("name", "").strip()[:80]
    return {"lines": [line for line in lines if line.is_called(only)], "only": only, "many": len(lines) > MANY}


def is_receiver(actor: Actor, grant: Grant) -> bool:
    return rules.keeps_funds_of(actor, grant.organisation)


def require_receiver(actor: Actor, grant: Grant) -> None:
    if not is_receiver(actor, grant):
        raise NotAllowed(RECEIVER)


def money_crumbs(grant: Grant) -> list[Crumb]:
    here = f"{reverse('funding:money')}?zuwendung={grant.public_id}"
    return [(str(grant), f"{reverse('funding:home')}?zuwendung={grant.public_id}"), ("Weiterleitung", here)]
