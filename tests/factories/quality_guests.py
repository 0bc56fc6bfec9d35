"""Guests of a procedure: invited, in with a second factor, and signed in."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lotse.accounts.models import User
from lotse.quality.actions import guests as acts
from lotse.quality.enums import Side, SubmissionMode
from lotse.quality.models import GuestAccess
from lotse.quality.queries.rooms import guest as actor_of
from lotse.quality.queries.rooms import seat_at
from tests.accounts.conftest import give_factor
from tests.factories import quality_certification as make

PASSWORD = "demo-Lotse-2026"


@dataclass
class Guest:
    user: User
    access: GuestAccess

    @property
    def actor(self):
        return seat_at(actor_of(self.user), self.access.certification.public_id).actor


def invited(world, certification, side=Side.ASSESSOR, name="Gerda Beispiel", email="", **more) -> GuestAccess:
    today = timezone.localdate()
    values = {"valid_from": today, "valid_to": today + timedelta(days=300), **more}
    address = email or f"{name.split()[0].lower()}@gast.example"
    return acts.invite_guest(
        by=world.carrier_manager.actor, certification=certification, side=side, name=name, email=address, **values
    )


def joined(access, password=PASSWORD) -> GuestAccess:
    return acts.join_as_guest(by=acts.InvitedGuest(access), password=password)


def guest(world, certification, side=Side.ASSESSOR, name="Gerda Beispiel", *, factor=True, **more) -> Guest:
    access = joined(invited(world, certification, side, name, **more))
    found = Guest(access.user, access)
    if factor and not access.user.authenticator_set.exists():
        give_factor(found)
    return found


def board(world, certification, **more) -> Guest:
    return guest(world, certification, Side.BOARD, **{"name": "Bert Beispiel", **more})


def with_papers(world, **more):
    """Handed in: one document to be read, one to be shown on site only."""
    made = make.to_checklist(world, **more)
    open_one = make.document(world, made, "Konzeption")
    withheld = make.document(world, made, "Personalakten", SubmissionMode.ON_SITE_ONLY)
    return make.handed_in(world, made), open_one, withheld
