"""What is under way when the ground is taken from it: referrals and offered handovers end with the consent, at once."""

from django.utils import timezone

from lotse.auditlog.door import action, record
from lotse.casework import rules
from lotse.casework.actions.file import save_checked
from lotse.casework.enums import Act, AgreementEnd, AgreementKind, HandoverState, ReferralState
from lotse.casework.models import Agreement, Client, Consent, Handover, Referral
from lotse.casework.models.referral import LINK
from lotse.casework.rules import OPEN_TO_PARTNER
from lotse.casework.states import REFERRAL, REFERRAL_ENDS, require_step
from lotse.correspondence.links import revoke_links
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify


def end_with_consent(*, by: Actor, client: Client, consent: Consent) -> None:
    """Inside the withdrawal. Without consent to the recording everything ends, else what stood on this consent."""
    rests = rules.is_restricted(client)
    for referral in client.referrals.select_for_update(of=("self",)).filter(state__in=OPEN_TO_PARTNER):
        if rests or referral.consent_id == consent.pk or not _is_still_open(client, referral):
            end_by_withdrawal(by=by, client=client, referral=referral)
    _end_agreements(by, client, consent, rests)
    if rests and (offered := client.handovers.filter(state=HandoverState.OFFERED).first()):
        drop_handover(by=by, client=client, handover=offered)


def _end_agreements(by: Actor, client: Client, consent: Consent, rests: bool) -> None:
    """A working agreement lives from the consent to each who takes part; without counselling none holds."""
    in_force = client.agreements.select_for_update(of=("self",)).filter(agreed_on__isnull=False, ended_on=None)
    if not (rests or consent.act == Act.AGREEMENT):
        in_force = in_force.filter(partners=consent.recipient_id, kind=AgreementKind.WORKING)
    for agreement in in_force:
        end_agreement_by_withdrawal(by=by, client=client, agreement=agreement)


@action("agreement.ended_by_withdrawal", "hat mit einem Widerruf eine Vereinbarung beendet")
def end_agreement_by_withdrawal(*, by: Actor, client: Client, agreement: Agreement) -> None:
    agreement.ended_on, agreement.end_reason = max(timezone.localdate(), agreement.agreed_on), AgreementEnd.WITHDRAWN
    save_checked(agreement)
    record(agreement, file=client)


def _is_still_open(client: Client, referral: Referral) -> bool:
    """A chapter that was told may have lost its own consent: then the whole link goes, not just the chapter."""
    return all(rules.section_is_open(client, section) for section in referral.sections)


@action("referral.ended_by_withdrawal", "hat mit einem Widerruf den Link eines Verweises geschlossen")
def end_by_withdrawal(*, by: Actor, client: Client, referral: Referral) -> None:
    """What was answered stays answered; the link is dead either way."""
    close_link(referral)
    referral.remind_on = None
    if referral.state not in REFERRAL_ENDS:
        end(referral, ReferralState.CANCELLED)
    save_checked(referral)
    record(referral, file=client)


def close_link(referral: Referral) -> None:
    """Inside an action."""
    revoke_links(purpose=LINK, obj=referral)
    referral.code_hash = ""


def end(referral: Referral, state: ReferralState) -> None:
    """Inside an action, on the locked row."""
    require_step(REFERRAL, ReferralState(referral.state), state)
    referral.state, referral.ended_at, referral.remind_on = state, timezone.now(), None


@action("handover.dropped", "hat mit einem Widerruf das Angebot zur Übergabe beendet")
def drop_handover(*, by: Actor, client: Client, handover: Handover) -> None:
    """A resting file is not passed on; it stays with whoever is responsible."""
    handover.state, handover.decided_by_id, handover.decided_at = HandoverState.WITHDRAWN, by.person_id, timezone.now()
    save_checked(handover)
    record(handover, file=client)
    told = f"Die Akte {client.number} wird nicht übergeben. Sie bleibt, wo sie ist."
    notify([handover.to_person], "Übergabe zurückgezogen", told)
