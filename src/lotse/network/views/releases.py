"""Part 1 from inside: its notes in pieces, what is to be let out, who came in; and one text on its way out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lotse.core.formflow import carried_out, refusals_told
from lotse.core.formpages import form_page
from lotse.core.forms import LotseForm
from lotse.core.typed import whole
from lotse.network import rules
from lotse.network.actions import inner as doors
from lotse.network.actions import releases as acts
from lotse.network.forms.releases import ConfirmForm, ObjectionForm, ReleaseForm
from lotse.network.models import Meeting, Release
from lotse.network.queries import inner as who
from lotse.network.queries import releases as queries
from lotse.network.views.shared import insider


def _meeting(request: HttpRequest, inner_id: str) -> Meeting:
    """For who sits in its part 1; for everybody else there is none."""
    meeting = queries.get_meeting(insider(request), inner_id)
    if not who.sits_inside(request.actor, meeting):
        raise Http404
    return meeting


def inner(request: HttpRequest, inner_id: str) -> HttpResponse:
    meeting = _meeting(request, inner_id)
    context = {
        "meeting": meeting,
        "releases": queries.of_meeting(request.actor, meeting),
        "has_notes": bool(queries.paragraphs(request.actor, meeting)),
        "insiders": who.insiders(meeting),
        "others": who.could_be_let_in(meeting),
    }
    return render(request, "network/inner.html", context)


def let_in(request: HttpRequest, inner_id: str) -> HttpResponse:
    meeting = _meeting(request, inner_id)
    chosen = {person.public_id: person for person in who.could_be_let_in(meeting)}.get(request.POST.get("person", ""))
    if request.method == "POST" and chosen:
        with refusals_told(request):
            doors.let_in(by=request.actor, meeting=meeting, person=chosen)
            messages.success(request, f"{chosen} liest jetzt mit.")
    return redirect("network:inner", meeting.public_id)


def missed(request: HttpRequest, inner_id: str) -> HttpResponse:
    meeting = _meeting(request, inner_id)
    chosen = {person.public_id: person for person in who.insiders(meeting)}.get(request.POST.get("person", ""))
    if request.method == "POST" and chosen:
        with refusals_told(request):
            doors.note_missing(by=request.actor, meeting=meeting, person=chosen)
            messages.success(request, f"{chosen} liest nicht mehr mit.")
    return redirect("network:inner", meeting.public_id)


def propose(request: HttpRequest, inner_id: str) -> HttpResponse:
    """The paragraphs that were ticked are copied into the text; their numbers stand in the address, never their words."""
    meeting = _meeting(request, inner_id)
    pieces = queries.paragraphs(request.actor, meeting)
    numbers = [whole(number) for number in request.GET.getlist("absatz")]
    ticked = [pieces[number] for number in numbers if number is not None and number < len(pieces)]
    form = ReleaseForm(request.POST or None, actor=request.actor, initial={"text": "\n\n".join(ticked)})

    def act() -> None:
        acts.propose_release(by=request.actor, meeting=meeting, text=form.cleaned_data["text"])

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, "Vorgeschlagen. Die anderen aus Teil 1 sehen es jetzt.")
        return redirect("network:inner", meeting.public_id)
    context = {"meeting": meeting, "pieces": pieces, "form": form, "ticked": request.GET.getlist("absatz")}
    return render(request, "network/propose.html", context)


def _to(release: Release) -> str:
    return reverse("network:release", args=[release.public_id])


def _within(request: HttpRequest, release_id: str) -> Release:
    """A text that she may do something to: she sits inside."""
    found = queries.get_release(insider(request), release_id)
    if not who.sits_inside(request.actor, found.meeting):
        raise Http404
    return found


def release(request: HttpRequest, release_id: str) -> HttpResponse:
    """One text; the second person confirms it here, everybody else reads it when it is out."""
    found = queries.get_release(insider(request), release_id)
    is_inside = who.sits_inside(request.actor, found.meeting)
    form = ConfirmForm(request.POST or None, actor=request.actor, initial={"revision": found.revision})

    def act() -> None:
        acts.release_text(by=request.actor, release=found, revision=form.cleaned_data["revision"])

    if request.method == "POST" and is_inside and carried_out(form, act):
        messages.success(request, "Freigegeben.")
        return redirect(_to(found))
    context = _inside(request, found) if is_inside else {}
    return render(request, "network/release.html", {"release": found, "form": form, "is_inside": is_inside, **context})


def _inside(request: HttpRequest, found: Release) -> dict[str, Any]:
    me, standing = request.actor.person_id, [o for o in found.objections.all() if o.withdrawn_at is None]
    return {
        "is_mine": found.proposed_by_id == me,
        "standing": standing,
        "has_objected": any(o.by_id == me for o in standing),
        "may_confirm": not standing and rules.may_confirm(request.actor, found, queries.who_confirms(found)),
        "may_forward": bool(found.meeting.format.reports_to_id)
        and rules.may_forward(request.actor, queries.who_forwards(found)),
    }


def _step(
    request: HttpRequest, found: Release, form: LotseForm, act: Callable[[], None], title: str, done: str
) -> HttpResponse:
    return form_page(request, form, act, title=title, done=done, crumbs=[("Freigabe", _to(found))])


def change(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    form = ReleaseForm(
        request.POST or None, actor=request.actor, initial={"text": found.text, "revision": found.revision}
    )

    def act() -> None:
        revision = form.cleaned_data["revision"] or 0
        acts.change_proposal(by=request.actor, release=found, text=form.cleaned_data["text"], revision=revision)

    return _step(request, found, form, act, "Vorschlag ändern", "Geändert. Jetzt muss jemand anderes zustimmen.")


def correct(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    form = ReleaseForm(request.POST or None, actor=request.actor, initial={"text": found.text})

    def act() -> None:
        text = form.cleaned_data["text"]
        acts.propose_release(by=request.actor, meeting=found.meeting, text=text, replaces=found)

    return _step(
        request, found, form, act, "Neue Fassung vorschlagen", "Vorgeschlagen. Bis dahin gilt die alte Fassung."
    )


def object_to(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    form = ObjectionForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.object_to(by=request.actor, release=found, reason=form.cleaned_data["reason"])

    return _step(request, found, form, act, "Einwand", "Festgehalten. Solange er steht, wird nichts freigegeben.")


def withdraw(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    hers = [o for o in found.objections.all() if o.by_id == request.actor.person_id and o.withdrawn_at is None]
    if request.method == "POST" and hers:
        with refusals_told(request):
            acts.withdraw_objection(by=request.actor, objection=hers[0])
    return redirect(_to(found))


def take_back(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    if request.method != "POST":
        return redirect(_to(found))
    with refusals_told(request):
        acts.take_back_proposal(by=request.actor, release=found)
    return redirect("network:inner", found.meeting.public_id)


def forward(request: HttpRequest, release_id: str) -> HttpResponse:
    found = _within(request, release_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.forward_release(by=request.actor, release=found)
            messages.success(request, f"Weitergegeben an {found.meeting.format.reports_to}.")
    return redirect(_to(found))
