"""The one door for mail: written into the outbox with the act that causes it, sent by the worker (ADR 0013)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction

from lotse.correspondence.delivery import deliver
from lotse.correspondence.letters import NOTICE, Letter
from lotse.correspondence.models import OutgoingMail
from lotse.organisations.models import Person


def queue_mail(
    letter: Letter, *, organisation_id: int, to: str, values: Mapping[str, Any] | None = None, calendar: str = ""
) -> OutgoingMail:
    """Inside an action: if that is undone, nothing is sent. `calendar` is the text of an ICS file to attach."""
    validate_email(to)
    text = letter.text({"url": settings.BASE_URL, **(values or {})})
    return _put(organisation_id, letter.key, to, letter.subject, text, calendar)


def queue_notice(person: Person, address: str, subject: str, text: str) -> None:
    """What `organisations.notices` tells somebody who works here. A wrong address must not undo what was decided."""
    _put(person.organisation_id, NOTICE.key, address, subject, text)


def _put(organisation_id: int, letter: str, to: str, subject: str, text: str, calendar: str = "") -> OutgoingMail:
    mail = OutgoingMail.objects.create(
        organisation_id=organisation_id, letter=letter, recipient=to, subject=subject, body=text, calendar=calendar
    )
    # The queue is only the quick way: what it loses, the worker finds in the outbox.
    transaction.on_commit(lambda: deliver.enqueue(mail.public_id), robust=True)
    return mail


def forget(organisation_id: int, is_meant: Callable[[OutgoingMail], bool]) -> int:
    """Inside an action: mail of this organisation that `is_meant`, sent or waiting. Texts are sealed, so each is opened."""
    mails = OutgoingMail.objects.filter(organisation_id=organisation_id).order_by("pk")
    meant = [mail.pk for mail in mails.iterator(chunk_size=500) if is_meant(mail)]
    return OutgoingMail.objects.filter(pk__in=meant).delete()[0]
