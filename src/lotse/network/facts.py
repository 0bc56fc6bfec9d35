"""What a network did, in figures: meetings, attendance, tasks, topics, mandates, what was done for others (model.md §10).

Nobody's file stands behind them, so they are shown as they are; the list behind a number holds what the reader may see.
Tasks of an inner part and topics that the forum has not released are not counted at all (DP-08).
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from lotse.facts.defined import YES_NO, Counted, choice, facts_of, seen
from lotse.facts.registry import Line, Measure, Period, Population, part_of, register
from lotse.network.enums import (
    CASE_TEAM,
    STAFF_TEAM,
    TEAMS,
    MeetingState,
    OutreachKind,
    Part,
    Per,
    Presence,
    TaskState,
    TopicState,
)
from lotse.network.models import ActionItem, Attendance, Mandate, Meeting, NetworkFormat, Outreach, Release, Topic
from lotse.network.models.scope import organised_ids
from lotse.network.packaged import kind, kinds
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Membership, Person
from lotse.organisations.roles import ROLES

INTMAN, PROGRAMME = ROLES["intman"].key, "intman"
WITH_STAFF_UNIT = ("intman_forum", "coordination_round")
BANDS = ((14, "two_weeks"), (30, "month"), (90, "quarter"))
NOWHERE = Value(0, output_field=IntegerField())


# --- who counts, and where -------------------------------------------------------------------------------------------
def counted_ids(actor: Actor) -> frozenset[int]:
    """Whose work she may count; and the own house for who organises there."""
    return actor.counted_organisation_ids | organised_ids(actor)


def _own(rows: QuerySet, actor: Actor) -> QuerySet:
    return rows.filter(organisation_id__in=counted_ids(actor)).annotate(nowhere=NOWHERE)


def _population(key: str, countable: Any, line: Any, visible: Any, **more: Any) -> Population:
    return Population(
        f"network.{key}", countable, visible, line, site="nowhere", programme="nowhere", holds_files=False, of_house=True,
        **more,
    )  # fmt: skip


def _days(period: Period, column: str) -> Q:
    return Q(**{f"{column}__gte": period.start, f"{column}__lte": period.end})


def _fixed(name: str) -> Callable[[Period], Any]:
    return lambda _period: F(name)


def _format_kind(key: str) -> str:
    return kind(key).name


# --- meetings --------------------------------------------------------------------------------------------------------
def _meetings(actor: Actor, period: Period, **only: Any) -> QuerySet[Meeting]:
    return _own(Meeting.objects.filter(_days(period, "starts_at__date"), **only), actor)


def _meeting_line(row: Meeting) -> Line:
    return Line(f"{row.format}", timezone.localdate(row.starts_at), row.place, _to_meeting(row))


def _to_meeting(row: Meeting) -> str:
    return reverse("network:meeting", args=[row.public_id])


def _meeting_population(key: str, countable: Any) -> Population:
    return _population(key, countable, _meeting_line, seen(Meeting), related=("format",))


def _with_us(actor: Actor, of: str) -> Exists:
    """Somebody of the house was there."""
    there = Attendance.objects.filter(meeting_id=OuterRef(of), presence=Presence.PRESENT)
    return Exists(there.filter(person__organisation_id__in=counted_ids(actor)))


def _staff_unit(actor: Actor, period: Period) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(
        _days(period, "starts_at__date"), state=MeetingState.HELD, format__kind__in=WITH_STAFF_UNIT
    )
    here = Q(organisation_id__in=counted_ids(actor)) | Q(_with_us(actor, "pk"))
    return rows.filter(here).annotate(nowhere=NOWHERE)


# --- what is due: quarters and years that lie wholly in the period ---------------------------------------------------
def whole_spans(period: Period, per: str) -> Iterator[tuple[date, date]]:
    """First and last day of each."""
    months = 3 if per == Per.QUARTER else 12
    at = date(period.start.year, 1, 1)
    while (end := _month_later(at, months) - timedelta(days=1)) <= period.end:
        if at >= period.start:
            yield at, end
        at = end + timedelta(days=1)


def _month_later(day: date, months: int) -> date:
    return date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)


def _spans(period: Period) -> list[tuple[str, date, date]]:
    return [(per, *days) for per in Per.values for days in whole_spans(period, per)]


def _was_there(per: str, start: date, end: date) -> Q:
    return Q(per=per, begun_on__lte=start) & (Q(ended_on=None) | Q(ended_on__gte=end))


def _formats(actor: Actor, period: Period) -> QuerySet[NetworkFormat]:
    """With how many meetings are due in the period; those of which none is due are left out."""
    due = [
        Case(When(_was_there(*span), then=F("at_least")), default=0, output_field=IntegerField())
        for span in _spans(period)
    ]
    rows = NetworkFormat.objects.filter(at_least__gt=0)
    return _own(rows, actor).annotate(due=sum(due, Value(0, output_field=IntegerField()))).filter(due__gt=0)


def _met_enough(period: Period) -> Case:
    """In every quarter, or every year, that it was there for."""
    missed = Q(pk__in=())
    for per, start, end in _spans(period):
        held = Meeting.objects.filter(format_id=OuterRef("pk"), state=MeetingState.HELD)
        within = held.filter(starts_at__date__gte=start, starts_at__date__lte=end).order_by().values("format_id")
        number = Coalesce(Subquery(within.annotate(n=Count("pk")).values("n")), 0)
        missed |= _was_there(per, start, end) & Q(at_least__gt=number)
    return choice((missed, "no"), otherwise="yes")


def _format_line(row: NetworkFormat) -> Line:
    return Line(row.name, row.begun_on, row.get_level_display(), reverse("network:format", args=[row.public_id]))


# --- who was there, and how long -------------------------------------------------------------------------------------
def _attendances(actor: Actor, period: Period) -> QuerySet[Attendance]:
    held = Attendance.objects.filter(_days(period, "meeting__starts_at__date"), meeting__state=MeetingState.HELD)
    return _own(held, actor)


def _own_time(actor: Actor, period: Period) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(_days(period, "meeting__starts_at__date"), minutes__gt=0)
    return rows.filter(person__organisation_id__in=counted_ids(actor)).annotate(nowhere=NOWHERE)


def _presence(_period: Period) -> Case:
    return Case(When(presence=Presence.UNKNOWN, then=Value("")), default=F("presence"))


def _attendance_line(row: Attendance) -> Line:
    meeting = row.meeting
    return Line(
        f"{row.name}: {meeting.format}", timezone.localdate(meeting.starts_at), row.institution, _to_meeting(meeting)
    )


HOURS = Measure("Stunden", F("minutes"))
OF_MEETING = ("meeting__format",)


# --- tasks and topics ------------------------------------------------------------------------------------------------
def _tasks(actor: Actor, period: Period) -> QuerySet[ActionItem]:
    return _own(ActionItem.objects.filter(_days(period, "due_on"), part=Part.OPEN), actor)


def _task_result(_period: Period) -> Case:
    done = Q(state=TaskState.DONE)
    return choice(
        (done & Q(closed_on__lte=F("due_on")), "in_time"), (done, "late"), (Q(state=TaskState.DROPPED), "dropped"),
        otherwise="open",
    )  # fmt: skip


def _task_line(row: ActionItem) -> Line:
    return Line(row.text, row.due_on, row.owner_name, _to_meeting(row.meeting))


def _topics(actor: Actor, period: Period) -> QuerySet[Topic]:
    return _own(Topic.objects.filter(_days(period, "released_on")), actor)


def _topic_state(_period: Period) -> Case:
    return choice(
        (Q(answered_on__isnull=False), "answered"),
        (Q(state=TopicState.TO_POLITICS), "politics"),
        (Q(state__in=(TopicState.RELEASED, TopicState.CLOSED)), "waiting"),
        otherwise="under_way",
    )


def _answer_time(_period: Period) -> Case:
    within = [(Q(answered_on__lte=F("released_on") + timedelta(days=days)), key) for days, key in BANDS]
    return choice((Q(answered_on=None), ""), *within, otherwise="longer")


def _topic_line(row: Topic) -> Line:
    return Line(row.title, row.released_on, f"{row.format}", reverse("network:topic", args=[row.public_id]))


# --- mandates, and what was done for others --------------------------------------------------------------------------
def _mandates(actor: Actor, period: Period) -> QuerySet[Mandate]:
    return _own(Mandate.objects.in_force_on(period.key_date), actor)


def _mandate_line(row: Mandate) -> Line:
    return Line(f"{row.person}, {row.scope}", row.valid_from, f"{row.format}", reverse("network:mandates"))


def _outreach(actor: Actor, period: Period, *, which: tuple[str, ...]) -> QuerySet[Outreach]:
    return _own(Outreach.objects.filter(_days(period, "on"), kind__in=which), actor)


def _outreach_line(row: Outreach) -> Line:
    return Line(row.title, row.on, f"{row.partner or ''}", reverse("network:edit_outreach", args=[row.public_id]))


# --- indicators 17 and 18 --------------------------------------------------------------------------------------------
def _holding(start: date, end: date, *, ids: Any = None) -> QuerySet[Membership]:
    """The role, the whole time."""
    held = Membership.objects.in_force(end).filter(role=INTMAN, valid_from__lte=start)
    return held if ids is None else held.filter(organisation_id__in=ids)


def _intman(actor: Actor, period: Period) -> QuerySet[Person]:
    day = period.key_date
    roles = Membership.objects.in_force(day).filter(role=INTMAN, organisation_id__in=counted_ids(actor))
    rows = Person.objects.at_work_on(day).filter(pk__in=roles.order_by().values("person_id"))
    return rows.annotate(nowhere=NOWHERE)


def _regular(period: Period) -> Case:
    """Missing where she has held the role for no whole quarter of the period."""
    missed, held_once = Q(pk__in=()), Q(pk__in=())
    for start, end in whole_spans(period, Per.QUARTER):
        was_intman = Q(Exists(_holding(start, end).filter(person_id=OuterRef("pk"))))
        there = Attendance.objects.filter(person_id=OuterRef("pk"), presence=Presence.PRESENT)
        held = there.filter(
            meeting__state=MeetingState.HELD, meeting__starts_at__date__gte=start, meeting__starts_at__date__lte=end
        )
        missed |= was_intman & ~Q(Exists(held))
        held_once |= was_intman
    return choice((missed, "no"), (held_once, "yes"))


def _led_by(actor: Actor) -> Q:
    """A list of names is for who grants their mandates; everybody else finds herself in it."""
    leads = actor.may(Permission.GRANT_MANDATES)
    return Q(organisation_id=actor.organisation_id) if leads else Q(pk=actor.person_id)


def _person_line(row: Person) -> Line:
    return Line(f"{row}", row.started_on or timezone.localdate(row.created_at), "")


def _forwarded(actor: Actor, period: Period) -> QuerySet[Release]:
    rows = Release.objects.filter(_days(period, "forwarded_at__date"), replaces=None)
    here = Q(organisation_id__in=counted_ids(actor)) | Q(_with_us(actor, "meeting_id"))
    return rows.filter(here).annotate(nowhere=NOWHERE)


def _release_line(row: Release) -> Line:
    return Line(
        "Freigabe aus dem Forum",
        timezone.localdate(row.forwarded_at),
        f"{row.meeting.format}",
        _to_meeting(row.meeting),
    )


def _always(key: str) -> Callable[[Period], Any]:
    return lambda _period: Value(key)


def _held_of(key: str, *kind_keys: str) -> Population:
    return part_of(HELD, f"network.{key}", lambda _period: Q(format__kind__in=kind_keys))


def _minuted(_period: Period) -> Case:
    return choice((Q(minutes_sent_at__isnull=False), "with_minutes"), otherwise="without_minutes")


MINUTES = {"with_minutes": "mit Protokoll", "without_minutes": "noch ohne Protokoll"}
KINDS = {key: found.name for key, found in kinds().items()}
STATES = {state.value: state.label for state in MeetingState}
PRESENCES = {state.value: state.label for state in Presence if state != Presence.UNKNOWN}
RESULTS = {"in_time": "rechtzeitig erledigt", "late": "später erledigt", "open": "offen", "dropped": "nicht mehr nötig"}
ANSWERS = {
    "answered": "beantwortet",
    "under_way": "in der Koordinierungsrunde",
    "politics": "bei der Politik",
    "waiting": "noch nicht besprochen",
}
TIMES = {"two_weeks": "bis 14 Tage", "month": "15 bis 30 Tage", "quarter": "31 bis 90 Tage", "longer": "länger"}
FOR_OTHERS = {state.value: state.label for state in (OutreachKind.INFORMATION, OutreachKind.TRAINING)}
TOGETHER = {OutreachKind.JOINT.value: "Gemeinsame Aktionen"}

ALL_MEETINGS = _meeting_population("meetings", _meetings)
HELD = _meeting_population("held", partial(_meetings, state=MeetingState.HELD))
FORMATS = _population("formats", _formats, _format_line, seen(NetworkFormat))
DUE = _population("due", _formats, _format_line, seen(NetworkFormat), weight="due")
ATTENDANCE = _population("attendance", _attendances, _attendance_line, seen(Attendance), related=OF_MEETING)
TIME = _population("time", _own_time, _attendance_line, seen(Attendance), related=OF_MEETING, measure=HOURS)
TASKS = _population("tasks", _tasks, _task_line, seen(ActionItem), related=("meeting",))
CASE_TEAM_HELD = _held_of("case_team", CASE_TEAM)
STAFF_TEAM_HELD = _held_of("staff_team", STAFF_TEAM)
TEAMS_HELD = _held_of("teams", *TEAMS)
TEAM_TASKS = part_of(TASKS, "network.team_tasks", lambda _period: Q(meeting__format__kind__in=TEAMS))
TOPICS = _population("topics", _topics, _topic_line, seen(Topic), related=("format",))
MANDATES = _population("mandates", _mandates, _mandate_line, seen(Mandate), related=("person", "format"))

OF_MEETINGS = {
    "held": Counted(ALL_MEETINGS, _fixed("state"), STATES),
    "by_kind": Counted(HELD, _fixed("format__kind"), _format_kind),
    "required": Counted(DUE, _fixed("kind"), _format_kind),
    "enough": Counted(FORMATS, _met_enough, YES_NO),
    "attendance": Counted(ATTENDANCE, _presence, PRESENCES),
    "own_time": Counted(TIME, _fixed("meeting__format__kind"), _format_kind),
    "tasks": Counted(TASKS, _task_result, RESULTS),
    "topics": Counted(TOPICS, _topic_state, ANSWERS),
    "answer_time": Counted(TOPICS, _answer_time, TIMES),
    "mandates": Counted(MANDATES, _fixed("format__kind"), _format_kind),
    "case_team": Counted(CASE_TEAM_HELD, _minuted, MINUTES),
    "staff_team": Counted(STAFF_TEAM_HELD, _minuted, MINUTES),
    "team_tasks": Counted(TEAM_TASKS, _task_result, RESULTS),
}


def _events(key: str, *which: OutreachKind) -> Population:
    chosen = partial(_outreach, which=which)
    return _population(key, chosen, _outreach_line, seen(Outreach), related=("partner",))


OF_NETWORK = {
    "information": Counted(
        _events("for_others", OutreachKind.INFORMATION, OutreachKind.TRAINING), _fixed("kind"), FOR_OTHERS
    ),
    "joint_actions": Counted(_events("together", OutreachKind.JOINT), _fixed("kind"), TOGETHER),
}
OF_INTEGRATION = {
    "regular_meetings": Counted(_population("intman", _intman, _person_line, _led_by), _regular, YES_NO),
    "forwarded_minutes": Counted(
        _population("forwarded", _forwarded, _release_line, seen(Release), related=OF_MEETING),
        _always("forwarded"), {"forwarded": "weitergegeben"},
    ),
    "staff_unit_meetings": Counted(
        _meeting_population("staff_unit", _staff_unit), _fixed("format__kind"), {key: KINDS[key] for key in WITH_STAFF_UNIT}
    ),
}  # fmt: skip
OF_QUALITY = {"minuted": Counted(TEAMS_HELD, _minuted, MINUTES)}
SETS = (("meetings", OF_MEETINGS, ""), ("network", OF_NETWORK, ""), ("integration", OF_INTEGRATION, PROGRAMME))


def register_facts() -> None:
    for fact in facts_of("quality_evidence", OF_QUALITY, sheet="quality"):
        register(fact)
    for name, counted, programme in SETS:
        for fact in facts_of(name, counted, sheet=name, programme=programme):
            register(fact)
