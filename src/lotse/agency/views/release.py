"""The steps of a document, one address each: a button where nothing is asked, else a short form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lotse.agency import rules
from lotse.agency.actions import comments as remarks
from lotse.agency.actions import release as acts
from lotse.agency.enums import Channel
from lotse.agency.forms import release as forms
from lotse.agency.models import AgencyDocument
from lotse.agency.queries import way
from lotse.agency.queries.content import places_of
from lotse.agency.queries.readiness import open_comments
from lotse.agency.views.shared import agency_url, document_crumbs, document_url, insider, open_document, own_document
from lotse.core.errors import NotAllowed
from lotse.core.formflow import refusals_told
from lotse.core.formpages import button, form_page
from lotse.core.forms import LotseForm


def _coordinated(request: HttpRequest, document_id: str) -> AgencyDocument:
    """For who releases in its branch; the action says where it is not the time."""
    found = open_document(request, document_id)
    if not rules.releases(request.actor, found.agency):
        raise NotAllowed(acts.WHO_RELEASES)
    return found


def hand_in(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = own_document(request, agency_document_id)
    done = "Zur Prüfung gegeben. Die Koordination sieht es jetzt."
    return button(request, lambda: acts.hand_in(by=request.actor, document=found), document_url(found), done)


def release(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    to = document_url(found)
    if request.method == "POST":
        with refusals_told(request):
            acts.release_document(by=request.actor, document=found)
            to = _onwards(request, found)
            messages.success(request, f"Freigegeben: {found.agency.name}.")
    return redirect(to)


def _onwards(request: HttpRequest, document: AgencyDocument) -> str:
    """To the next one on the pile, where she came from it; else back to this one."""
    if "reihe" not in request.POST:
        return document_url(document)
    following = way.next_waiting(request.actor, document)
    return f"{document_url(following)}?reihe=1" if following else reverse("agency:standing")


def _form(
    request: HttpRequest, document: AgencyDocument, form: LotseForm, act: Callable[[], Any], title: str, done: str, **more: Any
) -> HttpResponse:  # fmt: skip
    return form_page(request, form, act, title=title, done=done, crumbs=document_crumbs(document), **more)


def give_back(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    form = forms.ReturnForm(request.POST or None, actor=request.actor)
    count = len(open_comments(found))
    note = ("1 Anmerkung geht mit." if count == 1 else f"{count} Anmerkungen gehen mit.") if count else ""

    def act() -> None:
        acts.return_document(by=request.actor, document=found, note=form.cleaned_data["note"])

    return _form(request, found, form, act, "Zurückgeben", "Zurückgegeben.", submit="Zurückgeben", note=note)


def comment(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    place = request.GET.get("stelle", "")
    form = forms.CommentForm(
        request.POST or None, actor=request.actor, places=places_of(found), initial={"place": place}
    )

    def act() -> str:
        made = remarks.comment(by=request.actor, document=found, **form.cleaned_data)
        return f"{document_url(found)}#anmerkung-{made.public_id}"

    return _form(request, found, form, act, "Anmerkung", "Angemerkt. Die Agentur liest es, wenn Sie zurückgeben.")


def transmit(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    initial = {"on": timezone.localdate(), "channel": Channel.PLATFORM}
    form = forms.TransmitForm(request.POST or None, actor=request.actor, initial=initial)

    def act() -> None:
        acts.transmit(by=request.actor, document=found, **form.cleaned_data)

    return _form(request, found, form, act, "Übermittelt", "Eingetragen.")


def accept(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    form = forms.AcceptForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> None:
        acts.accept(by=request.actor, document=found, on=form.cleaned_data["on"])

    return _form(request, found, form, act, "Angenommen", "Eingetragen.")


def correct(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found = _coordinated(request, agency_document_id)
    form = forms.CorrectForm(request.POST or None, actor=request.actor, initial={"on": timezone.localdate()})

    def act() -> str:
        return document_url(acts.request_correction(by=request.actor, document=found, **form.cleaned_data))

    return _form(
        request, found, form, act, "Korrektur verlangt", "Eine neue Fassung ist begonnen. Die Agentur schreibt weiter."
    )


def resolve(request: HttpRequest, document_comment_id: str) -> HttpResponse:
    found = way.get_comment(insider(request), document_comment_id)
    own_document(request, found.document.public_id)
    to = f"{document_url(found.document)}#{found.place or 'anmerkungen'}"
    return button(request, lambda: remarks.resolve_comment(by=request.actor, remark=found), to)


def withdraw(request: HttpRequest, document_comment_id: str) -> HttpResponse:
    found = way.get_comment(insider(request), document_comment_id)
    document = _coordinated(request, found.document.public_id)
    return button(request, lambda: remarks.withdraw_comment(by=request.actor, remark=found), document_url(document))


def history(request: HttpRequest, agency_document_id: str) -> HttpResponse:
    found, actor = open_document(request, agency_document_id), request.actor
    context = {
        "document": found,
        "agency_url": agency_url(found.agency),
        "document_url": document_url(found),
        "steps": way.steps_of(actor, found),
        "versions": [(one, document_url(one)) for one in way.versions_of(actor, found)],
        "released": way.released_of(actor, found),
        "changed": way.since_last_time(actor, found),
    }
    return render(request, "agency/history.html", context)
