"""A file offered to her, one by her, one that she has taken over."""

from lotse.casework.actions.handovers import accept_handover, file_protocol, offer_handover
from lotse.casework.models import CounsellingCase, Handover
from lotse.portal.demo.showcase.papers import signed_sheet
from lotse.portal.demo.showcase.player import Player
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    hers = stage.file("Bekim Attrappow", "Umzug in die Nordstadt.", by=stage.jonas, days=130, contact_language="sq")
    _offer(stage, hers, stage.jonas, stage.mara, "moved_out", "Er kennt Mara Beispiel aus der offenen Sprechstunde.")
    his = stage.file("Ana Namenlos", "Junge Mutter, sucht Ausbildung in Teilzeit.", days=95, contact_language="de")
    _offer(stage, his, stage.mara, stage.jonas, "client_wish", "Sie möchte vom JMD beraten werden.")
    _taken_over(stage)


def _offer(stage: Stage, case: CounsellingCase, by: Player, to: Player, reason: str, note: str) -> Handover:
    return offer_handover(
        by=by.actor, client=case.client, to=to.person, reason=reason, on=stage.ago(2), client_present=True, note=note
    )  # fmt: skip


def _taken_over(stage: Stage) -> None:
    case = stage.file("Ilyas Spielfeld", "Fragen zum Familiennachzug.", by=stage.jonas, days=200, contact_language="ar")
    handover = _offer(stage, case, stage.jonas, stage.mara, "staff_change", "")
    accept_handover(by=stage.mara.actor, handover=handover)
    with signed_sheet(stage.mara.actor, "Übergabeprotokoll") as received:
        file_protocol(by=stage.mara.actor, handover=handover, received=received)
    case.refresh_from_db()
    stage.next_step(case, "Antrag auf Familiennachzug prüfen", 8)
