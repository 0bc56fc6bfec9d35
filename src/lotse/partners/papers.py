"""A cooperation agreement on paper: who, what each side does, how it ends, lines to sign on."""

from datetime import date

from lotse.documents.rendering import Bullets, Document, Heading, KeyValues, Note, Signatures
from lotse.documents.rendering.spec import Block
from lotse.partners.models import CooperationAgreement
from lotse.partners.patterns import CLOSING, lines

TITLE, EXAMPLE = "Kooperationsvereinbarung", "Muster"
TO_CHECK = "Muster von Lotse, nicht rechtlich geprüft. Bitte anpassen und prüfen lassen."
PARTS = (
    ("presence", "Anwesenheits- und Beratungszeiten"),
    ("events", "Gemeinsame Infoveranstaltungen"),
    ("offer", "Beratung im Kurs"),
    ("at_risk", "Wenn Teilnehmende Unterstützung brauchen"),
)


def cooperation_paper(agreement: CooperationAgreement) -> Document:
    """Until the contract was checked, it says on every sheet that it is an example."""
    house, is_checked = agreement.organisation.name, agreement.checked_on is not None
    return Document(
        title=TITLE,
        blocks=(
            Heading(TITLE),
            *(() if is_checked else (Note(TO_CHECK),)),
            _frame(agreement),
            *_parts(agreement),
            Heading("Allgemeines", 2),
            Bullets(lines(agreement.organisation_id, CLOSING)),
            Signatures(tuple(f"für {name}" for name in (house, *_partners(agreement))), "Ort, Datum"),
        ),
        author=house,
        footer=f"{house} · {agreement}",
        watermark="" if is_checked else EXAMPLE,
    )


def _frame(agreement: CooperationAgreement) -> KeyValues:
    partner = agreement.partner
    rows = [
        ("Zwischen", agreement.organisation.name),
        ("und", ", ".join([partner.name, *partner.address.splitlines()])),
        *(("und", name) for name in _partners(agreement)[1:]),
        ("Worum es geht", agreement.subject),
        ("Ansprechperson bei uns", str(agreement.responsible)),
        ("Ansprechperson beim Partner", agreement.partner_contact),
        ("Gilt", _period(agreement)),
        ("Wir sprechen wieder am", _day(agreement.review_on)),
    ]
    return KeyValues(tuple(rows), columns=1, writable=True)


def _partners(agreement: CooperationAgreement) -> list[str]:
    return [agreement.partner.name, *(party.partner.name for party in agreement.parties.all())]


def _period(agreement: CooperationAgreement) -> str:
    end = f" bis {_day(agreement.valid_to)}" if agreement.valid_to else ", ohne festes Ende"
    return f"ab {_day(agreement.valid_from)}{end}"


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def _parts(agreement: CooperationAgreement) -> list[Block]:
    house, partner = agreement.organisation.name, agreement.partner.name
    sections = (*PARTS, ("our_part", f"Das macht {house}"), ("their_part", f"Das macht {partner}"))
    blocks: list[Block] = []
    for name, title in sections:
        if points := tuple(line.strip() for line in getattr(agreement, name).splitlines() if line.strip()):
            blocks += [Heading(title, 2), Bullets(points)]
    return blocks
