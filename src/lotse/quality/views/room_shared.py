"""Entering a room: who sits there is asked anew by each page, with a second factor, and every look is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lotse.accounts.middleware import SET_UP
from lotse.accounts.queries import has_second_factor
from lotse.auditlog.recorder import record_read
from lotse.core.formpages import Crumb
from lotse.organisations.actor import Actor
from lotse.quality.enums import Side
from lotse.quality.queries.rooms import Seat, guest, seat_at

View = Callable[..., HttpResponse]
BOTH = (Side.ASSESSOR, Side.BOARD)
# word, address, whose
PLACES = (
    ("Übersicht", "guests:room", BOTH),
    ("Checkliste", "guests:checklist", BOTH),
    ("Rückmeldung", "guests:feedback", BOTH),
    ("Besuch", "guests:visit", (Side.ASSESSOR,)),
    ("Auditbericht", "guests:report", BOTH),
    ("Abstimmung", "guests:vote", (Side.BOARD,)),
)


def acting(request: HttpRequest) -> Actor:
    return request.actor or guest(request.user)


def set_up_first(request: HttpRequest) -> HttpResponse | None:
    """Whoever has no second factor is led there and sees nothing. The demo is looked at without one, as all its logins."""
    if not settings.GUESTS_NEED_SECOND_FACTOR or has_second_factor(request.user):
        return None
    messages.info(request, SET_UP)
    return redirect("accounts:security")


def in_room(what: str = "", *, sides: tuple[Side, ...] = BOTH) -> Callable[[View], View]:
    """The view gets the seat. What is looked at is logged before it is shown; `what` empty: the view does it itself."""

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, certification_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
            seat = seat_at(acting(request), certification_id)
            if seat.participant.side not in sides:
                raise Http404
            if elsewhere := set_up_first(request):
                return elsewhere
            if what and request.method in ("GET", "HEAD"):
                record_read(by=seat.actor, obj=seat.certification, file=seat.certification, what=what)
            return view(request, seat, *args, **kwargs)

        return entered

    return decorate


ASSESSORS, BOARD = (Side.ASSESSOR,), (Side.BOARD,)


def address(seat: Seat, name: str, *more: Any) -> str:
    return reverse(f"guests:{name}", args=[seat.certification.public_id, *more])


def framed(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """What every page of the room stands in."""
    bar = [
        {"label": label, "url": address(seat, name.split(":")[1]), "is_current": False}
        for label, name, sides in PLACES
        if seat.participant.side in sides
    ]
    current = max((one for one in bar if request.path.startswith(one["url"])), key=lambda one: len(one["url"]))
    current["is_current"] = True
    return {"seat": seat, "certification": seat.certification, "room_bar": bar}


def shown(request: HttpRequest, seat: Seat, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {**framed(request, seat), **context})


def crumbs(seat: Seat, *more: Crumb) -> list[Crumb]:
    return [(str(seat.certification), address(seat, "room")), *more]
