"""What is due for somebody: lines for *Heute*, and whole days in her calendar. Many that owe the same are one line."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lotse.core.calendars import CalendarEntry
from lotse.core.work import WorkItem
from lotse.organisations.actor import Actor
from lotse.organisations.models.scope import in_branches
from lotse.programmes import rules
from lotse.programmes.enums import ObligationState as State
from lotse.programmes.models import Obligation
from lotse.programmes.models.deadlines import TO_HAND_IN

AHEAD = timedelta(weeks=4)
DAY = ("rule__name", "document", "funding_year", "internal_due", "external_due")


def deadline_lines(actor: Actor, today: date) -> list[WorkItem]:
    """Nothing and no statement for who has nothing to do with agencies; else one."""
    if not rules.enters_deadlines(actor):
        return []
    soon = today + AHEAD
    near = Q(state__in=TO_HAND_IN, internal_due__lte=soon)
    if actor.released_paths:
        near |= Q(state=State.SUBMITTED_INTERNAL) | Q(state=State.CHECKED, external_due__lte=soon)
    counts = {"count": Count("pk"), "ref": Min("public_id"), "who": Min("bearer__name")}
    return [_line(actor, row, today) for row in _grouped(actor, near, *DAY, "state", **counts)]


def _grouped(actor: Actor, wanted: Q, *by: str, **counts: Any) -> Iterable[dict[str, Any]]:
    rows = Obligation.objects.open().filter(_concerning(actor), wanted)
    return rows.order_by().values(*by).annotate(**counts).order_by("internal_due", "rule__name", "funding_year", *by)


def _concerning(actor: Actor) -> Q:
    """Her agency's, what her own house owes, and those of the branch that she coordinates."""
    own_house = Q(bearer__path__in=actor.overseen_paths)
    return own_house | in_branches(actor.agency_paths | actor.released_paths, "bearer")


def _line(actor: Actor, row: dict[str, Any], today: date) -> WorkItem:
    title = f"{row['rule__name']} {row['funding_year']}"
    who = row["who"] if row["count"] == 1 else f"{row['count']} Stellen"
    day, words = _next_of(row)
    if day is None:
        return WorkItem(title, _url(row), who, words)
    badge, tone = _how_near(day, today)
    sentence = f"{words} {date_format(day, 'l, j. F Y')}"
    is_hers = row["count"] == 1 and not actor.released_paths
    return WorkItem(title, _url(row), sentence if is_hers else f"{sentence} · {who}", badge, tone)


def _next_of(row: dict[str, Any]) -> tuple[date | None, str]:
    if row["state"] in TO_HAND_IN:
        return row["internal_due"], "nachzubessern, fällig" if row["state"] == State.REWORK else "fällig"
    if row["state"] == State.CHECKED:
        return row["external_due"], "bei der Behörde abzugeben bis"
    return None, "zu prüfen"


def _how_near(day: date, today: date) -> tuple[str, str]:
    left = (day - today).days
    if left < 0:
        return "überfällig", "bad"
    words = {0: "heute", 1: "morgen"}.get(left, f"in {left} Tagen")
    return words, "warn" if left <= 14 else ""


def _url(row: dict[str, Any]) -> str:
    if row["count"] == 1:
        return reverse("deadlines:obligation", args=[row["ref"]])
    stand = "pruefen" if row["state"] == State.SUBMITTED_INTERNAL else "offen"
    return f"{reverse('deadlines:list')}?stand={stand}&was={row['document']}&zu={row['funding_year']}"


def calendar(actor: Actor, start: datetime, end: datetime) -> list[CalendarEntry]:
    """Open days as whole days: the inner one for who hands in, both for who coordinates. One statement, or none."""
    if not rules.enters_deadlines(actor):
        return []
    first, last = timezone.localdate(start), timezone.localdate(end)
    within = Q(internal_due__range=(first, last), state__in=TO_HAND_IN)
    if actor.released_paths:
        within |= Q(external_due__range=(first, last))
    counts = {"inside": Count("pk", filter=Q(state__in=TO_HAND_IN)), "outside": Count("pk")}
    rows = _grouped(actor, within, *DAY, **counts)
    entries = [entry for row in rows for entry in _entries(actor, row)]
    return [entry for entry in entries if start <= entry.starts_at < end]


def _entries(actor: Actor, row: dict[str, Any]) -> Iterator[CalendarEntry]:
    title = f"{row['rule__name']} {row['funding_year']}"
    if row["inside"]:
        yield _whole_day(row, "internal_due", f"Frist: {title}", row["inside"])
    if row["external_due"] and actor.released_paths:
        yield _whole_day(row, "external_due", f"Frist Behörde: {title}", row["outside"])


def _whole_day(row: dict[str, Any], side: str, title: str, count: int) -> CalendarEntry:
    midnight = timezone.make_aware(datetime.combine(row[side], time.min))
    ref = f"{row['document']}-{row['funding_year']}-{row['internal_due']}-{side}"
    named = f"{title} ({count})" if count > 1 else title
    url = f"{reverse('deadlines:list')}?stand=offen&was={row['document']}&zu={row['funding_year']}"
    return CalendarEntry(ref, midnight, None, named, url, is_whole_day=True)
