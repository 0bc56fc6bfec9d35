"""What whoever administers does with mail, and what the house does with old mail."""

from datetime import timedelta

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.correspondence.enums import MailState
from lotse.correspondence.letters import TEST
from lotse.correspondence.models import OutgoingMail
from lotse.correspondence.outbox import queue_mail
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.enums import Permission

KEEP = timedelta(days=365)  # a default, like the log


@action("mail.test_sent", "hat eine Probenachricht verschickt")
def send_test(*, by: Actor, to: str) -> OutgoingMail:
    require(by.may(Permission.MANAGE_ACCOUNTS))
    mail = queue_mail(TEST, organisation_id=by.organisation_id, to=to, values={"label": by.label})
    record(mail)
    return mail


@action("mail.retried", "hat eine Nachricht noch einmal auf den Weg gegeben")
def try_again(*, by: Actor, mail: OutgoingMail) -> OutgoingMail:
    fresh = OutgoingMail.objects.visible_to(by).select_for_update(of=("self",)).get(pk=mail.pk)
    refuse_if(fresh.state != MailState.FAILED, "Noch einmal verschickt wird nur, was nicht zugestellt werden konnte.")
    fresh.state, fresh.attempts, fresh.next_try_at = MailState.WAITING, 0, timezone.now()
    fresh.save(update_fields=["state", "attempts", "next_try_at"])
    record(fresh)
    return fresh


@action("mail.expired", "hat alte Nachrichten aus dem Postausgang gelöscht")
def delete_old_mail(*, by: SystemActor) -> int:
    old = OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEEP).exclude(state=MailState.WAITING)
    count = old.count()
    record(by, deleted=count)
    old.delete()
    return count
