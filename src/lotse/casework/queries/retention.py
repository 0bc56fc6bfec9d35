"""Which files are to be erased, since when and why; and what keeps one of them for now (facts: DIN 66398)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lotse.casework.enums import DueBecause, RequestKind
from lotse.casework.models import Client, CounsellingCase, DataSubjectRequest, ErasureHold, ErasureItem, ErasureRun
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


@dataclass(frozen=True)
class Search:
    """Looks for files of one organisation that are due; for one of them, if `only` is given.

    Each reason has an index that begins with the oldest, and is asked for as many as are wanted: what it costs goes with
    the files that are due, not with all that are there.
    """

    organisation_id: int
    today: date
    wanted: int
    only: int | None = None

    def files(self) -> QuerySet[Client]:
        """The oldest of each reason, with the days from which `_due` explains them."""
        clients = Client.objects.order_by().values("pk")
        first, *others = (clients.filter(pk__in=ids[: self.wanted]) for ids in self._reasons())
        last_end = CounsellingCase.objects.filter(client=OuterRef("pk")).order_by(F("ended_on").desc(nulls_last=True))
        asked = self._requests().filter(client=OuterRef("pk")).order_by("received_on")
        return Client.objects.filter(pk__in=first.union(*others)).annotate(
            started_on=Coalesce(Subquery(last_end.values("ended_on")[:1]), F("informed_on")),
            asked_on=Subquery(asked.values("received_on")[:1]),
        )

    def _reasons(self) -> Iterator[QuerySet[Any, Any]]:
        """Closed long enough, or never begun; the consent was withdrawn a month ago; the person has asked for it."""
        over = retention_of(self.organisation_id)[FILE_CLASS].latest_start_over(self.today)
        yield self._closed().filter(ended_on__lte=over).order_by("ended_on", "pk").values("client")
        clients = self._of(Client.objects, "")
        of_client = CounsellingCase.objects.filter(client=OuterRef("pk"))
        never_begun = clients.filter(~Exists(of_client), informed_on__lte=over)
        yield never_begun.order_by("informed_on", "pk").values("pk")
        withdrawn = clients.filter(restricted_on__lte=self.today - AFTER_WITHDRAWAL)
        yield withdrawn.order_by("restricted_on", "pk").values("pk")
        yield self._of(self._requests()).order_by("received_on", "pk").values("client")

    def _closed(self) -> QuerySet[CounsellingCase]:
        """The last case of each file without an open one. A single value: a condition on others PostgreSQL would join whole."""
        of_file = CounsellingCase.objects.filter(client=OuterRef("client"))
        last = of_file.order_by(F("ended_on").desc(nulls_first=True), "-pk").values("pk")[:1]
        return self._of(CounsellingCase.objects).filter(pk=Subquery(last))

    def _requests(self) -> QuerySet[DataSubjectRequest]:
        return DataSubjectRequest.objects.filter(kind=RequestKind.ERASURE, answered_on=None).exclude(identity="")

    def _of(self, rows: Any, client: str = "client__") -> Any:
        """Of living files that are in no run yet; of the one that is asked for wherever it is."""
        living = {f"{client}erased_month": None, f"{client}merged_into": None, "organisation_id": self.organisation_id}
        key = client.removesuffix("__") or "pk"
        if self.only is not None:
            return rows.filter(**living, **{key: self.only})
        return rows.filter(~Exists(ErasureItem.objects.filter(client=OuterRef(key))), **living)


def due_list(organisation_id: int, today: date, limit: int = SHOWN) -> list[Due]:
    """The longest overdue first."""
    files = Search(organisation_id, today, limit).files().select_related("site")
    return sorted(_explained(list(files), organisation_id, today), key=lambda due: (due.due_on, due.client.pk))[:limit]


def why_due(client: Client, today: date) -> Due | None:
    """Asked again just before it is erased: what has changed since counts."""
    files = Search(client.organisation_id, today, 1, only=client.pk).files()
    return next(iter(_explained(list(files), client.organisation_id, today)), None)


def _explained(clients: list[Client], organisation_id: int, today: date) -> list[Due]:
    held = holds_in_force(clients, today)
    period = retention_of(organisation_id)[FILE_CLASS]
    return [_due(client, held.get(client.pk), period) for client in clients]


def holds_in_force(clients: Iterable[Client], today: date) -> dict[int, date]:
    holds = ErasureHold.objects.filter(client__in=clients, lifted_on=None, until__gte=today)
    return dict(holds.order_by("until").values_list("client_id", "until"))


def _due(client: Any, held_until: date | None, period: RetentionClass) -> Due:
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
