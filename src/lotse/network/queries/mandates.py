"""Who goes where: mandates, memberships and time of a house's people, and who sits in a forum without a mandate (NW-04)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat
from django.http import Http404
from django.utils import timezone

from lotse.core.finding import found
from lotse.network.enums import Function, MeetingState, Part, Presence
from lotse.network.models import AgendaItem, Attendance, Mandate, Meeting, Member, NetworkFormat
from lotse.network.models.meetings import MISSING
from lotse.network.states import CALLED_OFF
from lotse.organisations.actor import Actor
from lotse.organisations.enums import Permission
from lotse.organisations.models import Person

SOON = timedelta(days=60)
TIME_BACK = timedelta(days=90)
Key = tuple[int, int]


@dataclass(frozen=True)
class Span:
    start: date
    end: date


@dataclass
class Place:
    """One person in one format: her mandate in force, whether she belongs to it, and what it took."""

    mandate: Mandate | None = None
    is_member: bool = False
    meetings: int = 0
    minutes: int = 0

    @property
    def hours(self) -> float:
        return self.minutes / 60


@dataclass
class Row:
    """`beside`: for every format her place in it, or None."""

    person: Person
    beside: list[tuple[Place | None, "Column"]] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        return [place for place, _column in self.beside if place]

    @property
    def formats(self) -> int:
        """Where she goes today, or went in the span."""
        return len(self.places)

    @property
    def hours(self) -> float:
        return sum(place.hours for place in self.places)


@dataclass(frozen=True)
class Column:
    format: NetworkFormat
    people: int
    minutes: int

    @property
    def hours(self) -> float:
        return self.minutes / 60


@dataclass(frozen=True)
class Matrix:
    columns: list[Column]
    rows: list[Row]

    @property
    def unattended(self) -> list[NetworkFormat]:
        return [column.format for column in self.columns if not column.people]


@dataclass(frozen=True)
class CarrierPart:
    """What one carrier brings to a format: sums, no names."""

    format: str
    carrier: str
    people: int
    minutes: int
    percent: int

    @property
    def hours(self) -> float:
        return self.minutes / 60


def who_goes_where(actor: Actor, span: Span, today: date) -> Matrix:
    """Of the whole house for who grants mandates there, else of herself. Five statements, however many people there are."""
    formats = list(_formats(actor, today).running().order_by("name_key", "id"))
    places = _places(actor, formats, span, today)
    people = _people(actor).filter(pk__in={person for person, _format in places})
    columns = [_column(f, [place for key, place in places.items() if key[1] == f.pk]) for f in formats]
    named = people.order_by("last_name", "first_name", "id")
    rows = [Row(person, [(places.get((person.pk, c.format.pk)), c) for c in columns]) for person in named]
    return Matrix(columns, rows)


def _column(format: NetworkFormat, places: list[Place]) -> Column:
    return Column(format, len(places), sum(place.minutes for place in places))


def _formats(actor: Actor, today: date) -> QuerySet[NetworkFormat]:
    if actor.may(Permission.GRANT_MANDATES):
        return NetworkFormat.objects.open_for_mandates(actor, today)
    mine = Q(mandates__person_id=actor.person_id) | Q(members__person_id=actor.person_id)
    return NetworkFormat.objects.filter(pk__in=NetworkFormat.objects.filter(mine).values("pk"))


def _people(actor: Actor) -> QuerySet[Person]:
    house = Person.objects.filter(organisation_id=actor.organisation_id)
    return house if actor.may(Permission.GRANT_MANDATES) else house.filter(pk=actor.person_id)


def _places(actor: Actor, formats: Iterable[NetworkFormat], span: Span, today: date) -> dict[Key, Place]:
    found: dict[Key, Place] = defaultdict(Place)
    of_us = {"format__in": formats, "person__in": _people(actor)}
    for person, format in Member.objects.filter(**of_us).valid_on(today).values_list("person_id", "format_id"):
        found[person, format].is_member = True
    for mandate in Mandate.objects.filter(**of_us).in_force_on(today):
        found[mandate.person_id, mandate.format_id].mandate = mandate
    for person, format, meetings, minutes in _spent(actor, formats, span):
        found[person, format].meetings, found[person, format].minutes = meetings, minutes
    return dict(found)


def _spent(actor: Actor, formats: Iterable[NetworkFormat], span: Span) -> QuerySet:
    rows = _attended(formats, span).filter(person__in=_people(actor)).order_by()
    return rows.values_list("person_id", "meeting__format_id").annotate(
        n=Count("pk"), spent=Coalesce(Sum("minutes"), 0)
    )


def _attended(formats: Iterable[NetworkFormat] | QuerySet[NetworkFormat], span: Span) -> QuerySet[Attendance]:
    """Was there, or has entered time for it."""
    held = {"meeting__state": MeetingState.HELD, "meeting__format__in": formats}
    days = {"meeting__starts_at__date__gte": span.start, "meeting__starts_at__date__lte": span.end}
    return Attendance.objects.filter(Q(presence=Presence.PRESENT) | Q(minutes__gt=0), **held, **days)


def parts_of_carriers(actor: Actor, span: Span, today: date) -> list[CarrierPart]:
    """Where several carriers sit together, what each brings; for who grants mandates or organises."""
    if actor.permissions.isdisjoint({Permission.GRANT_MANDATES, Permission.ORGANISE_NETWORK}):
        return []
    sent, organised = (
        NetworkFormat.objects.open_for_mandates(actor, today),
        NetworkFormat.objects.organised_by(actor),
    )
    formats = NetworkFormat.objects.filter(Q(pk__in=sent.values("pk")) | Q(pk__in=organised.values("pk"))).running()
    rows = _attended(formats.order_by(), span).filter(is_guest=False).order_by()
    name = Coalesce(F("person__organisation__name"), F("institution"))
    sums = rows.values("meeting__format_id", "meeting__format__name", carrier=name).annotate(
        people=Count(Concat("name", Value("|"), "email", output_field=CharField()), distinct=True),
        spent=Coalesce(Sum("minutes"), 0),
    )
    by_format: dict[int, list[Mapping]] = defaultdict(list)
    for row in sums.order_by("meeting__format__name_key", "carrier"):
        by_format[row["meeting__format_id"]].append(row)
    return [part for rows in by_format.values() if len(rows) > 1 for part in _parts(rows)]


def _parts(rows: list[Mapping]) -> list[CarrierPart]:
    whole = sum(row["spent"] for row in rows)
    return [
        CarrierPart(
            row["meeting__format__name"], row["carrier"] or "ohne Angabe", row["people"], row["spent"],
            (200 * row["spent"] + whole) // (2 * whole) if whole else 0,
        )
        for row in rows
    ]  # fmt: skip


def get_mandate(actor: Actor, public_id: str) -> Mandate:
    return found(Mandate.objects.visible_to(actor).select_related("person", "format", "granted_by"), public_id)


def mandates_listed(actor: Actor, today: date) -> list[Mandate]:
    """Of the house or her own, those that are not over; the next to end first."""
    rows = Mandate.objects.visible_to(actor).filter(person__in=_people(actor))
    running = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return list(running.select_related("person", "format", "granted_by").order_by(F("valid_to").asc(nulls_last=True)))


def possible_holders(actor: Actor) -> dict[str, Person]:
    """Whoever works here, except herself."""
    house = Person.objects.filter(organisation_id=actor.organisation_id).exclude(pk=actor.person_id)
    at_work = house.at_work_on(timezone.localdate()).order_by("last_name", "first_name", "id")
    return {person.public_id: person for person in at_work}


def possible_formats(actor: Actor) -> dict[str, NetworkFormat]:
    rows = NetworkFormat.objects.open_for_mandates(actor, timezone.localdate()).running()
    return {format.public_id: format for format in rows.order_by("name_key", "id")}


def ending_soon(by: date) -> QuerySet[Mandate]:
    """Nobody has granted the next one yet."""
    later = Mandate.objects.filter(
        person_id=OuterRef("person_id"), format_id=OuterRef("format_id"), valid_from__gt=OuterRef("valid_from")
    )
    rows = Mandate.objects.filter(valid_to__lte=by, valid_to__gte=timezone.localdate())
    return rows.filter(Exists(NetworkFormat.objects.running().filter(pk=OuterRef("format_id"))), ~Exists(later))


def without_mandate(actor: Actor, day: date) -> QuerySet[Member]:
    """Who sits in a format that she organises and needs a mandate there, but has none that day."""
    held = Mandate.objects.in_force_on(day).filter(person_id=OuterRef("person_id"), format_id=OuterRef("format_id"))
    formats = NetworkFormat.objects.organised_by(actor).running().filter(needs_mandate=True)
    rows = Member.objects.filter(format__in=formats, person__isnull=False).valid_on(day)
    return rows.exclude(function=Function.ORGANISER).filter(~Exists(held))


def named_without_mandate(actor: Actor, day: date) -> list[Member]:
    return list(without_mandate(actor, day).select_related("format").order_by("format__name_key", "name", "id"))


def untimed(actor: Actor, today: date) -> list[Attendance]:
    """Meetings of hers that are over and for which she has entered no time yet."""
    return list(
        _own_time(actor)
        .filter(minutes=None, meeting__starts_at__date__gte=today - TIME_BACK)
        .exclude(presence__in=MISSING)
        .order_by("-meeting__starts_at")[:10]
    )


def _own_time(actor: Actor) -> QuerySet[Attendance]:
    rows = Attendance.objects.visible_to(actor).filter(person_id=actor.person_id, meeting__ends_at__lte=timezone.now())
    return rows.exclude(meeting__state__in=CALLED_OFF).select_related("meeting__format")


def get_own_attendance(actor: Actor, meeting_id: str) -> Attendance:
    row = _own_time(actor).filter(meeting__public_id=meeting_id).first()
    if row is None:
        raise Http404
    return row


def usual_minutes(actor: Actor, attendance: Attendance) -> int:
    """What the meeting lasted; for who sat in the open part only, what its agenda says of that part."""
    meeting: Meeting = attendance.meeting
    whole = int(meeting.lasts.total_seconds() // 60)
    if attendance.in_inner_part or not meeting.format.has_inner_part:
        return whole
    open_part = AgendaItem.objects.visible_to(actor).filter(meeting=meeting, part=Part.OPEN, is_break=False)
    return open_part.aggregate(lasts=Sum("lasts"))["lasts"] or whole
