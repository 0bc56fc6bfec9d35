"""What a carrier spends and brings in, booked once, corrected and taken back with a reason."""

from datetime import date
from decimal import Decimal
from typing import Any

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received
from lotse.funding.actions.shared import happened, kept, of_grant, of_phase, paper_of
from lotse.funding.enums import EntryKind
from lotse.funding.models import LedgerEntry
from lotse.funding.queries.entries import like
from lotse.funding.rules import Cost
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Post
from lotse.programmes.models import BudgetLine, Grant

OTHER_LINE = "Diese Ausgabenart gehört zu einer anderen Zuwendung."
OTHER_POST = "Diese Stelle gehört nicht zu diesem Träger."
BACK_ALREADY = "Diese Buchung ist schon zurückgenommen."
LOOKS_DOUBLE = "Das sieht aus wie eine Buchung vom {on:%d.%m.%Y}. Bitte sagen, warum es nicht dieselben Kosten sind."
SAME = ("grant", "kind", "funding_year", "amount", "payee", "line", "post", "number", "voucher")
KEPT = (*SAME, "on", "reason", "file", "double_reason")


@action("ledger_entry.booked", "hat gebucht")
def book(
    *, by: Actor, grant: Grant, carrier: Organisation, kind: EntryKind, funding_year: int, on: date, amount: Decimal,
    payee: str, reason: str, line: BudgetLine | None = None, post: Post | None = None, number: str = "",
    double_reason: str = "", received: Received | None = None,
) -> LedgerEntry:  # fmt: skip
    """`line`: for what is spent, the kind of expense of the grant's financing plan. `double_reason`: where it looks booked."""
    kept(by, carrier)
    values = {
        "grant": grant, "kind": kind, "funding_year": funding_year, "on": on, "amount": amount, "payee": payee.strip(),
        "reason": reason.strip(), "line": line, "post": post, "number": number.strip(),
        "double_reason": double_reason.strip(),
    }  # fmt: skip
    return booked(carrier, file=paper_of(by, grant, funding_year, received) if received else None, **values)


@action("ledger_entry.corrected", "hat eine Buchung berichtigt")
def correct(
    *, by: Actor, entry: LedgerEntry, why: str, received: Received | None = None, **changed: Any
) -> LedgerEntry:
    """Taken back on its own day, so that no day counts both, and booked as `changed` says; a new paper stands for the old one."""
    fresh = locked(entry)
    kept(by, fresh.organisation)
    taken_back(fresh, fresh.on, why)
    values = {**{name: getattr(fresh, name) for name in KEPT}, **changed}
    if received:
        values["file"] = paper_of(by, fresh.grant, values["funding_year"], received)
    return booked(fresh.organisation, **values)


@action("ledger_entry.reversed", "hat eine Buchung zurückgenommen")
def take_back(*, by: Actor, entry: LedgerEntry, on: date, reason: str) -> LedgerEntry:
    """Both stay in the ledger; a voucher may be booked again afterwards."""
    fresh = locked(entry)
    kept(by, fresh.organisation)
    return taken_back(fresh, on, reason)


def taken_back(entry: LedgerEntry, on: date, reason: str) -> LedgerEntry:
    """Inside an action, for a locked row."""
    refuse_if(entry.reverses_id is not None or LedgerEntry.objects.filter(reverses=entry).exists(), BACK_ALREADY)
    refuse_if(on < entry.on, "Zurückgenommen wird frühestens am Tag der Buchung.", "on")
    same = {name: getattr(entry, name) for name in SAME}
    return _kept_row(entry.organisation, **same, on=on, reason=reason.strip(), reverses=entry)


def booked(carrier: Organisation, **values: Any) -> LedgerEntry:
    """Inside an action. Whoever books for the same carrier waits, so that no cost is booked twice."""
    locked(carrier)
    grant, line, post = values["grant"], values["line"], values.get("post")
    refuse_if(line is not None and line.grant_id != grant.pk, OTHER_LINE, "line")
    refuse_if(post is not None and not post.organisation.path.startswith(carrier.path), OTHER_POST, "post")
    _refuse_double(carrier, values)
    return _kept_row(carrier, **values)


def _refuse_double(carrier: Organisation, values: dict[str, Any]) -> None:
    if values["kind"] != EntryKind.EXPENSE or values.get("double_reason"):
        return
    cost = Cost(
        values.get("number", ""), values["payee"], values["amount"], values["on"], getattr(values.get("post"), "pk", None)
    )  # fmt: skip
    other = like(carrier, cost)
    refuse_if(other is not None, LOOKS_DOUBLE.format(on=other.on if other else cost.on), "double_reason")


def _kept_row(carrier: Organisation, **values: Any) -> LedgerEntry:
    of_grant(values["grant"], carrier)
    of_phase(values["grant"], values["funding_year"])
    happened(values["on"], "on")
    made = save_checked(LedgerEntry(organisation=carrier, **values))
    back = made.reverses.public_id if made.reverses else ""
    record(made, kind=made.kind, funding_year=made.funding_year, on=made.on, taken_back=back)
    return made
