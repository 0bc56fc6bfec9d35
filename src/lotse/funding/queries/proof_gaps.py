"""What a proof of use still lacks, each with the place where it is mended; and what happened since it was released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from lotse.documents.released import address_of
from lotse.funding import rules
from lotse.funding.enums import EntryKind, NoteSubject
from lotse.funding.models import LedgerEntry, Payment, UseProof
from lotse.funding.money_words import euro, short
from lotse.funding.proof_sheet import Sheet
from lotse.funding.queries.proof_content import REPORT, sheet_for
from lotse.funding.queries.proofs import carriers_of, partials_of
from lotse.organisations.models import Organisation
from lotse.programmes.models import GrantAgency

SHOWN = 20


@dataclass(frozen=True)
class Gap:
    text: str
    url: str = ""


def gaps(proof: UseProof, sheet: Sheet) -> list[Gap]:
    """Empty: it may go on."""
    found = [*_of_papers(proof), *_of_reports(proof, sheet)] if proof.is_partial else [*_of_parts(proof)]
    return [*found, *_of_notes(proof, sheet), *_of_remarks(proof)]


def bare_entries(proof: UseProof):
    """Entries without a number, and expenses without a paper; what was taken back counts no longer."""
    rows = LedgerEntry.objects.filter(
        grant=proof.grant, organisation=proof.organisation, funding_year__in=list(proof.years), reverses=None, reversed_by=None
    )  # fmt: skip
    unnumbered = Q(number="", voucher=None)
    unproven = Q(kind=EntryKind.EXPENSE, file=None) & (Q(voucher=None) | Q(voucher__file=None))
    return rows.filter(unnumbered | unproven).select_related("voucher").order_by("on", "id")


def _of_papers(proof: UseProof) -> Iterator[Gap]:
    rows = list(bare_entries(proof)[: SHOWN + 1])
    for entry in rows[:SHOWN]:
        lacks = [
            word
            for word, is_missing in (
                ("Belegnummer", not (entry.number or entry.voucher_id)),
                ("Beleg", entry.kind == EntryKind.EXPENSE and not (entry.file_id or (entry.voucher and entry.voucher.file_id))),
            )
            if is_missing
        ]  # fmt: skip
        text = f"{' und '.join(lacks)} {'fehlt' if len(lacks) == 1 else 'fehlen'}: {entry.on:%d.%m.%Y}, {entry.payee}"
        yield Gap(text, reverse("funding:complete_entry", args=[entry.public_id]))
    if len(rows) > SHOWN:
        more = bare_entries(proof).count() - SHOWN
        others = "einer weiteren Buchung" if more == 1 else f"weiteren {more} Buchungen"
        yield Gap(f"Bei {others} fehlt der Beleg oder die Nummer")


def _of_reports(proof: UseProof, sheet: Sheet) -> Iterator[Gap]:
    missing = {(report.agency, report.year) for report in sheet.reports if not report.title}
    if not missing:
        return
    rows = GrantAgency.objects.filter(grant=proof.grant, organisation=proof.organisation).select_related("agency")
    agencies = {row.agency.name: row.agency for row in rows}
    for name, year in sorted(missing):
        yield Gap(f"Sachbericht {year} ist noch nicht freigegeben: {name}", address_of(REPORT, agencies[name]))


def _of_notes(proof: UseProof, sheet: Sheet) -> Iterator[Gap]:
    url = reverse("funding:proof_notes", args=[proof.public_id])
    for subject, name in to_explain(sheet):
        if not sheet.note(subject):
            yield Gap(f"Erläuterung fehlt: {name}", url)


def to_explain(sheet: Sheet) -> list[tuple[str, str]]:
    """Place and words of everything that has to be explained."""
    asked = [
        (line.line, f"{line.label} weicht um mehr als {short(sheet.overrun_percent)} % vom Plan ab")
        for line in sheet.to_explain()
    ]
    low = [
        one for one in sheet.carriers
        if not rules.has_own_share(one.own_share, one.financed, sheet.own_share_percent)
    ]  # fmt: skip
    if low and len(sheet.carriers) == 1:  # of the whole, each carrier has explained its own
        years = ", ".join(f"{one.carrier} {one.year}" for one in low[:3])
        asked.append((NoteSubject.OWN_SHARE, f"Eigenanteil unter {short(sheet.own_share_percent)} % ({years})"))
    if sheet.left:
        words = "nicht verbraucht" if sheet.left > 0 else "nicht gedeckt"
        asked.append((NoteSubject.BALANCE, f"{euro(abs(sheet.left))} {words}"))
    return asked


def _of_remarks(proof: UseProof) -> Iterator[Gap]:
    for remark in proof.remarks.filter(resolved_at=None):
        yield Gap("Anmerkung des Bezirks noch offen", f"#anmerkung-{remark.public_id}")


def _of_parts(whole: UseProof) -> Iterator[Gap]:
    """Carriers whose partial proof was not begun, or is not checked."""
    known = {(one.organisation_id, one.funding_year): one for one in partials_of(whole)}
    start = f"{reverse('funding:proofs')}?zuwendung={whole.grant.public_id}"
    carriers = list(carriers_of(whole.grant))
    for year in whole.years:
        for carrier in carriers:
            part = known.get((carrier.pk, year))
            if part is None or not part.is_frozen:
                yield _part_gap(carrier, year, part, start)


def _part_gap(carrier: Organisation, year: int, part: UseProof | None, start: str) -> Gap:
    if part is None:
        return Gap(f"Teilverwendungsnachweis {year} fehlt: {carrier.name}", start)
    text = f"Teilverwendungsnachweis {year} ist {part.get_state_display()}: {carrier.name}"
    return Gap(text, reverse("funding:proof", args=[part.public_id]))


@dataclass(frozen=True)
class Since:
    """What is not in the released version, which stays as it is."""

    entries: int
    payments: int
    newer_parts: int

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def words(self) -> str:
        counted = (
            (self.entries, "Buchung", "Buchungen"), (self.payments, "Zahlung", "Zahlungen"),
            (self.newer_parts, "neuer Teilnachweis", "neue Teilnachweise"),
        )  # fmt: skip
        return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted if number)

    @property
    def is_one(self) -> bool:
        return self.entries + self.payments + self.newer_parts == 1


def since_release(proof: UseProof) -> Since | None:
    """None while it is written; of what was handed in, since then."""
    if not (proof.is_frozen or proof.content):
        return None
    sheet = sheet_for(proof)
    if proof.is_partial:
        known = {one.entry for one in sheet.receipts}
        rows = LedgerEntry.objects.filter(
            grant=proof.grant, organisation=proof.organisation, funding_year__in=list(proof.years)
        )
        now = set(rows.values_list("public_id", flat=True))
        return Since(len(now - known), _payments_since(proof), 0)
    parts = {
        (one.organisation.name, one.funding_year): one.as_released.sha256 for one in partials_of(proof) if one.is_frozen
    }
    return Since(0, 0, sum(parts.get((one.carrier, one.year)) != one.sha256 for one in sheet.carriers))


def _payments_since(proof: UseProof) -> int:
    after: datetime | None = proof.as_released.at if proof.is_frozen else None
    rows = Payment.objects.filter(
        contract__grant=proof.grant, organisation=proof.organisation, funding_year__in=list(proof.years)
    )
    return rows.filter(created_at__gt=after).count() if after else 0
