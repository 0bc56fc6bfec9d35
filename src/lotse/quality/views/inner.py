"""The internal organisation on one page: duty, deputies, participation, both kinds of team meetings (Mi 3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lotse.quality.queries.inner import inner_state
from lotse.quality.views.shared import insider
from lotse.quality.views.shared_duty import plans


def inner(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    context = {"state": inner_state(actor, timezone.localdate()), "plans": plans(actor)}
    return render(request, "quality/inner.html", context)
