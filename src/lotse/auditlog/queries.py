"""Reading the log. Who may read a file may read its history; the log of the organisation needs its own permission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from lotse.auditlog.models import Event
from lotse.auditlog.sentences import object_label, sentence
from lotse.core.typed import whole

PAGE = 50
CHUNK = 5000
ONLY = ("changes", "reads")


@dataclass(frozen=True)
class Line:
    at: datetime
    text: str
    is_read: bool
    about: str


@dataclass(frozen=True)
class HistoryPage:
    """Lines by day, newest first; `next_id` continues below the last one, 0 at the end."""

    days: list[tuple[date, list[Line]]]
    next_id: int


def history(*file_refs: str, changes: bool = True, reads: bool = True, after: int | None = None) -> QuerySet[Event]:
    """Everything that was done with a file, newest first, below the entry `after`; of a merged file under all its ids."""
    return _shown(Event.objects.filter(file_ref__in=file_refs), changes, reads, after)


def acts_on(object_ref: str) -> QuerySet[Event]:
    """Everything that was done with one thing that is no file, newest first."""
    return _shown(Event.objects.filter(object_ref=object_ref), changes=True, reads=False, after=None)


def organisation_log(
    organisation_id: int, *, changes: bool = True, reads: bool = True, after: int | None = None
) -> QuerySet[Event]:
    """Acts without names of clients: entries hold none."""
    return _shown(Event.objects.filter(organisation_id=organisation_id), changes, reads, after)


def changed_since(refs: Sequence[str], made_by: str) -> set[str]:
    """Of these objects or files, those with which anything but `made_by` was done; reading is no change."""
    found: set[str] = set()
    for start in range(0, len(refs), CHUNK):
        some = refs[start : start + CHUNK]
        for name in ("object_ref", "file_ref"):
            acts = Event.objects.filter(**{f"{name}__in": some}, is_read=False).exclude(key=made_by)
            found.update(acts.values_list(name, flat=True).order_by().distinct())
    return found


def _shown(events: QuerySet[Event], changes: bool, reads: bool, after: int | None) -> QuerySet[Event]:
    if changes != reads:
        events = events.filter(is_read=reads)
    if after:
        events = events.filter(pk__lt=after)
    return events.order_by("-id") if changes or reads else events.none()


def history_page(events: QuerySet[Event]) -> HistoryPage:
    """The first page of a query, in sentences. Costs one statement."""
    found = list(events[: PAGE + 1])
    shown = found[:PAGE]
    return HistoryPage(_by_day(shown), shown[-1].pk if len(found) > PAGE else 0)


def _by_day(events: Iterable[Event]) -> list[tuple[date, list[Line]]]:
    lines = (Line(timezone.localtime(e.at), sentence(e), e.is_read, object_label(e.object_type)) for e in events)
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.at.date())]


def asked(query: Mapping[str, str]) -> tuple[str, int | None]:
    """The filter and the entry below which to go on; nonsense means everything from the top."""
    only, after = query.get("nur", ""), query.get("ab", "")
    return only if only in ONLY else "", whole(after[:18], digits=18)
