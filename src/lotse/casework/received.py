"""Papers that the house itself makes or takes out of a mail pass the same gate as an upload, before a transaction opens."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from lotse.casework.letter_paper import letter_paper
from lotse.casework.models import Client
from lotse.casework.queries.attachable import Attachable
from lotse.casework.queries.letters import content_of
from lotse.documents import archives
from lotse.documents.actions import Received
from lotse.documents.intake import produced, receive
from lotse.documents.letters import lines_of
from lotse.documents.mail import Attached
from lotse.documents.rendering import render_pdf
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


@contextmanager
def sent_along(
    by: Actor, client: Client, chosen: Iterable[Attachable], uploads: Iterable[UploadedFile]
) -> Iterator[list[Received]]:
    """Copies of what lies in the file, and what was uploaded for this mail. All of it, or none."""
    with ExitStack() as stack:
        taken = [stack.enter_context(_copied(by, client, one)) for one in chosen]
        for upload in uploads:
            try:
                taken.append(stack.enter_context(receive(upload, by=by, file=client)))
            except ValidationError as error:
                raise ValidationError({"uploads": [f"{upload.name}: {said}" for said in error.messages]}) from error
        if sum(one.size for one in taken) > settings.UPLOAD_MAX_BYTES:
            raise ValidationError({"uploads": f"Zusammen höchstens {settings.UPLOAD_MAX_BYTES // 1024**2} MB."})
        yield taken


def _copied(by: Actor, client: Client, one: Attachable) -> AbstractContextManager[Received]:
    content = content_of(one.stored)
    if one.is_letter:
        paper = render_pdf(letter_paper([lines_of(content)]))
        return produced(paper, f"{one.stored.name.removesuffix('.docx')}.pdf", by=by)
    return receive(SimpleUploadedFile(one.stored.name, content), by=by, file=client)
