"""The checklist of a procedure and its documents, as the house fills them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lotse.core.formpages import Crumb, button, form_page
from lotse.core.paging import part_of
from lotse.core.typed import whole
from lotse.documents.answers import file_answer
from lotse.documents.intake import receive
from lotse.quality import rules
from lotse.quality.actions import checklist as acts
from lotse.quality.forms.certification import AnswerForm, DocumentForm
from lotse.quality.models import Certification, ChecklistItem, Submission
from lotse.quality.queries import checklist as queries
from lotse.quality.views.certification import crumbs, opened, to
from lotse.quality.views.shared import filters, insider, same_list

ROWS = 100


def checklist_url(certification: Certification) -> str:
    return reverse("quality:checklist", args=[certification.public_id])


def checklist_crumbs(certification: Certification) -> list[Crumb]:
    return [*crumbs(certification), ("Checkliste", checklist_url(certification))]


def documents_url(certification: Certification) -> str:
    return reverse("quality:checklist_documents", args=[certification.public_id])


def checklist(request: HttpRequest, certification_id: str) -> HttpResponse:
    found, asked = opened(request, certification_id), request.GET
    shown_round = _round(found, asked.get("runde", ""))
    page = queries.page(request.actor, found, shown_round)
    part = part_of(page.chosen(asked.get("nur", "")), asked.get("ab", ""), size=ROWS)
    counted = page.counted()
    is_open = shown_round == found.round and rules.is_with_house(found.state)
    context = {
        "certification": found, "part": part, "sections": page.sections(part.rows), "counted": counted,
        "filters": filters(asked, queries.FILTERS, counted, "runde"), "narrowed": same_list(asked, "runde"), "round": shown_round,
        "rounds": range(1, found.round + 1), "is_open": is_open, "crumbs": crumbs(found),
        "may_submit": is_open and not counted["offen"] and rules.may_follow(found.state, "checklist_submitted"),
    }  # fmt: skip
    return render(request, "quality/checklist.html", context)


def _round(certification: Certification, asked: str) -> int:
    wanted = whole(asked, digits=3) or certification.round
    return min(max(wanted, 1), certification.round)


def _item(request: HttpRequest, checklist_item_id: str) -> ChecklistItem:
    return queries.get_item(insider(request), checklist_item_id)


def answer(request: HttpRequest, checklist_item_id: str) -> HttpResponse:
    item = _item(request, checklist_item_id)
    certification = item.certification
    form = AnswerForm(request.POST or None, actor=request.actor, item=item)

    def act() -> str:
        acts.answer(by=request.actor, item=item, **form.cleaned_data)
        following = queries.next_open(item) if "more" in request.POST else None
        here = f"{checklist_url(certification)}#{item.public_id}"
        return reverse("quality:answer", args=[following.public_id]) if following else here

    is_open = rules.is_with_house(certification.state) and item.round == certification.round
    title = f"{item.criterion.code} beantworten" if is_open else item.criterion.code
    return form_page(
        request, form, act, title=title, crumbs=checklist_crumbs(certification), template="quality/answer.html",
        item=item, remarks=queries.remarks_to(request.actor, item), is_open=is_open,
    )  # fmt: skip


def confirm(request: HttpRequest, checklist_item_id: str) -> HttpResponse:
    item = _item(request, checklist_item_id)
    here = f"{checklist_url(item.certification)}?nur=offen"
    return button(request, lambda: acts.confirm_answer(by=request.actor, item=item), here)


def submit(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    return button(
        request, lambda: acts.submit_checklist(by=request.actor, certification=found), to(found), "Eingereicht."
    )


def documents(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    part = part_of(list(queries.documents(request.actor, found)), request.GET.get("ab", ""))
    context = {
        "certification": found, "part": part, "crumbs": crumbs(found), "is_open": rules.is_with_house(found.state)
    }  # fmt: skip
    return render(request, "quality/checklist_documents.html", context)


def new_document(request: HttpRequest, certification_id: str) -> HttpResponse:
    found = opened(request, certification_id)
    form = DocumentForm(
        request.POST or None, request.FILES or None, actor=request.actor, criteria=queries.criteria_of(found),
        replaceable=queries.replaceable(request.actor, found), is_rework=found.round > 1,
        chosen=request.GET.get("standard", ""),
    )  # fmt: skip

    def act() -> str | None:
        """Back to the standard that it was added from."""
        _add(request, found, form)
        return checklist_url(found) if "standard" in request.GET else None

    way = [*crumbs(found), ("Nachweise", documents_url(found))]
    return form_page(
        request, form, act, title="Nachweis hinzufügen", crumbs=way, done="Hinzugefügt.", submit="Hinzufügen"
    )


def _add(request: HttpRequest, certification: Certification, form: DocumentForm) -> None:
    """A file is received only where the form asks for one."""
    upload, values = form.cleaned_data["file"], {"certification": certification, **form.values()}
    if not upload:
        acts.add_document(by=request.actor, **values)
        return
    with receive(upload, by=request.actor) as received:
        acts.add_document(by=request.actor, received=received, **values)


def _document(request: HttpRequest, submission_id: str) -> Submission:
    return queries.get_document(insider(request), submission_id)


def document_file(request: HttpRequest, submission_id: str) -> HttpResponse:
    row = _document(request, submission_id)
    if row.file is None:
        raise Http404
    return file_answer(row.file)


def remove_document(request: HttpRequest, submission_id: str) -> HttpResponse:
    row = _document(request, submission_id)
    back = documents_url(row.certification)
    return button(request, lambda: acts.remove_document(by=request.actor, submission=row), back, "Entfernt.")
