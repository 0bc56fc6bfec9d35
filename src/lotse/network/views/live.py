"""The page of a meeting while it happens: the clock, who is there, and the notes that one person writes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lotse.core import drafts
from lotse.core.formflow import refusals_told
from lotse.core.htmx import render as render_part
from lotse.core.typed import whole
from lotse.network import rules
from lotse.network.actions import closing
from lotse.network.actions import live as acts
from lotse.network.enums import Part, Presence
from lotse.network.models import Meeting, Notes
from lotse.network.packaged import kind
from lotse.network.queries.agenda import get_item
from lotse.network.queries.inner import sits_inside
from lotse.network.queries.live import live
from lotse.network.queries.meetings import places_of
from lotse.network.queries.pen import lease_seconds
from lotse.network.views.shared import led_meeting, open_meeting
from lotse.network.wording import only_mine

FORM = "network.notes"
OPEN = int(Part.OPEN)


def _meeting(request: HttpRequest, meeting_id: str, part: int) -> Meeting:
    """An inner part is there for those who sit in it; for all others it has no page."""
    found = open_meeting(request, meeting_id)
    if part not in Part.values or (part == Part.INNER and not sits_inside(request.actor, found)):
        raise Http404
    return found


def _url(name: str, meeting: Meeting, part: int) -> str:
    return reverse(f"network:{name}", args=[meeting.public_id, int(part)])


def _context(request: HttpRequest, found: Meeting, part: int) -> dict[str, Any]:
    shown = live(request.actor, found, Part(part))
    return {
        "live": shown,
        "meeting": found,
        "part": part,
        "inside": found.format.has_inner_part and sits_inside(request.actor, found),
        "leads": rules.leads(request.actor, found),
        "is_running": found.is_coming,
        "version": shown.version,
        "now": timezone.now(),
    }


def session(request: HttpRequest, meeting_id: str, part: int = OPEN) -> HttpResponse:
    found = _meeting(request, meeting_id, part)
    left = drafts.typed(drafts.load(request.actor, FORM, _ref(found, part)))
    context = {
        **_context(request, found, part),
        **_presence_context(request, found),
        "lease": lease_seconds(),
        "left": "".join(left.get("append", [])),
    }
    return render(request, "network/session.html", context)


def state(request: HttpRequest, meeting_id: str, part: int) -> HttpResponse:
    """Asked every few seconds; nothing is sent where nothing has changed, so that nobody loses her place on the page."""
    context = _context(request, _meeting(request, meeting_id, part), part)
    if request.GET.get("v") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "network/_stand.html", context)


def _ref(meeting: Meeting, part: int) -> str:
    return f"{meeting.public_id}.{int(part)}"


@require_POST
def take_pen(request: HttpRequest, meeting_id: str, part: int) -> HttpResponse:
    found = _meeting(request, meeting_id, part)
    with refusals_told(request):
        acts.take_pen(by=request.actor, meeting=found, part=Part(part), append=request.POST.get("append", ""))
        drafts.discard(request.actor, FORM, _ref(found, part))
    return redirect(_url("session_part", found, part))


@require_POST
def save_notes(request: HttpRequest, meeting_id: str, part: int) -> HttpResponse:
    """Called by the page every few seconds, which wants JSON; and by the button where no script runs."""
    found = _meeting(request, meeting_id, part)
    if "still" in request.POST:
        return _still_there(request, found, part)
    try:
        saved = _save(request, found, part)
    except acts.PenGone as gone:
        return _conflict(request, found, part, gone.stored)
    if _wants_json(request):
        return JsonResponse({"revision": saved.revision, "at": f"{timezone.localtime():%H:%M:%S}"})
    return redirect(_url("session_part", found, part))


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _save(request: HttpRequest, found: Meeting, part: int) -> Notes:
    given = request.POST
    revision = whole(given.get("revision", "")) or 0
    text = given.get("text", "").replace("\r\n", "\n")
    words = acts.Words(text, revision, given.get("key", ""), given.getlist("tried"))
    return acts.save_words(by=request.actor, meeting=found, part=Part(part), words=words)


def _still_there(request: HttpRequest, found: Meeting, part: int) -> HttpResponse:
    is_held = acts.keep_pen(by=request.actor, meeting=found, part=Part(part))
    return JsonResponse({}, status=200 if is_held else 409)


def _conflict(request: HttpRequest, found: Meeting, part: int, stored: Notes) -> HttpResponse:
    """Nothing is lost: the own words are kept as a draft, and the page shows both."""
    mine = only_mine(request.POST.get("text", ""), stored.text)
    _keep_draft(request, found, part, mine)
    who = f"{stored.writer} schreibt jetzt." if stored.writer else "Der Stift liegt nicht mehr bei Ihnen."
    message = f"{who} Was Sie zuletzt getippt haben, steht unten und bleibt als Entwurf."
    if _wants_json(request):
        return JsonResponse({"message": message, "other": stored.text, "mine": mine}, status=409)
    return redirect(_url("session_part", found, part))


def _keep_draft(request: HttpRequest, found: Meeting, part: int, mine: str) -> None:
    actor, ref = request.actor, _ref(found, part)
    known = drafts.load(actor, FORM, ref)
    url = _url("session_part", found, part)
    revision = known.revision if known else None
    drafts.save(actor, FORM, ref, {"append": [mine]}, revision=revision, label="Mitschrift", url=url)


@require_POST
def lay_down(request: HttpRequest, meeting_id: str, part: int) -> HttpResponse:
    """What stands in the field goes along; `gather` keeps the pen."""
    found = _meeting(request, meeting_id, part)
    verb = acts.gather if "gather" in request.POST else acts.lay_down_pen
    try:
        with refusals_told(request):
            _save(request, found, part)
            verb(by=request.actor, meeting=found, part=Part(part))
    except acts.PenGone as gone:
        return _conflict(request, found, part, gone.stored)
    return redirect(_url("session_part", found, part))


@require_POST
def begin_item(request: HttpRequest, meeting_id: str, agenda_id: str) -> HttpResponse:
    found = open_meeting(request, meeting_id)
    item = get_item(request.actor, found, agenda_id)
    with refusals_told(request):
        acts.begin_item(by=request.actor, item=item)
    if request.headers.get("HX-Request") == "true":
        return render(request, "network/_clock.html", _context(request, open_meeting(request, meeting_id), item.part))
    return redirect(_url("session_part", found, item.part))


def presence(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """One click for one person, or for one word of the minimum composition."""
    found = led_meeting(request, meeting_id)
    if request.method == "POST":
        with refusals_told(request):
            _note_presence(request, found)
        found = led_meeting(request, meeting_id)
    if request.method != "POST" or request.headers.get("HX-Request") == "true":
        return render_part(
            request,
            "network/presence.html",
            {"meeting": found, **_presence_context(request, found)},
            fragment="network/_presence.html",
        )
    return redirect(reverse("network:presence", args=[found.public_id]))


def _note_presence(request: HttpRequest, found: Meeting) -> None:
    given = {name: value for name, value in request.POST.items() if value in Presence.values}
    word = request.POST.get("represented", "")
    represented = set(found.represented) ^ {word} if word in kind(found.format.kind).composition else None
    presences = {name: Presence(value) for name, value in given.items()}
    closing.note_presence(by=request.actor, meeting=found, presences=presences, represented=represented)


def _presence_context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    return {
        "places": places_of(request.actor, found),
        "composition": kind(found.format.kind).composition,
        "choices": [(Presence.PRESENT, "da"), (Presence.EXCUSED, "entschuldigt"), (Presence.ABSENT, "fehlt")],
        "leads": rules.leads(request.actor, found),
    }
