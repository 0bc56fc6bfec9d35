"""The addresses of this floor: keeping a draft, throwing it away, and the gallery for developers."""

import sys

from django.conf import settings
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults
from django.views.decorators.http import require_POST

from lotse.core import drafts, gallery
from lotse.core.middleware import unavailable
from lotse.core.typed import whole

CONFLICT = "Dieses Formular ist noch in einem anderen Fenster offen. Dort wurde zuletzt getippt."


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    if not request.actor:
        raise Http404
    post = request.POST
    try:
        draft = drafts.save(
            request.actor,
            post.get("draft_form", "")[:80],
            post.get("draft_object", "")[:64],
            dict(post.lists()),
            revision=whole(post.get("draft_revision", "")),
            label=post.get("draft_label", ""),
            url=post.get("draft_url", ""),
        )
    except drafts.DraftConflict:
        return JsonResponse({"message": CONFLICT}, status=409)
    return JsonResponse({"revision": draft.revision, "at": f"{timezone.localtime(draft.updated_at):%H:%M}"})


@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    if not request.actor:
        raise Http404
    drafts.discard(request.actor, request.POST.get("draft_form", ""), request.POST.get("draft_object", ""))
    target = request.POST.get("next", "/")
    return redirect(target if url_has_allowed_host_and_scheme(target, None) else "/")


def server_error(request: HttpRequest) -> HttpResponse:
    """What no middleware could catch: 503 where it is the database."""
    error = _database_error(sys.exc_info()[1])
    return unavailable(request, error) if error else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """A session that cannot be written is reported as a bad request; the reason behind it may be the database."""
    error = _database_error(exception)
    return unavailable(request, error) if error else defaults.bad_request(request, exception)


def _database_error(error: BaseException | None) -> OperationalError | None:
    while error is not None and not isinstance(error, OperationalError):
        error = error.__context__
    return error


def components(request: HttpRequest) -> HttpResponse:
    """Every building block in every state; no page of the product."""
    if settings.PRODUCTION:
        raise Http404
    return render(request, "core/gallery.html", gallery.context())
