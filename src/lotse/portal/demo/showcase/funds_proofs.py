"""Proofs of use of the phase that is over: its first year whole and with the authority, its last one on the way; a sample, a package."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal
from functools import cache

from django.utils import timezone

from lotse.agency.actions.papers import form_for
from lotse.agency.actions.release import freeze
from lotse.agency.enums import DocumentKind
from lotse.agency.enums import DocumentState as Report
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.content import content_of
from lotse.core.canonical import digest
from lotse.documents.actions import Received
from lotse.documents.intake import produced
from lotse.documents.rendering import Document, Heading, Paragraph, render_pdf
from lotse.funding.actions import audits, proofs, proofs_sent
from lotse.funding.actions.ledger import book
from lotse.funding.enums import EntryKind, ProofWay
from lotse.funding.models import UseProof
from lotse.funding.packing import work_on
from lotse.funding.queries.balance import CarrierBalance, balances
from lotse.funding.queries.plan import planned_costs
from lotse.funding.queries.proof_content import current_sheet
from lotse.funding.queries.proof_gaps import gaps, to_explain
from lotse.funding.queries.proofs import carriers_of
from lotse.organisations.models import Organisation
from lotse.portal.demo.showcase.agency_support import worker
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage
from lotse.programmes.models import BudgetLine, Grant

PAYEES = {
    "salaries": ("Beispiel Personalservice", "Gehälter der Fachkräfte"), "rooms": ("Hausverwaltung Beispiel", "Miete und Nebenkosten"),
    "equipment": ("Bürobedarf Beispiel", "Bürobedarf"), "travel": ("Verkehrsbetriebe Beispiel", "Fahrkarten"),
    "training": ("Akademie Beispiel", "Fortbildung"), "measures": ("Druckerei Beispiel", "Werkstätten"),
}  # fmt: skip
OTHER = ("Referentin Beispiel", "Honorar")
WHY = "Die Preise stiegen im Lauf des Jahres. Der Träger hat den Rest selbst getragen."
REMARK = "Bitte die Fahrkarten nach Monaten aufteilen."
# How far the partial proofs of the last year are, one after the other where nothing is missing; the rest is handed in.
WAYS = ("checked", "remarked", "returned", "checked")
DRAWN = 6
MORE, CENT = Decimal("1.4"), Decimal("0.01")


def tell(stage: Stage) -> None:
    over = Grant.objects.filter(last_year__lt=stage.today.year).order_by("first_year").last()
    if over is None:
        return
    by, first, last = stage.district.lead, over.first_year, over.last_year
    for year in over.years:
        _spent(by, over, year)
    _reported(by, over, first)
    if last != stage.last_year:
        _reported(by, over, last)
    for part in _handed_in(by, over, first):
        proofs.check(by=by.actor, proof=part)
    _transmitted(by, over, first)
    for number, part in enumerate(_handed_in(by, over, last)):
        _go(by, part, WAYS[number % len(WAYS)])
    _audited(by, over, first)


@cache
def _printed(title: str) -> bytes:
    return render_pdf(Document(title, (Heading(title), Paragraph("Ein Beispiel für die Vorführung."))))


@contextmanager
def _paper(by: Player, title: str) -> Iterator[Received]:
    with produced(_printed(f"{title} (Beispiel)"), f"{title.lower()}.pdf", by=by.actor) as received:
        yield received


def _spent(by: Player, grant: Grant, year: int) -> None:
    """As planned, but for the travels of one carrier; one receipt of the last one is missing."""
    there, carriers = balances(grant, date(year + 1, 1, 31), year), list(carriers_of(grant))
    for place, carrier in enumerate(carriers):
        costs = _costs(grant, carrier, year, MORE if place == 1 else Decimal(1))
        bare = 1 if year == grant.last_year and carrier == carriers[-1] else 0
        for number, (line, amount) in enumerate(costs, 1):
            _paid(by, carrier, line, year, number, amount, is_bare=number == bare)
        given = there.get(carrier.pk, CarrierBalance()).with_carrier
        _brought_in(by, grant, carrier, year, sum((amount for _line, amount in costs), Decimal(0)) - given)


def _costs(grant: Grant, carrier: Organisation, year: int, more: Decimal) -> list[tuple[BudgetLine, Decimal]]:
    lines = {line.pk: line for line in grant.lines.all()}
    planned: Counter[int] = Counter()
    for cell, amount in planned_costs(grant).items():
        if (cell.carrier, cell.year) == (carrier.pk, year):
            planned[int(cell.what)] += amount
    times = {key: more if line.key == "travel" else Decimal(1) for key, line in lines.items()}
    return [(lines[key], (amount * times[key]).quantize(CENT)) for key, amount in planned.items() if amount]


def _paid(
    by: Player, carrier: Organisation, line: BudgetLine, year: int, number: int, amount: Decimal, *, is_bare: bool
) -> None:
    payee, reason = PAYEES.get(line.key, OTHER)
    with ExitStack() as stack:
        received = None if is_bare else stack.enter_context(_paper(by, "Beleg"))
        book(
            by=by.actor, grant=line.grant, carrier=carrier, kind=EntryKind.EXPENSE, funding_year=year, on=date(year, 2 + number, 15),
            amount=amount, payee=payee, reason=reason, line=line, number=f"{year}-{number:03}", received=received,
        )  # fmt: skip


def _brought_in(by: Player, grant: Grant, carrier: Organisation, year: int, amount: Decimal) -> None:
    """What did not come from the district."""
    if amount > 0:
        book(
            by=by.actor, grant=grant, carrier=carrier, kind=EntryKind.OWN_SHARE, funding_year=year, on=date(year, 6, 1),
            amount=amount, payee="Eigenmittel", reason="Eigenanteil", number=f"{year}-E1",
        )  # fmt: skip


def _reported(by: Player, grant: Grant, year: int) -> None:
    """What every agency released then, as a paper."""
    for member in grant.agencies.select_related("agency__parent"):
        document = AgencyDocument.objects.create(
            organisation=member.organisation, agency=member.agency, kind=DocumentKind.REPORT, funding_year=year, until_year=year,
            responsible=worker(member.agency).person, state=Report.READY, ready_at=timezone.now(), template=form_for(member.agency, DocumentKind.REPORT),
        )  # fmt: skip
        with _paper(by, "Sachbericht") as received:
            freeze(by=by.actor, document=document, received=received, printed=digest(content_of(document)))


def _handed_in(by: Player, grant: Grant, year: int) -> list[UseProof]:
    """Of every carrier where nothing is missing; the others stay drafts."""
    begun = [_begun(by, grant, carrier, year) for carrier in carriers_of(grant)]
    return [proofs.hand_in(by=by.actor, proof=part) for part in begun if not gaps(part, current_sheet(part))]


def _begun(by: Player, grant: Grant, carrier: Organisation, year: int) -> UseProof:
    part = proofs.begin_partial(by=by.actor, grant=grant, carrier=carrier, funding_year=year)
    return _explained(by, part)


def _explained(by: Player, proof: UseProof) -> UseProof:
    texts = {place: WHY for place, _words in to_explain(current_sheet(proof))}
    return proofs.explain(by=by.actor, proof=proof, texts=texts, revision=proof.revision) if texts else proof


def _go(by: Player, part: UseProof, way: str) -> None:
    if way == "checked":
        proofs.check(by=by.actor, proof=part)
        return
    proofs_sent.remark(by=by.actor, proof=part, place="", text=REMARK)
    if way == "returned":
        proofs.give_back(by=by.actor, proof=part)


def _transmitted(by: Player, grant: Grant, year: int) -> None:
    whole = _explained(by, proofs.begin_whole(by=by.actor, grant=grant, funding_year=year))
    proofs.release(by=by.actor, proof=whole)
    proofs_sent.transmit(by=by.actor, proof=whole, on=date(year + 1, 6, 22), channel=ProofWay.PLATFORM)


def _audited(by: Player, grant: Grant, year: int) -> None:
    sample = audits.draw_sample(
        by=by.actor, grant=grant, funding_year=year, carrier=None, wanted=DRAWN, seed="beispiel"
    )
    package = audits.request_package(by=by.actor, grant=grant, sample=sample)
    work_on(package.public_id)
