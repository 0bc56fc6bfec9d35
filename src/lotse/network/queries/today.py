"""What waits for whom on "Heute" of meetings and formats, in one shape and one statement (core/lines.py)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lotse.core.lines import Found, Line, Part, lines_of
from lotse.core.search import fold
from lotse.core.work import WorkItem
from lotse.network import rules
from lotse.network.enums import TEAMS, MeetingState, Reply
from lotse.network.models import Attendance, Charter, Meeting, NetworkFormat
from lotse.network.queries.rhythm import Minimum, stood
from lotse.network.states import COMING
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission

WEEK = timedelta(days=7)
SHOWN = 8


def meeting_lines(actor: Actor, today: date, *, has_calendar: bool) -> list[Part]:
    """Of who is invited, and of who keeps dates. `has_calendar`: her meetings of the week stand beside it anyway, and only what
    wants an answer is told."""
    arranges = rules.may_arrange(actor)
    return [*_invited(actor, today, has_calendar), *(_arranged(actor, today) if arranges else [])]


def _invited(actor: Actor, today: date, has_calendar: bool) -> Iterable[Part]:
    now, waits = timezone.now(), Q(meeting__state=MeetingState.INVITED, reply=Reply.OPEN)
    mine = Attendance.objects.filter(
        person_id=actor.person_id, meeting__state__in=COMING, meeting__ends_at__gte=now - timedelta(hours=12),
        meeting__starts_at__lt=now + 12 * WEEK,
    )  # fmt: skip
    columns = {"ref": F("meeting__public_id"), "words": F("meeting__format__name"), "moment": F("meeting__starts_at")}
    yield lines_of("asked", mine.filter(waits), **columns)
    if not has_calendar:
        of_week = mine.filter(~waits, meeting__starts_at__date__lte=today + WEEK).exclude(reply=Reply.NO)
        yield lines_of("near", of_week, **columns)


def _arranged(actor: Actor, today: date) -> Iterable[Part]:
    """Over and not closed, or closed and the minutes not sent; and formats with what their minimum is held against."""
    over = _hers(actor).filter(ends_at__lt=timezone.now(), minutes_sent_at=None)
    first = over.filter(state__in=(*COMING, MeetingState.HELD)).order_by("starts_at", "id").values("pk")[:SHOWN]
    columns = {"words": F("format__name"), "about": F("state"), "moment": F("starts_at")}
    yield lines_of("unfinished", Meeting.objects.filter(pk__in=first), **columns)

    own = NetworkFormat.objects.arranged_by(actor).running()
    wanted = own.filter(at_least__gt=0)
    yield lines_of("format", wanted, words=F("name"), about=F("per"), number=F("pk"), least=F("at_least"))
    of_year = Meeting.objects.filter(format__in=wanted.order_by().values("pk"), starts_at__year=today.year)
    yield lines_of("met", of_year, about=F("state"), moment=F("starts_at"), number=F("format_id"))
    agreed = Charter.objects.filter(format_id=OuterRef("pk"), agreed_on__isnull=False)
    yield lines_of("unagreed", own.filter(~Exists(agreed.order_by())), words=F("name"))


def _hers(actor: Actor) -> QuerySet[Meeting]:
    """Of the house for who organises; for who leads a team those where she has a place."""
    rows = Meeting.objects.filter(organisation_id=actor.organisation_id)
    if actor.may(Permission.ORGANISE_NETWORK):
        return rows
    return rows.filter(format__kind__in=TEAMS, attendances__person_id=actor.person_id)


def meeting_items(found: Found, today: date) -> list[WorkItem]:
    invited = sorted([*found["asked"], *found["near"]], key=lambda line: line.moment)[: 2 * SHOWN]
    unfinished = sorted(found["unfinished"], key=lambda line: line.moment)
    formats = sorted(
        [*_below_minimum(found, today), *map(_unagreed, found["unagreed"])], key=lambda item: fold(item.title)
    )
    return [
        *(_invitation(line, today) for line in invited),
        *(_to_finish(line, today) for line in unfinished),
        *formats,
    ]


def _invitation(line: Line, today: date) -> WorkItem:
    return _meeting(line, _when(line, today), "Kommen Sie?" if line.kind == "asked" else "", "")


def _to_finish(line: Line, today: date) -> WorkItem:
    words = "Protokoll noch nicht verschickt" if line.about == MeetingState.HELD else "noch nicht abgeschlossen"
    return _meeting(line, _when(line, today), words, "warn")


def _below_minimum(found: Found, today: date) -> Iterable[WorkItem]:
    formats = {line.number: line for line in found["format"]}
    minimums = {pk: Minimum(line.about, line.least) for pk, line in formats.items()}
    met = [(line.number, line.about, line.moment) for line in found["met"]]
    for pk, standing in stood(minimums, met, today).items():
        if standing.is_in_danger:
            yield _format(formats[pk], standing.warning, "Mindestzahl")


def _unagreed(line: Line) -> WorkItem:
    return _format(line, "Noch nichts schriftlich vereinbart.", "Vereinbarung fehlt")


def _format(line: Line, sentence: str, badge: str) -> WorkItem:
    return WorkItem(line.words, reverse("network:format", args=[line.ref]), sentence, badge, "warn")


def _when(line: Line, today: date) -> str:
    begins = timezone.localtime(line.moment)
    day = "heute" if begins.date() == today else date_format(begins, "l, j. F")
    return f"{day}, {begins:%H:%M} Uhr"


def _meeting(line: Line, sentence: str, badge: str, tone: str) -> WorkItem:
    return WorkItem(line.words, reverse("network:meeting", args=[line.ref]), sentence, badge, tone)
