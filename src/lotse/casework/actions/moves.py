"""Moving house: the accommodation as a dated series, and the question who is responsible from now on (CL-25)."""

from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework import rules
from lotse.casework.actions.file import open_active_file, refuse_future, save_checked
from lotse.casework.models import Accommodation, Client
from lotse.casework.models.accommodation import SHARED
from lotse.casework.queries.responsibility import is_still_ours, rule_for
from lotse.organisations.actions.shared import change
from lotse.organisations.actor import Actor


def lives_in_shared_accommodation(client: Client) -> bool:
    return client.accommodations.values_list("kind", flat=True).first() == SHARED


@action("client.moved", "hat einen Umzug festgehalten")
def record_move(
    *,
    by: Actor,
    client: Client,
    kind: str,
    since: date,
    municipality_code: str = "",
    address: str = "",
    name: str = "",
) -> Accommodation:
    """Where the organisation has laid down who is responsible, its rule answers; elsewhere a change is asked about."""
    fresh = open_active_file(by, client)
    refuse_if(not rules.plan_is_open(fresh), "Die Unterbringung wird nach Vereinbarung und Einwilligung erfasst.")
    refuse_future(since, "since")
    before = fresh.accommodations.first()
    found = Accommodation(
        organisation_id=fresh.organisation_id,
        client=fresh,
        municipality_code=municipality_code,
        kind=kind,
        since=since,
        name=name,
    )
    save_checked(found)
    changed = change(fresh, {"address": address})
    fresh.moved_on = _asked_since(fresh, before, found)
    fresh.revision += 1
    save_checked(fresh)
    record(found, file=fresh, fields=changed, kind=kind)
    return found


def _asked_since(client: Client, before: Accommodation | None, now: Accommodation) -> date | None:
    if rule := rule_for(client, now, now.since):
        return None if is_still_ours(client, rule) else now.since
    changes = before and (
        rules.asks_who_is_responsible(before.kind, now.kind)
        or rules.asks_who_is_responsible(before.municipality_code, now.municipality_code)
    )
    return now.since if changes else client.moved_on


@action("client.responsibility_kept", "hat nach einem Umzug festgestellt, dass die Zuständigkeit bleibt")
def keep_responsibility(*, by: Actor, client: Client) -> Client:
    fresh = open_active_file(by, client)
    refuse_if(fresh.moved_on is None, "Hier ist nichts mehr zu prüfen.")
    fresh.moved_on = None
    save_checked(fresh)
    record(fresh, file=fresh)
    return fresh
