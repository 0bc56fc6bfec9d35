"""Telling those affected by mail that a right was asked for, confirmed, refused or ended. No client is ever named."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from lotse.organisations.models import Person

# person, her address, subject, text; called inside the action's transaction
Deliver = Callable[[Person, str, str, str], None]


def _by_mail(_person: Person, address: str, subject: str, text: str) -> None:
    """After the commit; a mail server that is down must not undo what was decided (the failure is logged)."""
    transaction.on_commit(lambda: send_mail(subject, text, None, [address]), robust=True)


_deliver: Deliver = _by_mail


def route_through(deliver: Deliver) -> None:
    """For the mail log, which stands one floor higher."""
    global _deliver
    _deliver = deliver


def notify(people: Iterable[Person], subject: str, text: str) -> None:
    """One mail for each, so that nobody reads the others' addresses."""
    for person in dict.fromkeys(people):
        if address := _address(person):
            _deliver(person, address, f"Lotse: {subject}", f"{text}\n\n{settings.BASE_URL}/\n")


def _address(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")
