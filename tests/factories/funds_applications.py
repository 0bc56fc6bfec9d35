"""Rows for this part of the room "Förderung", made beneath the actions."""

from decimal import Decimal

from django.utils import timezone

from lotse.documents.actions import keep_file
from lotse.documents.enums import Compartment
from lotse.documents.intake import produced
from lotse.funding.actions.applications import hand_in_part, return_part
from lotse.funding.models import CarrierPart, PartPost
from lotse.programmes.models import Grant
from tests.factories import funds
from tests.factories.deadlines import YEAR


def filled(grant: Grant, carrier, cost=1000, own=100) -> CarrierPart:
    """A part with costs and an own share in every year."""
    for year in grant.years:
        funds.cost_of(grant, carrier, Decimal(cost), funding_year=year)
        funds.own_funds_of(grant, carrier, Decimal(own), funding_year=year)
    return funds.part_of(grant, carrier)


def post_of(part: CarrierPart, agency, **more) -> PartPost:
    values = {"title": "Fachkraft", "fte": Decimal("0.50")}
    return PartPost.objects.create(organisation=part.organisation, part=part, agency=agency, **{**values, **more})


def ids(house, grant: Grant) -> dict[str, str]:
    """For the access matrix: a part that was handed in once and came back. `house`: an `AgencyWorld`."""
    carrier, by = house.agency.parent, house.world.coordinator.actor
    part = filled(grant, carrier)
    post = post_of(part, house.agency)
    version = hand_in_part(by=by, part=part, on=timezone.localdate())
    return_part(by=by, part=part, remark="Bitte ergänzen")
    notice = funds.notice_of(grant, {YEAR: Decimal(900)})
    with produced(b"%PDF-1.7", "bescheid.pdf", by=by) as received:
        notice.file = keep_file(by=by, received=received, compartment=Compartment.FUNDING, retention="evidence")
        notice.save()
    return {
        "carrier_part_id": part.public_id, "part_post_id": post.public_id, "application_version_id": version.public_id,
        "grant_notice_id": notice.public_id,
    }  # fmt: skip
