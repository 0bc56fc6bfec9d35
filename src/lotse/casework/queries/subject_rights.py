"""Requests, corrections and holds of one file, and what the desk sees of all."""

from django.db.models import QuerySet

from lotse.casework.models import Client, Correction, DataSubjectRequest, ErasureHold
from lotse.core.finding import found
from lotse.organisations.actor import Actor


def requests_of(client: Client) -> list[DataSubjectRequest]:
    return list(client.requests.select_related("recorded_by"))


def corrections_of(client: Client) -> list[Correction]:
    return list(client.corrections.select_related("corrected_by"))


def get_request(actor: Actor, client: Client, public_id: str) -> DataSubjectRequest:
    return found(DataSubjectRequest.objects.visible_to(actor).filter(client=client).select_related("client"), public_id)


def holds_of(client: Client) -> QuerySet[ErasureHold]:
    return client.holds.filter(lifted_on=None)


def file_at_desk(actor: Actor, public_id: str) -> Client:
    """A file by its id, without a look into it: number and dates only."""
    return found(Client.objects.filter(organisation_id=actor.organisation_id, erased_month=None), public_id)


def get_hold(actor: Actor, public_id: str) -> ErasureHold:
    return found(ErasureHold.objects.at_desk(actor).select_related("client"), public_id)


def open_holds(actor: Actor) -> list[ErasureHold]:
    return list(ErasureHold.objects.at_desk(actor).filter(lifted_on=None).select_related("client", "set_by"))
