"""Letters and mails that can be read, always for an actor."""

from lotse.casework import rules
from lotse.casework.enums import Act, ConsentState
from lotse.casework.gaps import values_for
from lotse.casework.models import CaseMail, CaseMailFile, Client, Letter, LetterTemplate
from lotse.core.errors import NotAllowed
from lotse.core.finding import found
from lotse.correspondence.models import OutgoingMail
from lotse.documents import blobs
from lotse.documents.letters import filled, lines_of
from lotse.documents.models import StoredFile
from lotse.organisations.actor import Actor

MOST = 100
WAITS = "Diese Datei wartet noch auf die Virenprüfung. Bitte später noch einmal versuchen."


def templates(actor: Actor, only_active: bool = True) -> list[LetterTemplate]:
    rows = LetterTemplate.objects.visible_to(actor).select_related("file").order_by("name", "id")
    return list(rows.filter(is_active=True) if only_active else rows)


def get_template(actor: Actor, public_id: str) -> LetterTemplate:
    return found(LetterTemplate.objects.visible_to(actor).select_related("file"), public_id)


def content_of(stored: StoredFile) -> bytes:
    if not stored.is_readable:
        raise NotAllowed(WAITS)
    return blobs.read(stored.storage_name, stored.public_id)


def written_for(template: LetterTemplate, clients: list[Client], subject: str, text: str) -> dict[Client, bytes]:
    """The Word file for each of them; the template is opened once."""
    content = content_of(template.file)
    return {client: filled(content, values_for(client, subject, text)) for client in clients}


def preview(template: LetterTemplate, client: Client, subject: str, text: str) -> list[str]:
    return lines_of(written_for(template, [client], subject, text)[client])


def letters_of(client: Client, limit: int = 50) -> list[Letter]:
    rows = client.letters.filter(file__deleted_at=None).select_related("file", "template", "written_by")
    return list(rows.order_by("-id")[:limit])


def mails_of(client: Client, limit: int = 50) -> list[CaseMail]:
    rows = client.mails.select_related("outgoing", "partner", "recorded_by").prefetch_related("files__file")
    return list(rows.order_by("-moment", "-id")[:limit])


def get_letter(actor: Actor, client_id: str, public_id: str) -> Letter:
    rows = Letter.objects.visible_to(actor).filter(client__public_id=client_id, file__deleted_at=None)
    return found(rows.select_related("client__site", "client__responsible", "file", "template"), public_id)


def get_mail(actor: Actor, client_id: str, public_id: str) -> CaseMail:
    rows = CaseMail.objects.visible_to(actor).filter(client__public_id=client_id)
    return found(rows.select_related("client"), public_id)


def get_mail_file(actor: Actor, client_id: str, public_id: str) -> CaseMailFile:
    rows = CaseMailFile.objects.visible_to(actor).filter(client__public_id=client_id, file__deleted_at=None)
    return found(rows.select_related("client", "file"), public_id)


def files_of(outgoing: OutgoingMail) -> list[tuple[str, bytes, str]]:
    """What goes along when the mail leaves; one that was deleted since holds it back."""
    rows = CaseMailFile.objects.filter(mail__outgoing=outgoing).select_related("file")
    return [(row.file.name, content_of(row.file), row.file.media_type) for row in rows]


def series_of(actor: Actor, series: str) -> list[Letter]:
    rows = Letter.objects.visible_to(actor).filter(series=series, file__deleted_at=None, client__restricted_on=None)
    return list(rows.exclude(series="").select_related("client", "file", "template").order_by("id"))


def addressees(actor: Actor, limit: int = 300) -> list[Client]:
    """My own people, those who can be written to."""
    mine = Client.objects.visible_to(actor).filter(responsible_id__in=actor.file_holder_ids, restricted_on=None)
    rows = mine.select_related("site", "responsible", "organisation")
    return list(rows.order_by("name_key", "id")[:limit])


def mail_recipients(client: Client) -> list[tuple[str, str]]:
    """Whom one may write to about her, by her consents: herself, and institutions."""
    consents = list(client.consents.filter(state=ConsentState.GIVEN).select_related("recipient"))
    herself = [("", f"{client.full_name} selbst")] if rules.may_mail_client(consents) else []
    partners = {c.recipient.public_id: c.recipient.name for c in consents if c.act == Act.DISCLOSURE and c.recipient}
    return [*herself, *partners.items()]
