"""Proofs of use, as far as the actor sees them: one, those of a grant, and the parts that a whole is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from lotse.core.finding import found
from lotse.funding import rules
from lotse.funding.enums import ProofKind
from lotse.funding.models import LedgerEntry, ProofRemark, ReleasedProof, UseProof
from lotse.funding.queries.grants import carriers
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes.models import Grant, GrantAgency


def proofs(actor: Actor) -> QuerySet[UseProof]:
    return UseProof.objects.visible_to(actor).select_related("grant__organisation", "organisation", "as_released__file")


def get_proof(actor: Actor, public_id: str) -> UseProof:
    return found(proofs(actor), public_id)


def newest(rows: QuerySet[UseProof]) -> QuerySet[UseProof]:
    """Of each its last version."""
    same = {name: OuterRef(name) for name in ("grant", "organisation", "kind", "funding_year")}
    return rows.filter(~Exists(UseProof.objects.filter(**same, version__gt=OuterRef("version"))))


def partials_of(whole: UseProof) -> list[UseProof]:
    """The newest partial proof of each carrier and year that the whole covers, in the order of years and names."""
    rows = UseProof.objects.filter(grant=whole.grant, kind=ProofKind.PARTIAL, funding_year__in=list(whole.years))
    related = newest(rows).select_related("organisation", "grant", "as_released")
    return list(related.order_by("funding_year", "organisation__name", "id"))


def carriers_of(grant: Grant) -> QuerySet[Organisation]:
    """Every carrier of the grant, for who proves all of it."""
    mine = GrantAgency.objects.filter(grant=grant).values("organisation")
    return Organisation.objects.filter(pk__in=mine).order_by("name", "id")


@dataclass(frozen=True)
class Row:
    """A carrier with its newest partial proof of each year; None where none was begun."""

    carrier: Organisation
    cells: list[tuple[int, UseProof | None]]


@dataclass(frozen=True)
class Overview:
    rows: list[Row]
    wholes: list[tuple[int, UseProof | None]]
    is_receiver: bool

    @property
    def checked(self) -> int:
        return sum(bool(proof and proof.is_frozen) for row in self.rows for _year, proof in row.cells)

    @property
    def expected(self) -> int:
        return sum(len(row.cells) for row in self.rows)


def overview(actor: Actor, grant: Grant) -> Overview:
    rows = newest(proofs(actor).filter(grant=grant))
    known = {(one.organisation_id, one.is_partial, one.funding_year): one for one in rows}
    years = grant.years
    table = [
        Row(carrier, [(year, known.get((carrier.pk, True, year))) for year in years])
        for carrier in carriers(actor, grant)
    ]
    whole = [(year, known.get((grant.organisation_id, False, year))) for year in years]
    return Overview(table, whole, rules.keeps_funds_of(actor, grant.organisation))


def versions_of(actor: Actor, proof: UseProof) -> QuerySet[UseProof]:
    same = {name: getattr(proof, name) for name in ("grant", "organisation", "kind", "funding_year")}
    return proofs(actor).filter(**same).order_by("-version")


def next_version(proof: UseProof) -> int:
    same = {name: getattr(proof, name) for name in ("grant", "organisation", "kind", "funding_year")}
    last = UseProof.objects.filter(**same).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def remarks_of(actor: Actor, proof: UseProof) -> list[ProofRemark]:
    return list(ProofRemark.objects.visible_to(actor).filter(proof=proof).select_related("by", "resolved_by"))


def get_remark(actor: Actor, public_id: str) -> ProofRemark:
    rows = ProofRemark.objects.visible_to(actor).select_related("proof__grant__organisation", "proof__organisation")
    return found(rows, public_id)


def get_entry(actor: Actor, public_id: str) -> LedgerEntry:
    rows = LedgerEntry.objects.visible_to(actor)
    related = rows.select_related("organisation", "grant__organisation", "file", "voucher__file", "line", "reversed_by")
    return found(related, public_id)


def released_of(grant: Grant, organisations: Iterable[int], years: Iterable[int]) -> QuerySet[ReleasedProof]:
    """Every version that was ever released."""
    rows = ReleasedProof.objects.filter(
        proof__grant=grant, organisation__in=list(organisations), proof__funding_year__in=list(years)
    )
    related = rows.select_related("proof__organisation", "proof__grant", "file")
    return related.order_by("proof__funding_year", "organisation__name", "proof__version", "id")


def proof_of(entry: LedgerEntry) -> UseProof | None:
    """The newest partial proof that the entry belongs into."""
    rows = UseProof.objects.filter(
        grant=entry.grant, organisation=entry.organisation, kind=ProofKind.PARTIAL, funding_year=entry.funding_year
    )
    return rows.select_related("grant").order_by("-version").first()
