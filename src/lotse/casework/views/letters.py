"""The tab "Schreiben" of a file, and letters to several people at once."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lotse.auditlog.recorder import record_read, record_reads
from lotse.casework import rules
from lotse.casework.actions.file import RESTING
from lotse.casework.actions.letters import delete_letter, write_letters
from lotse.casework.forms import DeleteScanForm
from lotse.casework.forms.letters import LetterForm, SeriesForm
from lotse.casework.letter_paper import letter_paper
from lotse.casework.models import Client, Letter, LetterTemplate
from lotse.casework.queries import letters as queries
from lotse.casework.received import letters_received
from lotse.casework.views.shared import actor_of, file_view, form_page, page, require_counsellor
from lotse.core.errors import NotAllowed
from lotse.core.formflow import carried_out
from lotse.core.htmx import render
from lotse.core.ids import new_public_id
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.enums import DeletionReason
from lotse.documents.letters import lines_of
from lotse.documents.rendering import Document
from lotse.organisations.actor import Actor


def _tab(client: Client) -> str:
    return reverse("casework:letters", args=[client.public_id])


@file_view("Schreiben", tab="letters")
def letters(request: HttpRequest, client: Client) -> HttpResponse:
    context = {"letters": queries.letters_of(client), "mails": queries.mails_of(client)}
    return page(request, client, "casework/letters.html", **context)


@file_view("Schreiben", tab="letters")
def write(request: HttpRequest, client: Client) -> HttpResponse:
    """A look at the letter first, or straight into the file."""
    offered = queries.templates(request.actor)
    form = LetterForm(request.POST or None, actor=request.actor, templates=[(t.public_id, t.name) for t in offered])
    shown = None
    if "preview" in request.POST and form.is_valid():
        shown = queries.preview(_template(request.actor, form), client, *_typed(form))
    elif request.method == "POST" and carried_out(form, lambda: _write(request.actor, form, [client])):
        messages.success(request, "Brief abgelegt.")
        return redirect(_tab(client))
    context = {"form": form, "preview": shown, "templates": offered, "back": _tab(client)}
    return page(request, client, "casework/letter.html", **context)


def _template(actor: Actor, form: LetterForm) -> LetterTemplate:
    return queries.get_template(actor, form.cleaned_data["template"])


def _typed(form: LetterForm) -> tuple[str, str]:
    return form.cleaned_data["subject"], form.cleaned_data["text"]


def _write(actor: Actor, form: LetterForm, clients: list[Client], series: str = "") -> None:
    template, (subject, text) = _template(actor, form), _typed(form)
    contents = queries.written_for(template, clients, subject, text)
    with letters_received(actor, contents, f"{template.name}.docx") as received:
        write_letters(by=actor, template=template, subject=subject, received=received, series=series)


def download(request: HttpRequest, client_id: str, letter_id: str) -> HttpResponse:
    return file_answer(_opened(request, client_id, letter_id).file)


def letter_pdf(request: HttpRequest, client_id: str, letter_id: str) -> FileResponse:
    """The words of the Word file as a paper of the house; its own layout stays in the Word file."""
    letter = _opened(request, client_id, letter_id)
    return pdf_answer(_paper([letter]), f"brief-{letter.client.number}.pdf")


def _opened(request: HttpRequest, client_id: str, letter_id: str) -> Letter:
    letter = queries.get_letter(actor_of(request), client_id, letter_id)
    if rules.is_restricted(letter.client):
        raise NotAllowed(RESTING)
    record_read(by=request.actor, obj=letter, file=letter.client, what="Brief", kind="downloaded")
    return letter


def _paper(found: list[Letter]) -> Document:
    return letter_paper(lines_of(queries.content_of(letter.file)) for letter in found)


@file_view("Schreiben", tab="letters")
def delete(request: HttpRequest, client: Client, letter_id: str) -> HttpResponse:
    letter = queries.get_letter(request.actor, client.public_id, letter_id)
    form = DeleteScanForm(request.POST or None, actor=request.actor)

    def act() -> None:
        delete_letter(by=request.actor, written=letter, reason=DeletionReason(form.cleaned_data["reason"]))

    context = {"notice": f"„{letter.subject}“ wird endgültig gelöscht.", "submit": "Endgültig löschen"}
    return form_page(request, client, form, act, title="Brief löschen", done="Gelöscht.", to=_tab(client), **context)


# Several at once -----------------------------------------------------------------------------------------------------
@require_counsellor
def series(request: HttpRequest) -> HttpResponse:
    actor, number = actor_of(request), new_public_id()
    mine, offered = queries.addressees(actor), queries.templates(actor)
    people = [(c.public_id, f"{c.last_name}, {c.first_name}") for c in mine]
    templates = [(t.public_id, t.name) for t in offered]
    form = SeriesForm(request.POST or None, actor=actor, templates=templates, clients=people, most=queries.MOST)

    def act() -> None:
        _write(actor, form, [c for c in mine if c.public_id in form.cleaned_data["clients"]], number)

    if request.method == "POST" and carried_out(form, act):
        return redirect("casework:series_done", number)
    return render(request, "casework/series.html", {"form": form, "people": people, "templates": offered})


@require_counsellor
def series_done(request: HttpRequest, series_id: str) -> HttpResponse:
    found = _series(request, series_id)
    record_reads(by=request.actor, files=[letter.client for letter in found], what="Brief einer Serie", kind="read")
    return render(request, "casework/series_done.html", {"letters": found, "series": series_id})


@require_counsellor
def series_pdf(request: HttpRequest, series_id: str) -> FileResponse:
    found = _series(request, series_id)
    record_reads(by=request.actor, files=[x.client for x in found], what="Brief einer Serie", kind="downloaded")
    return pdf_answer(_paper(found), "briefe.pdf")


def _series(request: HttpRequest, series_id: str) -> list[Letter]:
    found = queries.series_of(actor_of(request), series_id)
    if not found:
        raise Http404
    return found
