"""Mails of a file: send one, put one in by its file, take one out again."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from lotse.auditlog.recorder import record_read
from lotse.casework import rules
from lotse.casework.actions.file import RESTING
from lotse.casework.actions.letters import NO_CONSENT, delete_mail, file_mail, send_mail
from lotse.casework.forms import DeleteScanForm
from lotse.casework.forms.letters import DropMailForm, MailForm
from lotse.casework.models import Client
from lotse.casework.queries import letters as queries
from lotse.casework.queries.attachable import attachable
from lotse.casework.received import attachments_received, sent_along
from lotse.casework.views.shared import actor_of, file_view, form_page, page
from lotse.core.errors import NotAllowed
from lotse.documents.answers import file_answer
from lotse.documents.enums import DeletionReason
from lotse.partners.queries import get_partner


def _tab(client: Client) -> str:
    return reverse("casework:letters", args=[client.public_id])


@file_view("Schreiben", tab="letters")
def send(request: HttpRequest, client: Client) -> HttpResponse:
    recipients = queries.mail_recipients(client)
    if not recipients:
        return page(request, client, "casework/no_mail.html", why=NO_CONSENT)
    offered = attachable(client)
    labels = [(key, one.label) for key, one in offered.items()]
    form = MailForm(
        request.POST or None, request.FILES or None, actor=request.actor, recipients=recipients, documents=labels
    )

    def act() -> None:
        data = form.cleaned_data
        partner = get_partner(request.actor, data["to"]) if data["to"] else None
        chosen = [offered[key] for key in data.get("documents", ())]
        written = {"subject": data["subject"], "text": data["text"]}
        with sent_along(request.actor, client, chosen, data["uploads"]) as attached:
            send_mail(by=request.actor, client=client, partner=partner, attached=attached, **written)

    context = {"submit": "Verschicken", "done": "E-Mail auf dem Weg."}
    return form_page(request, client, form, act, title="E-Mail schreiben", to=_tab(client), **context)


@file_view("Schreiben", tab="letters")
def drop(request: HttpRequest, client: Client) -> HttpResponse:
    form = DropMailForm(request.POST or None, request.FILES or None, actor=request.actor)

    def act() -> None:
        mail = form.mail
        head = {
            "address": mail.sender,
            "subject": mail.subject,
            "body": mail.text,
            "moment": mail.sent_at or timezone.now(),
        }
        with attachments_received(request.actor, client, mail.attached) as (taken, refused):
            file_mail(by=request.actor, client=client, received=taken, left_out=", ".join(refused), **head)

    context = {"submit": "Ablegen", "done": "E-Mail abgelegt."}
    return form_page(request, client, form, act, title="E-Mail ablegen", to=_tab(client), **context)


def attachment(request: HttpRequest, client_id: str, file_id: str) -> HttpResponse:
    attached = queries.get_mail_file(actor_of(request), client_id, file_id)
    if rules.is_restricted(attached.client):
        raise NotAllowed(RESTING)
    record_read(by=request.actor, obj=attached, file=attached.client, what="Anhang einer E-Mail", kind="downloaded")
    return file_answer(attached.file)


@file_view("Schreiben", tab="letters")
def delete(request: HttpRequest, client: Client, case_mail_id: str) -> HttpResponse:
    mail = queries.get_mail(request.actor, client.public_id, case_mail_id)
    form = DeleteScanForm(request.POST or None, actor=request.actor)

    def act() -> None:
        delete_mail(by=request.actor, mail=mail, reason=DeletionReason(form.cleaned_data["reason"]))

    context = {"notice": f"„{mail.subject}“ wird mit allen Anhängen endgültig gelöscht.", "submit": "Endgültig löschen"}
    return form_page(request, client, form, act, title="E-Mail löschen", done="Gelöscht.", to=_tab(client), **context)
