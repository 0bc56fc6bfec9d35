"""Two contracts with partners, one in force and one that waits for a signature, and who is responsible where."""

from collections.abc import Collection

from lotse.casework.actions.responsibility import set_rule
from lotse.partners.actions.cooperation import check_cooperation, draft_cooperation, sign_cooperation
from lotse.partners.enums import CooperationKind
from lotse.partners.models import CooperationAgreement
from lotse.partners.patterns import pattern
from lotse.portal.demo.showcase.stage import Stage


def tell(stage: Stage) -> None:
    course = _checked(stage, "school", CooperationKind.COURSE, days=330, review_in=3)
    sign_cooperation(
        by=stage.petra.actor, agreement=course, on=stage.ago(320), partner_signer="Frau Muster", partner_signed_on=stage.ago(318)
    )  # fmt: skip
    _checked(stage, "housing", CooperationKind.OPENING, days=12, review_in=365, further=["debts"])
    for accommodation, place in (
        ("municipal_central", {"site": stage.branch}),
        ("independent_decentral", {"site": stage.site}),
    ):
        set_rule(
            by=stage.helin.actor, municipality_code=stage.branch.municipality_code, accommodation=accommodation,
            valid_from=stage.ago(500), **place,
        )  # fmt: skip


def _checked(
    stage: Stage, partner: str, kind: CooperationKind, days: int, review_in: int, further: Collection[str] = ()
) -> CooperationAgreement:
    drafted = draft_cooperation(
        by=stage.helin.actor, partner=stage.partners[partner], kind=kind, responsible=stage.mara.person,
        partner_contact=stage.partners[partner].contact_name, presence="Dienstag 12 bis 13 Uhr im Kursgebäude",
        further=[stage.partners[key] for key in further], valid_from=stage.ago(days - 30), review_on=stage.ahead(review_in),
        **pattern(stage.site.organisation_id, kind),
    )  # fmt: skip
    return check_cooperation(
        by=stage.helin.actor, agreement=drafted, checked_by="Rechtsstelle Muster", on=stage.ago(days - 5)
    )
