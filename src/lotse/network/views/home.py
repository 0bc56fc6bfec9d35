"""The first page of the room: what is near, what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.network import rules
from lotse.network.queries.formats import running_formats
from lotse.network.queries.meetings import coming_meetings
from lotse.network.queries.work import all_work
from lotse.network.views.shared import insider

NEXT = 6


def home(request: HttpRequest) -> HttpResponse:
    actor, today = insider(request), timezone.localdate()
    context = {
        "items": all_work(actor, today),
        "formats": running_formats(actor),
        "coming": coming_meetings(actor, timezone.localtime())[:NEXT],
        "may_begin": rules.may_arrange(actor),
        "today": today,
    }
    return render(request, "network/home.html", context)
