"""What speaks of a person outside her file: mail, drafts. It has no key to her, so it is found by what it says."""

import re
from collections.abc import Callable, Collection

from lotse.casework.models import Client
from lotse.casework.queries.belongings import files_of_person
from lotse.core import drafts
from lotse.core.models import Draft
from lotse.correspondence.models import OutgoingMail


def mentions(persons: Collection[Client]) -> Callable[[OutgoingMail], bool]:
    """Mail to her, or one that speaks of her file; `persons`: her file and those merged into it."""
    words = [word for person in persons for word in (person.full_name, str(person), person.public_id)]
    numbers = [rf"\bAkte {person.number}\b" for person in persons]
    spoken = re.compile("|".join([*numbers, *map(re.escape, words)]))

    def is_about_her(mail: OutgoingMail) -> bool:
        to_her = any(is_to(person, mail) for person in persons)
        return to_her or bool(spoken.search(f"{mail.subject}\n{mail.body}\n{mail.calendar}"))

    return is_about_her


def is_to(client: Client, mail: OutgoingMail) -> bool:
    return bool(client.email) and mail.recipient.casefold() == client.email.casefold()


def mail_about(client: Client) -> list[OutgoingMail]:
    is_meant = mentions(files_of_person(client))
    mails = OutgoingMail.objects.filter(organisation_id=client.organisation_id).order_by("pk")
    return [mail for mail in mails.iterator(chunk_size=500) if is_meant(mail)]


def drafts_about(client: Client, refs: Collection[str]) -> list[Draft]:
    return list(drafts.about(client.organisation_id, refs, client.public_id, client.full_name))
