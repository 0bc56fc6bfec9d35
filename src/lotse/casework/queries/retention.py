"""Which files are to be erased, since when and why; and what keeps one of them for now (facts: DIN 66398)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lotse.casework.enums import DueBecause, RequestKind
from lotse.casework.models import Client, CounsellingCase, DataSubjectRequest, ErasureHold, ErasureRun
from lotse.core.finding import found
from lotse.documents.queries import retention_of
from lotse.documents.retention import RetentionClass
from lotse.organisations.actor import Actor

FILE_CLASS = "client_file"
AFTER_WITHDRAWAL = timedelta(days=30)
SHOWN = 100


@dataclass(frozen=True)
class Due:
    """A file whose time is over. No name: who answers for data protection sees no clients (DP-04)."""

    client: Client
    due_on: date
    because: DueBecause
    held_until: date | None = None

    @property
    def is_held(self) -> bool:
        return self.held_until is not None or self.client.frozen_on is not None

    @property
    def reason(self) -> str:
        return self.because.label


def files_due(organisation_id: int, today: date) -> QuerySet[Client]:
    """Closed long enough, or the consent was withdrawn a month ago, or the person has asked for it."""
    period = retention_of(organisation_id)[FILE_CLASS]
    open_cases = CounsellingCase.objects.filter(client=OuterRef("pk"), ended_on=None)
    is_over = Q(is_open=False, started_on__lte=period.latest_start_over(today))
    withdrawn = Q(restricted_on__lte=today - AFTER_WITHDRAWAL)
    living = Client.objects.filter(organisation_id=organisation_id, erased_month=None, merged_into=None).annotate(
        started_on=Coalesce(Max("cases__ended_on"), F("informed_on")),
        is_open=Exists(open_cases),
        asked_on=Min("requests__received_on", filter=_asks_for_erasure()),
    )
    return living.filter(is_over | withdrawn | Q(asked_on__isnull=False)).order_by("started_on", "pk")


def _asks_for_erasure() -> Q:
    return Q(requests__kind=RequestKind.ERASURE, requests__answered_on=None) & ~Q(requests__identity="")


def due_list(organisation_id: int, today: date, limit: int = SHOWN) -> list[Due]:
    found = files_due(organisation_id, today).filter(erasure=None).select_related("site")[:limit]
    return _explained(list(found), organisation_id, today)


def why_due(client: Client, today: date) -> Due | None:
    """Asked again just before it is erased: what has changed since counts."""
    found = files_due(client.organisation_id, today).filter(pk=client.pk)
    return next(iter(_explained(list(found), client.organisation_id, today)), None)


def _explained(clients: list[Client], organisation_id: int, today: date) -> list[Due]:
    held = holds_in_force(clients, today)
    period = retention_of(organisation_id)[FILE_CLASS]
    return [_due(client, held.get(client.pk), period) for client in clients]


def holds_in_force(clients: Iterable[Client], today: date) -> dict[int, date]:
    holds = ErasureHold.objects.filter(client__in=clients, lifted_on=None, until__gte=today)
    return dict(holds.order_by("until").values_list("client_id", "until"))


def _due(client: Client, held_until: date | None, period: RetentionClass) -> Due:
    if client.asked_on:
        return Due(client, client.asked_on, DueBecause.REQUESTED, held_until)
    if client.restricted_on:
        return Due(client, client.restricted_on + AFTER_WITHDRAWAL, DueBecause.WITHDRAWN, held_until)
    over_on = (period.keep_until(client.started_on) or client.started_on) + timedelta(days=1)
    return Due(client, over_on, DueBecause.PERIOD, held_until)


def runs(actor: Actor, limit: int = 20) -> list[ErasureRun]:
    return list(ErasureRun.objects.visible_to(actor).select_related("proposed_by", "confirmed_by")[:limit])


def runs_waiting_for(actor: Actor) -> list[ErasureRun]:
    """Proposed by somebody else and not yet decided."""
    undecided = ErasureRun.objects.visible_to(actor).filter(confirmed_at=None, cancelled_at=None)
    return list(undecided.exclude(proposed_by_id=actor.person_id).select_related("proposed_by"))


def get_run(actor: Actor, public_id: str) -> ErasureRun:
    return found(ErasureRun.objects.visible_to(actor), public_id)


def open_requests(actor: Actor, limit: int = SHOWN) -> list[DataSubjectRequest]:
    """Dates and kinds of the whole organisation, the next deadline first."""
    rows = DataSubjectRequest.objects.at_desk(actor).filter(answered_on=None).select_related("client__responsible")
    return list(rows.order_by(Coalesce("extended_until", "due_on"), "pk")[:limit])
