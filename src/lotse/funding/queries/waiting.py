"""Which changes of posts, contact data and bank accounts wait for somebody."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lotse.funding.enums_staff import OPEN, WITH_DISTRICT, ProcessCode, ProcessKind, ProcessState
from lotse.funding.models import BankAccount, ChangeProcess, StaffChange
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches

CONSENT_AHEAD = timedelta(weeks=2)
NEVER_CAME = (ProcessState.WITHDRAWN, ProcessState.REFUSED)


def of_her_house(actor: Actor, way: str = "organisation") -> Q:
    """What her own house does, not one below it."""
    return Q(**{f"{way}__path__in": actor.funded_paths})


def to_pass_on(actor: Actor, today: date) -> QuerySet[ChangeProcess]:
    """Lies with the district, and may go to the authority by now (FU-07)."""
    received = in_branches(actor.funded_paths, "change__grant__organisation")
    is_due = Q(due_from=None) | Q(due_from__lte=today)
    return ChangeProcess.objects.filter(received, is_due, state__in=WITH_DISTRICT)


def without_consent(actor: Actor, today: date) -> QuerySet[ChangeProcess]:
    """Its first day is near, and the authority has not answered (FU-05): for the carrier, and for the district once it has asked."""
    asked = Q(in_branches(actor.funded_paths, "change__grant__organisation"), state=ProcessState.SUBMITTED)
    hers = Q(of_her_house(actor), state__in=OPEN)
    rows = ChangeProcess.objects.filter(asked | hers, kind=ProcessKind.CONSENT)
    return rows.filter(effective_from__lte=today + CONSENT_AHEAD)


def came_without_contact(changes: QuerySet[StaffChange], today: date) -> QuerySet[StaffChange]:
    """Who has begun and whose contact data were not passed on (FU-08). Who never came was withdrawn."""
    gone = ChangeProcess.objects.filter(code=ProcessCode.NEW_HIRE, state__in=NEVER_CAME).order_by()
    begun = changes.filter(newcomer_from__lte=today, contact_sent_on=None)
    return begun.exclude(pk__in=gone.values("change"))


def contact_to_send(actor: Actor, today: date) -> QuerySet[StaffChange]:
    return came_without_contact(StaffChange.objects.filter(of_her_house(actor)), today)


def to_confirm(actor: Actor, _today: date) -> QuerySet[BankAccount]:
    """The newest of a house, entered by somebody else (FU-20)."""
    rows = BankAccount.objects.visible_to(actor).filter(confirmed_by=None).exclude(entered_by=actor.person_id)
    return rows.exclude(
        Exists(BankAccount.objects.filter(organisation=OuterRef("organisation"), pk__gt=OuterRef("pk")))
    )
