"""The colleague is away, his caseload is to go over, and one look into a file was needed in an emergency."""

from lotse.casework.actions.caseload import enter_absence, offer_caseload
from lotse.casework.actions.emergency import allow_emergency, request_in_emergency
from lotse.casework.enums import AbsenceCode
from lotse.portal.demo.showcase.stage import Stage

HIS = ("Viktor Szenario", "Hanna Fiktiv", "João Musterfeld")


def tell(stage: Stage) -> None:
    cases = [stage.file(name, "Übergang von der Schule in den Beruf.", by=stage.jonas, days=85) for name in HIS]
    for number, case in enumerate(cases):
        stage.next_step(case, "Bewerbung durchsehen", 2 + number, by=stage.jonas)
    offer_caseload(
        by=stage.helin.actor, from_person=stage.jonas.person, to=stage.mara.person, files=[case.client.public_id for case in cases],
        reason="staff_change",
    )  # fmt: skip
    enter_absence(
        by=stage.jonas.actor, person=stage.jonas.person, deputy=stage.mara.person, first_on=stage.ago(1), last_on=stage.ahead(9),
        code=AbsenceCode.PLANNED,
    )  # fmt: skip
    _emergency(stage)


def _emergency(stage: Stage) -> None:
    case = stage.file(
        "Fatou Exempla", "Angst vor der Abschiebung.", days=30, contact_language="fr", informed_language="fr"
    )
    asked = request_in_emergency(
        by=stage.jonas.actor, client=case.client, reason="Anruf mit Frist von heute, die Kollegin ist bei Gericht"
    )  # fmt: skip
    allow_emergency(by=stage.helin.actor, assignment=asked)
