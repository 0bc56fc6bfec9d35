"""Templates of the house, letters from them, a mail sent and one that came in."""

from datetime import datetime, time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lotse.casework.actions.letters import file_mail, save_template, send_mail, write_letters
from lotse.casework.enums import Act
from lotse.casework.gaps import NAMES
from lotse.casework.models import Client, LetterTemplate
from lotse.casework.queries.letters import written_for
from lotse.casework.received import attachments_received, letters_received
from lotse.core.ids import new_public_id
from lotse.documents.archives import DOCX
from lotse.documents.intake import receive
from lotse.documents.letters import refuse_unknown
from lotse.documents.mail import read_mail
from lotse.portal.demo.showcase.papers import letter_template, saved_mail
from lotse.portal.demo.showcase.stage import Stage

HEAD = ("{{Beratungsstelle}}", "{{Vorname}} {{Nachname}}\n{{Anschrift}}", "{{Datum}}", "{{Betreff}}")
FOOT = ("Freundliche Grüße", "{{Zuständig}}", "Telefon {{Telefon der Stelle}}")
INVITATION = (*HEAD, "Guten Tag {{Vorname}} {{Nachname}},", "{{Text}}", *FOOT)
CERTIFICATE = (
    *HEAD,
    "hiermit wird bestätigt, dass {{Vorname}} {{Nachname}}, geboren am {{Geburtsdatum}}, hier beraten wird.",
    *FOOT,
)


def tell(stage: Stage) -> None:
    invitation = _template(stage, "Einladung zum Gespräch", INVITATION)
    certificate = _template(stage, "Bescheinigung über die Beratung", CERTIFICATE)
    irina = stage.file(
        "Irina Muster-Demo", "Post verstehen und beantworten.", days=70, contact_language="ru", email="irina@person.example"
    ).client  # fmt: skip
    others = [
        stage.file(name, "Antrag auf Wohngeld.", days=66).client for name in ("Mehmet Beispielow", "Zeynep Probst")
    ]
    _write(stage, certificate, "Bescheinigung für das Jobcenter", "", [irina])
    _write(
        stage,
        invitation,
        "Einladung zum Elterncafé",
        "am Freitag um 15 Uhr laden wir Sie herzlich ein.",
        [irina, *others],
    )
    _mails(stage, irina)


def _template(stage: Stage, name: str, lines: tuple[str, ...]) -> LetterTemplate:
    by, content = stage.helin.actor, letter_template(lines)
    with receive(SimpleUploadedFile(f"{name}.docx", content), by=by, types=(DOCX,)) as received:
        return save_template(by=by, template=None, name=name, gaps=refuse_unknown(content, NAMES), received=received)


def _write(stage: Stage, template: LetterTemplate, subject: str, text: str, clients: list[Client]) -> None:
    by, series = stage.mara.actor, new_public_id() if len(clients) > 1 else ""
    with letters_received(by, written_for(template, clients, subject, text), f"{template.name}.docx") as received:
        write_letters(by=by, template=template, subject=subject, received=received, series=series)


def _mails(stage: Stage, client: Client) -> None:
    by = stage.mara.actor
    stage.consent(client, Act.EMAIL, days=70)
    send_mail(by=by, client=client, subject="Ihr Termin", text="Bitte bringen Sie den Bescheid mit.")
    moment = datetime.combine(stage.ago(3), time(10, 15), timezone.get_current_timezone())
    mail = read_mail(
        saved_mail("Kursplatz frei", "Guten Tag,\nab Montag ist ein Platz frei. Der Plan liegt bei.", moment)
    )
    head = {"address": mail.sender, "subject": mail.subject, "body": mail.text, "moment": mail.sent_at}
    with attachments_received(by, client, mail.attached) as (taken, _refused):
        file_mail(by=by, client=client, received=taken, **head)
