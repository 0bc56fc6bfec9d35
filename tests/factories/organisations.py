"""People, posts and rights of the carrier of the tests, made through the actions."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from lotse.organisations.actions.grants import arrange_deputy, confirm_deputy, grant_role
from lotse.organisations.actions.people import employ
from lotse.organisations.actions.posts import create_post, fill_post
from lotse.programmes.actions.programmes import fund_share
from lotse.programmes.models import SiteOffer


def today() -> date:
    return timezone.localdate()


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def person(world, by=None, organisation=None, **more):
    values = {"first_name": "Neu", "last_name": "Angestellt", **more}
    return employ(by=by or world.carrier_manager.actor, organisation=organisation or world.nordstadt, **values)


def post(world, by=None, organisation=None, **more):
    values = {"title": "Beratung", "fte": Decimal("1.00"), **more}
    return create_post(by=by or world.carrier_manager.actor, organisation=organisation or world.nordstadt, **values)


def share(world, of=None, who=None, by=None, **more):
    values = {"fte": Decimal("0.50"), "valid_from": in_days(-100), **more}
    by = by or world.carrier_manager.actor
    return fill_post(by=by, post=of or post(world), person=who or world.counsellor.person, **values)


def role(world, who=None, by=None, **more):
    values = {
        "role": "intman_speaker",
        "organisation": world.nordstadt,
        "valid_from": today(),
        "reason": "Bedarf",
        **more,
    }
    return grant_role(by=by or world.carrier_manager.actor, person=who or world.colleague.person, **values)


def deputy(world, who=None, instead_of=None, by=None, confirmed=False, **more):
    values = {"valid_from": today(), "valid_to": in_days(14), "reason": "Urlaub", **more}
    by, instead_of = by or world.counsellor.actor, instead_of or world.counsellor.person
    made = arrange_deputy(by=by, person=instead_of, deputy=who or world.colleague.person, **values)
    return confirm_deputy(by=world.technical_lead.actor, deputy=made) if confirmed else made


def funding(world, of=None, by=None, **more):
    values = {"fte": Decimal("0.25"), "valid_from": in_days(-50), **more}
    return fund_share(by=by or world.carrier_manager.actor, programme=world.mbe, share=of or share(world), **values)


def ids(world):
    """What the addresses of a carrier need."""
    paid = funding(world)
    return {
        "organisation_id": world.nordstadt.public_id, "person_id": world.counsellor.person.public_id,
        "site_id": world.site.public_id, "post_id": paid.share.post.public_id, "share_id": paid.share.public_id,
        "role_id": role(world).public_id, "deputy_id": deputy(world).public_id, "programme_id": world.mbe.public_id,
        "offer_id": SiteOffer.objects.get(site=world.site).public_id, "funding_id": paid.public_id,
    }  # fmt: skip
