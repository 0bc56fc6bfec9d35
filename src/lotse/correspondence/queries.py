from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from lotse.correspondence.actions import KEEP
from lotse.correspondence.enums import MailState
from lotse.correspondence.models import OutgoingMail
from lotse.organisations.actor import Actor

PAGE = 50


@dataclass(frozen=True)
class MailPage:
    """Newest first; `next_ref` continues below the last one, empty at the end."""

    rows: list[OutgoingMail]
    next_ref: str


def mail_page(actor: Actor, state: str = "", below: str = "") -> MailPage:
    """Without the text. A state or a mail that does not exist shows everything from the top."""
    mails = OutgoingMail.objects.visible_to(actor).defer("body", "calendar").order_by("-id")
    if state in MailState.values:
        mails = mails.filter(state=state)
    if last := mails.filter(public_id=below).first() if below else None:
        mails = mails.filter(pk__lt=last.pk)
    found = list(mails[: PAGE + 1])
    return MailPage(found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else "")


def get_mail(actor: Actor, public_id: str) -> OutgoingMail:
    found = OutgoingMail.objects.visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def old_mail_exists() -> bool:
    old = OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEEP)
    return old.exclude(state=MailState.WAITING).exists()
