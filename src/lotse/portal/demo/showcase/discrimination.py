"""Anti-discrimination advice as a case under its own programme."""

from lotse.casework.actions.discrimination import record_discrimination
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    client = stage.person("Amina Schauspiel", days=21, gender="w", phone="0150 555 1801")
    stage.consent(client, days=21)
    case = stage.case(client, "Absage bei der Wohnungsbesichtigung.", days=20, programme="ads")
    record_discrimination(
        by=stage.mara.actor, case=case, agg=["ethnic", "belief"], other=["language"], area="housing", happened_on=stage.ago(24),
        account="Am Telefon hieß es, die Wohnung sei frei. Vor Ort wurde sie nach dem Kopftuch gefragt und abgewiesen.",
    )  # fmt: skip
    stage.talk(case, "Rechte nach dem AGG erklärt, Zeugin notiert.", 14, ["racism_exclusion", "housing"])
    stage.next_step(case, "Schreiben an die Vermietung abstimmen", 5)
