"""What the pages of an organisation have in common: who acts, the tabs, the way of a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from lotse.core.errors import NotAllowed
from lotse.organisations import rules
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

TABS = (
    ("detail", "Überblick"),
    ("people", "Menschen"),
    ("posts", "Stellen"),
    ("who", "Rollen"),
    ("deputies", "Vertretungen"),
)


def actor_of(request: HttpRequest) -> Actor:
    if not request.actor:
        raise NotAllowed("Ihr Konto ist noch keiner Person zugeordnet.")
    return request.actor


def page(request: HttpRequest, organisation: Organisation, template: str, *, tab: str, **context: Any) -> HttpResponse:
    """A page of one organisation under its head and tabs; what is inside has tabs for insiders only."""
    actor = actor_of(request)
    head = {
        "organisation": organisation,
        "tabs": TABS if rules.looks_inside(actor, organisation.pk) else (),
        "tab": tab,
        "may_change": rules.manages(actor, organisation.pk),
        "today": timezone.localdate(),
        "query": _without_cursor(request),
    }
    return render(request, template, {**head, **context})


def _without_cursor(request: HttpRequest) -> str:
    """What was asked for, so that the next page keeps it."""
    asked = request.GET.copy()
    asked.pop("ab", None)
    return asked.urlencode()


def day_asked(request: HttpRequest) -> Any:
    """`?stichtag=2025-12-31`; nonsense means today."""
    try:
        return parse_date(request.GET.get("stichtag", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()
