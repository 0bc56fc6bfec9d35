"""What a proof of use says, read from plan, payments and entries; nothing in it is typed but the explanations."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from lotse.documents.released import released
from lotse.funding import proof_sheet as parts
from lotse.funding.enums import EntryKind, FundsSource, NoteSubject, PaymentKind
from lotse.funding.models import CallShare, LedgerEntry, Payment, UseProof
from lotse.funding.proof_sheet import CENT, NOTHING, Sheet, as_data, sheet_of
from lotse.funding.queries.contracts import proposed_years
from lotse.funding.queries.courses import agreed_in
from lotse.funding.queries.euros import EuroSum
from lotse.funding.queries.plan import planned_costs, planned_funds
from lotse.funding.queries.proofs import partials_of
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant, GrantAgency

REPORT = "report"
GRANTED = "granted"
FUNDS = (
    (GRANTED, "Zuwendung, weitergeleitet"),
    (EntryKind.OWN_SHARE, "Eigenanteil"),
    (EntryKind.INCOME, "andere Einnahmen"),
)


def sheet_for(proof: UseProof) -> Sheet:
    """As it was released or handed in; while it is written, as things stand."""
    if proof.is_frozen:
        return sheet_of(proof.as_released.content)
    return sheet_of(proof.content) if proof.content else current_sheet(proof)


def current_sheet(proof: UseProof) -> Sheet:
    return _partial(proof) if proof.is_partial else _whole(proof)


def _head(proof: UseProof) -> dict[str, object]:
    grant = proof.grant
    return {
        "grant": grant.name, "reference": grant.reference, "receiver": grant.organisation.name,
        "prover": proof.organisation.name, "title": str(proof),
        "overrun_percent": Decimal(grant.overrun_percent).quantize(CENT),
        "own_share_percent": Decimal(grant.own_share_percent).quantize(CENT), "notes": _notes(proof),
    }  # fmt: skip


# A carrier's ----------------------------------------------------------------------------------------------------------
def _partial(proof: UseProof) -> Sheet:
    grant, carrier, years = proof.grant, proof.organisation, proof.years
    entries = list(entries_of(grant, carrier, years))
    granted = _forwarded(grant, carrier, years)
    booked = _by_kind(entries)
    year = parts.CarrierYear(
        carrier.name, proof.funding_year, granted, booked[EntryKind.OWN_SHARE], booked[EntryKind.INCOME],
        booked[EntryKind.EXPENSE],
    )  # fmt: skip
    return Sheet(
        **_head(proof), costs=_costs(grant, carrier, years, entries), funds=_funds(grant, carrier, years, granted, booked),
        carriers=(year,), receipts=_receipts(entries), reports=reports_of(grant, [carrier.pk], years),
    )  # fmt: skip


def entries_of(grant: Grant, carrier: Organisation, years: Iterable[int]) -> QuerySet[LedgerEntry]:
    """In the order of their days."""
    rows = LedgerEntry.objects.filter(grant=grant, organisation=carrier, funding_year__in=list(years))
    return rows.select_related("line", "file", "voucher__file", "reversed_by").order_by("on", "id")


def _counts(entry: LedgerEntry) -> Decimal:
    return -entry.amount if entry.reverses_id else entry.amount


def _by_kind(entries: Iterable[LedgerEntry]) -> dict[str, Decimal]:
    sums = dict.fromkeys(EntryKind.values, NOTHING)
    for entry in entries:
        sums[entry.kind] += _counts(entry)
    return sums


def _costs(
    grant: Grant, carrier: Organisation, years: Iterable[int], entries: Iterable[LedgerEntry]
) -> tuple[parts.CostLine, ...]:
    planned: dict[int | str, Decimal] = defaultdict(lambda: NOTHING)
    for cell, amount in planned_costs(grant).items():
        if cell.carrier == carrier.pk and cell.year in years:
            planned[cell.what] += amount
    spent: dict[int | None, Decimal] = defaultdict(lambda: NOTHING)
    for entry in entries:
        if entry.kind == EntryKind.EXPENSE:
            spent[entry.line_id] += _counts(entry)
    return tuple(
        parts.CostLine(line.public_id, line.number, line.name, planned[line.pk], spent[line.pk])
        for line in grant.lines.all()
    )


def _funds(
    grant: Grant, carrier: Organisation, years: Iterable[int], granted: Decimal, booked: dict[str, Decimal]
) -> tuple[parts.FundsLine, ...]:
    planned = dict.fromkeys((GRANTED, *EntryKind.values), NOTHING)
    planned[GRANTED] = _agreed(grant, carrier, years)
    names = {FundsSource.OWN_SHARE: EntryKind.OWN_SHARE, FundsSource.INCOME: EntryKind.INCOME}
    for cell, amount in planned_funds(grant).items():
        if cell.carrier == carrier.pk and cell.year in years:
            planned[names[FundsSource(cell.what)]] += amount
    actual = {**booked, GRANTED: granted}
    return tuple(parts.FundsLine(key, name, planned[key], actual[key]) for key, name in FUNDS)


def _agreed(grant: Grant, carrier: Organisation, years: Iterable[int]) -> Decimal:
    if carrier == grant.organisation:
        return sum((proposed_years(grant, carrier)[year] for year in years), NOTHING)
    return sum((agreed_in(grant, year, date.max).get(carrier.pk, NOTHING) for year in years), NOTHING)


def _forwarded(grant: Grant, carrier: Organisation, years: Iterable[int]) -> Decimal:
    """What went to the carrier less what came back; for agencies of the receiver itself, what came."""
    if carrier == grant.organisation:
        came = CallShare.objects.filter(call__grant=grant, carrier=carrier, call__received_on__isnull=False)
        return _sum(came.filter(call__funding_year__in=list(years)))
    paid = Payment.objects.filter(contract__grant=grant, organisation=carrier, funding_year__in=list(years))
    return _sum(paid.filter(kind=PaymentKind.FORWARDING)) - _sum(paid.filter(kind=PaymentKind.REPAYMENT))


def _sum(rows: QuerySet) -> Decimal:
    return rows.aggregate(sum=EuroSum("amount"))["sum"] or NOTHING


def number_of(entry: LedgerEntry) -> str:
    """Its own, or that of the voucher it was booked from."""
    return entry.number or (f"L-{entry.voucher.public_id}" if entry.voucher else "")


def _receipts(entries: list[LedgerEntry]) -> tuple[parts.Receipt, ...]:
    """Numbered through, expenses and income each for itself."""
    counter: Counter[bool] = Counter()
    places: dict[int, int] = {}
    for entry in entries:
        counter[entry.kind == EntryKind.EXPENSE] += 1
        places[entry.pk] = counter[entry.kind == EntryKind.EXPENSE]
    return tuple(_receipt(entry, places) for entry in entries)


def _receipt(entry: LedgerEntry, places: dict[int, int]) -> parts.Receipt:
    paper = paper_of(entry)
    taken = getattr(entry, "reversed_by", None)
    return parts.Receipt(
        place=places[entry.pk], entry=entry.public_id, kind=entry.kind, on=entry.on, number=number_of(entry),
        payee=entry.payee, reason=entry.reason, line=str(entry.line or ""), amount=entry.amount,
        back=places.get(entry.reverses_id or 0, 0), taken=places.get(taken.pk, 0) if taken else 0,
        sha256=paper.sha256 if paper else "",
    )  # fmt: skip


def paper_of(entry: LedgerEntry):
    """The file with the entry, or with the voucher it was booked from; None where there is none."""
    return entry.file or (entry.voucher.file if entry.voucher else None)


def reports_of(grant: Grant, carriers: Iterable[int], years: Iterable[int]) -> tuple[parts.Report, ...]:
    rows = GrantAgency.objects.filter(grant=grant, organisation__in=list(carriers)).select_related("agency")
    agencies = [row.agency for row in rows.order_by("agency__name", "id")]
    found = released(REPORT, [agency.pk for agency in agencies], list(years))
    return tuple(_report(agency.name, year, found.get((agency.pk, year))) for agency in agencies for year in years)


def _report(agency: str, year: int, one) -> parts.Report:
    if one is None:
        return parts.Report(agency, year)
    return parts.Report(agency, year, one.title, one.on, one.file.sha256)


def _notes(proof: UseProof) -> tuple[parts.Note, ...]:
    if not proof.pk:
        return ()
    rows = proof.notes.select_related("line").order_by("line__position", "id")
    return tuple(
        parts.Note(
            row.line.public_id if row.line else row.subject, str(row.line or NoteSubject(row.subject).label), row.text
        )
        for row in rows
    )


# Of the whole ---------------------------------------------------------------------------------------------------------
def _whole(proof: UseProof) -> Sheet:
    """The sums of the checked partial proofs, to the cent."""
    checked = [(one, sheet_for(one)) for one in partials_of(proof) if one.is_frozen]
    sheets = [sheet for _one, sheet in checked]
    carriers = [
        parts.CarrierYear(**{**vars(row), "version": one.version, "sha256": one.as_released.sha256})
        for one, sheet in checked
        for row in sheet.carriers
    ]
    return Sheet(
        **_head(proof), costs=_summed_costs(proof.grant, sheets), funds=_summed_funds(sheets), carriers=tuple(carriers),
        reports=tuple(report for sheet in sheets for report in sheet.reports),
    )  # fmt: skip


def _summed_costs(grant: Grant, sheets: list[Sheet]) -> tuple[parts.CostLine, ...]:
    lines = [(line.public_id, line.number, line.name) for line in grant.lines.all()]
    return tuple(
        parts.CostLine(key, number, name, *_added(row for sheet in sheets for row in sheet.costs if row.line == key))
        for key, number, name in lines
    )


def _summed_funds(sheets: list[Sheet]) -> tuple[parts.FundsLine, ...]:
    return tuple(
        parts.FundsLine(key, name, *_added(row for sheet in sheets for row in sheet.funds if row.key == key))
        for key, name in FUNDS
    )


def _added(rows: Iterable[parts.Compared]) -> tuple[Decimal, Decimal]:
    kept = list(rows)
    return sum((row.planned for row in kept), NOTHING), sum((row.actual for row in kept), NOTHING)


def data_of(sheet: Sheet) -> dict[str, object]:
    """To be written down in canonical JSON."""
    return as_data(sheet)
