"""What was released goes to the authority, is accepted or corrected; papers keep long enough; remarks on the way there."""

from collections.abc import Iterable
from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, resolved, start_retention
from lotse.documents.models import StoredFile
from lotse.funding.actions.proofs import NOT_NOW, coordinated, writable
from lotse.funding.actions.shared import happened, kept, paper_of
from lotse.funding.enums import ProofState as State
from lotse.funding.enums import ProofWay
from lotse.funding.models import DifferenceNote, LedgerEntry, ProofRemark, UseProof
from lotse.funding.queries.proofs import carriers_of, next_version
from lotse.funding.queries.retention import kept_until, papers_of
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.programmes.actions import obligations

NO_REASON = "Bitte schreiben Sie, warum es eine neue Fassung gibt."
NEWER = "Es gibt schon eine neuere Fassung."
TWICE = "Zu dieser Buchung liegt der Beleg schon hier."
NUMBERED = "Diese Buchung hat schon eine Belegnummer."


@action("use_proof.transmitted", "hat einen Verwendungsnachweis an die Behörde übermittelt")
def transmit(*, by: Actor, proof: UseProof, on: date, channel: ProofWay) -> UseProof:
    """With it what every carrier owes is sent, and the papers' clocks go on where five years from now are longer."""
    fresh = coordinated(by, proof, State.RELEASED)
    happened(on, "on")
    fresh.state, fresh.transmitted_on, fresh.channel = State.TRANSMITTED, on, channel
    _kept(fresh, on)
    _for_all(by, fresh, obligations.send, on)
    extend_clocks(fresh, on)
    return fresh


@action("use_proof.accepted", "hat die Annahme eines Verwendungsnachweises eingetragen")
def accept(*, by: Actor, proof: UseProof, on: date) -> UseProof:
    fresh = coordinated(by, proof, State.TRANSMITTED)
    happened(on, "on")
    refuse_if(on < fresh.transmitted_on, "Angenommen wird frühestens am Tag der Übermittlung.", "on")
    fresh.state, fresh.accepted_on = State.ACCEPTED, on
    _kept(fresh, on)
    _for_all(by, fresh, obligations.accept, on)
    return fresh


@action("use_proof.corrected", "hat eine neue Fassung eines Verwendungsnachweises begonnen")
def correct(*, by: Actor, proof: UseProof, why: str) -> UseProof:
    """The next version, to be written on with the same explanations; this one stays as it was released."""
    fresh = coordinated(by, proof)
    refuse_if(not fresh.is_frozen, NOT_NOW.format(state=fresh.get_state_display()))
    refuse_if(not why.strip(), NO_REASON, "why")
    refuse_if(next_version(fresh) != fresh.version + 1, NEWER)
    same = {name: getattr(fresh, name) for name in ("organisation", "grant", "kind", "first_year", "funding_year")}
    made = save_checked(UseProof(**same, version=fresh.version + 1, why_again=why.strip()))
    for note in fresh.notes.all():
        DifferenceNote.objects.create(
            organisation_id=note.organisation_id, proof=made, subject=note.subject, line_id=note.line_id, text=note.text
        )
    record(made, version=made.version, corrects=fresh.public_id)
    return made


def _kept(proof: UseProof, on: date) -> None:
    proof.revision += 1
    save_checked(proof)
    record(proof, state=proof.state, on=on, version=proof.version)


def _for_all(by: Actor, proof: UseProof, step: obligations.DocumentStep, on: date) -> None:
    for carrier in carriers_of(proof.grant):
        step(by=by, bearer=carrier, document=proof.document, funding_year=proof.funding_year, on=on)


def extend_clocks(proof: UseProof, on: date) -> None:
    """Every paper of the proof, where it would go earlier; none is shortened."""
    for year in proof.years:
        last = kept_until(proof.grant, year, on)
        start_retention(files=_earlier(papers_of(proof.grant, year), last), on=date(year, 12, 31), at_least=last)


def _earlier(files: Iterable[StoredFile], last: date) -> list[StoredFile]:
    return [one for one in files if one.keep_until is not None and one.keep_until < last]


# Remarks --------------------------------------------------------------------------------------------------------------
@action("use_proof.remarked", "hat eine Anmerkung zu einem Verwendungsnachweis geschrieben")
def remark(*, by: Actor, proof: UseProof, place: str, text: str) -> ProofRemark:
    fresh = coordinated(by, proof, State.HANDED_IN)
    refuse_if(not text.strip(), "Bitte schreiben Sie, was zu ändern ist.", "text")
    made = ProofRemark.objects.create(
        organisation_id=fresh.organisation_id, proof=fresh, place=place, text=text.strip(), by_id=by.person_id
    )
    record(fresh)
    return made


@action("use_proof.remark_withdrawn", "hat eine Anmerkung zu einem Verwendungsnachweis gelöscht")
def withdraw_remark(*, by: Actor, remark: ProofRemark) -> None:
    """As long as the proof has not been returned."""
    record(coordinated(by, remark.proof, State.HANDED_IN))
    remark.delete()


@action("use_proof.remark_resolved", "hat eine Anmerkung zu einem Verwendungsnachweis als erledigt abgehakt")
def resolve_remark(*, by: Actor, remark: ProofRemark) -> ProofRemark:
    proof = writable(by, remark.proof)
    done = resolved(by, remark)
    record(proof)
    return done


# Papers ---------------------------------------------------------------------------------------------------------------
@action("ledger_entry.completed", "hat Belegnummer oder Beleg einer Buchung nachgetragen")
def complete_entry(*, by: Actor, entry: LedgerEntry, number: str = "", received: Received | None = None) -> LedgerEntry:
    """What was missing is added; what is there, and every amount, stays."""
    fresh = locked(entry)
    kept(by, fresh.organisation)
    refuse_if(bool(number.strip() and fresh.number), NUMBERED, "number")
    refuse_if(bool(received and fresh.file_id), TWICE, "file")
    fields = []
    if number.strip():
        fresh.number = number.strip()
        fields.append("number")
    if received:
        fresh.file = paper_of(by, fresh.grant, fresh.funding_year, received)
        fields.append("file")
    refuse_if(not fields, "Bitte eine Belegnummer oder den Beleg angeben.")
    save_checked(fresh)
    record(fresh, fields=fields)
    return fresh
