"""The two addresses of this floor: keeping a draft, and throwing it away."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lotse.core import drafts

CONFLICT = "Dieses Formular ist noch in einem anderen Fenster offen. Dort wurde zuletzt getippt."


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    if not request.actor:
        raise Http404
    post = request.POST
    revision = post.get("draft_revision", "")
    try:
        draft = drafts.save(
            request.actor,
            post.get("draft_form", "")[:80],
            post.get("draft_object", "")[:64],
            dict(post.lists()),
            revision=int(revision) if revision.isdigit() else None,
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
