"""The letter with which the district tells the authority of a change, or asks for its consent."""

from django.utils.formats import number_format

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph, Signatures, Spacer
from lotse.funding.enums_staff import ProcessCode, ProcessKind
from lotse.funding.models import ChangeProcess

EXAMPLE = "Beispielwortlaut. Maßgeblich sind die Vorgaben der Bewilligungsbehörde."
TITLES = {ProcessKind.NOTIFY: "Anzeige einer Änderung", ProcessKind.CONSENT: "Antrag auf vorherige Zustimmung"}
SAID = {
    ProcessKind.NOTIFY: "hiermit zeigen wir für den unten genannten Träger die folgende Änderung an.",
    ProcessKind.CONSENT: "hiermit beantragen wir für den unten genannten Träger Ihre vorherige Zustimmung zu der folgenden Änderung.",
}
OF_NEWCOMER = (ProcessCode.NEW_HIRE, ProcessCode.DEVIATING_QUALIFICATION)


def change_letter(process: ChangeProcess) -> Document:
    change, kind = process.change, ProcessKind(process.kind)
    house, authority = change.grant.organisation, change.grant.authority
    to = f"{authority.name}\n{authority.address}".strip() if authority else "–"
    blocks = (
        Heading(TITLES[kind]), KeyValues((("An", to), ("Von", house.name), *_reference(process)), columns=1),
        Paragraph(f"Sehr geehrte Damen und Herren,\n\n{SAID[kind]}"), KeyValues(tuple(_facts(process)), columns=1),
        Paragraph("Mit freundlichen Grüßen"), Spacer(10), Signatures((house.name,), "Ort, Datum"), Note(EXAMPLE),
    )  # fmt: skip
    return Document(title=TITLES[kind], blocks=blocks, author=house.name, footer=f"{house.name} · {change.grant}")


def _reference(process: ChangeProcess) -> list[tuple[str, str]]:
    grant = process.change.grant
    number = [("Aktenzeichen", grant.reference)] if grant.reference else []
    return [*number, ("Zuwendung", f"{grant} ({grant.phase})")]


def _facts(process: ChangeProcess) -> list[tuple[str, str]]:
    change = process.change
    rows = [
        ("Vorgang", process.get_code_display()), ("Träger", change.organisation.name),
        ("Integrationsagentur", change.agency.name), ("Stelle", str(change.post or "")),
        ("Wirksam ab", f"{process.effective_from:%d.%m.%Y}"),
        ("Bis", f"{change.effective_until:%d.%m.%Y}" if change.effective_until else ""), *_people(process),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def _people(process: ChangeProcess) -> list[tuple[str, str]]:
    """Of whom this process is about: who comes, else whose post it is."""
    change = process.change
    if process.code in OF_NEWCOMER and change.newcomer_from:
        instead = str(change.share.person) if change.share else ""
        fte = number_format(change.newcomer_fte, 2)
        return [
            ("Neue Person", change.coming),
            ("Stellenumfang (VZÄ)", fte),
            ("Vertretung oder Nachfolge für", instead),
        ]
    person = str(change.share.person) if change.share else ""
    return [("Person", person), ("Stellenumfang (VZÄ)", _hours(change.fte_before, change.fte_after))]


def _hours(before: object, after: object) -> str:
    known = [number_format(value, 2) for value in (before, after) if value is not None]
    return ", künftig ".join(known)
