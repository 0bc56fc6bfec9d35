"""Sending what waits in the outbox: at least once, with longer and longer pauses, and given up in the end."""

import logging
from datetime import timedelta
from email.mime.text import MIMEText
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from lotse.correspondence.calendars import method_of
from lotse.correspondence.enums import MailState
from lotse.correspondence.letters import LETTERS
from lotse.correspondence.models import OutgoingMail

log = logging.getLogger("lotse.correspondence")

LEASE = timedelta(minutes=10)  # longer than a mail server may take; a killed process is followed by another then
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
BATCH = 100


@task()
def deliver(public_id: str) -> None:
    """Harmless when run twice: only who gets the lease sends."""
    if mail := _claimed(public_id):
        _send(mail)


def deliver_due() -> int:
    """For the worker: what was put off, and what the queue has lost."""
    due = list(OutgoingMail.objects.due().order_by("next_try_at").values_list("public_id", flat=True)[:BATCH])
    for public_id in due:
        deliver.call(public_id)
    return len(due)


def _claimed(public_id: str) -> OutgoingMail | None:
    mine = OutgoingMail.objects.due().filter(public_id=public_id)
    if not mine.update(next_try_at=timezone.now() + LEASE, attempts=F("attempts") + 1):
        return None
    return OutgoingMail.objects.get(public_id=public_id)


def _send(mail: OutgoingMail) -> None:
    try:
        message(mail).send()
    except Exception as error:  # whatever a mail back end raises: the outbox goes on
        log.warning("mail %s not sent: %s", mail.public_id, type(error).__name__)
        _put_off(mail, reason(error))
        return
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "error"])


def message(mail: OutgoingMail) -> EmailMessage:
    built = EmailMessage(mail.subject, mail.body, to=[mail.recipient], headers={"Auto-Submitted": "auto-generated"})
    if mail.calendar:
        built.attach(_calendar(mail.calendar))
    for attachment in LETTERS[mail.letter].attachments(mail) if mail.letter in LETTERS else ():
        built.attach(*attachment)
    return built


def _calendar(text: str) -> MIMEText:
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", method_of(text))
    part.add_header("Content-Disposition", "attachment", filename="termin.ics")
    return part


def _put_off(mail: OutgoingMail, why: str) -> None:
    is_over = mail.attempts > len(PAUSES)
    mail.error = why
    if is_over:
        mail.state = MailState.FAILED
    else:
        mail.next_try_at = timezone.now() + PAUSES[mail.attempts - 1]
    mail.save(update_fields=["state", "error", "next_try_at"])


def reason(error: Exception) -> str:
    """For the log: never the server's own words, which repeat addresses and subjects."""
    if isinstance(error, SMTPRecipientsRefused):
        return "Der Mailserver nimmt diese Adresse nicht an."
    if isinstance(error, SMTPResponseException):
        return f"Der Mailserver hat abgelehnt ({error.smtp_code})."
    if isinstance(error, OSError):
        return "Der Mailserver ist nicht erreichbar."
    return f"Fehler beim Versenden ({type(error).__name__})."
