"""The signed plan as a file: put it in, take it out, delete it with a reason."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from lotse.auditlog.recorder import record_read
from lotse.casework import queries, rules
from lotse.casework.actions.file import RESTING
from lotse.casework.actions.scans import add_scan, delete_scan
from lotse.casework.forms import DeleteScanForm, ScanForm
from lotse.casework.models import Client
from lotse.casework.queries.scans import get_scan
from lotse.casework.views.shared import actor_of, file_view, form_page
from lotse.core.errors import NotAllowed
from lotse.documents.answers import file_answer
from lotse.documents.enums import DeletionReason
from lotse.documents.intake import receive


def _plan_url(client: Client) -> str:
    return reverse("casework:plan", args=[client.public_id])


@file_view("Förderplan", tab="plan")
def upload(request: HttpRequest, client: Client) -> HttpResponse:
    plan = queries.newest_plans(client).select_related("client").first()
    if plan is None:
        raise Http404
    form = ScanForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        with receive(form.cleaned_data["file"], by=request.actor, file=client) as received:
            add_scan(by=request.actor, plan=plan, received=received)

    title, done = "Unterschriebenen Plan ablegen", "Unterschriebener Plan abgelegt."
    return form_page(request, client, form, act, title=title, done=done, to=_plan_url(client), submit="Ablegen")


def download(request: HttpRequest, client_id: str, scan_id: str) -> HttpResponse:
    actor = actor_of(request)
    scan = get_scan(actor, client_id, scan_id)
    if rules.is_restricted(scan.client):
        raise NotAllowed(RESTING)
    record_read(by=actor, obj=scan, file=scan.client, what="unterschriebener Plan", kind="downloaded")
    return file_answer(scan.file)


@file_view("Förderplan", tab="plan")
def delete(request: HttpRequest, client: Client, scan_id: str) -> HttpResponse:
    scan = get_scan(request.actor, client.public_id, scan_id)
    form = DeleteScanForm(request.POST or None, actor=request.actor)

    def act() -> None:
        delete_scan(by=request.actor, scan=scan, reason=DeletionReason(form.cleaned_data["reason"]))

    context = {"notice": f"„{scan.file.name}“ wird endgültig gelöscht.", "submit": "Endgültig löschen"}
    title, done = "Unterschriebenen Plan löschen", "Datei gelöscht."
    return form_page(request, client, form, act, title=title, done=done, to=_plan_url(client), **context)
