"""Letters and mails of a file. Their bytes are checked and stored before the transaction (`documents.intake`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.casework import rules
from lotse.casework.actions.file import open_active_file, save_checked
from lotse.casework.enums import MailDirection
from lotse.casework.models import CaseMail, CaseMailFile, Client, Letter, LetterTemplate
from lotse.casework.queries.letters import WAITS, files_of
from lotse.correspondence.letters import letter
from lotse.correspondence.outbox import queue_mail
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason, ScanState
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.partners.models import Partner

MESSAGE = letter(
    "casework.message", "Nachricht aus der Beratung", subject="Nachricht Ihrer Beratungsstelle",
    template="casework/letters/message.txt", is_secret=True, attachments=files_of,
)  # fmt: skip
NO_CONSENT = "E-Mails bekommt nur, wer dem zugestimmt hat. Bitte zuerst die Einwilligung festhalten."
NO_DISCLOSURE = "An diese Stelle geht nur etwas mit einer Einwilligung zur Weitergabe an sie."
NO_ADDRESS = "Hier fehlt eine E-Mail-Adresse. Bitte tragen Sie sie zuerst ein."


@action("letter_template.saved", "hat eine Briefvorlage gespeichert")
def save_template(
    *, by: Actor, template: LetterTemplate | None, name: str, gaps: Sequence[str], received: Received
) -> LetterTemplate:
    require(by.may(Permission.MANAGE_TEXTS))
    require(template is None or template.organisation_id == by.organisation_id)
    former = template.file if template else None
    kept = template or LetterTemplate(organisation_id=by.organisation_id)
    kept.name, kept.gaps, kept.is_active = name, list(gaps), True
    kept.file = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    save_checked(kept)
    if former:
        delete_file(by=by, stored=former, reason=DeletionReason.EXPIRED)
    record(kept)
    return kept


@action("letter_template.switched", "hat eine Briefvorlage an- oder ausgeschaltet")
def switch_template(*, by: Actor, template: LetterTemplate, is_active: bool) -> LetterTemplate:
    require(by.may(Permission.MANAGE_TEXTS) and template.organisation_id == by.organisation_id)
    template.is_active = is_active
    template.save(update_fields=["is_active"])
    record(template, fields=["is_active"])
    return template


@action("letter.written", "hat einen Brief geschrieben")
def write_letters(
    *, by: Actor, template: LetterTemplate, subject: str, received: Mapping[Client, Received], series: str = ""
) -> list[Letter]:
    """One for each client, or none."""
    require(template.organisation_id == by.organisation_id)
    return [_write_letter(by, template, client, subject, one, series) for client, one in received.items()]


def _write_letter(
    by: Actor, template: LetterTemplate, client: Client, subject: str, received: Received, series: str
) -> Letter:
    fresh = open_active_file(by, client)
    stored = keep_file(by=by, received=received, compartment=Compartment.CASE, retention="with_owner")
    written = Letter(
        organisation_id=fresh.organisation_id, client=fresh, template=template, file=stored, subject=subject,
        written_by_id=by.person_id, series=series,
    )  # fmt: skip
    save_checked(written)
    record(written, file=fresh)
    return written


@action("letter.deleted", "hat einen Brief gelöscht")
def delete_letter(*, by: Actor, written: Letter, reason: DeletionReason) -> None:
    client = open_active_file(by, written.client)
    delete_file(by=by, stored=written.file, reason=reason, file=client)
    record(written, file=client, reason=str(reason))


@action("case_mail.sent", "hat eine E-Mail verschickt")
def send_mail(
    *,
    by: Actor,
    client: Client,
    subject: str,
    text: str,
    partner: Partner | None = None,
    attached: Collection[Received] = (),
) -> CaseMail:
    """To the client with her consent to this channel, to an institution with her consent to tell it something."""
    fresh = open_active_file(by, client)
    address = _address(fresh, partner, by)
    unchecked = [one.name for one in attached if one.scan_state == ScanState.QUARANTINED]
    refuse_if(bool(unchecked), f"{', '.join(unchecked)}: {WAITS}", "uploads")
    outgoing = queue_mail(
        MESSAGE, organisation_id=fresh.organisation_id, to=address,
        values={"subject": subject, "text": text, "who": by.label, "site": fresh.site.name},
    )  # fmt: skip
    mail = CaseMail(
        organisation_id=fresh.organisation_id, client=fresh, direction=MailDirection.OUT, partner=partner, address=address,
        subject=subject, body=text, moment=timezone.now(), recorded_by_id=by.person_id, outgoing=outgoing,
    )  # fmt: skip
    save_checked(mail)
    _keep_along(by, mail, attached)
    record(mail, file=fresh, files=len(attached))
    return mail


def _keep_along(by: Actor, mail: CaseMail, received: Iterable[Received]) -> None:
    """What came or went with a mail stays with it, in a copy of its own."""
    for one in received:
        stored = keep_file(by=by, received=one, compartment=Compartment.CASE, retention="with_owner")
        row = CaseMailFile(organisation_id=mail.organisation_id, client_id=mail.client_id, mail=mail, file=stored)
        save_checked(row)


def _address(client: Client, partner: Partner | None, by: Actor) -> str:
    consents = list(client.consents.all())
    if partner is None:
        refuse_if(not rules.may_mail_client(consents), NO_CONSENT)
    else:
        require(partner.organisation_id == by.organisation_id)
        refuse_if(not rules.disclosure_is_covered(consents, partner.pk), NO_DISCLOSURE, "to")
    address = partner.email if partner else client.email
    refuse_if(not address, NO_ADDRESS, "to")
    return address


@action("case_mail.filed", "hat eine E-Mail abgelegt")
def file_mail(*, by: Actor, client: Client, received: Iterable[Received], left_out: str = "", **head: Any) -> CaseMail:
    fresh = open_active_file(by, client)
    mail = CaseMail(
        organisation_id=fresh.organisation_id, client=fresh, direction=MailDirection.IN, recorded_by_id=by.person_id,
        left_out=left_out, **head,
    )  # fmt: skip
    save_checked(mail)
    _keep_along(by, mail, received)
    record(mail, file=fresh)
    return mail


@action("case_mail.deleted", "hat eine abgelegte E-Mail gelöscht")
def delete_mail(*, by: Actor, mail: CaseMail, reason: DeletionReason) -> None:
    """What was sent stays: it is out of the house."""
    client = open_active_file(by, mail.client)
    refuse_if(mail.direction == MailDirection.OUT, "Was verschickt wurde, bleibt in der Akte.")
    files = [attached.file for attached in mail.files.select_related("file")]
    record(mail, file=client, reason=str(reason))
    mail.delete()
    for stored in files:
        delete_file(by=by, stored=stored, reason=reason, file=client)
