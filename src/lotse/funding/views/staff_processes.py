"""What the district does with a change at the authority: the letter, the answer."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone

from lotse.core.errors import NotAllowed
from lotse.core.formpages import button, form_page
from lotse.documents.answers import file_answer, pdf_answer
from lotse.documents.intake import produced, receive
from lotse.documents.rendering import render_pdf
from lotse.funding import rules
from lotse.funding.actions import staff_processes as acts
from lotse.funding.enums_staff import ProcessKind, ProcessState
from lotse.funding.forms.staff import AnswerForm, ForwardForm
from lotse.funding.models import ChangeProcess
from lotse.funding.queries.staff import get_process
from lotse.funding.staff_papers import change_letter
from lotse.funding.views.shared import RECEIVER, insider
from lotse.funding.views.staff import change_crumbs, change_url

NAMES = {ProcessKind.NOTIFY: "anzeige.pdf", ProcessKind.CONSENT: "zustimmungsantrag.pdf"}


def received_process(request: HttpRequest, process_id: str) -> ChangeProcess:
    found = get_process(insider(request), process_id)
    if not rules.keeps_funds_of(request.actor, found.change.grant.organisation):
        raise NotAllowed(RECEIVER)
    return found


def letter(request: HttpRequest, change_process_id: str) -> HttpResponse | FileResponse:
    """As it went out; before that, as it would."""
    found = received_process(request, change_process_id)
    if found.letter:
        return file_answer(found.letter)
    return pdf_answer(change_letter(found), NAMES[ProcessKind(found.kind)])


def forward(request: HttpRequest, change_process_id: str) -> HttpResponse:
    found = received_process(request, change_process_id)
    form = ForwardForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        name = NAMES[ProcessKind(found.kind)]
        with produced(render_pdf(change_letter(found)), name, by=request.actor) as received:
            acts.forward_process(by=request.actor, process=found, received=received, **form.cleaned_data)

    return form_page(
        request, form, act, title=f"{found}: an die Behörde", crumbs=change_crumbs(found.change), submit="Weiterleiten",
        lead="Das Schreiben wird so abgelegt, wie es jetzt ist. Versendet wird es von Ihnen.", done="Weitergeleitet.",
    )  # fmt: skip


def answer(request: HttpRequest, change_process_id: str) -> HttpResponse:
    found = received_process(request, change_process_id)
    first = {
        "on": timezone.localdate(),
        "answer": ProcessState.ACKNOWLEDGED if found.kind == ProcessKind.NOTIFY else "",
    }
    form = AnswerForm(request.POST or None, request.FILES or None, actor=request.actor, process=found, initial=first)

    def act() -> None:
        values = dict(form.cleaned_data)
        values["answer"], upload = ProcessState(values["answer"]), values.pop("receipt")
        if not upload:
            acts.note_answer(by=request.actor, process=found, **values)
            return
        with receive(upload, by=request.actor) as received:
            acts.note_answer(by=request.actor, process=found, received=received, **values)

    return form_page(request, form, act, title=f"{found}: Antwort der Behörde", crumbs=change_crumbs(found.change))


def set_aside(request: HttpRequest, change_process_id: str) -> HttpResponse:
    found = received_process(request, change_process_id)
    to = change_url(found.change)
    return button(request, lambda: acts.set_aside(by=request.actor, process=found), to, "Abgelegt.")


def receipt(request: HttpRequest, change_process_id: str) -> HttpResponse:
    found = get_process(insider(request), change_process_id)
    if found.receipt is None:
        raise Http404
    return file_answer(found.receipt)
