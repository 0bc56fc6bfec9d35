"""What became of the referrals to a partner, for its page: those in the reader's own files, so that nothing needs hiding."""

from django.db.models import Count, Q

from lotse.casework import rules
from lotse.casework.enums import ReferralState
from lotse.casework.models import Referral
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner
from lotse.partners.panels import Panel

_S = ReferralState
ROWS = {
    "abgeschickt": ~Q(sent_at=None),
    "angenommen": Q(state=_S.ACCEPTED),
    "abgelehnt": Q(state=_S.DECLINED),
    "ohne Antwort abgelaufen": Q(state=_S.EXPIRED),
}


def referrals_to(actor: Actor, partner: Partner) -> Panel | None:
    if not rules.reads_files(actor):
        return None
    mine = {"organisation_id": actor.organisation_id, "client__responsible_id__in": actor.file_holder_ids}
    rows = Referral.objects.filter(**mine, partner=partner).order_by()
    counts = rows.aggregate(**{f"n{i}": Count("pk", filter=q) for i, q in enumerate(ROWS.values())})
    return Panel("Verweise aus meinen Akten", tuple(zip(ROWS, counts.values(), strict=True))) if counts["n0"] else None
