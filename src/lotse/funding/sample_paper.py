"""A sample of receipts as a list to work along."""

from collections.abc import Sequence

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Table
from lotse.funding.models import Sample
from lotse.funding.money_words import plain_euro
from lotse.funding.queries.audits import Drawn

HEAD = ("Nr.", "Träger", "Beleg", "Datum", "an wen, wofür", "Betrag €", "Datei", "geprüft")
AGAIN = "Gezogen wird nach der Reihenfolge der SHA-256-Werte von „Startwert:Kennung“. Wer Startwert und Kennungen hat, zieht dieselben Belege."


def sample_paper(sample: Sample, rows: Sequence[Drawn]) -> Document:
    title = f"Stichprobe {sample.funding_year}"
    about = [
        ("Zuwendung", sample.grant.name), ("Aktenzeichen", sample.grant.reference or "–"),
        ("Träger", sample.carrier.name if sample.carrier else "alle"), ("gezogen am", f"{sample.created_at:%d.%m.%Y}"),
        ("Belege", f"{len(rows)} von {sample.drawn_from}"), ("Startwert", sample.seed or "nach Nummern"),
    ]  # fmt: skip
    body = tuple(_row(number, one) for number, one in enumerate(rows, 1))
    blocks = (Heading(title), KeyValues(tuple(about)), Table(HEAD, body, (1, 4, 3, 2, 6, 2, 2, 2)))
    note = (Note(AGAIN),) if sample.seed else ()
    return Document(
        title=title, blocks=(*blocks, *note), author=sample.grant.organisation.name, landscape=True,
        footer=f"{sample.grant} · {title}",
    )  # fmt: skip


def _row(number: int, one: Drawn) -> tuple[str, ...]:
    entry = one.entry
    return (
        str(number), entry.organisation.name, one.number or "–", f"{entry.on:%d.%m.%Y}", " · ".join(filter(None, [f"{entry.payee}: {entry.reason}", one.measure])),
        plain_euro(entry.amount), "liegt vor" if one.paper else "fehlt", "",
    )  # fmt: skip
