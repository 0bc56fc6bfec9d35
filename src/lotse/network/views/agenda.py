"""The agenda of a meeting: points proposed, changed, moved; kept as a template."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lotse.core.formflow import refusals_told
from lotse.core.formpages import form_page
from lotse.network.actions import agenda as acts
from lotse.network.enums import Part
from lotse.network.forms.meetings import PointForm, TemplateNameForm
from lotse.network.models import AgendaItem
from lotse.network.queries.agenda import get_item
from lotse.network.queries.inner import sits_inside
from lotse.network.views.shared import meeting_crumbs, meeting_url, open_meeting, organised_meeting

PARTS = ("title", "lasts", "responsible", "questions")


def propose(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found, actor = open_meeting(request, meeting_id), request.actor
    inside = found.format.has_inner_part and sits_inside(actor, found)
    form = PointForm(request.POST or None, actor=actor, sits_inside=inside, initial={"part": Part.OPEN})

    def act() -> None:
        acts.propose_item(by=actor, meeting=found, **form.cleaned_data)

    back = _back(request, meeting_url(found))
    return form_page(
        request, form, act, title="Punkt vorschlagen", crumbs=[(str(found), back)], done="Steht auf der Tagesordnung."
    )


def _back(request: HttpRequest, usual: str) -> str:
    """During the meeting back to where it happens."""
    return f"{usual}sitzung/" if "sitzung" in request.GET else usual


def edit_item(request: HttpRequest, meeting_id: str, agenda_id: str) -> HttpResponse:
    found, item = open_meeting(request, meeting_id), _item(request, meeting_id, agenda_id)
    initial = {name: getattr(item, name) for name in PARTS}
    form = PointForm(request.POST or None, actor=request.actor, sits_inside=False, initial=initial)

    def act() -> None:
        acts.change_item(by=request.actor, item=item, **form.cleaned_data)

    return form_page(request, form, act, title="Punkt ändern", crumbs=[(str(found), _changing(meeting_id))])


def _changing(meeting_id: str, at: str = "tagesordnung") -> str:
    return f"{reverse('network:meeting', args=[meeting_id])}?aendern#{at}"


def _item(request: HttpRequest, meeting_id: str, agenda_id: str) -> AgendaItem:
    return get_item(request.actor, open_meeting(request, meeting_id), agenda_id)


def move_item(request: HttpRequest, meeting_id: str, agenda_id: str) -> HttpResponse:
    item = _item(request, meeting_id, agenda_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.move_item(by=request.actor, item=item, up=request.POST.get("to") == "up")
    return redirect(_changing(meeting_id, f"punkt-{agenda_id}"))


def remove_item(request: HttpRequest, meeting_id: str, agenda_id: str) -> HttpResponse:
    item = _item(request, meeting_id, agenda_id)
    if request.method == "POST":
        with refusals_told(request):
            acts.remove_item(by=request.actor, item=item)
            messages.success(request, "Der Punkt ist gestrichen.")
    return redirect(_changing(meeting_id))


def keep_template(request: HttpRequest, meeting_id: str) -> HttpResponse:
    found = organised_meeting(request, meeting_id)
    form = TemplateNameForm(request.POST or None, actor=request.actor)

    def act() -> None:
        acts.keep_template(by=request.actor, meeting=found, name=form.cleaned_data["name"])

    note = "Teil 1 bleibt, wie er in der Vorlage war." if found.format.has_inner_part else ""
    return form_page(request, form, act, title="Als eigene Vorlage speichern", crumbs=meeting_crumbs(found), note=note)
