"""Guests of a procedure: invited, in with a second factor, and signed in."""

import io
import json
from dataclasses import dataclass
from datetime import timedelta
from zipfile import ZipFile

from django.utils import timezone

from lotse.accounts.models import User
from lotse.quality.actions import assessing, packages
from lotse.quality.actions import guests as acts
from lotse.quality.enums import Side, SubmissionMode
from lotse.quality.models import GuestAccess, Participant
from lotse.quality.packing import bytes_of, pack
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


def of(world, side) -> Guest:
    """The guest of `ids`."""
    access = GuestAccess.objects.get(email=f"{side}@gast.example")
    return Guest(access.user, access)


def over(guest) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Participant.objects.filter(pk=guest.access.participant_id).update(valid_from=yesterday, valid_to=yesterday)


def ids(world) -> dict[str, str]:
    """A procedure with its visit planned, a guest on each side, a package for a third, and an answer to look at."""
    procedure, *_papers = with_papers(world, framework=make.make.small(world, key="gaeste"))
    assessor = guest(world, procedure, email="assessor@gast.example")
    board(world, procedure, email="board@gast.example")
    procedure = make.reviewed(world, procedure)
    visit = assessing.plan_visit(by=assessor.actor, certification=procedure, on=timezone.localdate())
    assessing.note_interview(by=assessor.actor, visit=visit, function="Beratung", text="Gut.")
    package = pack(world.carrier_manager.actor, without_account(world, procedure))
    return {**of_room(procedure), "exchange_answer_id": brought(world, package).public_id}


def of_room(procedure) -> dict[str, str]:
    """What the addresses of the procedure made by `ids` need."""
    visit, package = procedure.visits.get(), procedure.packages.get()
    return {
        "certification_id": procedure.public_id, "number": 1, "participant_id": package.participant.public_id,
        "submission_id": procedure.submissions.get(file__isnull=False).public_id,
        "criterion_id": procedure.framework.criteria.get(slug="b-1").public_id, "exchange_package_id": package.public_id,
        "interview_note_id": visit.notes.get().public_id, "on_site_check_id": visit.checks.get().public_id,
        "guest_access_id": procedure.guests.first().public_id,
    }  # fmt: skip


def without_account(world, procedure, side=Side.ASSESSOR, name="Paula Beispiel", **more) -> Participant:
    today = timezone.localdate()
    values = {"valid_from": today, "valid_to": today + timedelta(days=99), **more}
    return reread(
        acts.seat_guest(by=world.carrier_manager.actor, certification=procedure, side=side, name=name, **values)
    )


def reread(seat) -> Participant:
    """With its procedure as it stands now."""
    return Participant.objects.select_related("certification__organisation", "certification__framework").get(pk=seat.pk)


def files_in(package) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(b"".join(bytes_of(package)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def filled(package, /, **parts) -> bytes:
    """The package's own template, filled."""
    return json.dumps({**json.loads(files_in(package)["antwort.json"]), **parts}).encode()


def brought(world, package, /, **parts):
    parts = parts or {"report": {"text": "Alles da.", "recommendation": "granted"}}
    return packages.bring_answer(
        by=world.carrier_manager.actor, certification=package.certification, content=filled(package, **parts)
    )
