"""A proof of use on paper: in the order of the financing plan, with its list of receipts."""

from collections.abc import Sequence

from lotse.documents.rendering import Document, Heading, KeyValues, Note, PageBreak, Paragraph, Signatures, Table
from lotse.documents.rendering.spec import Block
from lotse.funding.models import UseProof
from lotse.funding.money_words import euro, percent, plain_euro, short, signed
from lotse.funding.proof_sheet import Compared, Receipt, Sheet, total

PLAN = ("Plan €", "Ist €", "Unterschied €", "%")
TRUE = "Die Ausgaben waren notwendig, es wurde wirtschaftlich und sparsam verfahren. Die Angaben stimmen mit den Büchern und Belegen überein."


def proof_paper(sheet: Sheet, proof: UseProof, *, is_draft: bool = False) -> Document:
    version = "" if proof.version == 1 else f", Fassung {proof.version}"
    title = f"{sheet.title}: {sheet.prover}"
    blocks: list[Block] = [
        Heading(f"{sheet.title}{version}"),
        _head(sheet, proof),
        Heading("1 Ausgaben", 2),
        _costs(sheet),
    ]
    blocks += [Heading("2 Finanzierung", 2), _funds(sheet), _carriers(sheet), _balance(sheet)]
    blocks += _notes(sheet)
    blocks += _reports(sheet, 4 if sheet.notes else 3)
    blocks += [Paragraph(TRUE), Signatures((sheet.prover,), "Ort, Datum")]
    if proof.is_partial:
        blocks += [PageBreak(), Heading("Belegliste: Ausgaben", 2), _receipts(sheet.expenses, "an wen")]
        blocks += [Heading("Belegliste: Einnahmen", 2), _receipts(sheet.incomes, "von wem")]
    footer = f"{sheet.prover} · {sheet.title}{version}"
    mark = "Entwurf" if is_draft else ""
    return Document(title=title, blocks=tuple(blocks), author=sheet.prover, footer=footer, watermark=mark)


def _head(sheet: Sheet, proof: UseProof) -> KeyValues:
    rows = [
        ("Zuwendung", sheet.grant), ("Aktenzeichen", sheet.reference or "–"), ("Zuwendungsempfänger", sheet.receiver),
        ("Nachweis von", sheet.prover), ("Förderjahr", proof.phase),
        ("Eigenanteil mindestens", f"{short(sheet.own_share_percent)} %"),
    ]  # fmt: skip
    if proof.why_again:
        rows.append(("Neue Fassung, weil", proof.why_again))
    return KeyValues(tuple(rows))


def _row(name: str, line: Compared) -> tuple[str, ...]:
    return (name, plain_euro(line.planned), plain_euro(line.actual), signed(line.difference), percent(line.percent))


def _costs(sheet: Sheet) -> Table:
    rows = [_row(line.label, line) for line in sheet.costs]
    return Table(("Ausgabenart", *PLAN), (*rows, _row("Zusammen", sheet.cost_total)), (6, 3, 3, 3, 2))


def _funds(sheet: Sheet) -> Table:
    rows = [_row(line.name, line) for line in sheet.funds]
    return Table(("Mittel", *PLAN), (*rows, _row("Zusammen", sheet.funds_total)), (6, 3, 3, 3, 2))


def _carriers(sheet: Sheet) -> Table:
    """Of each carrier and year, with its own share in a hundred."""
    head = ("Träger", "Jahr", "Zuwendung €", "eigen €", "andere €", "Ausgaben €", "eigen %")
    rows = [
        (one.carrier, str(one.year), plain_euro(one.granted), plain_euro(one.own_share), plain_euro(one.income),
         plain_euro(one.spent), percent(one.own_percent))
        for one in sheet.carriers
    ]  # fmt: skip
    return Table(head, tuple(rows), (5, 2, 3, 3, 3, 3, 2), "Eigenanteil je Träger und Jahr")


def _balance(sheet: Sheet) -> Note:
    if not sheet.left:
        return Note("Es ist nichts übrig.")
    words = "nicht verbraucht" if sheet.left > 0 else "mehr ausgegeben als eingegangen"
    return Note(f"{euro(abs(sheet.left))} {words}.")


def _notes(sheet: Sheet) -> list[Block]:
    if not sheet.notes:
        return []
    return [Heading("3 Erläuterungen", 2), KeyValues(tuple((one.name, one.text) for one in sheet.notes), columns=1)]


def _reports(sheet: Sheet, number: int) -> list[Block]:
    rows = tuple(
        (one.agency, str(one.year), one.title or "fehlt", f"{one.on:%d.%m.%Y}" if one.on else "–")
        for one in sheet.reports
    )
    head = ("Integrationsagentur", "Jahr", "Bericht", "freigegeben")
    return [Heading(f"{number} Sachberichte", 2), Table(head, rows, (6, 2, 6, 3))]


def _receipts(rows: Sequence[Receipt], who: str) -> Table | Paragraph:
    if not rows:
        return Paragraph("Keine.")
    body = [
        (str(one.place), one.number or "–", f"{one.on:%d.%m.%Y}", one.payee, _words(one), plain_euro(one.counts))
        for one in rows
    ]
    end = ("", "", "", "", "Zusammen", plain_euro(total(rows)))
    return Table(("Nr.", "Beleg", "Datum", who, "wofür", "Betrag €"), (*body, end), (1, 3, 2, 4, 5, 2))


def _words(one: Receipt) -> str:
    parts = [one.reason, one.line, one.remark]
    return " · ".join(part for part in parts if part)
