"""What ends when a consent does: shown before it is withdrawn, and carried out by the withdrawal itself."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from lotse.casework import rules
from lotse.casework.enums import Act, AgreementKind, AppointmentState, HandoverState
from lotse.casework.models import Agreement, Appointment, Client, Consent, Handover, Referral
from lotse.casework.rules import OPEN_TO_PARTNER

# Which column of the client says since when the act is in force.
COLUMN: Mapping[str, str] = {
    Act.AGREEMENT: "agreement_on",
    Act.RECORDING: "recording_on",
    Act.COMPETENCE: "competence_on",
    Act.HEALTH: "health_on",
}


def put_out_of_force(client: Client, act: Act) -> None:
    """On the row in memory; who saves it is the action."""
    if column := COLUMN.get(act):
        setattr(client, column, None)
    if act == Act.RECORDING:
        client.restricted_on = timezone.localdate()


@dataclass(frozen=True)
class Ending:
    """`rests`: the whole file. `second_service_leaves`: it reads nothing more, its open case goes to who is responsible."""

    rests: bool
    second_service_leaves: bool
    appointments: list[Appointment]
    referrals: list[Referral]
    agreements: list[Agreement]
    handovers: list[Handover]


def what_would_end(client: Client, consent: Consent) -> Ending:
    """As if it were withdrawn now."""
    after = copy(client)
    put_out_of_force(after, Act(consent.act))
    appointments = ending_appointments(after, consent, client.appointments.select_related("client", "person"))
    return Ending(
        rests=rules.is_restricted(after),
        second_service_leaves=consent.act == Act.JOINT,
        appointments=list(appointments),
        referrals=ending_referrals(after, consent, client.referrals.select_related("partner")),
        agreements=list(ending_agreements(after, consent, client.agreements.prefetch_related("partners"))),
        handovers=list(ending_handovers(after).select_related("to_person")),
    )


def ending_appointments(after: Client, consent: Consent, rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """What is still planned; nobody is waited for who wants no counselling or whose file rests (DP-12)."""
    if not rules.ends_counselling(after, consent):
        return rows.none()
    return rows.filter(state=AppointmentState.PLANNED, starts_at__gte=timezone.now())


def ending_referrals(after: Client, consent: Consent, rows: QuerySet[Referral]) -> list[Referral]:
    """Without consent to the recording all of them, else what stood on this consent.

    A chapter that was told may have lost its own consent: then the whole link goes, not just the chapter.
    """
    rests = rules.is_restricted(after)
    return [
        referral
        for referral in rows.filter(state__in=OPEN_TO_PARTNER)
        if rests
        or referral.consent_id == consent.pk
        or not all(rules.section_is_open(after, section) for section in referral.sections)
    ]


def ending_agreements(after: Client, consent: Consent, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """A working agreement lives from the consent to each who takes part; without counselling none holds."""
    in_force = rows.filter(agreed_on__isnull=False, ended_on=None)
    if rules.ends_counselling(after, consent):
        return in_force
    return in_force.filter(partners=consent.recipient_id, kind=AgreementKind.WORKING)


def ending_handovers(after: Client) -> QuerySet[Handover]:
    """A resting file is not passed on."""
    offered = after.handovers.filter(state=HandoverState.OFFERED)
    return offered if rules.is_restricted(after) else offered.none()
