"""The way of a document (model.md §12.4): handed in, returned or released, transmitted, accepted or corrected."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lotse.agency import deadlines, rules
from lotse.agency.actions.papers import writable
from lotse.agency.actions.versions import next_version
from lotse.agency.enums import Channel
from lotse.agency.enums import DocumentState as State
from lotse.agency.models import AgencyDocument, DocumentStep, ReleasedDocument
from lotse.agency.prescribed_papers import paper
from lotse.agency.queries.content import content_of, content_text
from lotse.agency.queries.contents import contents
from lotse.agency.queries.prescribed import held_back, printed_on
from lotse.agency.queries.readiness import missing_for_review, open_comments
from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.canonical import canonical, digest
from lotse.documents.actions import Received, file_evidence
from lotse.documents.enums import EvidenceKind
from lotse.documents.intake import produced
from lotse.documents.models import Evidence
from lotse.documents.rendering import render_pdf
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify

WHO_RELEASES = "Das tut die Koordination."
NOT_HERS = "Wofür Sie selbst zuständig sind, das gibt jemand anderes aus der Koordination frei."
NOT_NOW = "Das geht jetzt nicht mehr: Der Stand ist „{state}“. Bitte laden Sie die Seite neu."
UNSAID = "Bitte schreiben Sie dazu, was zu ändern ist, oder eine Anmerkung an die Stelle."
NO_REASON = "Bitte schreiben Sie, was die Behörde geändert haben möchte."
FUTURE = "Dieser Tag liegt in der Zukunft."
CHANGED = "Inzwischen hat sich etwas geändert. Bitte lesen Sie das Dokument noch einmal."


@dataclass(frozen=True)
class Said:
    """What is kept of a step besides who and when."""

    channel: str = ""
    note: str = ""
    content: str = ""


@action("agency_document.handed_in", "hat ein Dokument der Agentur zur Prüfung gegeben")
def hand_in(*, by: Actor, document: AgencyDocument) -> AgencyDocument:
    fresh = writable(by, document)
    lacking = missing_for_review(fresh)
    refuse_if(bool(lacking), "Es fehlt noch etwas: " + "; ".join(one.text for one in lacking[:3]) + ".")
    _refuse_outdated(fresh)
    fresh.ready_at, fresh.missing = timezone.now(), 0
    return _gone(fresh, by, State.READY, said=Said(content=content_text(fresh)))


@action("agency_document.returned", "hat ein Dokument der Agentur zurückgegeben")
def return_document(*, by: Actor, document: AgencyDocument, note: str = "") -> AgencyDocument:
    """With comments at passages, or a word about the whole."""
    fresh = _locked(by, document, (State.READY,))
    waiting = len(open_comments(fresh))
    refuse_if(not waiting and not note.strip(), UNSAID, "note")
    fresh.missing = waiting
    _tell(fresh, "Die Koordination hat etwas dazu geschrieben.")
    return _gone(fresh, by, State.RETURNED, said=Said(note=note.strip()))


def release_document(*, by: Actor, document: AgencyDocument) -> ReleasedDocument:
    """Printed before the transaction opens, so that nobody waits for the printer under a lock."""
    content, current = content_of(document), printed_on(document, timezone.localdate())
    printed = render_pdf(paper(document, contents(by, document), current, is_final=True))
    name = f"{document.get_kind_display()}-{document.years}-Fassung-{document.version}.pdf"
    with produced(printed, name, by=by) as received:
        return freeze(by=by, document=document, received=received, printed=digest(content))


@action("agency_document.released", "hat ein Dokument der Agentur freigegeben")
def freeze(*, by: Actor, document: AgencyDocument, received: Received, printed: str) -> ReleasedDocument:
    """`printed`: the checksum of what stands on the paper."""
    fresh = _locked(by, document, (State.READY,))
    require(rules.may_release(by, fresh), NOT_HERS)
    _refuse_outdated(fresh)
    content = content_of(fresh)
    refuse_if(digest(content) != printed, CHANGED)
    fresh.released_at, fresh.released_by_id = timezone.now(), by.person_id
    _gone(fresh, by, State.RELEASED)
    return ReleasedDocument.objects.create(
        organisation_id=fresh.organisation_id, document=fresh, content=canonical(content).decode(), sha256=printed,
        by_id=by.person_id, at=fresh.released_at, evidence=_filed(by, fresh, received),
    )  # fmt: skip


def _refuse_outdated(document: AgencyDocument) -> None:
    """No paper on a form or with a logo that does not hold today (IA-02)."""
    reason = held_back(document, timezone.localdate())
    refuse_if(bool(reason), reason)


def _filed(by: Actor, document: AgencyDocument, received: Received) -> Evidence:
    """As evidence of its year, so that the proof of use finds it by kind, agency and year."""
    return file_evidence(
        by=by, received=received, unit=document.agency, organisation_id=document.organisation_id, kind=EvidenceKind.RELEASED,
        title=f"{document}, Fassung {document.version}", funding_year=document.funding_year, until_year=document.until_year,
        on=timezone.localdate(),
    )  # fmt: skip


@action("agency_document.transmitted", "hat ein Dokument der Agentur übermittelt")
def transmit(*, by: Actor, document: AgencyDocument, on: date, channel: Channel) -> AgencyDocument:
    fresh = _locked(by, document, (State.RELEASED,))
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    fresh.transmitted_on = on
    return _gone(fresh, by, State.TRANSMITTED, on=on, said=Said(channel=channel))


@action("agency_document.accepted", "hat die Annahme eines Dokuments der Agentur eingetragen")
def accept(*, by: Actor, document: AgencyDocument, on: date) -> AgencyDocument:
    fresh = _locked(by, document, (State.TRANSMITTED,))
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    fresh.accepted_on = on
    return _gone(fresh, by, State.ACCEPTED, on=on)


@action("agency_document.correction", "hat eingetragen, dass die Behörde eine Korrektur verlangt")
def request_correction(*, by: Actor, document: AgencyDocument, on: date, note: str) -> AgencyDocument:
    """The next version, to be written on; this one stays as it was transmitted."""
    fresh = _locked(by, document, (State.TRANSMITTED,))
    refuse_if(on > timezone.localdate(), FUTURE, "on")
    refuse_if(not note.strip(), NO_REASON, "note")
    _tell(fresh, "Die Behörde möchte eine Korrektur. Eine neue Fassung ist begonnen.")
    _gone(fresh, by, State.CORRECTION, on=on, said=Said(note=note.strip()))
    return next_version(fresh)


def _tell(document: AgencyDocument, why: str) -> None:
    people = [document.responsible] if document.responsible else []
    notify(people, f"{document} kam zurück", f"{document.agency.name}: {document}. {why}")


def _locked(by: Actor, document: AgencyDocument, states: Collection[State]) -> AgencyDocument:
    rows = AgencyDocument.objects.select_for_update(of=("self",)).select_related("agency")
    fresh = rows.get(pk=document.pk)
    require(rules.releases(by, fresh.agency), WHO_RELEASES)
    refuse_if(fresh.state not in states, NOT_NOW.format(state=fresh.get_state_display()))
    return fresh


def _gone(
    fresh: AgencyDocument, by: Actor, state: State, *, on: date | None = None, said: Said = Said()
) -> AgencyDocument:
    """One step on: kept, told to the deadlines, written into the log."""
    day = on or timezone.localdate()
    fresh.state = state
    fresh.revision += 1
    fresh.save()
    DocumentStep.objects.create(
        organisation_id=fresh.organisation_id, document=fresh, state=state, by_id=by.person_id, on=day,
        channel=said.channel, note=said.note, content=said.content,
    )  # fmt: skip
    deadlines.follow(by=by, document=fresh, on=day)
    record(fresh, state=state, version=fresh.version, on=day)
    return fresh
