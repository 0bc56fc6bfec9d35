"""A report of more or less need on paper, with the figures it was made from."""

from datetime import date
from decimal import Decimal

from lotse.documents.rendering import Document, Heading, KeyValues, Paragraph, Table
from lotse.documents.rendering.spec import Block
from lotse.funding.ledger_words import euro
from lotse.funding.models import NeedReport


def need_paper(report: NeedReport) -> Document:
    title = f"{report.get_kind_display().capitalize()} {report.funding_year}"
    line = str(report.line) if report.line else "mehrere Ausgabenarten"
    rows = [
        ("Träger", report.organisation.name), ("Zuwendung", str(report.grant)),
        ("Gemeldet", f"am {report.reported_on:%d.%m.%Y} von {report.reported_by}"),
        ("Stand", f"geprüft am {report.checked_on:%d.%m.%Y}" if report.checked_on else report.state),
    ]  # fmt: skip
    if report.amount:
        rows += [("Betrag", euro(report.amount)), ("Betrifft", line)]
    reason: list[Block] = [Heading("Begründung", 2), Paragraph(report.reason)] if report.reason else []
    return Document(
        title=title, blocks=(Heading(title), KeyValues(tuple(rows)), *reason, *_basis(report)),
        author=report.organisation.name, footer=f"{report.organisation} · {report.grant} · {report.funding_year}",
    )  # fmt: skip


def _basis(report: NeedReport) -> list[Block]:
    basis = report.basis
    if not basis:
        return []
    header = ("Ausgabenart", "Geplant", "Gebucht", "Prognose", "Wie")
    lines = tuple(
        (one["name"], _euro(one["planned"]), _euro(one["actual"]), _euro(one["expected"]), one["way"])
        for one in basis["lines"]
    )
    sums = (
        ("Zuwendung nach Vertrag oder Plan", _euro(basis["available"])),
        ("Bedarf nach Prognose", _euro(basis["need"])),
    )
    on = date.fromisoformat(basis["on"])
    return [Heading(f"Zahlen vom {on:%d.%m.%Y}", 2), KeyValues(sums), Table(header, lines, (4, 2, 2, 2, 2))]


def _euro(text: str) -> str:
    return euro(Decimal(text))
