"""What carriers booked this year: salaries, rooms and travel, own share; one entry corrected, two needs reported."""

from datetime import date
from decimal import Decimal

from lotse.funding.actions.ledger import book, correct
from lotse.funding.actions.needs import report_need
from lotse.funding.actions.planning import expect, map_account
from lotse.funding.enums import EntryKind, NeedKind
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.models import BudgetLine, Grant

# Kind of expense, payee, what for, euro a month.
MONTHLY = (
    ("salaries", "Beispiel Personalservice", "Gehälter der Fachkräfte", Decimal("4812.40")),
    ("rooms", "Hausverwaltung Beispiel", "Miete und Nebenkosten", Decimal("650.00")),
)
ONCE = (
    (2, "equipment", "Bürobedarf Beispiel", "Papier und Ordner", Decimal("84.35")),
    (4, "travel", "Verkehrsbetriebe Beispiel", "Fahrkarten", Decimal("126.80")),
    (5, "measures", "Druckerei Beispiel", "Flyer für das Sommerfest", Decimal("240.00")),
    (9, "fees", "Referentin Beispiel", "Vortrag Anerkennung", Decimal("350.00")),
)
NEEDS = (
    (NeedKind.LESS, Decimal("2400.00"), "Eine halbe Stelle war im Sommer unbesetzt."),
    (NeedKind.MORE, Decimal("1800.00"), "Tarifsteigerung ab Mai."),
)


def tell(stage: Stage) -> None:
    grant = Grant.objects.order_by("first_year").last()
    if grant is None:
        return
    lines = {line.key: line for line in grant.lines.all()}
    carriers = Organisation.objects.filter(pk__in=grant.agencies.values("organisation")).order_by("pk")
    for number, carrier in enumerate(carriers):
        _year(stage, grant, carrier, lines, number)
    for carrier, (kind, amount, reason) in zip(carriers, NEEDS, strict=False):
        year = min(max(stage.today.year, grant.first_year), grant.last_year)
        report_need(
            by=stage.district.lead.actor, grant=grant, carrier=carrier, funding_year=year, kind=kind, amount=amount,
            reason=reason,
        )  # fmt: skip


def _year(stage: Stage, grant: Grant, carrier: Organisation, lines: dict[str, BudgetLine], number: int) -> None:
    by, year = stage.district.lead.actor, min(max(stage.today.year, grant.first_year), grant.last_year)
    common = {"by": by, "grant": grant, "carrier": carrier, "funding_year": year}
    spent = [(month, *row) for month in range(1, 13) for row in MONTHLY] + list(ONCE)
    made = []
    for count, (month, key, payee, reason, amount) in enumerate(spent, 1):
        on = date(year, month, 15)
        if on <= stage.today:
            paid = {"amount": amount + number * 10, "payee": payee, "reason": reason, "number": f"{year}-{count:03}"}
            made.append(book(**common, kind=EntryKind.EXPENSE, on=on, line=lines[key], **paid))
    own = {"payee": "Eigenmittel", "reason": "Eigenanteil", "amount": Decimal("3000.00")}
    for month in (3, 6, 9):
        if date(year, month, 1) <= stage.today:
            book(**common, kind=EntryKind.OWN_SHARE, on=date(year, month, 1), **own)
    map_account(by=by, grant=grant, carrier=carrier, account="6310", line=lines["rooms"])
    if number == 0:
        expect(
            **common, line=lines["training"], amount=Decimal("1200.00"), note="Die Fortbildung ist im November gebucht."
        )
        for entry in made[-1:]:
            correct(by=by, entry=entry, why="Zahlendreher", amount=entry.amount + 9)
