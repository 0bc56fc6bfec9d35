"""The sheet for the controlling: filled in, carried over to the platform, and noted there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from lotse.agency import controlling, rules
from lotse.agency.actions import controlling as acts
from lotse.agency.enums import DocumentKind
from lotse.agency.forms.controlling import QuestionsForm, SheetForm, UploadNoteForm
from lotse.agency.models import AgencyDocument
from lotse.agency.queries import controlling as queries
from lotse.agency.queries.prescribed import possible_keepers
from lotse.agency.views.papers import document_page, head
from lotse.agency.views.prescribed import LIST, keeper
from lotse.agency.views.shared import document_crumbs, document_url, open_document, own_agency
from lotse.core import drafts
from lotse.core.formflow import carried_out
from lotse.core.formpages import button, form_page
from lotse.core.models import Draft
from lotse.documents.answers import attached, table_answer
from lotse.documents.rendering.sheets import Sheet

KEY = "agency_controlling"
FILE_NAME = "Online-Controlling {} {}.{}"


def sheet(request: HttpRequest, controlling_id: str) -> HttpResponse:
    document = open_document(request, controlling_id, DocumentKind.CONTROLLING)
    filled, is_hers = queries.filled_sheet(document), rules.may_write(request.actor, document)
    form, draft = _form(request, document, filled) if is_hers or request.method == "POST" else (None, None)
    if request.method == "POST" and form and _saved(request, document, form):
        messages.success(request, "Gespeichert.")
        return redirect(document_url(document))
    return document_page(
        request, document, "agency/controlling.html", filled=filled, form=form, draft=draft, draft_key=KEY,
        uploads=queries.uploads(request.actor, document),
        shown_places=() if form else [row.place for row in filled.rows.values() if row.place],
    )  # fmt: skip


def _saved(request: HttpRequest, document: AgencyDocument, form: SheetForm) -> bool:
    """Handed in meanwhile: the action says so, and what was typed is still there."""
    own_agency(request, document.agency.public_id)

    def act() -> None:
        revision = form.cleaned_data["revision"]
        acts.save_answers(by=request.actor, document=document, answers=form.answers(), revision=revision)

    with drafts.saved_by_action(request.actor, KEY, document.public_id):
        return carried_out(form, act)


def _form(request: HttpRequest, document: AgencyDocument, filled: queries.Filled) -> tuple[SheetForm, Draft | None]:
    """What was typed and not saved is put in again."""
    draft = None if request.method == "POST" else drafts.load(request.actor, KEY, document.public_id)
    typed = {name: texts[0] for name, texts in drafts.typed(draft).items() if texts}
    begin = {**queries.initial(filled), **typed}
    return SheetForm(request.POST or None, actor=request.actor, filled=filled, initial=begin), draft


def renew(request: HttpRequest, controlling_id: str) -> HttpResponse:
    document = open_document(request, controlling_id, DocumentKind.CONTROLLING)

    def act() -> None:
        acts.take_current_questions(by=request.actor, document=document)

    return button(request, act, document_url(document), "Der Bogen steht jetzt auf der neuen Fassung.")


def carry_over(request: HttpRequest, controlling_id: str) -> HttpResponse:
    """In the order of the platform, to be copied piece by piece."""
    document = open_document(request, controlling_id, DocumentKind.CONTROLLING)
    filled = queries.filled_sheet(document)
    may_note = rules.works_in(request.actor, document.agency)
    context = {"filled": filled, "crumbs": document_crumbs(document), "may_note": may_note}
    return render(request, "agency/controlling_copy.html", {**head(request.actor, document), **context})


def export(request: HttpRequest, controlling_id: str, ending: str) -> HttpResponse:
    document = open_document(request, controlling_id, DocumentKind.CONTROLLING)
    filled = queries.filled_sheet(document)
    header = ("Abschnitt", "Frage oder Kennzahl", "Antwort", "Erläuterung")
    name = FILE_NAME.format(document.agency.name, document.years, ending)
    notes = [f"{filled.questions.name}. {filled.questions.source}"]
    return table_answer(ending, Sheet(f"Controlling {document.years}", header, queries.table(filled), notes), name)


def note(request: HttpRequest, controlling_id: str) -> HttpResponse:
    document = open_document(request, controlling_id, DocumentKind.CONTROLLING)
    own_agency(request, document.agency.public_id)
    form = UploadNoteForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.note_upload(by=request.actor, document=document, on=form.cleaned_data["on"])

    crumbs = document_crumbs(document)
    return form_page(request, form, act, title="Übertragung vermerken", crumbs=crumbs, done="Vermerkt.")


def bring(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)
    form = QuestionsForm(request.POST or None, request.FILES or None, actor=actor, keepers=possible_keepers(actor))

    def act() -> None:
        values = form.cleaned_data
        acts.bring_questions(by=actor, organisation=values["organisation"], content=values["file"])

    return form_page(
        request, form, act, title="Bogen für das Online-Controlling", crumbs=[LIST],
        template="agency/question_set_form.html",
    )  # fmt: skip


def questions_example(request: HttpRequest) -> HttpResponseBase:
    keeper(request)
    return attached(controlling.packaged_text(), "Beispiel Online-Controlling.yaml", "application/yaml")
