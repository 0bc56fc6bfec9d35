from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.documents.answers import pdf_answer, picture_answer
from lotse.documents.themes import LIGHT, NARROW, THEMES, WIDE
from lotse.insight.asking import asked, counting_actor
from lotse.insight.map_actions import NOT_YOURS, keep_map
from lotse.insight.map_form import MapForm
from lotse.insight.map_queries import area_map as kept_map
from lotse.insight.picture_papers import paper
from lotse.insight.pictures.shown import named_pictures, picture_of
from lotse.insight.rules import keeps_map
from lotse.organisations.actor import Actor


def pictures(request: HttpRequest) -> HttpResponse:
    found = asked(request)
    as_file = request.GET.get("format") == "pdf"
    shown = named_pictures(found, leaves_house=as_file) if found.question else []
    if as_file and found.question:
        return pdf_answer(paper(found, shown, timezone.localtime()), "bilder.pdf")
    return render(
        request, "insight/pictures.html", {"asked": found, "pictures": shown, "keeps_map": keeps_map(request.actor)}
    )


def area_map(request: HttpRequest) -> HttpResponse:
    actor = counting_actor(request)
    if not keeps_map(actor):
        raise NotAllowed(NOT_YOURS)
    form = MapForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and carried_out(form, lambda: _keep(actor, form)):
        messages.success(request, "Die Karte ist hinterlegt.")
        return redirect("insight:pictures")
    return render(request, "insight/map.html", {"form": form, "kept": kept_map(actor)})


def _keep(actor: Actor, form: MapForm) -> None:
    keep_map(by=actor, title=form.cleaned_data["title"], areas=form.cleaned_data["file"])


def drawing(request: HttpRequest, picture_key: str) -> HttpResponse:
    """Whoever may not see the numbers gets no picture of them either; the browser keeps it, and asks each time."""
    found = asked(request)
    picture = picture_of(found, picture_key) if found.question else None
    if picture is None:
        raise Http404
    theme = THEMES.get(request.GET.get("farbe", ""), LIGHT)
    spec = picture.draw(theme, WIDE if request.GET.get("breite") == "weit" else NARROW)
    return picture_answer(request, spec)
