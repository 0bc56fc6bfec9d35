"""Money asked for beside the grant: written, sent, decided, used."""

from datetime import date
from decimal import Decimal
from typing import Any

from lotse.auditlog.door import action, record, refuse_if
from lotse.documents.actions import Received, delete_file, keep_file
from lotse.documents.enums import Compartment, DeletionReason
from lotse.documents.models import StoredFile
from lotse.funding import rules
from lotse.funding.actions.shared import happened, kept
from lotse.funding.enums import EntryKind, SubsidyState
from lotse.funding.models import LedgerEntry, Subsidy, SubsidyAttachment, SubsidyPost, SubsidyUse
from lotse.funding.queries.subsidies import posts_of
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, PostShare

SENT = "Der Antrag ist gestellt und wird nicht mehr geändert."
NOT_SENT = "Entschieden wird über einen gestellten Antrag."
TOO_MUCH = "Bewilligt werden kann höchstens, was beantragt ist."
ALL_OR_PART = "Das ist der ganze Betrag. Bitte „bewilligt“ wählen."
NOT_ALL = "Das ist weniger als beantragt. Bitte „teilweise bewilligt“ wählen."
NOT_AWARDED = "Das geht erst, wenn der Zuschuss bewilligt ist."
OVER = "Über diesen Antrag ist schon entschieden."
OTHER_CARRIER = "Das gehört zu einem anderen Träger."
MOST_ATTACHMENTS = 10
ENOUGH = f"Mehr als {MOST_ATTACHMENTS} Anlagen nimmt ein Brief nicht auf."


@action("subsidy.begun", "hat einen Zuschussantrag begonnen")
def begin_subsidy(*, by: Actor, carrier: Organisation, **values: Any) -> Subsidy:
    kept(by, carrier)
    made = save_checked(Subsidy(organisation=carrier, **values))
    record(made, kind=made.kind, years=list(made.years))
    return made


@action("subsidy.changed", "hat einen Zuschussantrag geändert")
def change_subsidy(*, by: Actor, subsidy: Subsidy, revision: int | None = None, **values: Any) -> Subsidy:
    fresh = _draft(by, subsidy)
    record(fresh, fields=revise(fresh, values, revision))
    return fresh


@action("subsidy.post_added", "hat einem Zuschussantrag eine Stelle hinzugefügt")
def add_planned_post(*, by: Actor, subsidy: Subsidy, share: PostShare) -> SubsidyPost:
    """Of the post plan: its words stay those of the plan until the letter is sent."""
    fresh = _draft(by, subsidy)
    house = share.post.organisation
    refuse_if(not house.path.startswith(fresh.organisation.path), OTHER_CARRIER, "share")
    made = SubsidyPost(
        organisation=fresh.organisation,
        subsidy=fresh,
        share=share,
        name=f"{share.person}",
        fte=share.fte,
        since=share.valid_from,
    )
    return _added(fresh, made)


@action("subsidy.other_post_added", "hat einem Zuschussantrag eine Stelle hinzugefügt, die nicht im Stellenplan steht")
def add_other_post(
    *, by: Actor, subsidy: Subsidy, name: str, fte: Decimal, qualification: str = "", languages: str = "",
    since: date | None = None,
) -> SubsidyPost:  # fmt: skip
    fresh = _draft(by, subsidy)
    made = SubsidyPost(
        organisation=fresh.organisation, subsidy=fresh, name=name.strip(), fte=fte, qualification=qualification.strip(),
        languages=languages.strip(), since=since,
    )  # fmt: skip
    return _added(fresh, made)


def _added(subsidy: Subsidy, post: SubsidyPost) -> SubsidyPost:
    save_checked(post)
    record(subsidy, fields=["posts"])
    return post


@action("subsidy.post_removed", "hat eine Stelle aus einem Zuschussantrag genommen")
def remove_post(*, by: Actor, post: SubsidyPost) -> None:
    fresh = _draft(by, post.subsidy)
    post.delete()
    record(fresh, fields=["posts"])


@action("subsidy.attached", "hat einem Zuschussantrag eine Anlage beigelegt")
def attach(*, by: Actor, subsidy: Subsidy, title: str, received: Received) -> SubsidyAttachment:
    fresh = _draft(by, subsidy)
    refuse_if(fresh.attachments.count() >= MOST_ATTACHMENTS, ENOUGH)
    stored = _kept_file(by, received)
    made = SubsidyAttachment(organisation=fresh.organisation, subsidy=fresh, title=title.strip(), file=stored)
    made.save()
    record(fresh, fields=["attachments"])
    return made


@action("subsidy.detached", "hat eine Anlage aus einem Zuschussantrag genommen")
def detach(*, by: Actor, attachment: SubsidyAttachment) -> None:
    fresh, stored = _draft(by, attachment.subsidy), attachment.file
    attachment.delete()
    delete_file(by=by, stored=stored, reason=DeletionReason.MISTAKE)
    record(fresh, fields=["attachments"])


@action("subsidy.sent", "hat einen Zuschussantrag gestellt")
def send_subsidy(*, by: Actor, subsidy: Subsidy, on: date) -> Subsidy:
    """Whose work it pays for is written down as it is today."""
    fresh = _draft(by, subsidy)
    happened(on, "on")
    for words in posts_of(fresh):
        words.row.name, words.row.qualification, words.row.languages = words.name, words.qualification, words.languages
        words.row.fte, words.row.since = words.fte, words.since
        words.row.save()
    return _moved(fresh, SubsidyState.SENT, sent_on=on)


@action("subsidy.decided", "hat die Entscheidung über einen Zuschuss eingetragen")
def decide_subsidy(
    *, by: Actor, subsidy: Subsidy, state: SubsidyState, on: date, awarded: Decimal | None = None,
    proof_due_on: date | None = None, received: Received | None = None,
) -> Subsidy:  # fmt: skip
    fresh = _own(by, subsidy)
    refuse_if(fresh.state != SubsidyState.SENT, OVER if fresh.decided_on else NOT_SENT)
    happened(on, "on")
    refuse_if(fresh.sent_on is not None and on < fresh.sent_on, "Entschieden wird frühestens am Tag des Antrags.", "on")
    _check_award(fresh, state, awarded)
    stored = _kept_file(by, received) if received else None
    is_paid = state != SubsidyState.REFUSED
    return _moved(
        fresh, state, decided_on=on, awarded=awarded if is_paid else None, proof_due_on=proof_due_on if is_paid else None,
        notice=stored,
    )  # fmt: skip


def _check_award(subsidy: Subsidy, state: SubsidyState, awarded: Decimal | None) -> None:
    if state == SubsidyState.REFUSED or awarded is None:
        return
    refuse_if(not rules.is_covered(awarded, subsidy.requested), TOO_MUCH, "awarded")
    refuse_if(state == SubsidyState.GRANTED and awarded != subsidy.requested, NOT_ALL, "state")
    refuse_if(state == SubsidyState.PARTLY and awarded == subsidy.requested, ALL_OR_PART, "state")


@action("subsidy.withdrawn", "hat einen Zuschussantrag zurückgezogen")
def withdraw_subsidy(*, by: Actor, subsidy: Subsidy) -> Subsidy:
    fresh = _own(by, subsidy)
    refuse_if(fresh.state not in (SubsidyState.DRAFT, SubsidyState.SENT), OVER)
    return _moved(fresh, SubsidyState.WITHDRAWN)


@action("subsidy.proven", "hat die Verwendung eines Zuschusses nachgewiesen")
def note_proof(*, by: Actor, subsidy: Subsidy, on: date) -> Subsidy:
    fresh = _awarded(by, subsidy)
    refuse_if(fresh.proof_sent_on is not None, "Der Nachweis ist schon eingetragen.")
    happened(on, "on")
    fresh.proof_sent_on = on
    save_checked(fresh)
    record(fresh, on=on)
    return fresh


@action("subsidy.use_noted", "hat eine Buchung einem Zuschuss zugeordnet")
def note_use(*, by: Actor, subsidy: Subsidy, entry: LedgerEntry) -> SubsidyUse:
    """Money that came from it, or what it was spent on."""
    fresh = _awarded(by, subsidy)
    refuse_if(entry.organisation_id != fresh.organisation_id, OTHER_CARRIER, "entry")
    refuse_if(entry.kind == EntryKind.OWN_SHARE, "Ein Eigenanteil ist kein Zuschuss.", "entry")
    back = entry.reverses_id is not None or LedgerEntry.objects.filter(reverses=entry).exists()
    refuse_if(back, "Diese Buchung ist zurückgenommen.", "entry")
    made = save_checked(SubsidyUse(organisation=fresh.organisation, subsidy=fresh, entry=entry))
    record(fresh, entry=entry.public_id)
    return made


@action("subsidy.use_removed", "hat die Zuordnung einer Buchung zu einem Zuschuss aufgehoben")
def remove_use(*, by: Actor, use: SubsidyUse) -> None:
    fresh, entry = _awarded(by, use.subsidy), use.entry
    use.delete()
    record(fresh, entry=entry.public_id)


def _own(by: Actor, subsidy: Subsidy) -> Subsidy:
    fresh = locked(subsidy)
    kept(by, fresh.organisation)
    return fresh


def _draft(by: Actor, subsidy: Subsidy) -> Subsidy:
    fresh = _own(by, subsidy)
    refuse_if(not fresh.is_draft, SENT)
    return fresh


def _awarded(by: Actor, subsidy: Subsidy) -> Subsidy:
    fresh = _own(by, subsidy)
    refuse_if(not fresh.is_awarded, NOT_AWARDED)
    return fresh


def _kept_file(by: Actor, received: Received) -> StoredFile:
    return keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="with_owner")


def _moved(subsidy: Subsidy, state: SubsidyState, **values: Any) -> Subsidy:
    """The revision goes along: a form that was open meanwhile is told."""
    for name, value in {"state": state, **values}.items():
        setattr(subsidy, name, value)
    subsidy.revision += 1
    save_checked(subsidy)
    record(subsidy, state=state)
    return subsidy
