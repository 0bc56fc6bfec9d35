"""The page of an analysis: its reach, its texts that save themselves, and how it goes on with the one before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.agency.actions import analysis as acts
from lotse.agency.actions.renewal import take_over as take_over_previous
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.analysis import ReachForm
from lotse.agency.models import AgencyDocument
from lotse.agency.pictures import area_map, bars
from lotse.agency.queries.analysis import analysis_of, reach_of, spaces_of
from lotse.agency.queries.analysis_page import AnalysisPage, Section, analysis_page, sections_of, series_by_key
from lotse.agency.queries.statistics import areas_of
from lotse.agency.texts import Place, mark_of, places
from lotse.agency.views.papers import document_page
from lotse.agency.views.shared import document_crumbs, document_url, open_document, own_document
from lotse.core.formpages import button, form_page
from lotse.documents.answers import picture_answer
from lotse.documents.themes import LIGHT, NARROW, THEMES, WIDE

KIND = DocumentKind.ANALYSIS
Typing = Mapping[Place, acts.Typed]


def analysis(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = open_document(request, analysis_id, KIND)
    return _page(request, found, analysis_page(found), opened=request.GET.get("offen", ""))


def _page(request: HttpRequest, document: AgencyDocument, page: AnalysisPage, **context: Any) -> HttpResponse:
    return document_page(request, document, "agency/analysis.html", shown_places=page.places, page=page, **context)


def reach(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    kept = analysis_of(found)
    said = {
        "orientation": kept.orientation, "fields_of_action": kept.fields or found.agency.action_fields,
        "special_field": kept.special_field, "revision": kept.revision if kept.pk else None, "spaces": list(reach_of(kept)[0]),
    }  # fmt: skip
    form = ReachForm(request.POST or None, actor=request.actor, initial=said, spaces=spaces_of(found))

    def act() -> None:
        acts.set_reach(by=request.actor, document=found, **form.given)

    return form_page(request, form, act, title="Wovon die Analyse handelt", crumbs=document_crumbs(found))


def take_over(request: HttpRequest, analysis_id: str) -> HttpResponse:
    found = own_document(request, analysis_id, KIND)
    done = "Übernommen. Bitte prüfen Sie Daten und Bedarfe."
    return button(request, lambda: take_over_previous(by=request.actor, document=found), document_url(found), done)


def texts(request: HttpRequest, analysis_id: str) -> HttpResponse:
    """Called by the page a moment after the last key, which wants the line below the text; and by the button without script."""
    found = open_document(request, analysis_id, KIND)
    if request.method != "POST":
        return redirect(document_url(found))
    typed = _typed(request, found)
    try:
        if typed:
            acts.write_texts(by=request.actor, document=found, texts=typed)
    except ValidationError as error:
        return _not_saved(request, found, typed, error)
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{document_url(found)}#{request.POST.get('section', '')}")
    return _below(request, found, _section(request, found), at=timezone.localtime())


def _typed(request: HttpRequest, document: AgencyDocument) -> Typing:
    given, over = request.POST, "over" in request.POST
    sent = [place for place in places(analysis_of(document).fields) if f"text-{place.key}" in given]
    return {
        place: acts.Typed(
            given[f"text-{place.key}"].replace("\r\n", "\n"),
            given.get(f"{'other' if over else 'seen'}-{place.key}", ""),
        )
        for place in sent
    }


def _section(request: HttpRequest, document: AgencyDocument) -> Section:
    wanted = request.POST.get("section", "")
    found = next((one for one in sections_of(analysis_of(document)) if one.key == wanted), None)
    if found is None:
        raise Http404
    return found


def _below(request: HttpRequest, document: AgencyDocument, section: Section, **context: Any) -> HttpResponse:
    return render(request, "agency/_texts_state.html", {"document": document, "section": section, **context})


def _not_saved(request: HttpRequest, document: AgencyDocument, typed: Typing, error: ValidationError) -> HttpResponse:
    """Nothing is lost: what was typed still stands there, and beside it what somebody else wrote."""
    stored = error.stored if isinstance(error, acts.WordsChanged) else {}
    section = _with_both(_section(request, document), typed, stored)
    said = " ".join(error.messages)
    if request.headers.get("HX-Request") == "true":
        return _below(request, document, section, refused=said)
    page = analysis_page(document)
    shown = replace(
        page,
        goal=section if section.key == "goal" else page.goal,
        mandatory=section if section.key == "mandatory" else page.mandatory,
        fields=[section if one.key == section.key else one for one in page.fields],
    )
    return _page(request, document, shown, refused=said, refused_in=section.key)


def _with_both(section: Section, typed: Typing, stored: Mapping[Place, str]) -> Section:
    def both(text: Any) -> Any:
        mine, other = typed.get(text.place), stored.get(text.place)
        kept = replace(text, text=mine.text, seen=mine.seen) if mine else text
        return kept if other is None else replace(kept, other=other, other_mark=mark_of(other))

    return replace(section, texts=tuple(both(text) for text in section.texts))


def picture(request: HttpRequest, analysis_id: str) -> HttpResponse:
    """Of what the page beside it shows to the same reader."""
    found = open_document(request, analysis_id, KIND)
    series = series_by_key(found, request.GET.get("reihe", ""))
    if series is None:
        raise Http404
    theme = THEMES.get(request.GET.get("farbe", ""), LIGHT)
    width = WIDE if request.GET.get("breite") == "weit" else NARROW
    if request.GET.get("art") == "karte":
        return picture_answer(request, area_map(series, areas_of(found), theme, width))
    return picture_answer(request, bars(series, theme, width))
