"""The page "Datenschutz" of a file: what the person may ask for, and what has been done about it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lotse.casework.access_letter import access_letter, as_sheets
from lotse.casework.actions import subject_rights as act_on
from lotse.casework.enums import FreezeGround, RequestAnswer, RequestKind
from lotse.casework.forms.desk import AnswerForm, CorrectionForm, ExtensionForm, FreezeForm, RequestForm
from lotse.casework.models import Client, DataSubjectRequest
from lotse.casework.queries.data_copy import as_json, data_copy, portable
from lotse.casework.queries.subject_rights import corrections_of, get_request, holds_of, requests_of
from lotse.casework.views.shared import file_view, form_page, page
from lotse.core.errors import NotAllowed
from lotse.core.formflow import refusals_told
from lotse.documents.answers import pdf_answer
from lotse.documents.archives import XLSX
from lotse.documents.rendering.sheets import write_xlsx


def _to(client: Client) -> str:
    return reverse("casework:privacy", args=[client.public_id])


@file_view("Datenschutz", tab="privacy")
def privacy(request: HttpRequest, client: Client) -> HttpResponse:
    context = {"requests": requests_of(client), "corrections": corrections_of(client), "holds": holds_of(client)}
    return page(request, client, "casework/privacy.html", **context)


@file_view("Antrag zu eigenen Daten", tab="privacy")
def new_request(request: HttpRequest, client: Client) -> HttpResponse:
    initial = {"received_on": timezone.localdate(), "kind": RequestKind.ACCESS}
    form = RequestForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "kind": RequestKind(form.cleaned_data["kind"])}
        act_on.take_request(by=request.actor, client=client, **data)

    done = "Aufgenommen. Die Antwort ist in einem Monat fällig."
    return form_page(request, client, form, act, title="Antrag aufnehmen", done=done, to=_to(client))


@file_view("Antrag zu eigenen Daten", tab="privacy")
def answer(request: HttpRequest, client: Client, request_id: str) -> HttpResponse:
    asked = get_request(request.actor, client, request_id)
    initial = {"on": timezone.localdate(), "answer": RequestAnswer.GRANTED, "identity": asked.identity}
    form = AnswerForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        data = {**form.cleaned_data, "answer": RequestAnswer(form.cleaned_data["answer"])}
        act_on.answer_request(by=request.actor, request=asked, **data)

    title = f"Antwort festhalten: {asked.get_kind_display()}"
    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=_to(client))


@file_view("Antrag zu eigenen Daten", tab="privacy")
def extend(request: HttpRequest, client: Client, request_id: str) -> HttpResponse:
    asked = get_request(request.actor, client, request_id)
    form = ExtensionForm(request.POST or None, actor=request.actor)

    def act() -> None:
        act_on.extend_request(by=request.actor, request=asked, **form.cleaned_data)

    return form_page(request, client, form, act, title="Frist verlängern", done="Verlängert.", to=_to(client))


@file_view("Berichtigung", tab="privacy")
def correct(request: HttpRequest, client: Client) -> HttpResponse:
    form = CorrectionForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        act_on.note_correction(by=request.actor, client=client, **form.cleaned_data)

    notice = "Bitte die Angabe selbst auf ihrer Seite ändern. Hier bleibt, dass und von wem sie berichtigt wurde."
    title = "Berichtigung festhalten"
    return form_page(request, client, form, act, title=title, done="Festgehalten.", to=_to(client), notice=notice)


@file_view("Einschränkung der Verarbeitung", tab="privacy")
def freeze(request: HttpRequest, client: Client) -> HttpResponse:
    form = FreezeForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        data = {**form.cleaned_data, "ground": FreezeGround(form.cleaned_data["ground"])}
        act_on.freeze(by=request.actor, client=client, **data)

    notice = "Die Akte bleibt lesbar. Niemand kann sie weiterführen oder löschen, bis Sie die Einschränkung aufheben."
    title = "Verarbeitung einschränken"
    return form_page(request, client, form, act, title=title, done="Eingeschränkt.", to=_to(client), notice=notice)


@file_view("Einschränkung der Verarbeitung", tab="privacy")
def unfreeze(request: HttpRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        with refusals_told(request):
            act_on.unfreeze(by=request.actor, client=client)
            messages.success(request, "Aufgehoben. Die Akte lässt sich wieder weiterführen.")
    return redirect(_to(client))


# --- the copy of her data -----------------------------------------------------------------------------------------
def _copy_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing leaves before it is clear who asks (DS-01)."""

    @wraps(view)
    def checked(request: HttpRequest, client: Client, request_id: str, **more: Any) -> HttpResponse:
        asked = get_request(request.actor, client, request_id)
        if not asked.identity:
            raise NotAllowed(act_on.FIRST_IDENTITY)
        return view(request, client, asked, **more)

    return file_view("Kopie aller Daten", tab="privacy")(checked)


@_copy_view
def letter(request: HttpRequest, client: Client, asked: DataSubjectRequest) -> FileResponse:
    return pdf_answer(access_letter(client, asked, data_copy(client)), f"auskunft-{client.number}.pdf")


@_copy_view
def data_json(request: HttpRequest, client: Client, asked: DataSubjectRequest) -> HttpResponse:
    answer = JsonResponse(
        as_json(client, portable(data_copy(client))), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="daten-{client.number}.json"'
    return answer


@_copy_view
def data_xlsx(request: HttpRequest, client: Client, asked: DataSubjectRequest) -> HttpResponse:
    content = write_xlsx(as_sheets(portable(data_copy(client))))
    headers = {"Content-Disposition": f'attachment; filename="daten-{client.number}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)
