"""Papers that a house needs for data protection, filled with what Lotse knows. Examples: the controller decides."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from lotse.documents.queries import retention_of
from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph, Signatures, Table
from lotse.documents.rendering.spec import Block
from lotse.organisations.models import Organisation
from lotse.organisations.roles import ROLES

EXAMPLE = "Muster"
TO_CHECK = "Muster, ausgefüllt mit dem, was Lotse weiß. Bitte mit der Datenschutzbeauftragten prüfen und ergänzen."
TO_WRITE = ""


@dataclass(frozen=True)
class Paper:
    key: str
    title: str
    build: Callable[[Organisation], tuple[Block, ...]]


def paper(key: str, organisation: Organisation) -> Document | None:
    found = PAPERS.get(key)
    if found is None:
        return None
    blocks = (Heading(found.title), Note(TO_CHECK), *found.build(organisation))
    footer = f"{organisation.name} · Stand {timezone.localdate():%d.%m.%Y}"
    return Document(title=found.title, blocks=blocks, author=organisation.name, footer=footer, watermark=EXAMPLE)


def _head(organisation: Organisation) -> KeyValues:
    rows = (
        ("Verantwortlich", organisation.name),
        ("Anschrift", organisation.address.replace("\n", ", ")),
        ("Kontakt", ", ".join(part for part in (organisation.phone, organisation.email) if part)),
        ("Vertreten durch", TO_WRITE),
        ("Datenschutzbeauftragte*r", TO_WRITE),
    )
    return KeyValues(rows, columns=1, writable=True)


# --- register of processing (Art. 30) -----------------------------------------------------------------------------
ACTIVITIES = (
    ("Beratung und Fallsteuerung", "Art. 6 Abs. 1 b, Art. 9 Abs. 2 a", "Ratsuchende, Angehörige im Haushalt",
     "Stammdaten, Aufenthalt, Sprache, Ausbildung, Ziele, Notizen; Gesundheit nur mit eigener Einwilligung"),
    ("Einmalige Anfragen", "keine Personendaten", "–", "Thema, Kontaktweg, Ergebnis ohne Namen"),
    ("Weitergabe an Kooperationspartner", "Art. 6 Abs. 1 a", "Ratsuchende", "was die Einwilligung je Empfänger nennt"),
    ("Statistik und Nachweis", "Art. 6 Abs. 1 f", "–", "Zahlen, kleine Werte ausgeblendet"),
    ("Zugänge und Protokoll", "Art. 6 Abs. 1 c, § 22 BDSG", "Mitarbeitende", "Name, Rolle, Zugriffe auf Akten"),
)  # fmt: skip
MEASURES = (
    "Zugriff nur für zuständige Personen, Vertretung und Fachleitung der Stelle; Systemadministration sieht keine Akten.",
    "Vertrauliche Texte und Dateien liegen verschlüsselt, mit eigenem Schlüssel je Organisation.",
    "Jedes Lesen und Ändern einer Akte steht im Protokoll; es lässt sich nicht nachträglich ändern.",
    "Zweiter Faktor bei der Anmeldung, Abmeldung ohne Eingabe, zwei Personen für Rechte und für Löschläufe.",
    "Sicherungen ohne Hauptschlüssel; nach einer Wiederherstellung werden Löschungen und Widerrufe nachgeholt.",
)


def _register(organisation: Organisation) -> tuple[Block, ...]:
    header = ("Tätigkeit", "Rechtsgrundlage", "Wessen Daten", "Welche Daten")
    return (
        _head(organisation),
        Heading("Tätigkeiten", 2),
        Table(header, ACTIVITIES, (3, 3, 3, 5)),
        Heading("Löschfristen", 2),
        _periods(organisation),
        Heading("Wer Zugang hat", 2),
        _access(),
        Heading("Empfänger und Auftragsverarbeitung", 2),
        KeyValues((("Betrieb der Server", TO_WRITE), ("Versand von E-Mail", TO_WRITE)), columns=1, writable=True),
        Heading("Technische und organisatorische Maßnahmen", 2),
        *(Paragraph(f"– {measure}") for measure in MEASURES),
    )


def _periods(organisation: Organisation) -> Table:
    known = [c for c in retention_of(organisation.pk).values() if c.months is not None]
    rows = tuple(
        (c.label, c.starts, f"{c.months} Monate", "Vorschlag" if c.is_default else "entschieden") for c in known
    )
    return Table(("Daten", "ab", "Frist", "Stand"), rows, (4, 4, 3, 3))


def _access() -> Table:
    """Roles with a right of their own; what they open is said in their description."""
    rows = tuple((role.name, role.description) for role in ROLES.values() if role.permissions)
    return Table(("Rolle", "Zugang"), rows, (3, 7))


# --- assessment of consequences (Art. 35) -------------------------------------------------------------------------
RISKS = (
    ("Unbefugte lesen Akten", "hoch", "Need-to-know, Leseprotokoll, zweiter Faktor, Einblick im Notfall nur zu zweit"),
    ("Daten gehen verloren", "mittel", "Sicherung, Probe der Wiederherstellung"),
    ("Daten werden zu lange gehalten", "mittel", "Fristen, Löschlauf durch zwei Personen, Löschregister"),
    ("Weitergabe ohne Einwilligung", "hoch", "Einwilligung je Empfänger, Widerruf wirkt sofort"),
    ("Rückschluss aus kleinen Zahlen", "mittel", "Ausblenden kleiner Werte, auch gegen Abziehen"),
    ("Anordnung oder Beschlagnahme", "hoch", "sparsame Angaben, Verschlüsselung, rechtliche Prüfung"),
)


def _assessment(organisation: Organisation) -> tuple[Block, ...]:
    return (
        _head(organisation),
        Heading("Warum eine Folgenabschätzung nötig ist", 2),
        Paragraph(
            "Verarbeitet werden Angaben schutzbedürftiger Menschen in größerem Umfang, darunter besondere Kategorien nach"
            " Art. 9 (Gesundheit, Herkunft). Das spricht für ein hohes Risiko (Art. 35 Abs. 1 und 3 b)."
        ),
        Heading("Beschreibung und Notwendigkeit", 2),
        Paragraph(
            "Erfasst wird nur, was für den nächsten Schritt gebraucht wird; Teil A erst nach Vereinbarung und Einwilligung."
        ),
        Heading("Risiken und Maßnahmen", 2),
        Table(
            ("Risiko", "vor Maßnahmen", "Maßnahmen in Lotse", "verbleibend"),
            tuple((*risk, "") for risk in RISKS),
            (4, 2, 5, 2),
        ),
        Heading("Ergebnis", 2),
        KeyValues(
            (
                ("Stellungnahme Datenschutz", ""),
                ("Sicht der Betroffenen", ""),
                ("Entscheidung", ""),
                ("Nächste Prüfung", ""),
            ),
            columns=1,
            writable=True,
        ),
    )


# --- secrecy obligation (§ 203 StGB) ------------------------------------------------------------------------------
def _secrecy(organisation: Organisation) -> tuple[Block, ...]:
    return (
        KeyValues((("Auftraggeber", organisation.name), ("Name", ""), ("Tätigkeit", "")), columns=1, writable=True),
        Paragraph(
            "Ich wirke an der Arbeit von Menschen mit, die nach § 203 StGB zur Verschwiegenheit verpflichtet sind. Was ich dabei"
            " über Ratsuchende erfahre, auch nur dass jemand beraten wird, halte ich geheim. Das gilt auch nach dem Ende meiner"
            " Tätigkeit und gegenüber Kolleg*innen, die es nicht wissen müssen."
        ),
        Paragraph(
            "Ich verschaffe mir Kenntnis nur, soweit es für meine Aufgabe nötig ist. Weitere Personen ziehe ich nur hinzu, wenn"
            " der Auftraggeber zustimmt und sie ebenso verpflichtet sind. Ich wurde belehrt, dass ein Bruch strafbar ist"
            " (§ 203 Abs. 4 StGB) und dass Sozialdaten nur zu dem Zweck verwendet werden, zu dem sie übermittelt wurden"
            " (§ 78 SGB X)."
        ),
        Signatures(("Verpflichtete Person", "Für den Auftraggeber"), "Ort, Datum"),
    )


PAPERS = {
    found.key: found
    for found in (
        Paper("verzeichnis", "Verzeichnis der Verarbeitungstätigkeiten", _register),
        Paper("folgenabschaetzung", "Datenschutz-Folgenabschätzung", _assessment),
        Paper("verschwiegenheit", "Verpflichtung zur Verschwiegenheit", _secrecy),
    )
}
