"""The manual: read as a whole, chapter by chapter, written and printed."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from lotse.core.formpages import Crumb, button, form_page
from lotse.documents.answers import pdf_answer
from lotse.organisations.models import Organisation
from lotse.quality import manual_papers, rules
from lotse.quality.actions import manual as acts
from lotse.quality.forms.manual import ChapterForm
from lotse.quality.models import ManualChapter
from lotse.quality.queries import manual as queries
from lotse.quality.queries.frameworks import houses
from lotse.quality.queries.houses import house_asked
from lotse.quality.views.shared import insider, keeper, must_keep


def manual_url(house: Organisation) -> str:
    return f"{reverse('quality:manual')}?traeger={house.public_id}"


def _crumbs(house: Organisation) -> list[Crumb]:
    return [("QM-Handbuch", manual_url(house))]


def chapter_crumbs(chapter: ManualChapter) -> list[Crumb]:
    return [*_crumbs(chapter.organisation), (str(chapter), reverse("quality:chapter", args=[chapter.public_id]))]


def manual(request: HttpRequest) -> HttpResponse:
    actor = insider(request)
    house = house_asked(actor, request.GET.get("traeger", ""))
    context = {
        "house": house, "houses": houses(actor), "nodes": queries.manual(actor, house),
        "may_keep": rules.keeps_quality_of(actor, house),
    }  # fmt: skip
    return render(request, "quality/manual.html", context)


def manual_pdf(request: HttpRequest) -> HttpResponseBase:
    actor = insider(request)
    house = house_asked(actor, request.GET.get("traeger", ""))
    return pdf_answer(manual_papers.manual_paper(house, queries.manual(actor, house)), f"QM-Handbuch {house}.pdf")


def chapter(request: HttpRequest, manual_chapter_id: str) -> HttpResponse:
    actor = insider(request)
    found = queries.get_chapter(actor, manual_chapter_id)
    nodes = queries.manual(actor, found.organisation)
    every = [one for node in nodes for one in (node, *node.sections)]
    context = {
        "chapter": found, "node": next(one for one in every if one.chapter.pk == found.pk),
        "crumbs": _crumbs(found.organisation), "may_keep": rules.keeps_quality_of(actor, found.organisation),
        "opens_document": found.document_id in queries.readable_documents(actor, found.organisation),
    }  # fmt: skip
    return render(request, "quality/chapter.html", context)


def new_chapter(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    house = house_asked(actor, request.GET.get("traeger", ""))
    must_keep(actor, house)
    form = ChapterForm(
        request.POST or None, actor=actor, above=queries.top_chapters(house), documents=queries.documents_of(house)
    )

    def act() -> None:
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        acts.add_chapter(by=actor, organisation=house, **values)

    return form_page(request, form, act, title="Neues Kapitel", crumbs=_crumbs(house))


def _kept_chapter(request: HttpRequest, manual_chapter_id: str) -> ManualChapter:
    found = queries.get_chapter(insider(request), manual_chapter_id)
    must_keep(request.actor, found.organisation)
    return found


def edit_chapter(request: HttpRequest, manual_chapter_id: str) -> HttpResponse:
    found = _kept_chapter(request, manual_chapter_id)
    house = found.organisation
    form = ChapterForm(
        request.POST or None, actor=request.actor, chapter=found, above=queries.top_chapters(house, but=found),
        documents=queries.documents_of(house),
    )  # fmt: skip

    def act() -> None:
        acts.change_chapter(by=request.actor, chapter=found, **form.cleaned_data)

    return form_page(request, form, act, title=f"{found} ändern", crumbs=chapter_crumbs(found))


def move_chapter(request: HttpRequest, manual_chapter_id: str) -> HttpResponse:
    found = _kept_chapter(request, manual_chapter_id)

    def act() -> None:
        acts.move_chapter_up(by=request.actor, chapter=found)

    return button(request, act, manual_url(found.organisation))


def drop_chapter(request: HttpRequest, manual_chapter_id: str) -> HttpResponse:
    found = _kept_chapter(request, manual_chapter_id)

    def act() -> None:
        acts.drop_chapter(by=request.actor, chapter=found)

    return button(request, act, manual_url(found.organisation), "Gelöscht.")
