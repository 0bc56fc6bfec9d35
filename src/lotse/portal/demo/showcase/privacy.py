"""The privacy desk: a request with its deadline, a correction, a restriction, a withdrawal, a hold, a run that waits for a yes."""

from lotse.casework.actions.cases import end_otherwise, open_case
from lotse.casework.actions.consents import withdraw
from lotse.casework.actions.erasure import propose_run
from lotse.casework.actions.subject_rights import answer_request, freeze, hold, note_correction, take_request
from lotse.casework.enums import Act, CaseState, FreezeGround, IdentityCheck, RequestAnswer, RequestKind
from lotse.casework.models import Client
from lotse.portal.demo.showcase.keeping import take
from lotse.portal.demo.showcase.stage import Stage

SIX_YEARS = 6 * 365


def tell(stage: Stage) -> None:
    _asks_what_we_know(stage)
    _corrected(stage)
    _frozen(stage)
    _withdrawn(stage)
    _long_over(stage, "Lina Kulissenbau")
    held = _long_over(stage, "Karim Archivo")
    hold(by=stage.rana.actor, client=held, reason="Klage gegen den Bescheid läuft noch", until=stage.ahead(200))
    propose_run(by=stage.rana.actor)


def _asks_what_we_know(stage: Stage) -> None:
    client = stage.file("Sevda Modelli", "Fragen zur Rente.", days=250, contact_language="tr").client
    take_request(
        by=stage.mara.actor, client=client, kind=RequestKind.ACCESS, received_on=stage.ago(22), identity=IdentityCheck.KNOWN
    )  # fmt: skip


def _corrected(stage: Stage) -> None:
    client = stage.file("Łukasz Papierli", "Anerkennung des Berufs.", days=170, contact_language="de").client
    by, known = stage.mara.actor, IdentityCheck.DOCUMENT
    request = take_request(
        by=by, client=client, kind=RequestKind.RECTIFICATION, received_on=stage.ago(35), identity=known
    )
    note_correction(
        by=by, client=client, on=stage.ago(34), what="Der Vorname stand als „Lukas“ da.", now="Łukasz, wie im Ausweis"
    )
    answer_request(by=by, request=request, on=stage.ago(34), answer=RequestAnswer.GRANTED, identity=known)


def _frozen(stage: Stage) -> None:
    client = stage.file("Andrij Spielfeld", "Fragen zum Aufenthalt.", days=190).client
    freeze(by=stage.mara.actor, client=client, ground=FreezeGround.CONTESTED, on=stage.ago(6))


def _withdrawn(stage: Stage) -> None:
    client = stage.file("Mira Fiktiv", "Hilfe bei einem Antrag.", days=140).client
    take(stage, client, "Geburtsurkunde, Original", 60)
    withdraw(by=stage.mara.actor, consent=client.consents.get(act=Act.RECORDING), on=stage.ago(11))


def _long_over(stage: Stage, name: str) -> Client:
    client, by = stage.person(name, days=SIX_YEARS), stage.mara.actor
    case = open_case(
        by=by, client=client, programme=stage.programmes["mbe"], first_contact_on=stage.ago(SIX_YEARS), access_route="own_initiative",
        channel="phone",
    )  # fmt: skip
    end_otherwise(by=by, case=case, state=CaseState.ABORTED, on=stage.ago(SIX_YEARS - 60), reason="moved")
    return client
