"""A form that arrives after the session has ended: what was typed becomes a draft, so that nothing is lost."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

from lotse.core import drafts
from lotse.core.typed import whole
from lotse.organisations.who import actor_for_user

log = logging.getLogger("lotse")


def keep_typed(request: HttpRequest) -> None:
    """Only for forms that keep drafts, and only for what really came from our own page."""
    key, object_ref = request.POST.get("draft_form", "")[:80], request.POST.get("draft_object", "")[:64]
    actor = actor_for_user(request.user) if key and _is_our_own(request) else None
    if actor is None:
        return
    label, url = request.POST.get("draft_label", ""), request.path
    known = whole(request.POST.get("draft_revision", ""))
    try:
        drafts.save(actor, key, object_ref, dict(request.POST.lists()), revision=known, label=label, url=url)
    except drafts.DraftConflict:
        log.warning("an ended session left a newer draft untouched: %s", request.path)
    except DatabaseError as error:
        log.error("cannot keep what was typed: %s", type(error).__name__)


def _is_our_own(request: HttpRequest) -> bool:
    """The session ends before Django looks at the token of the form, so it is looked at here."""

    def view(_request: HttpRequest) -> None:
        return None

    return CsrfViewMiddleware(view).process_view(request, view, (), {}) is None
