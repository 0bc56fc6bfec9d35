"""The roster of a week: who is there, who is away, and where somebody is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from lotse.core.away import Away, away_between
from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person, Site
from lotse.quality.enums import DutyGap
from lotse.quality.models import Duty, DutyAbsence, DutyTemplate

WEEK = timedelta(days=7)
GAP_TONES = {DutyGap.NOBODY: "bad", DutyGap.AWAY: "bad", DutyGap.TWICE: "warn"}
People = Mapping[str, Person]


@dataclass(frozen=True)
class Shift:
    """`who` is there: the person, or who stands in while she is away; None: nobody."""

    duty: Duty
    who: Person | None
    gap: str = ""

    @property
    def stands_in(self) -> bool:
        return self.who is not None and self.who.pk != self.duty.person_id

    @property
    def gap_word(self) -> str:
        return str(DutyGap(self.gap).label) if self.gap else ""

    @property
    def gap_tone(self) -> str:
        return GAP_TONES[DutyGap(self.gap)] if self.gap else ""

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.duty.day, self.duty.begins))

    @property
    def lasts(self) -> timedelta:
        return timezone.make_aware(datetime.combine(self.duty.day, self.duty.ends)) - self.starts_at


@dataclass(frozen=True)
class Day:
    on: date
    shifts: Sequence[Shift]
    away: Sequence[Person]

    @property
    def ref(self) -> str:
        return f"{self.on:%Y-%m-%d}"

    @property
    def gaps(self) -> int:
        return sum(bool(shift.gap) for shift in self.shifts)


@dataclass(frozen=True)
class Week:
    """Saturday and Sunday only where something is on."""

    monday: date
    days: Sequence[Day]

    @property
    def last(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK

    @property
    def gaps(self) -> int:
        return sum(day.gaps for day in self.days)

    @property
    def shifts(self) -> list[Shift]:
        return [shift for day in self.days for shift in day.shifts]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(actor: Actor, monday: date, *, site: Site | None = None) -> Week:
    """Of the house that she works in. Who is twice at the same time is so wherever; so a site is chosen last."""
    by_day, away, people = _known(actor, monday, monday + timedelta(days=6))
    days = [monday + timedelta(days=number) for number in range(7)]
    built = [_day(on, by_day[on], away, people) for on in days if by_day[on] or on.weekday() < 5]
    return Week(monday, [_only(day, site) for day in built] if site else built)


def gaps_between(actor: Actor, first: date, last: date) -> int:
    by_day, away, people = _known(actor, first, last)
    return sum(_day(on, duties, away, people).gaps for on, duties in by_day.items())


def my_week(actor: Actor, monday: date) -> Week:
    whole = week(actor, monday)
    mine = [
        Day(day.on, [shift for shift in day.shifts if shift.who and shift.who.pk == actor.person_id], ())
        for day in whole.days
    ]
    return Week(monday, [day for day in mine if day.shifts or day.on.weekday() < 5])


def _known(actor: Actor, first: date, last: date) -> tuple[dict[date, list[Duty]], list[Away], dict[int, Person]]:
    house = actor.organisation_id
    rows = Duty.objects.visible_to(actor).filter(organisation_id=house).between(first, last)
    by_day: dict[date, list[Duty]] = defaultdict(list)
    for duty in rows.select_related("person", "deputy", "site"):
        by_day[duty.day].append(duty)
    away = away_between(house, first, last)
    return by_day, away, Person.objects.filter(organisation_id=house).in_bulk({row.person_id for row in away})


def _day(on: date, duties: Iterable[Duty], away: Iterable[Away], people: Mapping[int, Person]) -> Day:
    gone = {row.person_id for row in away if row.covers(on)}
    shifts = [_shift(duty, gone) for duty in duties]
    twice = _twice(shifts)
    marked = [Shift(s.duty, s.who, DutyGap.TWICE) if not s.gap and s.duty.pk in twice else s for s in shifts]
    missing = sorted((people[pk] for pk in gone if pk in people), key=lambda person: person.name_key)
    return Day(on, marked, missing)


def _shift(duty: Duty, gone: set[int]) -> Shift:
    if duty.is_off:
        return Shift(duty, None)
    there = [
        who for who in (duty.person, duty.deputy) if who and who.pk not in gone and who.is_at_work_on(duty.day)
    ]  # fmt: skip
    if there:
        return Shift(duty, there[0])
    return Shift(duty, None, DutyGap.AWAY if duty.person_id else DutyGap.NOBODY)


def _twice(shifts: Iterable[Shift]) -> set[int]:
    """Duties whose person is at two places at once."""
    of_person: dict[int, list[Duty]] = defaultdict(list)
    for shift in shifts:
        if shift.who:
            of_person[shift.who.pk].append(shift.duty)
    return {
        one.pk
        for duties in of_person.values()
        for one in duties
        for other in duties
        if one.pk != other.pk and one.begins < other.ends and other.begins < one.ends
    }


def _only(day: Day, site: Site) -> Day:
    return Day(day.on, [shift for shift in day.shifts if shift.duty.site_id in (site.pk, None)], day.away)


def get_duty(actor: Actor, public_id: str) -> Duty:
    return found(Duty.objects.visible_to(actor).select_related("organisation", "person", "deputy", "site"), public_id)


def get_template(actor: Actor, public_id: str) -> DutyTemplate:
    return found(DutyTemplate.objects.visible_to(actor).select_related("organisation", "person", "site"), public_id)


def templates(actor: Actor, day: date) -> list[DutyTemplate]:
    """Those that hold, or will."""
    rows = DutyTemplate.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    known = rows.select_related("person", "site")
    return [row for row in known if row.valid_to is None or row.valid_to >= day]


def absences(actor: Actor, day: date) -> list[DutyAbsence]:
    """Now and later, for who plans."""
    rows = DutyAbsence.objects.visible_to(actor).filter(organisation_id=actor.organisation_id, last_on__gte=day)
    return list(rows.select_related("person"))


def get_absence(actor: Actor, public_id: str) -> DutyAbsence:
    return found(DutyAbsence.objects.visible_to(actor).select_related("organisation", "person"), public_id)


def away(organisation_id: int, first: date, last: date) -> list[Away]:
    """For everybody who plans in this house: that somebody is away, not why."""
    rows = DutyAbsence.objects.filter(organisation_id=organisation_id, first_on__lte=last, last_on__gte=first)
    return [Away(*row) for row in rows.order_by().values_list("person_id", "first_on", "last_on")]


def people(actor: Actor, day: date) -> People:
    rows = Person.objects.visible_to(actor).filter(organisation_id=actor.organisation_id).at_work_on(day)
    return {person.public_id: person for person in rows}


def sites(actor: Actor) -> dict[str, Site]:
    return {site.public_id: site for site in Site.objects.filter(organisation_id=actor.organisation_id)}
