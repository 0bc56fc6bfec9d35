"""Papers about money on its way: contract, amendment, call of funds, movements. The words of the contract are an example."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from lotse.documents.rendering import Document, Heading, KeyValues, Note, Paragraph, Signatures, Spacer, Table
from lotse.funding.models import CallOfFunds, CallShare, ForwardingContract
from lotse.funding.queries.contracts import Paper
from lotse.funding.queries.movements import PILES, POTS, Movement, sum_of
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant

NOTHING = Decimal(0)
MOVED = ("Datum", "Art", "Wofür", "Betrag", "Beim Empfänger danach", "Beim Träger danach")
EXAMPLE = (
    "Beispieltext. Er ersetzt keine rechtliche Prüfung: Maßgeblich sind der Zuwendungsbescheid, seine Nebenbestimmungen "
    "und die Vertragsmuster des Zuwendungsgebers."
)


def euro(amount: Decimal) -> str:
    """1.234,50 €"""
    return f"{amount:,.2f} €".translate(str.maketrans(",.", ".,"))


def contract(made: ForwardingContract, said: Paper) -> Document:
    return _agreement("Weiterleitungsvertrag", made, said, _terms(made))


def amendment(made: ForwardingContract, said: Paper, before: Paper) -> Document:
    changed = dict(before.amounts)
    terms = (
        ("1 Anlass", said.paper.reason),
        ("2 Änderung", "Statt der bisher vereinbarten Beträge gelten die oben genannten, sobald beide unterschrieben haben. "
            f"Bisher: {', '.join(f'{year}: {euro(amount)}' for year, amount in changed.items())}."),
        ("3 Im Übrigen", "Alles andere im Weiterleitungsvertrag gilt weiter."),
    )  # fmt: skip
    title = f"{said.paper} zum Weiterleitungsvertrag"
    return _agreement(title, made, said, terms)


def _agreement(title: str, made: ForwardingContract, said: Paper, terms: Iterable[tuple[str, str]]) -> Document:
    grant = made.grant
    rows = [(str(year), euro(amount)) for year, amount in said.amounts]
    blocks = [
        Heading(title),
        Note(EXAMPLE),
        KeyValues(
            (("Zuwendungsempfänger", grant.organisation.name), ("Träger", made.organisation.name), *_about(grant))
        ),
        Heading("Beträge", 2),
        Table(("Förderjahr", "Höchstens"), (*rows, ("Zusammen", euro(said.sum))), (2, 3)),
        *[block for head, text in terms for block in (Heading(head, 2), Paragraph(text))],
        Spacer(12),
        Signatures(("für den Zuwendungsempfänger", "für den Träger"), "Ort, Datum"),
    ]
    return Document(
        title,
        tuple(blocks),
        author=grant.organisation.name,
        footer=f"{grant} · {made.organisation}",
        watermark="Beispiel",
    )


def _about(grant: Grant) -> tuple[tuple[str, str], ...]:
    authority = grant.authority.name if grant.authority else ""
    return (
        ("Zuwendung", str(grant)), ("Aktenzeichen", grant.reference), ("Bewilligungsbehörde", authority), ("Förderjahre", grant.phase),
    )  # fmt: skip


def _terms(made: ForwardingContract) -> tuple[tuple[str, str], ...]:
    grant = made.grant
    return (
        ("1 Gegenstand", "Der Zuwendungsempfänger leitet die Zuwendung für die Integrationsagenturen des Trägers weiter, je "
            "Förderjahr höchstens in der genannten Höhe und nur, soweit sie bewilligt und eingegangen ist."),
        ("2 Bedingungen der Förderung", "Der Zuwendungsbescheid und die Allgemeinen Nebenbestimmungen für Zuwendungen zur "
            "Projektförderung (ANBest-P) gelten auch für den Träger."),
        ("3 Eigenanteil", f"Der Träger bringt in jedem Förderjahr mindestens {_percent(grant.own_share_percent)} Prozent der "
            "Gesamtfinanzierung selbst auf."),
        ("4 Abruf und Verwendung", f"Abgerufenes Geld ist binnen {grant.spend_within_days} Tagen nach dem Eingang zu verwenden. Was "
            "nicht gebraucht wird, zahlt der Träger zurück."),
        ("5 Nachweis", "Der Träger weist die Verwendung dem Zuwendungsempfänger mit einem Sachbericht und einem zahlenmäßigen "
            "Nachweis mit Belegliste nach."),
        ("6 Belege und Prüfung", f"Belege bleiben {grant.retention_years} Jahre nach dem Förderjahr erhalten. Zuwendungsempfänger, "
            "Bewilligungsbehörde und Rechnungshof dürfen prüfen."),
        ("7 Mitteilungen", "Änderungen bei Stellen und Personal teilt der Träger vorher dem Zuwendungsempfänger mit. Er wendet "
            "sich nicht selbst an die Bewilligungsbehörde."),
    )  # fmt: skip


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def call(made: CallOfFunds, shares: Sequence[CallShare]) -> Document:
    grant, title = made.grant, f"{made} – {made.grant}"
    rows = [(share.carrier.name, euro(share.amount)) for share in shares]
    total = sum((share.amount for share in shares), NOTHING)
    days = f"{made.spend_from:%d.%m.%Y} bis {made.spend_until:%d.%m.%Y}"
    about = (("Zuwendungsempfänger", grant.organisation.name), *_about(grant), ("Förderjahr", str(made.funding_year)))
    blocks = (
        Heading(f"Mittelabruf vom {made.called_on:%d.%m.%Y}"),
        KeyValues((*about, ("Zu verwenden", days), ("Angeforderter Betrag", euro(total)))),
        Table(("Träger", "Betrag"), (*rows, ("Zusammen", euro(total))), (3, 1)),
        Paragraph(
            f"Die Mittel werden für Ausgaben benötigt, die binnen {grant.spend_within_days} Tagen nach dem Eingang fällig sind."
        ),
        Spacer(12),
        Signatures(("für den Zuwendungsempfänger",), "Ort, Datum"),
    )
    return Document(title, blocks, author=grant.organisation.name, footer=str(grant))


def movements(
    grant: Grant, carrier: Organisation, rows: Sequence[Movement], on: date, year: int | None, pot: str
) -> Document:
    title, total = f"Geldbewegungen {carrier}", sum_of(rows, pot)
    lines = [(f"{row.on:%d.%m.%Y}", row.kind, row.about or "–", *_amounts(row)) for row in rows]
    last = () if total is None else (("", (POTS | PILES)[pot], "Summe", euro(total), "", ""),)
    about = (("Zuwendung", str(grant)), ("Stand", f"{on:%d.%m.%Y}"), ("Förderjahr", str(year or grant.phase)))
    blocks = (Heading(title), KeyValues(about), Table(MOVED, (*lines, *last), (3, 4, 7, 4, 4, 4)))
    return Document(title, blocks, author=grant.organisation.name, footer=f"{grant} · {carrier}", landscape=True)


def _amounts(row: Movement) -> tuple[str, str, str]:
    return euro(row.amount), euro(row.with_receiver), euro(row.with_carrier)
