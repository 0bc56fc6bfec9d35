"""The letter of access (Art. 15): what is stored, why, for how long, who gets it, who has read it. And the same as tables."""

from collections.abc import Iterable

from django.utils import timezone

from lotse.casework.models import Client, DataSubjectRequest
from lotse.casework.queries.data_copy import Record, Section
from lotse.documents.queries import retention_of
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Table
from lotse.documents.rendering.sheets import Sheet
from lotse.documents.rendering.spec import Block

LISTS = {"log": ("wann", "was"), "files": ("Dateiname", "Art", "abgelegt am")}
RIGHTS = (
    "Sie können verlangen, dass falsche Angaben berichtigt werden (Art. 16), dass Ihre Daten gelöscht werden (Art. 17) oder"
    " dass wir sie nur noch aufbewahren (Art. 18). Sie können der Verarbeitung widersprechen (Art. 21), Ihre Daten mitnehmen"
    " (Art. 20) und jede Einwilligung widerrufen, ohne Grund und ohne Nachteil. Sie können sich bei der Aufsichtsbehörde für"
    " den Datenschutz beschweren."
)
MASKED = "Angaben über andere Menschen sind ersetzt, weil sie diesen Menschen gehören. Von Mitarbeitenden nennen wir den Namen."


def access_letter(client: Client, request: DataSubjectRequest, sections: Iterable[Section]) -> Document:
    blocks: list[Block] = [Heading("Auskunft über Ihre Daten"), *_opening(client, request)]
    for section in sections:
        blocks += [Heading(section.title, 2), *_body(section)]
    return Document(
        title="Auskunft über Ihre Daten",
        blocks=tuple(blocks),
        author=client.site.name,
        footer=f"{client.site.name} · Akte {client.number}",
    )


def _opening(client: Client, request: DataSubjectRequest) -> list[Block]:
    head = (
        ("für", client.full_name),
        ("Antrag vom", f"{request.received_on:%d.%m.%Y}"),
        ("Stand", f"{timezone.localdate():%d.%m.%Y}"),
        ("verantwortlich", client.organisation.name),
    )
    return [
        KeyValues(head),
        Heading("Wozu und wie lange", 2),
        Paragraph(
            "Wir speichern Ihre Daten, um Sie zu beraten und zu begleiten. Grundlage sind Ihre Vereinbarung mit uns und Ihre"
            " Einwilligungen. Die Angaben kommen von Ihnen oder sind in der Beratung entstanden; wir entscheiden nichts"
            " automatisch. An wen etwas weitergegeben wurde, steht unten bei den Einwilligungen und Übergaben."
        ),
        Paragraph(_period(client)),
        Paragraph(RIGHTS),
        Paragraph(MASKED),
    ]


def _period(client: Client) -> str:
    period = retention_of(client.organisation_id)["client_file"]
    end = "des Jahres, in dem die Beratung endet" if period.from_end_of_year else "der Beratung"
    return f"Die Akte wird {period.months} Monate nach dem Ende {end} gelöscht."


def _body(section: Section) -> list[Block]:
    if header := LISTS.get(section.key):
        rows = tuple(tuple(value.text for value in record) for record in section.records)
        return [Table(header, rows, (1, 4) if len(header) == 2 else (3, 2, 2))]
    blocks: list[Block] = []
    for number, record in enumerate(section.records, start=1):
        if len(section.records) > 1:
            blocks.append(Heading(f"{number} von {len(section.records)}", 3))
        blocks.append(KeyValues(tuple((value.label, value.text) for value in record), columns=1))
    return blocks


def as_sheets(sections: Iterable[Section]) -> list[Sheet]:
    """One table for each section, a column for everything that any of its rows says."""
    return [_sheet(section) for section in sections]


def _sheet(section: Section) -> Sheet:
    labels = list(dict.fromkeys(value.label for record in section.records for value in record))
    return Sheet(section.title, labels, [_row(record, labels) for record in section.records])


def _row(record: Record, labels: list[str]) -> list[str]:
    texts = {value.label: value.text for value in record}
    return [texts.get(label, "") for label in labels]
