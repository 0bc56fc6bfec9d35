"""Readings, confirmations and documents of quality; made through the actions."""

from datetime import date, timedelta

from django.utils import timezone

from lotse.documents.intake import receive
from lotse.network.enums import MeetingState
from lotse.network.models import Meeting
from lotse.organisations.actor import SystemActor
from lotse.quality.actions import evidence as acts
from lotse.quality.actions import evidence_documents as papers
from lotse.quality.actions.frameworks import link_criteria
from lotse.quality.models import Criterion
from lotse.quality.quarters import quarters
from lotse.quality.queries.living import sign_of
from tests.documents.files import pdf, upload
from tests.factories import quality, ways


def today() -> date:
    return timezone.localdate()


def days(number: int) -> date:
    return today() + timedelta(days=number)


def last_quarter() -> date:
    return quarters(today())[-2].begins_on


def this_quarter() -> date:
    return quarters(today())[-1].begins_on


def read(world, house=None) -> int:
    return acts.read_evidence(by=SystemActor("Test"), organisation=house or world.nordstadt)


def sign(world, slug, gauge, by=None):
    criterion = Criterion.objects.get(slug=slug, organisation=world.nordstadt)
    return sign_of((by or world.carrier_manager).actor, criterion, gauge, today())


def confirmed(world, slug, gauge, by=None, **more):
    by = (by or world.carrier_manager).actor
    criterion = Criterion.objects.get(slug=slug, organisation=world.nordstadt)
    now = sign_of(by, criterion, gauge, today()).current
    return acts.confirm_evidence(by=by, criterion=criterion, gauge=gauge, value=now.value, **more)


def team(world, kind="team_case"):
    return ways.format_of(world.nordstadt, f"Team {kind}", kind=kind)


def met(format, on, minuted=True) -> Meeting:
    sent = {"minutes_sent_at": timezone.now()} if minuted else {}
    return ways.meeting(format, on=on, state=MeetingState.HELD, **sent)


def document(world, by=None, name="protokoll.pdf", **more):
    by = by or world.carrier_manager
    values = {
        "title": "Konzeption", "owner": world.counsellor.person, "begins_on": days(-300), "ends_on": days(-1), "expires_on": days(30),
        "mode": "submit", **more,
    }  # fmt: skip
    with receive(upload(pdf("Nachweis"), name), by=by.actor) as received:
        return papers.file_document(by=by.actor, organisation=world.nordstadt, received=received, **values)


def renewed(world, found, by=None, **more):
    by = by or world.counsellor
    values = {"begins_on": days(0), "ends_on": days(300), "expires_on": days(400), **more}
    with receive(upload(pdf("Neu"), "neu.pdf"), by=by.actor) as received:
        return papers.renew_document(by=by.actor, document=found, received=received, **values)


def ids(world, known) -> dict[str, str]:
    """The criterion of the other addresses, mapped to one that a figure speaks for; and a document beside it."""
    criterion = Criterion.objects.get(public_id=known["criterion_id"])
    awo = quality.awo(world)
    minutes = Criterion.objects.get(framework=awo, slug="mi-3-f")
    link_criteria(by=world.carrier_manager.actor, criterion=criterion, other=minutes)
    met(team(world), this_quarter())
    read(world)
    found = document(world, owner=world.carrier_manager.person, criterion=criterion)
    return {
        "gauge_key": "minuted", "proven_criterion_id": criterion.public_id, "evidence_document_id": found.public_id, "evidence_link_id": found.links.get().public_id,
        "evidence_version_id": found.versions.get().public_id,
    }  # fmt: skip
