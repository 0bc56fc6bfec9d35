"""Rows for this part of the room "Förderung", made beneath the actions."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from lotse.documents.actions import keep_file
from lotse.documents.enums import Compartment
from lotse.documents.intake import produced, receive
from lotse.funding.actions.staff import report_change
from lotse.funding.actions.staff_processes import forward_process
from lotse.funding.enums_staff import ChangeKind, ProcessCode
from lotse.funding.models import StaffChange
from lotse.organisations.models import Person, Post, PostShare
from lotse.programmes.models import Grant, PostFunding
from tests.documents.files import upload

SINCE = date(2020, 1, 1)
HALF = Decimal("0.50")


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days)


def person_of(carrier, name="Eva Beispiel", **more) -> Person:
    first, last = name.split(" ", 1)
    return Person.objects.create(organisation=carrier, first_name=first, last_name=last, **more)


def post_of(agency, title="Fachkraft", fte=HALF, **more) -> Post:
    return Post.objects.create(organisation=agency, title=title, fte=fte, **more)


def share_of(agency, person=None, *, post=None, fte=HALF, valid_from=SINCE, **more) -> PostShare:
    """On a post of her own, where none is given."""
    return PostShare.objects.create(
        post=post or post_of(agency, fte=fte), person=person or person_of(agency.parent), fte=fte, valid_from=valid_from, **more
    )  # fmt: skip


def paid(grant, share, *, fte=None, valid_from=SINCE, **more) -> PostFunding:
    values = {"programme": grant.programme, "fte": fte or share.fte, "valid_from": valid_from}
    return PostFunding.objects.create(grant=grant, share=share, **{**values, **more})


def reported(world, grant, share, kind=ChangeKind.PARENTAL, *, by=None, **more) -> StaffChange:
    values = {"effective_from": in_days(40), **more}
    return report_change(by=by or world.carrier_manager.actor, grant=grant, kind=kind, share=share, **values)


def newcomer(**more) -> dict:
    return {"newcomer_name": "Neu Beispiel", "newcomer_fte": HALF, "newcomer_from": in_days(40), **more}


def forwarded(world, process, on=None):
    by = world.coordinator.actor
    with produced(b"%PDF-1.7", "schreiben.pdf", by=by) as received:
        return forward_process(by=by, process=process, on=on or timezone.localdate(), received=received)


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix: more hours that were asked for on paper and answered on paper. `house`: an `AgencyWorld`."""
    world, by = house.world, house.world.coordinator.actor
    asked = {"fte_after": Decimal("0.75"), "email_text": "Bitte mehr Stunden.", **newcomer()}
    share = share_of(house.agency)
    paid(grant, share)
    with receive(upload(), by=by) as received:
        change = reported(world, grant, share, ChangeKind.HOURS, received=received, **asked)
    process = change.processes.get(code=ProcessCode.FTE_INCREASE)
    with receive(upload(), by=by) as received:
        process.receipt = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
    process.save()
    return {
        "change_kind": ChangeKind.PARENTAL, "staff_change_id": change.public_id, "change_process_id": process.public_id,
        "funded_person_id": share.person.public_id,
    }  # fmt: skip
