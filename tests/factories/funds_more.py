"""Rows for this part of the room "Förderung", made beneath the actions."""

from datetime import date
from decimal import Decimal

from lotse.funding.enums import EntryKind
from lotse.funding.models import DutyCheck, Subsidy, SubsidyAttachment, SubsidyPost, SubsidyUse
from lotse.organisations.models import Organisation, Post, PostShare
from lotse.programmes.models import Grant
from tests.factories import funds
from tests.factories.deadlines import YEAR
from tests.factories.funds import of_money


def subsidy_of(carrier: Organisation, **more) -> Subsidy:
    """The request of the example: a tenth of the costs of a year is not covered, and most of it is asked for."""
    values = {
        "addressee": "Stadt Beispiel, Der Bürgermeister", "address": "Rathausplatz 1, 00000 Beispiel",
        "subject": "Migrationsberatung", "dated_on": date(2016, 3, 23), "funder": "Bund", "eligible_costs": Decimal(99_000),
        "uncovered": Decimal(10_000), "requested": Decimal(10_000), "first_year": 2016, "last_year": 2019,
        "funded_until": date(2019, 12, 31),
    }  # fmt: skip
    return Subsidy.objects.create(organisation=carrier, **{**values, **more})


def awarded_of(carrier: Organisation, **more) -> Subsidy:
    values = {
        "state": "granted", "sent_on": date(YEAR, 1, 10), "decided_on": date(YEAR, 2, 10), "awarded": Decimal(10_000),
        "first_year": YEAR, "last_year": YEAR + 1,
    }  # fmt: skip
    return subsidy_of(carrier, **{**values, **more})


def other_post_of(subsidy: Subsidy, **more) -> SubsidyPost:
    values = {"name": "Dana Beispiel", "fte": Decimal(1), "since": date(2016, 1, 1), **more}
    return SubsidyPost.objects.create(organisation=subsidy.organisation, subsidy=subsidy, **values)


def attachment_of(subsidy: Subsidy, by, **more) -> SubsidyAttachment:
    values = {"title": "Konzept", "file": of_money(by), **more}
    return SubsidyAttachment.objects.create(organisation=subsidy.organisation, subsidy=subsidy, **values)


def use_of(subsidy: Subsidy, entry) -> SubsidyUse:
    return SubsidyUse.objects.create(organisation=subsidy.organisation, subsidy=subsidy, entry=entry)


def check_of(carrier: Organisation, person, **more) -> DutyCheck:
    values = {
        "year": YEAR, "key": "conditions", "version": "2020", "state": "yes", "checked_on": date(YEAR, 3, 1),
        "checked_by": person,
    }  # fmt: skip
    return DutyCheck.objects.create(organisation=carrier, **{**values, **more})


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix. `house`: an `AgencyWorld`."""
    world, carrier = house.world, house.agency.parent
    by = world.carrier_manager
    asked = awarded_of(carrier, notice=of_money(by))
    entry = funds.entry_of(grant, carrier, 7, kind=EntryKind.INCOME)
    funds.entry_of(grant, carrier, 8, kind=EntryKind.INCOME)
    post = Post.objects.create(organisation=carrier, title="Fachkraft", fte=1)
    PostShare.objects.create(post=post, person=by.person, fte=1, valid_from=date(YEAR, 1, 1))
    rows = {
        "subsidy_id": asked, "subsidy_post_id": other_post_of(asked),
        "subsidy_attachment_id": attachment_of(asked, by), "subsidy_use_id": use_of(asked, entry),
        "duty_check_id": check_of(carrier, by.person, file=of_money(by)), "carrier_id": carrier,
    }  # fmt: skip
    return {name: row.public_id for name, row in rows.items()} | {
        "duty_year": f"{YEAR}",
        "duty_key": "conditions",
        "money_figure": "booked",
    }
