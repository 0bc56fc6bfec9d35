"""What both sides promise: an integration agreement to be looked at again, a working agreement with a partner, a draft."""

from lotse.casework.actions.agreements import (
    add_agreement_scan,
    agree_agreement,
    draft_agreement,
    record_participation,
    review_agreement,
)
from lotse.casework.enums import AgreementKind
from lotse.casework.models import CounsellingCase
from lotse.portal.demo.showcase.papers import signed_sheet
from lotse.portal.demo.showcase.stage import Stage
from lotse.portal.demo.story import TEXT_VERSION

LEARN = {
    "goal": "Deutsch bis B1 und ein Praktikum",
    "house_part": "Kurs mit Kinderbetreuung suchen\nAlle vier Wochen ein Gespräch",
    "client_part": "Regelmäßig zum Kurs gehen\nBescheide mitbringen",
    "rights": "Offen über Schwierigkeiten sprechen\nJede Seite kann beenden",
    "appointments": "Jeden ersten Mittwoch im Monat",
}
WORK = {
    "goal": "Praktikum in der Pflege",
    "house_part": "Bewerbung vorbereiten",
    "client_part": "Praktikumsplatz vorschlagen",
    "others_part": "Fahrkosten übernehmen",
    "rights": "Alle sagen Bescheid, wenn sich etwas ändert",
}


def tell(stage: Stage) -> None:
    case = stage.file(
        "Shirin Entwurfer", "Möchte in der Pflege arbeiten.", days=180, gender="w", contact_language="fa", informed_language="fa"
    )  # fmt: skip
    _integration(stage, case)
    _working(stage, case)
    other = stage.file("Pavel Schein", "Sucht Arbeit im Lager.", days=50)
    draft_agreement(
        by=stage.mara.actor, case=other, kind=AgreementKind.INTEGRATION, **{**LEARN, "goal": "Arbeit im Lager finden"}
    )


def _integration(stage: Stage, case: CounsellingCase) -> None:
    by = stage.mara.actor
    made = draft_agreement(by=by, case=case, kind=AgreementKind.INTEGRATION, **LEARN)
    agree_agreement(by=by, agreement=made, on=stage.ago(120), language="fa", review_on=stage.ago(60))
    review_agreement(
        by=by,
        agreement=made,
        on=stage.ago(58),
        note="Der Kurs läuft gut. Weiter wie vereinbart.",
        review_on=stage.ahead(2),
    )
    with signed_sheet(by, "Integrationsvereinbarung") as received:
        add_agreement_scan(by=by, agreement=made, received=received)


def _working(stage: Stage, case: CounsellingCase) -> None:
    by = stage.mara.actor
    made = draft_agreement(by=by, case=case, kind=AgreementKind.WORKING, partners=[stage.partners["jobcentre"]], **WORK)
    record_participation(
        by=by, agreement=made, given=True, decided_on=stage.ago(30), language="fa", form="written", text_version=TEXT_VERSION
    )  # fmt: skip
    agree_agreement(by=by, agreement=made, on=stage.ago(30), language="fa", review_on=stage.ahead(60))
