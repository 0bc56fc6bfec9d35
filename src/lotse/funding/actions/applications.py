"""The way of the one application (FU-03): begun, its parts handed in or sent back, submitted, corrected, decided."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, require
from lotse.core.canonical import canonical, digest
from lotse.documents.actions import Received
from lotse.documents.intake import produced
from lotse.documents.rendering import render_pdf
from lotse.funding import rules
from lotse.funding.actions.parts import CLOSED, locked_part, refuse_unfit
from lotse.funding.actions.shared import happened, kept, paper_of
from lotse.funding.application_papers import part_paper, whole_paper
from lotse.funding.enums import ApplicationState as State
from lotse.funding.enums import PartState
from lotse.funding.models import Application, ApplicationVersion, CarrierPart
from lotse.funding.queries.applications import carrier_ids, content_of, own_share_gaps, whole_of
from lotse.funding.queries.part_content import WholeContent
from lotse.funding.queries.snapshots import as_data
from lotse.organisations.actions.shared import save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify
from lotse.programmes.actions import obligations
from lotse.programmes.actions.obligations import DocumentStep
from lotse.programmes.models import Grant
from lotse.programmes.queries.people import handing_in
from lotse.programmes.rules import hands_in

WHO_TRANSMITS = "Den Gesamtantrag stellt die Koordination des Zuwendungsempfängers."
WHO_HANDS_IN = "Diesen Teil reicht der Träger ein, oder die Koordination für ihn."
ALREADY = "Zu dieser Zuwendung gibt es schon einen Antrag."
NO_CARRIERS = "Bitte zuerst Integrationsagenturen in die Zuwendung aufnehmen."
NOT_NOW = "Das ist jetzt nicht dran: Der Stand ist „{state}“. Bitte laden Sie die Seite neu."
NOT_HANDED_IN = "Dieser Teil ist nicht eingereicht."
NO_REMARK = "Bitte schreiben Sie, was zu ändern ist."
CHANGED = "Inzwischen hat sich etwas geändert. Bitte sehen Sie den Antrag noch einmal durch."
DOCUMENT = "application"


@action("application.begun", "hat einen Gesamtantrag begonnen")
def begin_application(*, by: Actor, grant: Grant) -> Application:
    """With a part for every carrier of the grant; each is told."""
    kept(by, grant.organisation)
    refuse_if(Application.objects.filter(grant=grant).exists(), ALREADY)
    refuse_if(not carrier_ids(grant), NO_CARRIERS)
    made = save_checked(Application(organisation=grant.organisation, grant=grant))
    _add_parts(made)
    record(made, parts=made.parts.count())
    return made


@action("application.parts_added", "hat Träger in einen Gesamtantrag aufgenommen")
def add_missing_parts(*, by: Actor, application: Application) -> Application:
    """Of carriers that came into the grant since."""
    fresh = _locked(application)
    kept(by, fresh.organisation)
    refuse_if(not fresh.is_open, NOT_NOW.format(state=fresh.get_state_display()))
    record(fresh, parts=_add_parts(fresh))
    return fresh


def _add_parts(application: Application) -> int:
    new = carrier_ids(application.grant) - set(application.parts.values_list("organisation", flat=True))
    for carrier in sorted(new):
        part = save_checked(CarrierPart(organisation_id=carrier, application=application))
        _tell([part], "Antrag begonnen", "bitte füllen Sie Ihren Teil aus und reichen Sie ihn ein")
    return len(new)


def hand_in_part(*, by: Actor, part: CarrierPart, on: date, acknowledged: Collection[str] = ()) -> ApplicationVersion:
    """Printed before the transaction opens, so that nobody waits for the printer under a lock."""
    _handing(by, part)
    part.refresh_from_db()
    content = content_of(part)
    refuse_unfit(content)
    whole = WholeContent(content.frame, (content,))
    with produced(render_pdf(part_paper(content)), f"Antragsteil-{part}.pdf", by=by) as received:
        return freeze_part(
            by=by, part=part, on=on, received=received, printed=digest(as_data(whole)), acknowledged=acknowledged
        )


def _handing(by: Actor, part: CarrierPart) -> None:
    kept(by, part.organisation)
    require(hands_in(by, part.organisation), WHO_HANDS_IN)


@action("carrier_part.handed_in", "hat einen Antragsteil eingereicht")
def freeze_part(
    *, by: Actor, part: CarrierPart, on: date, received: Received, printed: str, acknowledged: Collection[str] = ()
) -> ApplicationVersion:  # fmt: skip
    """`printed`: the checksum of what stands on the paper."""
    _locked(part.application)
    fresh = locked_part(part)
    _handing(by, fresh)
    refuse_if(fresh.is_handed_in or not fresh.application.is_open, CLOSED)
    happened(on, "on")
    content = content_of(fresh)
    fresh.state, fresh.handed_in_on, fresh.handed_in_by_id, fresh.remark = PartState.HANDED_IN, on, by.person_id, ""
    fresh.revision += 1
    save_checked(fresh)
    made = _kept_version(by, fresh.application, fresh, WholeContent(content.frame, (content,)), received, printed, on)
    _follow(obligations.hand_in, by, [fresh], on)
    record(fresh, on=on, version=made.public_id, warnings=acknowledged)
    return made


@action("carrier_part.returned", "hat einen Antragsteil zurückgegeben")
def return_part(*, by: Actor, part: CarrierPart, remark: str) -> CarrierPart:
    _locked(part.application)
    fresh = locked_part(part)
    require(rules.transmits(by, fresh.application.organisation), WHO_TRANSMITS)
    refuse_if(not fresh.application.is_open or not fresh.is_handed_in, NOT_HANDED_IN)
    _open_again(by, [fresh], remark, timezone.localdate())
    record(fresh)
    return fresh


def submit(*, by: Actor, application: Application, on: date, acknowledged: Collection[str] = ()) -> ApplicationVersion:
    """Printed before the transaction opens. `acknowledged`: own shares that were seen to be too low."""
    require(rules.transmits(by, application.organisation), WHO_TRANSMITS)
    whole = whole_of(application)
    with produced(render_pdf(whole_paper(whole)), f"{application}.pdf", by=by) as received:
        return freeze_whole(
            by=by, application=application, on=on, received=received, printed=digest(as_data(whole)), acknowledged=acknowledged
        )  # fmt: skip


@action("application.submitted", "hat den Gesamtantrag gestellt")
def freeze_whole(
    *, by: Actor, application: Application, on: date, received: Received, printed: str, acknowledged: Collection[str] = ()
) -> ApplicationVersion:  # fmt: skip
    fresh = _stepped(by, application, (State.COLLECTING, State.CORRECTION), on)
    every = list(fresh.parts.select_related("organisation").select_for_update(of=("self",)))
    refuse_if(not rules.is_whole(every, carrier_ids(fresh.grant)), _lacking(fresh, every))
    whole = whole_of(fresh)
    gaps = own_share_gaps(whole)
    refuse_if(len(set(acknowledged)) < len(gaps), " ".join(text for _carrier, _year, text in gaps))
    fresh.state, fresh.submitted_on, fresh.remark = State.SUBMITTED, on, ""
    _saved(fresh)
    made = _kept_version(by, fresh, None, whole, received, printed, on)
    _follow(obligations.send, by, every, on)
    record(fresh, on=on, version=made.public_id, warnings=acknowledged)
    return made


def _lacking(application: Application, parts: Iterable[CarrierPart]) -> str:
    there = {part.organisation_id for part in parts}
    names = [str(part) for part in parts if not part.is_handed_in]
    if carrier_ids(application.grant) - there:
        names.append("neue Träger der Zuwendung")
    return f"Es fehlen noch Teile: {', '.join(names)}."


@action("application.correction_asked", "hat eingetragen, dass die Behörde eine Nachbesserung verlangt")
def note_correction(
    *, by: Actor, application: Application, on: date, remark: str, parts: Collection[CarrierPart] = ()
) -> Application:
    """The parts concerned are open again, with the remark; the others stay handed in."""
    fresh = _stepped(by, application, (State.SUBMITTED,), on)
    refuse_if(not remark.strip(), NO_REMARK, "remark")
    fresh.state, fresh.remark = State.CORRECTION, remark.strip()
    _saved(fresh)
    mine = set(fresh.parts.values_list("pk", flat=True))
    _open_again(by, [locked_part(part) for part in parts if part.pk in mine], remark, on)
    record(fresh, on=on, parts=len(parts))
    return fresh


@action("application.decided", "hat die Entscheidung über den Gesamtantrag eingetragen")
def note_decision(*, by: Actor, application: Application, on: date, granted: bool) -> Application:
    """What was granted stands in the notice."""
    fresh = _stepped(by, application, (State.SUBMITTED,), on)
    refuse_if(
        fresh.submitted_on is not None and on < fresh.submitted_on, "Entschieden wird erst nach dem Antrag.", "on"
    )
    fresh.state, fresh.decided_on = State.GRANTED if granted else State.REFUSED, on
    _saved(fresh)
    if granted:
        _follow(obligations.accept, by, list(fresh.parts.select_related("organisation")), on)
    record(fresh, on=on, state=fresh.state)
    return fresh


def _locked(application: Application) -> Application:
    """Whoever moves a part waits here for whoever submits."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("organisation", "grant__organisation")
    return rows.get(pk=application.pk)


def _stepped(by: Actor, application: Application, states: Collection[State], on: date) -> Application:
    fresh = _locked(application)
    require(rules.transmits(by, fresh.organisation), WHO_TRANSMITS)
    refuse_if(fresh.state not in states, NOT_NOW.format(state=fresh.get_state_display()))
    happened(on, "on")
    return fresh


def _saved(fresh: Application) -> None:
    fresh.revision += 1
    save_checked(fresh)


def _open_again(by: Actor, parts: list[CarrierPart], remark: str, on: date) -> None:
    refuse_if(not remark.strip(), NO_REMARK, "remark")
    for part in parts:
        part.state, part.remark = PartState.RETURNED, remark.strip()
        part.revision += 1
        save_checked(part)
    _follow(obligations.ask_rework, by, parts, on)
    _tell(
        parts,
        "Antragsteil zu ändern",
        "bitte ändern Sie Ihren Teil und reichen Sie ihn noch einmal ein. Was zu ändern ist, steht dort",
    )


def _follow(step: DocumentStep, by: Actor, parts: Iterable[CarrierPart], on: date) -> None:
    """The deadline "application" of each carrier goes along."""
    for part in parts:
        year = part.application.grant.first_year
        step(by=by, bearer=part.organisation, document=DOCUMENT, funding_year=year, on=on)


def _tell(parts: Iterable[CarrierPart], subject: str, text: str) -> None:
    for part in parts:
        words = f"{part.application.grant}, {part.organisation.name}: {text}."
        notify(handing_in(part.organisation, timezone.localdate()), subject, words)


def _kept_version(
    by: Actor, application: Application, part: CarrierPart | None, whole: WholeContent, received: Received, printed: str, on: date
) -> ApplicationVersion:  # fmt: skip
    data = as_data(whole)
    refuse_if(digest(data) != printed, CHANGED)
    grant = application.grant
    return ApplicationVersion.objects.create(
        organisation_id=part.organisation_id if part else application.organisation_id, application=application, part=part,
        on=on, by_id=by.person_id, content=canonical(data).decode(), sha256=printed,
        file=paper_of(by, grant, grant.last_year, received),
    )  # fmt: skip
