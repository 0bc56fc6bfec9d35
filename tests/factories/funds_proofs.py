"""Proofs of use and what they are made of, made beneath the actions."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from lotse.core.canonical import canonical
from lotse.documents.actions import keep_file, start_retention
from lotse.documents.enums import Compartment
from lotse.documents.intake import produced
from lotse.funding.actions.proofs import digest_of
from lotse.funding.enums import EntryKind, ProofKind
from lotse.funding.models import EvidencePackage, ProofRemark, ReleasedProof, Sample, UseProof
from lotse.funding.models.proofs import WRITABLE
from lotse.funding.queries.proof_content import current_sheet, data_of
from lotse.programmes.models import Grant
from tests.documents.files import pdf
from tests.factories import funds
from tests.factories.deadlines import YEAR


def paper(by, name="beleg.pdf", year=YEAR):
    with produced(pdf(), name, by=by) as received:
        stored = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
    start_retention(files=[stored], on=date(year, 12, 31))
    return stored


def partial_of(grant, carrier, year=YEAR, **more) -> UseProof:
    values = {"kind": ProofKind.PARTIAL, "first_year": year, "funding_year": year}
    return UseProof.objects.create(grant=grant, organisation=carrier, **{**values, **more})


def whole_of(grant, year=YEAR, **more) -> UseProof:
    kind = ProofKind.FINAL if year == grant.last_year else ProofKind.INTERIM
    values = {"kind": kind, "first_year": grant.first_year, "funding_year": year}
    return UseProof.objects.create(grant=grant, organisation=grant.organisation, **{**values, **more})


def hand_all_in(_by=None):
    """Whatever it still lacks."""
    for proof in UseProof.objects.filter(kind=ProofKind.PARTIAL, state__in=WRITABLE):
        proof.content = canonical(data_of(current_sheet(proof))).decode()
        proof.state, proof.handed_in_on = "handed_in", date(YEAR, 4, 1)
        proof.save()


def check_all(by):
    hand_all_in()
    for proof in UseProof.objects.filter(state="handed_in"):
        values = {"content": proof.content, "sha256": digest_of(proof.content), "at": timezone.now()}
        ReleasedProof.objects.create(
            organisation=proof.organisation, proof=proof, by_id=by.person_id, file=paper(by), **values
        )
        proof.state = "checked"
        proof.save()


def year_of(grant, carrier, by, *, year=YEAR, spent=1000, number=True):
    """A year that is whole: a tenth own share, everything forwarded and spent as planned, with its paper."""
    contract = grant.contracts.filter(organisation=carrier).first() or funds.contract_of(grant, carrier)
    days = {"funding_year": year}
    on = date(year, 3, 1)
    amount, own = Decimal(spent) * 9 / 10, Decimal(spent) / 10
    funds.payment_of(contract, amount, **days, paid_on=on)
    line = funds.line_of(grant)
    funds.cost_of(grant, carrier, Decimal(spent), line=line, **days)
    own_entry = {"payee": "Eigenmittel", "reason": "Eigenanteil", "number": "E-1"}
    funds.entry_of(grant, carrier, own, EntryKind.OWN_SHARE, **days, on=on, **own_entry)
    values = {"number": "B-1" if number else "", "file": paper(by, year=year)}
    return funds.entry_of(grant, carrier, Decimal(spent), line=line, **days, on=on, **values)


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix. `house`: an `AgencyWorld`."""
    world = house.world
    by, carrier = world.carrier_manager.actor, world.nordstadt
    entry = funds.entry_of(grant, carrier, 5, file=paper(by))
    proof = partial_of(grant, carrier)
    remark = ProofRemark.objects.create(organisation=carrier, proof=proof, text="Kürzer.", by=world.coordinator.person)
    sample = Sample.objects.create(
        organisation=grant.organisation, grant=grant, funding_year=YEAR, drawn_by=world.coordinator.person
    )
    package = EvidencePackage.objects.create(organisation=carrier, grant=grant, requested_by=world.coordinator.person)
    rows = {
        "use_proof_id": proof, "proof_remark_id": remark, "receipt_id": entry, "sample_id": sample, "package_id": package,
    }  # fmt: skip
    return {name: row.public_id for name, row in rows.items()}
