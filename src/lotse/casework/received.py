"""Papers that the house itself makes or takes out of a mail pass the same gate as an upload, before a transaction opens."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from lotse.casework.models import Client
from lotse.documents import archives
from lotse.documents.actions import Received
from lotse.documents.intake import receive
from lotse.documents.mail import Attached
from lotse.organisations.actor import Actor


@contextmanager
def letters_received(by: Actor, contents: Mapping[Client, bytes], name: str) -> Iterator[dict[Client, Received]]:
    with ExitStack() as stack:
        yield {
            client: stack.enter_context(
                receive(SimpleUploadedFile(name, content), by=by, file=client, types=(archives.DOCX,))
            )
            for client, content in contents.items()
        }


@contextmanager
def attachments_received(
    by: Actor, client: Client, attached: Iterable[Attached]
) -> Iterator[tuple[list[Received], list[str]]]:
    """What the gate takes, and the names of what it refused."""
    taken: list[Received] = []
    refused: list[str] = []
    with ExitStack() as stack:
        for one in attached:
            try:
                upload = SimpleUploadedFile(one.name, one.content)
                taken.append(stack.enter_context(receive(upload, by=by, file=client)))
            except ValidationError:
                refused.append(one.name)
        yield taken, refused
