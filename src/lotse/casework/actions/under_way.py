"""What is under way when the ground is taken from it: referrals, agreements, appointments and offered handovers end with
the consent, at once."""

from django.utils import timezone

from lotse.auditlog.door import action, record
from lotse.casework.actions.file import save_checked
from lotse.casework.enums import AgreementEnd, AppointmentState, HandoverState, ReferralState
from lotse.casework.models import Agreement, Appointment, Client, Consent, Handover, Referral
from lotse.casework.models.referral import LINK
from lotse.casework.queries import withdrawal
from lotse.casework.states import APPOINTMENT, REFERRAL, REFERRAL_ENDS, require_step
from lotse.correspondence.links import revoke_links
from lotse.organisations.actor import Actor
from lotse.organisations.notices import notify


def end_with_consent(*, by: Actor, client: Client, consent: Consent) -> None:
    """Inside the withdrawal, when the client's row already says what is no longer in force."""
    referrals = client.referrals.select_for_update(of=("self",))
    for referral in withdrawal.ending_referrals(client, consent, referrals):
        end_by_withdrawal(by=by, client=client, referral=referral)
    agreements = client.agreements.select_for_update(of=("self",))
    for agreement in withdrawal.ending_agreements(client, consent, agreements):
        end_agreement_by_withdrawal(by=by, client=client, agreement=agreement)
    for handover in withdrawal.ending_handovers(client):
        drop_handover(by=by, client=client, handover=handover)
    appointments = client.appointments.select_for_update(of=("self",)).select_related("person")
    for appointment in withdrawal.ending_appointments(client, consent, appointments):
        call_off(by=by, client=client, appointment=appointment)


@action("appointment.ended_by_withdrawal", "hat mit einem Widerruf einen Termin abgesagt")
def call_off(*, by: Actor, client: Client, appointment: Appointment) -> None:
    """Whoever would have held it is told, without a name."""
    require_step(APPOINTMENT, AppointmentState(appointment.state), AppointmentState.CONSENT_ENDED)
    appointment.state = AppointmentState.CONSENT_ENDED
    appointment.revision += 1
    save_checked(appointment)
    record(appointment, file=client, state=appointment.state)
    if appointment.person_id != by.person_id:
        when = timezone.localtime(appointment.starts_at)
        told = f"Ihr Termin in der Akte {client.number} am {when:%d.%m.%Y um %H:%M} Uhr entfällt: Eine Einwilligung ist beendet."
        notify([appointment.person], "Termin entfällt", told)


@action("agreement.ended_by_withdrawal", "hat mit einem Widerruf eine Vereinbarung beendet")
def end_agreement_by_withdrawal(*, by: Actor, client: Client, agreement: Agreement) -> None:
    agreement.ended_on, agreement.end_reason = max(timezone.localdate(), agreement.agreed_on), AgreementEnd.WITHDRAWN
    save_checked(agreement)
    record(agreement, file=client)


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
