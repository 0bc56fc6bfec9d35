"""What whoever administers does with mail, and what the house does with old mail."""

from datetime import date, timedelta

from django.utils import timezone

from lotse.accounts.tokens import hash_of, new_token
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.correspondence.enums import MailState
from lotse.correspondence.letters import TEST
from lotse.correspondence.models import CalendarFeed, OutgoingMail, ReminderSetting
from lotse.correspondence.outbox import queue_mail
from lotse.organisations.actor import Actor, SystemActor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person
from lotse.organisations.notices import notify

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


@action("calendar_feed.made", "hat eine Adresse für den eigenen Kalender erzeugt")
def make_feed(*, by: Actor) -> str:
    """The token, which is shown once. A former address ends at once."""
    _end_feeds(by)
    token = new_token()
    feed = CalendarFeed.objects.create(
        organisation_id=by.organisation_id, person_id=by.person_id, token_hash=hash_of(token)
    )
    record(feed)
    return token


@action("calendar_feed.ended", "hat die Adresse für den eigenen Kalender abgeschaltet")
def end_feed(*, by: Actor, feed: CalendarFeed) -> None:
    require(feed.person_id == by.person_id)
    _end_feeds(by)
    record(feed)


def _end_feeds(by: Actor) -> None:
    CalendarFeed.objects.filter(person_id=by.person_id, ended_at=None).update(ended_at=timezone.now())


@action("reminder.set", "hat die Erinnerung an Termine eingestellt")
def set_reminder(*, by: Actor, days_before: int) -> ReminderSetting:
    setting = _setting_of(by.person_id, by.organisation_id)
    setting.days_before = days_before
    setting.save(update_fields=["days_before"])
    record(setting, days=days_before)
    return setting


@action("reminder.sent", "hat an Termine erinnert")
def remind(*, by: SystemActor, person: Person, day: date, subject: str, text: str) -> bool:
    """Once for each day. The mail says that there is something, never with whom."""
    setting = _setting_of(person.pk, person.organisation_id)
    is_new = setting.reminded_of != day
    record(setting, day=day, sent=is_new)
    if is_new:
        setting.reminded_of = day
        setting.save(update_fields=["reminded_of"])
        notify([person], subject, text)
    return is_new


def _setting_of(person_id: int, organisation_id: int) -> ReminderSetting:
    made, _new = ReminderSetting.objects.get_or_create(
        person_id=person_id, defaults={"organisation_id": organisation_id}
    )
    return ReminderSetting.objects.select_for_update().get(pk=made.pk)
