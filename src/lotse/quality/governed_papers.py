"""A version on paper, with the head that says what it is; who has read it as a table."""

from collections.abc import Sequence

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph
from lotse.documents.rendering.sheets import Sheet
from lotse.quality.models import GovernedVersion
from lotse.quality.queries.governed import Reader

NOTE = "Aufgeführt sind Mitarbeitende mit Konto, für die das Dokument gilt, und wer es früher bestätigt hat."


def version_paper(version: GovernedVersion) -> Document:
    document, house = version.document, version.document.organisation.name
    word, _tone = version.stage
    change = (Note(f"Was sich ändert: {version.change_note}"),) if version.change_note else ()
    return Document(
        title=document.title,
        blocks=(Heading(document.title), KeyValues(_head(version)), *change, Paragraph(version.text)),
        author=house,
        footer=f"{house} · {document} · {version}",
        watermark="" if version.is_holding else word.capitalize(),
    )


def _head(version: GovernedVersion) -> tuple[tuple[str, str], ...]:
    document = version.document
    days = {
        "Freigegeben am": version.approved_on, "Gilt ab": version.valid_from, "Zu prüfen bis": version.review_on,
    }  # fmt: skip
    return (
        ("Art", str(document.get_kind_display())), ("Nummer", document.number), ("Fassung", str(version.number)),
        ("Geschrieben von", str(version.written_by)), ("Freigegeben von", str(version.approved_by or "")),
        *((label, f"{day:%d.%m.%Y}" if day else "") for label, day in days.items()),
        ("Verantwortlich", str(document.owner)),
    )  # fmt: skip


def readers_sheet(version: GovernedVersion, rows: Sequence[Reader]) -> Sheet:
    about = f"{version.document}, {version}"
    said = [
        (row.person.last_name, row.person.first_name, row.acknowledgement.at if row.acknowledgement else "noch nicht")
        for row in rows
    ]
    return Sheet("Gelesen und verstanden", ("Name", "Vorname", "Gelesen und verstanden am"), said, (about, NOTE))
