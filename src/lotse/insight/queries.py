"""Reading released tables."""

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.insight.enums import SnapshotState
from lotse.insight.models import Snapshot
from lotse.organisations.actor import Actor
from lotse.organisations.models import Site


def snapshots(actor: Actor) -> QuerySet[Snapshot]:
    return (
        Snapshot.objects.visible_to(actor)
        .select_related("organisation", "site", "prepared_by", "released_by", "withdrawn_by")
        .defer("content")
    )


def get_snapshot(actor: Actor, public_id: str) -> Snapshot:
    return found(
        snapshots(actor).defer(None).select_related("organisation", "site", "prepared_by", "released_by"), public_id
    )


def waiting(actor: Actor) -> QuerySet[Snapshot]:
    return snapshots(actor).filter(state=SnapshotState.PREPARED)


def released(actor: Actor) -> QuerySet[Snapshot]:
    return snapshots(actor).filter(state=SnapshotState.RELEASED)


def withdrawn(actor: Actor) -> QuerySet[Snapshot]:
    return snapshots(actor).filter(state=SnapshotState.WITHDRAWN)


def sites_to_release(actor: Actor) -> list[Site]:
    return list(Site.objects.filter(organisation_id=actor.organisation_id))
