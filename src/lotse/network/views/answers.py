"""Behind the link of an invitation: somebody without a login says whether she comes. Looking changes nothing."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.core.doorless import open_to_all
from lotse.core.formflow import refusals_told
from lotse.correspondence.links import LinkInvalid
from lotse.correspondence.throttle import admit
from lotse.network.actions.meetings import reply
from lotse.network.enums import Reply
from lotse.network.models import Attendance
from lotse.network.queries.agenda import open_part_begins
from lotse.network.queries.formats import agreed_charter
from lotse.network.queries.meetings import place_behind
from lotse.organisations.actor import SystemActor

TRIES = 120  # of one address in a quarter of an hour


def behind_the_link(view: Callable[[HttpRequest, Attendance, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the place of who was invited, and the token; whoever only guesses gets nothing."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        token = request.POST.get("t") or request.GET.get("t", "")
        if not admit("network", get_adapter().get_client_ip(request), TRIES):
            return render(request, "429.html", status=429)
        try:
            place = place_behind(token)
        except LinkInvalid as error:
            return render(request, "network/answer_closed.html", {"reason": str(error)}, status=404)
        return view(request, place, token)

    return opened


@open_to_all
@behind_the_link
def answer(request: HttpRequest, place: Attendance, token: str) -> HttpResponse:
    given = request.POST.get("answer", "")
    if request.method == "POST" and given in (Reply.YES, Reply.NO):
        with refusals_told(request):
            place = _answered(place, Reply(given))
    return render(request, "network/answer.html", _context(place, token))


def _answered(place: Attendance, given: Reply) -> Attendance:
    by = SystemActor("Antwort über den Link", organisation_id=place.organisation_id, public_id=place.public_id)
    answered = reply(by=by, place=place, answer=given)
    place.reply, place.replied_at = answered.reply, answered.replied_at
    return place


def _context(place: Attendance, token: str) -> dict:
    meeting = place.meeting
    return {
        "place": place,
        "meeting": meeting,
        "token": token,
        "charter": agreed_charter(meeting.format),
        "begins": meeting.starts_at if place.in_inner_part else open_part_begins(meeting),
        "is_over": meeting.is_off or meeting.is_held or meeting.ends_at < timezone.now(),
        "replaced_by": getattr(meeting, "replaced_by", None),
    }
