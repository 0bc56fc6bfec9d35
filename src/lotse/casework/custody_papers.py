"""The receipt that the client takes along, and the one she signs when she gets her things back."""

from lotse.casework.documents import day
from lotse.casework.models import ClientProperty
from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Signatures

RECEIVED = "Wir haben das Folgende zur Aufbewahrung erhalten. Es bleibt Ihr Eigentum; Sie bekommen es jederzeit zurück."
RETURNED = "Ich habe das Folgende zurückbekommen."


def receipt(item: ClientProperty) -> Document:
    """Once it has gone back, the same sheet is the proof of the return."""
    is_back = item.returned_on is not None
    title = "Rückgabe von Eigentum" if is_back else "Empfangsbestätigung"
    labels = ("Unterschrift Klient*in", "Unterschrift Beratungsstelle")
    blocks = (
        Heading(title),
        Paragraph(RETURNED if is_back else RECEIVED),
        _facts(item),
        Signatures(labels, "Ort, Datum"),
    )
    site = item.client.site.name
    return Document(title=title, blocks=blocks, author=site, footer=f"{site} · {item.client.number}")


def _facts(item: ClientProperty) -> KeyValues:
    rows = [
        ("Name", item.client.full_name),
        ("Was", item.description),
        ("Wozu", item.reason),
        ("Erhalten am", day(item.received_on)),
        ("Angenommen von", str(item.received_by)),
        ("Zurückgegeben am", day(item.returned_on)),
        ("Zurückgegeben an", item.returned_to),
        ("Zurückgegeben von", str(item.returned_by or "")),
    ]
    return KeyValues(tuple((label, value) for label, value in rows if value), columns=1)
