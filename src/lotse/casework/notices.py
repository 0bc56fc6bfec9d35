"""Telling those affected by mail that a file was opened or passed on. A number, never a name."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from lotse.organisations.models import Person


def notify(people: Iterable[Person], subject: str, text: str) -> None:
    """After the commit, one mail each; a mail server that is down must not undo what was decided."""
    addresses = sorted({address for person in people if (address := _address(person))})
    body = f"{text}\n\n{settings.BASE_URL}/\n"

    def deliver() -> None:
        for address in addresses:
            send_mail(f"Lotse: {subject}", body, None, [address])

    transaction.on_commit(deliver, robust=True)


def _address(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")
