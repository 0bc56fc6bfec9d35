"""Changes of posts: told once by the carrier, before they take effect; what follows is derived."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.documents.actions import Received
from lotse.documents.models import StoredFile
from lotse.funding import rules
from lotse.funding.actions.shared import kept, paper_of
from lotse.funding.enums_staff import OF_SHARE, OPEN, ChangeKind, ProcessCode, ProcessKind
from lotse.funding.enums_staff import ProcessState as State
from lotse.funding.models import ChangeProcess, StaffChange
from lotse.funding.queries.keepers import keepers
from lotse.funding.queries.staff import may_be_changed, may_withdraw
from lotse.funding.staff_processes import Needed, derive
from lotse.organisations.actions.shared import change as set_values
from lotse.organisations.actions.shared import locked, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person, Post, PostShare
from lotse.organisations.notices import notify
from lotse.programmes.models import Grant, GrantAgency

NOT_FUNDED = "Diese Integrationsagentur gehört nicht zu dieser Zuwendung."
IN_WRITING = (
    "Mehr Stunden werden schriftlich beantragt. Bitte laden Sie den Antrag hoch oder fügen Sie den Text der E-Mail ein."
)
ON_ITS_WAY = "Das ist schon bei der Behörde oder abgeschlossen. Bitte melden Sie, was jetzt gilt, als neue Änderung."
SAME_HOURS = "Der Stellenumfang ist derselbe wie vorher."
WHO_COMES = "Bitte sagen, wer kommt."
WHO_WITHDRAWS = "Was schon bei der Behörde ist, zieht der Bezirk zurück."


@action("staff_change.reported", "hat eine Änderung gemeldet")
def report_change(
    *, by: Actor, grant: Grant, kind: ChangeKind, effective_from: date, agency: Organisation | None = None,
    post: Post | None = None, share: PostShare | None = None, received: Received | None = None, **values: Any,
) -> StaffChange:  # fmt: skip
    """`share`: whom it is about, with her post; else the post, or the agency alone."""
    post = share.post if share else post
    place = agency or (post.organisation if post else None)
    refuse_if(place is None, "Bitte wählen, worum es geht.", "share" if kind in OF_SHARE else "post")
    carrier = _carrier(grant, place)
    kept(by, carrier)
    made = StaffChange(
        organisation=carrier, grant=grant, agency=place, post=post, share=share, kind=kind, reported_by_id=by.person_id,
        effective_from=effective_from, reported_on=timezone.localdate(), fte_before=share.fte if share else None,
    )  # fmt: skip
    _written(by, made, values, received)
    save_checked(made)
    codes = _derived(made)
    record(made, kind=kind, effective_from=effective_from, processes=codes)
    _tell_district(by, made)
    return made


def _carrier(grant: Grant, agency: Organisation | None) -> Organisation:
    row = GrantAgency.objects.filter(grant=grant, agency=agency).select_related("organisation").first()
    if row is None:
        refuse_if(True, NOT_FUNDED, "agency")
        raise AssertionError
    return row.organisation


def _written(by: Actor, change: StaffChange, values: dict[str, Any], received: Received | None) -> list[str]:
    """What the form says, judged as a whole."""
    changed = set_values(change, values)
    if change.kind == ChangeKind.NEW_HIRE:
        change.newcomer_from = change.effective_from
    comes = change.newcomer_from is not None
    refuse_if(comes and not change.coming, WHO_COMES, "newcomer_name")
    refuse_if(change.kind == ChangeKind.HOURS and change.fte_after == change.fte_before, SAME_HOURS, "fte_after")
    if received:
        change.paper = _filed(by, change, received)
    increase = any(needed.code == ProcessCode.FTE_INCREASE for needed in derive(change.event))
    refuse_if(not rules.is_asked_in_writing(increase, change.is_in_writing), IN_WRITING, "email_text")
    return changed


def _filed(by: Actor, change: StaffChange, received: Received) -> StoredFile:
    return paper_of(by, change.grant, year_of(change, change.effective_from), received)


def year_of(change: StaffChange, day: date) -> int:
    """The funding year that a paper of that day belongs to."""
    return min(max(day.year, change.grant.first_year), change.grant.last_year)


def _derived(change: StaffChange) -> list[str]:
    needed = derive(change.event)
    for one in needed:
        row = ChangeProcess(organisation_id=change.organisation_id, change=change, kind=one.kind, code=one.code)
        row.effective_from, row.due_from, row.state = one.effective_from, one.due_from, _first_state(one)
        save_checked(row)
    return [str(one.code) for one in needed]


def _first_state(needed: Needed) -> State:
    """What should have had consent before, never gets it (FU-05)."""
    if needed.kind == ProcessKind.NOTIFY:
        return State.REPORTED
    in_time = rules.can_be_granted(needed.effective_from, timezone.localdate())
    return State.REQUESTED if in_time else State.INELIGIBLE


def _tell_district(by: Actor, change: StaffChange) -> None:
    """No name and no reason goes by mail."""
    told = [one for one in keepers(change.grant.organisation, timezone.localdate()) if one.pk != by.person_id]
    notify(told, "Änderung gemeldet", f"{change.organisation}: Für „{change.grant}“ ist eine Änderung gemeldet.")


@action("staff_change.changed", "hat eine gemeldete Änderung berichtigt")
def change_change(
    *, by: Actor, change: StaffChange, revision: int | None = None, received: Received | None = None, **values: Any
) -> StaffChange:
    """While all is with the district. The processes are derived anew; the day of the report stays."""
    fresh = locked(change)
    kept(by, fresh.organisation)
    refuse_if_changed(fresh, revision)
    refuse_if(not may_be_changed(fresh, fresh.processes.all()), ON_ITS_WAY)
    changed = _written(by, fresh, values, received)
    fresh.revision += 1
    save_checked(fresh)
    fresh.processes.all().delete()
    record(fresh, fields=changed, processes=_derived(fresh))
    return fresh


@action("staff_change.withdrawn", "hat eine gemeldete Änderung zurückgezogen")
def withdraw_change(*, by: Actor, change: StaffChange) -> StaffChange:
    """It does not happen after all. What the authority has answered stays as it is."""
    fresh = locked(change)
    kept(by, fresh.organisation)
    rows = list(fresh.processes.filter(state__in=OPEN))
    refuse_if(not rows, "Hier ist nichts mehr offen.")
    require(may_withdraw(by, fresh, rows), WHO_WITHDRAWS)
    for row in rows:
        row.state = State.WITHDRAWN
        save_checked(row)
    record(fresh, processes=[row.code for row in rows])
    return fresh


@action("staff_change.newcomer_named", "hat eine neue Person zugeordnet")
def name_newcomer(*, by: Actor, change: StaffChange, newcomer: Person) -> StaffChange:
    """Once she is on the list of people."""
    fresh = locked(change)
    kept(by, fresh.organisation)
    refuse_if(fresh.newcomer_from is None, "Bei dieser Änderung kommt niemand neu.")
    refuse_if(
        newcomer.organisation_id != fresh.organisation_id, "Diese Person ist bei einem anderen Träger.", "newcomer"
    )
    fresh.newcomer = newcomer
    save_checked(fresh)
    record(fresh, fields=["newcomer"])
    return fresh


@action("staff_change.contact_sent", "hat die Kontaktdaten einer neuen Person weitergegeben")
def send_contact(*, by: Actor, change: StaffChange) -> StaffChange:
    """The district reads them where they stand; nobody types them twice (FU-08)."""
    fresh = locked(change)
    kept(by, fresh.organisation)
    refuse_if(fresh.newcomer is None, "Bitte zuerst sagen, wer die neue Person ist.")
    lacking = rules.missing_contact(fresh.newcomer, fresh.agency.address) if fresh.newcomer else []
    refuse_if(bool(lacking), f"Es fehlt noch: {', '.join(lacking)}.")
    fresh.contact_sent_on = timezone.localdate()
    save_checked(fresh)
    record(fresh, fields=["contact_sent_on"])
    _tell_contact(by, fresh)
    return fresh


def _tell_contact(by: Actor, change: StaffChange) -> None:
    told = [one for one in keepers(change.grant.organisation, timezone.localdate()) if one.pk != by.person_id]
    notify(told, "Kontaktdaten vollständig", f"{change.organisation}: Die Kontaktdaten einer neuen Person sind da.")
