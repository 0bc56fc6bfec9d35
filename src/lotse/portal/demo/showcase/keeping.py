"""Things of clients in the house: in custody, given back, damaged and settled."""

from lotse.casework.actions.custody import receive_property, report_damage, return_property, settle_damage
from lotse.casework.enums import Damage
from lotse.casework.models import Client, ClientProperty
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    client = stage.file(
        "Yusuf Demirbeispiel", "Hat zurzeit keine feste Wohnung.", days=55, contact_language="ar"
    ).client
    by = stage.mara.actor
    take(stage, client, "Mappe mit Zeugnissen, 6 Blatt", 50)
    phone = take(stage, client, "Ersatzhandy, schwarz", 40)
    report = report_damage(
        by=by,
        item=phone,
        kind=Damage.DAMAGED,
        on=stage.ago(12),
        account="Beim Umräumen heruntergefallen, Glas gesprungen.",
    )
    settle_damage(by=by, report=report, on=stage.ago(5), settlement="Glas auf Kosten der Stelle ersetzt.")
    return_property(
        by=by, item=take(stage, client, "Umschlag mit zwei Schlüsseln", 30), on=stage.ago(9), to="ihn selbst"
    )


def take(stage: Stage, client: Client, what: str, days: int) -> ClientProperty:
    return receive_property(
        by=stage.mara.actor, client=client, description=what, received_on=stage.ago(days), reason="Kein sicherer Ort in der Unterkunft",
        storage_place="Stahlschrank, Fach 3",
    )  # fmt: skip
