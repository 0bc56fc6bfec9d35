from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from lotse.accounts.tokens import hash_of
from lotse.auditlog.queries import history
from lotse.core.finding import found
from lotse.correspondence.actions import KEEP
from lotse.correspondence.enums import MailState
from lotse.correspondence.models import CalendarFeed, OutgoingMail, ReminderSetting
from lotse.organisations.actor import Actor
from lotse.organisations.who import actor_for

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
    rows = list(mails[: PAGE + 1])
    return MailPage(rows[:PAGE], rows[PAGE - 1].public_id if len(rows) > PAGE else "")


def get_mail(actor: Actor, public_id: str) -> OutgoingMail:
    return found(OutgoingMail.objects.visible_to(actor), public_id)


def old_mail_exists() -> bool:
    old = OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEEP)
    return old.exclude(state=MailState.WAITING).exists()


FETCHED = "fetched"
FETCH_LOGGED_EVERY = timedelta(hours=1)  # a calendar asks every few minutes; the log need not know each time


def feed_of(actor: Actor) -> CalendarFeed | None:
    return CalendarFeed.objects.visible_to(actor).filter(ended_at=None).first()


def feed_behind(token: str) -> tuple[CalendarFeed, Actor] | None:
    """The open feed and whose it is; nothing for a token that is wrong or ended, or somebody who may not sign in any more."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), ended_at=None, person__user__is_active=True)
    feed = feeds.select_related("person").first()
    actor = actor_for(feed.person) if feed else None
    return (feed, actor) if feed and actor else None


def last_fetched(feed: CalendarFeed) -> datetime | None:
    """To the hour."""
    return history(feed.public_id).filter(key=FETCHED).values_list("at", flat=True).first()


def is_fetch_to_be_logged(feed: CalendarFeed) -> bool:
    last = last_fetched(feed)
    return last is None or timezone.now() - last >= FETCH_LOGGED_EVERY


def reminder_days(actor: Actor) -> int:
    found = ReminderSetting.objects.visible_to(actor).values_list("days_before", flat=True).first()
    return ReminderSetting.USUAL if found is None else found


def reminder_settings(person_ids: Iterable[int]) -> dict[int, ReminderSetting]:
    """For the worker."""
    return {row.person_id: row for row in ReminderSetting.objects.filter(person_id__in=list(person_ids))}
