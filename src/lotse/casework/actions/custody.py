"""Taking something of the client's into custody, giving it back, and what is done when it suffers."""

from datetime import date

from lotse.auditlog.door import action, record, refuse_if
from lotse.casework.actions.file import open_active_file, open_file, refuse_future, save_checked
from lotse.casework.enums import Damage
from lotse.casework.models import Client, ClientProperty, DamageReport
from lotse.organisations.actor import Actor


@action("property.received", "hat etwas in Verwahrung genommen")
def receive_property(
    *, by: Actor, client: Client, description: str, received_on: date, reason: str = "", storage_place: str = ""
) -> ClientProperty:
    fresh = open_active_file(by, client)
    refuse_if(not description.strip(), "Bitte angeben, was Sie annehmen.", "description")
    refuse_future(received_on, "received_on")
    item = ClientProperty(
        organisation_id=fresh.organisation_id,
        client=fresh,
        description=description,
        reason=reason,
        storage_place=storage_place,
        received_on=received_on,
        received_by_id=by.person_id,
    )
    save_checked(item)
    record(item, file=fresh)
    return item


@action("property.returned", "hat etwas aus der Verwahrung zurückgegeben")
def return_property(*, by: Actor, item: ClientProperty, on: date, to: str) -> ClientProperty:
    """Also while the file rests: what is hers goes back to her."""
    client, fresh = _locked(by, item)
    refuse_if(fresh.returned_on is not None, "Das ist schon zurückgegeben.")
    refuse_if(not to.strip(), "Bitte angeben, an wen Sie es zurückgeben.", "to")
    refuse_future(on, "on")
    refuse_if(on < fresh.received_on, "Die Rückgabe liegt vor dem Erhalt.", "on")
    fresh.returned_on, fresh.returned_to, fresh.returned_by_id = on, to, by.person_id
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


@action("property.damaged", "hat einen Schaden oder Verlust gemeldet")
def report_damage(*, by: Actor, item: ClientProperty, kind: Damage, on: date, account: str) -> DamageReport:
    client, fresh = _locked(by, item)
    refuse_if(DamageReport.objects.filter(item=fresh).exists(), "Dazu gibt es schon eine Meldung.")
    refuse_future(on, "on")
    refuse_if(on < fresh.received_on, "Der Tag liegt vor dem Erhalt.", "on")
    refuse_if(not account.strip(), "Bitte kurz beschreiben, was geschehen ist.", "account")
    report = DamageReport(
        organisation_id=client.organisation_id,
        client=client,
        item=fresh,
        kind=kind,
        reported_on=on,
        reported_by_id=by.person_id,
        account=account,
    )
    save_checked(report)
    record(report, file=client, kind=str(kind))
    return report


@action("property.damage_settled", "hat einen Schaden oder Verlust geregelt")
def settle_damage(*, by: Actor, report: DamageReport, on: date, settlement: str) -> DamageReport:
    client = open_file(by, report.client)
    fresh = DamageReport.objects.select_for_update().get(pk=report.pk)
    refuse_if(fresh.settled_on is not None, "Das ist schon geregelt.")
    refuse_future(on, "on")
    refuse_if(on < fresh.reported_on, "Die Regelung liegt vor der Meldung.", "on")
    refuse_if(not settlement.strip(), "Bitte angeben, wie es geregelt wurde.", "settlement")
    fresh.settled_on, fresh.settlement = on, settlement
    save_checked(fresh)
    record(fresh, file=client)
    return fresh


def _locked(by: Actor, item: ClientProperty) -> tuple[Client, ClientProperty]:
    client = open_file(by, item.client)
    return client, ClientProperty.objects.select_for_update().get(pk=item.pk)
