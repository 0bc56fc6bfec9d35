"""What every page of a client file does first: find it for this actor, log the read, know the open case."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from lotse.auditlog.recorder import record_read
from lotse.casework import queries, rules
from lotse.casework.models import Client
from lotse.casework.queries.merging import case_that_came_from, survivor_of
from lotse.casework.views import case_choice
from lotse.casework.views.sheets import Sheet
from lotse.core import drafts
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.forms import LotseForm
from lotse.core.typed import whole
from lotse.core.versions import Conflict
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

View = Callable[..., HttpResponse]

# name, label, and where it stands below the address of the file: what is needed in every talk, and what now and then
TABS = (
    ("overview", "Übersicht", ""),
    ("consents", "Einwilligungen", "einwilligungen/"),
    ("household", "Haushalt", "haushalt/"),
    ("part_a", "Teil A", "teil-a/"),
    ("plan", "Plan", "plan/"),
    ("file_appointments", "Termine", "termine/"),
    ("closing", "Abschluss", "abschluss/"),
)
MORE_TABS = (
    ("courses", "Kurse", "kurse/"),
    ("outcomes", "Wirkung", "wirkung/"),
    ("agreements", "Vereinbarungen", "vereinbarungen/"),
    ("referrals", "Verweise", "verweise/"),
    ("letters", "Schreiben", "schreiben/"),
    ("custody", "Verwahrtes", "eigentum/"),
    ("privacy", "Datenschutz", "datenschutz/"),
    ("history", "Verlauf und Zugriffe", "verlauf/"),
)


def _require(needed: tuple[Permission, ...], reason: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(actor_of(request).may(permission) for permission in needed):
                raise NotAllowed(reason)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


require_counsellor = _require((Permission.COUNSEL,), "Diese Seite gehört zur Beratung.")
require_reader = _require(rules.READS_FILES, "Diese Seite gehört zur Beratung und zur Fachleitung.")


def file_view(what: str, *, tab: str = "", of_case: bool = False) -> Callable[[View], View]:
    """The view gets `(request, client, …)`, or `of_case` the current case of this client, found by the same statement.
    Reading is logged under `what` before anything is shown.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, client_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            wanted, _label = case_choice.of(request, client_id)
            try:
                found: Any = (
                    queries.get_current_case(actor, client_id, wanted)
                    if of_case
                    else queries.get_client(actor, client_id)
                )
            except Http404:
                return _at_new_address(request, actor, client_id)
            client = found.client if of_case else found
            request.file_tab = tab
            client.read_by, client.case_wanted = actor.person_id, wanted
            if request.method in ("GET", "HEAD"):
                record_read(by=actor, obj=client, file=client, what=what)
            return view(request, found, *args, **kwargs)

        return opened

    return decorate


def _at_new_address(request: HttpRequest, actor: Actor, client_id: str) -> HttpResponse:
    """The old address of a merged file leads to the one it belongs to; what was sent there is sent on as it is."""
    survivor = survivor_of(actor, client_id)
    if survivor is None:
        raise Http404
    sends = request.method not in ("GET", "HEAD")
    if sends and (case := case_that_came_from(survivor, client_id)):
        case_choice.keep(request, survivor, case)
    to = request.get_full_path().replace(client_id, survivor.public_id)
    return HttpResponse(status=307 if sends else 302, headers={"Location": to})


def actor_of(request: HttpRequest) -> Actor:
    if not request.actor:
        raise NotAllowed("Ihr Konto ist noch keiner Person zugeordnet. Bitte wenden Sie sich an Ihre Verwaltung.")
    return request.actor


def page(request: HttpRequest, client: Client, template: str, **context: Any) -> TemplateResponse:
    """A page of the file, with its head and tabs. A resting file shows only consents, privacy and history."""
    shown = (
        template
        if not rules.is_restricted(client) or request.file_tab in ("consents", "privacy", "history", "custody")
        else "casework/resting.html"
    )
    head = {
        "client": client,
        "file_url": SafeString(client.get_absolute_url()),  # a public id, and on a page dozens of times
        "tabs": (TABS, MORE_TABS),
        "tab": request.file_tab,
        "may_continue": rules.can_counsel(request.actor),
        "today": timezone.localdate(),
        "chosen_case": case_choice.of(request, client.public_id)[1],
    }
    return TemplateResponse(request, shown, {**head, **context})


def asked_version(request: HttpRequest) -> int:
    """An earlier version is read on the same address; 0 is the newest."""
    return whole(request.GET.get("fassung", ""), digits=4) or 0


def form_page(
    request: HttpRequest,
    client: Client,
    form: LotseForm,
    act: Callable[[], Any],
    *,
    title: str,
    done: str,
    to: str,
    template: str = "casework/form.html",
    sheet: Sheet | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or carry it out and go on: the shape of every small step in the file."""
    conflict = None
    if request.method == "POST":
        conflict, is_done = _answered(request, form, act, sheet)
        if is_done:
            messages.success(request, done)
            return redirect(to)
    elif sheet:
        conflict = sheet.stale_draft(form)
    drafted = {"draft": sheet.draft, "draft_key": sheet.key} if sheet else {}
    head = {"form": form, "title": title, "back": to, "conflict": conflict, **drafted}
    return page(request, client, template, **head, **context)


def _answered(
    request: HttpRequest, form: LotseForm, act: Callable[[], Any], sheet: Sheet | None
) -> tuple[Conflict | None, bool]:
    """What stands beside the typed text, and whether it was saved."""
    if sheet is None:
        return None, carried_out(form, act)
    sheet.settle(form)
    if "compare" in request.POST:
        return sheet.other_window(form), False
    with drafts.saved_by_action(sheet.actor, sheet.key, sheet.client.public_id):
        is_done = carried_out(form, act)
        if is_done:  # where no action was needed
            drafts.discard_saved()
    return (None, True) if is_done else (sheet.clash(form), False)
