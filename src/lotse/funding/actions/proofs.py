"""A partial proof of a carrier: begun, explained, handed in, sent back or checked (model.md §9.1, 8)."""

import json
from collections.abc import Callable, Mapping
from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.core.canonical import canonical, digest
from lotse.documents.actions import Received
from lotse.documents.intake import produced
from lotse.documents.rendering import render_pdf
from lotse.funding.actions.shared import kept, of_grant, of_phase, paper_of
from lotse.funding.enums import NoteSubject, ProofKind
from lotse.funding.enums import ProofState as State
from lotse.funding.models import DifferenceNote, ReleasedProof, UseProof
from lotse.funding.proof_paper import proof_paper
from lotse.funding.proof_sheet import Sheet
from lotse.funding.queries.proof_content import current_sheet, data_of, sheet_for
from lotse.funding.queries.proof_gaps import gaps
from lotse.funding.queries.proofs import next_version
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.notices import notify
from lotse.programmes import rules as programme_rules
from lotse.programmes.actions import obligations
from lotse.programmes.models import Grant
from lotse.programmes.queries.people import handing_in

WHO_HANDS_IN = "Das reicht der Träger ein, oder die Koordination für ihn."
WHO_CHECKS = "Das prüft und gibt frei, wer beim Zuwendungsempfänger koordiniert."
NOT_NOW = "Das geht jetzt nicht: Der Stand ist „{state}“. Bitte laden Sie die Seite neu."
ALREADY = "Diesen Verwendungsnachweis gibt es schon."
LACKING = "Es fehlt noch etwas: {gaps}."
UNSAID = "Bitte schreiben Sie, was zu ändern ist, oder eine Anmerkung an die Stelle."
CHANGED = "Inzwischen hat sich etwas geändert. Bitte sehen Sie den Nachweis noch einmal durch."


@action("use_proof.begun", "hat einen Verwendungsnachweis begonnen")
def begin_partial(*, by: Actor, grant: Grant, carrier: Organisation, funding_year: int) -> UseProof:
    kept(by, carrier)
    of_grant(grant, carrier)
    of_phase(grant, funding_year)
    return _begun(UseProof(
        organisation=carrier, grant=grant, kind=ProofKind.PARTIAL, first_year=funding_year, funding_year=funding_year
    ))  # fmt: skip


@action("use_proof.whole_begun", "hat einen Verwendungsnachweis des Zuwendungsempfängers begonnen")
def begin_whole(*, by: Actor, grant: Grant, funding_year: int) -> UseProof:
    """Of all years so far; at the end of the phase it is the final one."""
    kept(by, grant.organisation)
    of_phase(grant, funding_year)
    kind = ProofKind.FINAL if funding_year == grant.last_year else ProofKind.INTERIM
    return _begun(UseProof(
        organisation=grant.organisation, grant=grant, kind=kind, first_year=grant.first_year, funding_year=funding_year
    ))  # fmt: skip


def _begun(proof: UseProof) -> UseProof:
    refuse_if(next_version(proof) > 1, ALREADY)
    save_checked(proof)
    record(proof, kind=proof.kind, funding_year=proof.funding_year)
    return proof


@action("use_proof.explained", "hat einen Verwendungsnachweis erläutert")
def explain(*, by: Actor, proof: UseProof, texts: Mapping[str, str], revision: int | None) -> UseProof:
    """`texts`: by public id of the line, or by subject; an empty one is taken away."""
    fresh = writable(by, proof)
    refuse_if_changed(fresh, revision)
    lines = {line.public_id: line for line in fresh.grant.lines.all()}
    for place, text in texts.items():
        line = lines.get(place)
        subject = NoteSubject.LINE if line else NoteSubject(place)
        fresh.notes.filter(subject=subject, line=line).delete()
        if text.strip():
            values = {"organisation_id": fresh.organisation_id, "subject": subject, "line": line, "text": text.strip()}
            save_checked(DifferenceNote(proof=fresh, **values))
    return _saved(fresh)


@action("use_proof.handed_in", "hat einen Teilverwendungsnachweis eingereicht")
def hand_in(*, by: Actor, proof: UseProof) -> UseProof:
    """What it says then is what is checked."""
    fresh = writable(by, proof)
    require(programme_rules.hands_in(by, fresh.organisation), WHO_HANDS_IN)
    refuse_if(not fresh.is_partial, NOT_NOW.format(state=fresh.get_state_display()))
    sheet = current_sheet(fresh)
    refuse_if_lacking(fresh, sheet)
    fresh.content, fresh.handed_in_on = canonical(data_of(sheet)).decode(), timezone.localdate()
    return moved(by, fresh, State.HANDED_IN, obligations.hand_in, timezone.localdate())


@action("use_proof.returned", "hat einen Teilverwendungsnachweis zurückgegeben")
def give_back(*, by: Actor, proof: UseProof, note: str = "") -> UseProof:
    fresh = coordinated(by, proof, State.HANDED_IN)
    said = note.strip()
    refuse_if(not said and not fresh.remarks.filter(resolved_at=None).exists(), UNSAID, "note")
    if said:
        fresh.remarks.create(organisation_id=fresh.organisation_id, text=said, by_id=by.person_id)
    fresh.content = ""
    text = f"{fresh} kam zurück. Was zu ändern ist, steht in Lotse."
    notify(handing_in(fresh.organisation, timezone.localdate()), "Verwendungsnachweis kam zurück", text)
    return moved(by, fresh, State.RETURNED, obligations.ask_rework, timezone.localdate())


def check(*, by: Actor, proof: UseProof) -> ReleasedProof:
    """Printed before the transaction opens."""
    return _printed(by, proof, _checked)


@action("use_proof.checked", "hat einen Teilverwendungsnachweis geprüft")
def _checked(*, by: Actor, proof: UseProof, received: Received, printed: str) -> ReleasedProof:
    fresh = coordinated(by, proof, State.HANDED_IN)
    moved(by, fresh, State.CHECKED, obligations.check, timezone.localdate())
    return _frozen(by, fresh, received, printed)


def release(*, by: Actor, proof: UseProof) -> ReleasedProof:
    """The whole, with the sums of its parts; printed before the transaction opens."""
    return _printed(by, proof, _released)


@action("use_proof.released", "hat einen Verwendungsnachweis freigegeben")
def _released(*, by: Actor, proof: UseProof, received: Received, printed: str) -> ReleasedProof:
    fresh = coordinated(by, proof, State.DRAFT)
    refuse_if(fresh.is_partial, NOT_NOW.format(state=fresh.get_state_display()))
    refuse_if_lacking(fresh, current_sheet(fresh))
    made = _frozen(by, fresh, received, printed)
    fresh.state = State.RELEASED
    _saved(fresh)
    return made


def _printed(by: Actor, proof: UseProof, keep: Callable[..., ReleasedProof]) -> ReleasedProof:
    sheet = sheet_for(proof)
    name = f"{proof.get_kind_display()}-{proof.organisation.name}-{proof.phase}-Fassung-{proof.version}.pdf"
    with produced(render_pdf(proof_paper(sheet, proof)), name.replace("/", "-"), by=by) as received:
        return keep(by=by, proof=proof, received=received, printed=digest(data_of(sheet)))


def _frozen(by: Actor, proof: UseProof, received: Received, printed: str) -> ReleasedProof:
    """`printed`: the checksum of what stands on the paper."""
    content = proof.content or canonical(data_of(current_sheet(proof))).decode()
    refuse_if(digest_of(content) != printed, CHANGED)
    return ReleasedProof.objects.create(
        organisation_id=proof.organisation_id, proof=proof, content=content, sha256=printed, by_id=by.person_id,
        at=timezone.now(), file=paper_of(by, proof.grant, proof.funding_year, received),
    )  # fmt: skip


def digest_of(content: str) -> str:
    return digest(json.loads(content))


# What all of them begin and end with ----------------------------------------------------------------------------------
def locked_proof(proof: UseProof) -> UseProof:
    rows = UseProof.objects.select_for_update(of=("self",)).select_related("grant__organisation", "organisation")
    return rows.get(pk=proof.pk)


def writable(by: Actor, proof: UseProof) -> UseProof:
    fresh = locked_proof(proof)
    kept(by, fresh.organisation)
    refuse_if(not fresh.is_writable, NOT_NOW.format(state=fresh.get_state_display()))
    return fresh


def coordinated(by: Actor, proof: UseProof, *states: State) -> UseProof:
    fresh = locked_proof(proof)
    kept(by, fresh.grant.organisation)
    require(programme_rules.coordinates(by, fresh.grant.organisation), WHO_CHECKS)
    refuse_if(bool(states) and fresh.state not in states, NOT_NOW.format(state=fresh.get_state_display()))
    return fresh


def refuse_if_lacking(proof: UseProof, sheet: Sheet) -> None:
    lacking = gaps(proof, sheet)
    refuse_if(bool(lacking), LACKING.format(gaps="; ".join(one.text for one in lacking[:3])))


def moved(by: Actor, proof: UseProof, state: State, step: obligations.DocumentStep, on: date) -> UseProof:
    """One step on, and what the carrier owes with it."""
    proof.state = state
    _saved(proof)
    step(by=by, bearer=proof.organisation, document=proof.document, funding_year=proof.funding_year, on=on)
    return proof


def _saved(proof: UseProof) -> UseProof:
    proof.revision += 1
    save_checked(proof)
    record(proof, state=proof.state, funding_year=proof.funding_year, version=proof.version)
    return proof
