"""Entries from a carrier's bookkeeping, as a table. What was taken over is taken back, never deleted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from lotse.auditlog.door import record_each
from lotse.core.fields import parse_euros
from lotse.core.search import fold
from lotse.documents.tables import Value
from lotse.funding import rules
from lotse.funding.enums import EntryKind
from lotse.funding.models import AccountMapping, LedgerEntry
from lotse.funding.queries.entries import costs_of, numbers_of
from lotse.funding.queries.grants import carriers, grants
from lotse.funding.queries.places import posts_of
from lotse.funding.rules import Cost, is_one_cost
from lotse.imports.kinds import Column, Kind, Row
from lotse.imports.values import Day, Desk, OneOf, Plain, Whole, Words, as_text
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Organisation, Post
from lotse.programmes.models import BudgetLine, Grant, GrantAgency

BOOKED = "schon gebucht"
TWICE = "Die Belegnummer steht schon in Zeile {}."
TWIN = "Am {:%d.%m.%Y} ist schon dasselbe gebucht."
TWIN_ROW = "Dasselbe steht schon in Zeile {}."
ACKNOWLEDGED = "beim Übernehmen der Tabelle bestätigt"
UNDONE = "Übernahme aus der Tabelle zurückgenommen"
NO_LINE = "Bitte eine Ausgabenart oder ein zugeordnetes Konto angeben."
UNKNOWN_LINE = "„{}“ ist keine Ausgabenart dieser Zuwendung."
UNKNOWN_ACCOUNT = "Das Konto {} ist noch keiner Ausgabenart zugeordnet."
UNKNOWN_POST = "„{}“ ist keine Stelle dieses Trägers."
WRONG_YEAR = "Das Jahr {} gehört nicht zur Förderphase."
NO_AGENCY = "Dieser Träger hat in dieser Zuwendung keine Integrationsagentur."
GONE = "schon einzeln zurückgenommen"
TOO_MUCH = Decimal(10**10)


class Euro(Plain):
    """As on a form, or a number of the table; a credit in the books is not an amount here."""

    def read(self, value: Value, desk: Desk) -> Decimal:
        text = f"{value:.2f}" if isinstance(value, float) else as_text(value)
        amount = parse_euros(text.upper().replace("EUR", ""))
        if not 0 < amount < TOO_MUCH:
            raise ValidationError("Bitte einen Betrag über 0 Euro.")
        return amount


class LedgerKind(Kind):
    key, title, many = "ledger", "Buchungen aus der Buchhaltung übernehmen", "Buchungen"
    permission, back = Permission.KEEP_FUNDS, "funding:ledger"
    columns = (
        Column("grant", "Zuwendung", OneOf("grant"), lambda e: e.grant.public_id, (), "Die Zuwendung fehlt.", for_all=True),
        Column("carrier", "Träger", OneOf("carrier"), lambda e: e.organisation.public_id, (), "Der Träger fehlt.", for_all=True),
        Column("on", "Datum", Day(), lambda e: e.on, ("Belegdatum", "Buchungsdatum", "Buchungstag"), "Das Datum fehlt."),
        Column("amount", "Betrag", Euro(), lambda e: e.signed, ("Betrag in Euro", "Umsatz", "Soll"), "Der Betrag fehlt."),
        Column("payee", "Empfänger", Words(160), lambda e: e.payee, ("Zahlungsempfänger", "Kreditor", "An wen oder von wem"), "Der Empfänger fehlt."),
        Column("reason", "Zweck", Words(200), lambda e: e.reason, ("Verwendungszweck", "Buchungstext", "Text", "Wofür"), "Der Zweck fehlt."),
        Column("number", "Belegnummer", Words(40), lambda e: e.number, ("Beleg", "Belegnr", "Beleg-Nr.", "Belegnr.")),
        Column("line", "Ausgabenart", Words(160), lambda e: str(e.line or ""), ("Kostenart",)),
        Column("account", "Konto", Words(30), None, ("Sachkonto", "Kontonummer", "Gegenkonto")),
        Column("post", "Stelle", Words(120), lambda e: str(e.post or ""), ("Stellenbezeichnung",)),
        Column("kind", "Art", OneOf("kind"), lambda e: e.kind, (), for_all=True),
        Column("funding_year", "Förderjahr", Whole(2100), lambda e: e.funding_year, ("Jahr",)),
    )  # fmt: skip

    def options(self, actor: Actor) -> dict[str, dict[str, str]]:
        found = list(grants(actor))
        houses = {one.public_id: one.name for grant in found for one in carriers(actor, grant)}
        paid = {grant.public_id: grant.name for grant in found}
        return {"grant": paid, "carrier": houses, "kind": dict(EntryKind.choices)}

    def name_of(self, values: dict[str, Any]) -> str:
        amount = values.get("amount")
        words = f"{amount:,.2f} €".translate(str.maketrans(",.", ".,")) if amount else ""
        return " ".join(part for part in (words, values.get("payee") or "") if part) or "ohne Angaben"

    def judge(self, actor: Actor, rows: Sequence[Row]) -> None:
        tables: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            place = (row.values.get("grant"), row.values.get("carrier"))
            if all(place):
                tables[place].append(row)  # type: ignore[index]
        for (grant_id, carrier_id), of_place in tables.items():
            desk = Books.open(actor, grant_id, carrier_id)
            for row in of_place:
                desk.judge(row) if desk else row.errors.append(NO_AGENCY)

    def write(self, actor: Actor, rows: Sequence[Row]) -> list[LedgerEntry]:
        made = [LedgerEntry(**_entry_of(row)) for row in rows]
        LedgerEntry.objects.bulk_create(made, batch_size=1000)
        record_each(made)
        return made

    def existing(self, actor: Actor) -> Iterable[LedgerEntry]:
        rows = LedgerEntry.objects.visible_to(actor).select_related("grant", "organisation", "line", "post")
        return rows.filter(reverses=None, reversed_by=None).order_by("on", "id")

    def ties(self, refs: Sequence[str]) -> dict[str, str]:
        rows = LedgerEntry.objects.filter(public_id__in=refs, reversed_by__isnull=False)
        return dict.fromkeys(rows.values_list("public_id", flat=True), GONE)

    def names(self, actor: Actor, refs: Sequence[str]) -> dict[str, str]:
        rows = LedgerEntry.objects.visible_to(actor).filter(public_id__in=refs)
        return dict(rows.values_list("public_id", "reason"))

    def remove(self, refs: Sequence[str]) -> None:
        """Each is taken back on its own day."""
        rows = LedgerEntry.objects.filter(public_id__in=refs, reverses=None, reversed_by=None)
        LedgerEntry.objects.bulk_create([_back(row) for row in rows], batch_size=1000)


def _entry_of(row: Row) -> dict[str, Any]:
    names = ("on", "amount", "payee", "reason")
    values = {name: row.values[name] for name in names}
    settled = {
        name: row.values[f"_{name}"] for name in ("grant", "organisation", "line", "post", "kind", "funding_year")
    }
    reason = ACKNOWLEDGED if row.twins else ""
    return {**values, **settled, "number": row.values.get("number") or "", "double_reason": reason}


def _back(entry: LedgerEntry) -> LedgerEntry:
    same = (
        "organisation_id", "grant_id", "kind", "funding_year", "on", "amount", "payee", "line_id", "post_id", "number",
    )  # fmt: skip
    return LedgerEntry(**{name: getattr(entry, name) for name in same}, reason=UNDONE, reverses=entry)


@dataclass
class Books:
    """What is known of one carrier in one grant while rows are judged."""

    grant: Grant
    carrier: Organisation
    lines: dict[str, BudgetLine]
    accounts: dict[str, BudgetLine]
    posts: dict[str, Post]
    numbers: dict[str, int]
    costs: dict[Decimal, list[tuple[Cost, int]]]

    @classmethod
    def open(cls, actor: Actor, grant_id: str, carrier_id: str) -> "Books | None":
        """`numbers` and `costs`: what is booked, and the row of the table where it stands in this one (0: it is booked)."""
        grant = grants(actor).filter(public_id=grant_id).first()
        carrier = carriers(actor, grant).filter(public_id=carrier_id).first() if grant else None
        if grant is None or carrier is None or not rules.keeps_funds_of(actor, carrier):
            return None
        if not GrantAgency.objects.filter(grant=grant, organisation=carrier).exists():
            return None
        costs: dict[Decimal, list[tuple[Cost, int]]] = defaultdict(list)
        for cost in costs_of(carrier):
            costs[cost.amount].append((cost, 0))
        lines = _by_name(grant)
        return cls(
            grant, carrier, lines, _accounts(grant, carrier, lines),
            {fold(str(post)): post for post in posts_of(carrier).values()}, dict.fromkeys(numbers_of(carrier), 0), costs,
        )  # fmt: skip

    def judge(self, row: Row) -> None:
        kind = row.values.get("kind") or EntryKind.EXPENSE
        is_spent = kind == EntryKind.EXPENSE
        day = row.values.get("on")
        year = row.values.get("funding_year") or (day.year if day else self.grant.first_year)
        if year not in self.grant.years:
            row.errors.append(WRONG_YEAR.format(year))
        line = self._line(row) if is_spent else None
        post = self._post(row) if line and line.is_staff else None
        settled = {"grant": self.grant, "organisation": self.carrier, "line": line, "post": post, "kind": kind}
        row.values.update({f"_{name}": value for name, value in {**settled, "funding_year": year}.items()})
        self._judge_number(row)
        if is_spent and not row.errors:
            self._judge_twins(row, post)

    def _line(self, row: Row) -> BudgetLine | None:
        word, account = row.values.get("line"), row.values.get("account")
        line = self.lines.get(fold(word)) if word else self.accounts.get(account or "")
        if line is None:
            known = UNKNOWN_LINE.format(word) if word else UNKNOWN_ACCOUNT.format(account) if account else NO_LINE
            row.errors.append(known)
        return line

    def _post(self, row: Row) -> Post | None:
        word = row.values.get("post")
        post = self.posts.get(fold(word)) if word else None
        if word and post is None:
            row.errors.append(UNKNOWN_POST.format(word))
        return post

    def _judge_number(self, row: Row) -> None:
        number = row.values.get("number")
        if not number:
            return
        if number in self.numbers:
            where = self.numbers[number]
            row.errors.append(TWICE.format(where) if where else BOOKED)
        self.numbers.setdefault(number, row.line)

    def _judge_twins(self, row: Row, post: Post | None) -> None:
        cost = Cost(
            row.values.get("number") or "", row.values["payee"], row.values["amount"], row.values["on"], post.pk if post else None
        )  # fmt: skip
        same = next((pair for pair in self.costs[cost.amount] if is_one_cost(pair[0], cost)), None)
        if same:
            row.twins.append(TWIN_ROW.format(same[1]) if same[1] else TWIN.format(same[0].on))
        self.costs[cost.amount].append((cost, row.line))


def _accounts(grant: Grant, carrier: Organisation, lines: dict[str, BudgetLine]) -> dict[str, BudgetLine]:
    """What was said for another grant holds here too, for the kind of expense of the same name."""
    earlier, own = {}, {}
    for row in AccountMapping.objects.filter(organisation=carrier).select_related("line").order_by("pk"):
        if row.grant_id == grant.pk:
            own[row.account] = row.line
        elif line := lines.get(fold(row.line.name)):
            earlier[row.account] = line
    return {**earlier, **own}


def _by_name(grant: Grant) -> dict[str, BudgetLine]:
    """By number, by name, and by both as it stands in a table that went out."""
    found: dict[str, BudgetLine] = {}
    for line in grant.lines.all():
        for word in (line.number, line.name, str(line)):
            if word:
                found.setdefault(fold(word), line)
    return found
