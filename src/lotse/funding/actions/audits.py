"""For an audit: receipts drawn or picked, packages asked for and packed by the worker."""

from collections.abc import Iterable
from datetime import timedelta
from secrets import token_hex

from django.utils import timezone

from lotse.auditlog.door import Acting, action, record, refuse_if, require
from lotse.core.drawing import in_order_of
from lotse.documents.actions import Received, keep_file
from lotse.documents.enums import Compartment
from lotse.funding.actions.shared import kept, of_phase
from lotse.funding.enums import PackageState
from lotse.funding.models import EvidencePackage, PackagePart, Sample
from lotse.funding.queries.audits import candidates, numbered
from lotse.funding.queries.packing_tasks import stuck_since
from lotse.funding.tasks import queue, queue_again
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.programmes import rules as programme_rules
from lotse.programmes.models import Grant

KEEP = timedelta(days=30)
NOTHING = "Für dieses Jahr gibt es noch keine Ausgaben."
UNKNOWN = "Diese Belegnummern gibt es hier nicht: {numbers}."
UNKNOWN_ONE = "Diese Belegnummer gibt es hier nicht: {numbers}."
WHO_LISTS = "Teilnehmerlisten packt ein, wer beim Zuwendungsempfänger koordiniert."
MOST = 200


@action("sample.drawn", "hat eine Stichprobe von Belegen gezogen")
def draw_sample(
    *, by: Actor, grant: Grant, funding_year: int, carrier: Organisation | None, wanted: int, seed: str = ""
) -> Sample:
    """`seed`: to draw an earlier one again; else a new one is made."""
    _asked(by, grant, funding_year)
    known = {one.public_id: one for one in candidates(grant, funding_year, carrier)}
    refuse_if(not known, NOTHING)
    seed = seed.strip() or token_hex(8)
    chosen = [known[one] for one in in_order_of(seed, list(known))[: min(wanted, MOST)]]
    values = {
        "funding_year": funding_year,
        "carrier": carrier,
        "wanted": wanted,
        "seed": seed,
        "drawn_from": len(known),
    }
    return _sampled(by, grant, chosen, values)


@action("sample.picked", "hat Belege für eine Prüfung herausgesucht")
def pick_sample(
    *, by: Actor, grant: Grant, funding_year: int, carrier: Organisation | None, numbers: list[str]
) -> Sample:
    _asked(by, grant, funding_year)
    rows = candidates(grant, funding_year, carrier)
    chosen, unknown = numbered(rows, numbers[:MOST])
    told = UNKNOWN_ONE if len(unknown) == 1 else UNKNOWN
    refuse_if(bool(unknown), told.format(numbers=", ".join(unknown[:5])), "numbers")
    values = {"funding_year": funding_year, "carrier": carrier, "wanted": len(chosen), "drawn_from": rows.count()}
    return _sampled(by, grant, chosen, values)


def _asked(by: Actor, grant: Grant, funding_year: int) -> None:
    kept(by, grant.organisation)
    of_phase(grant, funding_year)


def _sampled(by: Actor, grant: Grant, chosen: Iterable, values: dict) -> Sample:
    made = save_checked(Sample(organisation=grant.organisation, grant=grant, drawn_by_id=by.person_id, **values))
    made.entries.set(chosen)
    record(made, funding_year=made.funding_year, wanted=made.wanted)
    return made


@action("evidence_package.requested", "hat ein Prüfpaket angefordert")
def request_package(
    *, by: Actor, grant: Grant, carrier: Organisation | None = None, funding_year: int | None = None,
    sample: Sample | None = None, lists_reason: str = "",
) -> EvidencePackage:  # fmt: skip
    """Without a `carrier`: of all. Lists of names only with a reason, which stays in the log."""
    house = carrier or grant.organisation
    kept(by, house)
    if funding_year is not None:
        of_phase(grant, funding_year)
    if lists_reason.strip():
        require(programme_rules.coordinates(by, grant.organisation), WHO_LISTS)
    made = EvidencePackage(
        organisation=house, grant=grant, carrier=carrier, funding_year=funding_year, sample=sample,
        lists_reason=lists_reason.strip(), requested_by_id=by.person_id,
    )  # fmt: skip
    save_checked(made)
    record(made, funding_year=funding_year, with_lists=bool(made.lists_reason))
    queue(made.public_id)
    return made


@action("evidence_package.restarted", "hat das Packen eines Prüfpakets neu angestoßen")
def restart_package(*, by: Actor, package: EvidencePackage) -> EvidencePackage:
    """Where the worker was lost with it."""
    fresh = locked(package)
    kept(by, fresh.organisation)
    refuse_if(not fresh.is_working, "Dieses Prüfpaket wird nicht mehr gepackt.")
    refuse_if(stuck_since(fresh, timezone.now()) is None, "Dieses Prüfpaket ist in Arbeit.")
    fresh.state, fresh.done, fresh.total = PackageState.WAITING, 0, 0
    save_checked(fresh)
    record(fresh)
    queue_again(fresh.public_id)
    return fresh


@action("evidence_package.packed", "hat ein Prüfpaket gepackt")
def finish_package(
    *, by: Actor, package: EvidencePackage, pieces: list[Received], sha256: str, files: int
) -> EvidencePackage:
    fresh = locked(package)
    kept(by, fresh.organisation)
    refuse_if(fresh.state == PackageState.DONE, "Dieses Prüfpaket ist schon fertig.")
    for position, received in enumerate(pieces):
        stored = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="with_owner")
        stored.keep_until = timezone.localdate() + KEEP
        stored.save(update_fields=["keep_until"])
        PackagePart.objects.create(organisation_id=fresh.organisation_id, package=fresh, position=position, file=stored)
    fresh.state, fresh.sha256, fresh.finished_at = PackageState.DONE, sha256, timezone.now()
    fresh.size, fresh.done, fresh.total = sum(one.size for one in pieces), files, files
    save_checked(fresh)
    record(fresh, files=files, size=fresh.size)
    return fresh


@action("evidence_package.failed", "ist beim Packen eines Prüfpakets gescheitert")
def fail_package(*, by: Acting, package: EvidencePackage, why: str) -> EvidencePackage:
    fresh = locked(package)
    fresh.state, fresh.failure = PackageState.FAILED, why[:300]
    save_checked(fresh)
    record(fresh, organisation_id=fresh.organisation_id)
    return fresh
