"""Ways of a network with their words, and how a network stands year by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from lotse.core.finding import found
from lotse.network.enums import Met
from lotse.network.guides import Group, Guide, Item, foundations, guide, guides
from lotse.network.models import Meeting, NetworkFormat, Outreach, PreconditionRating, Process, ProcessStep
from lotse.organisations.actor import Actor
from lotse.organisations.models import Person

NEAR = timedelta(days=180)


@dataclass(frozen=True)
class Step:
    """`is_next`: what comes now. `waits`: what comes before it is not done."""

    item: Item
    row: ProcessStep
    is_next: bool = False
    waits: bool = False

    @property
    def is_late(self) -> bool:
        return self.row.done_on is None and self.row.due_on is not None and self.row.due_on < timezone.localdate()


@dataclass(frozen=True)
class Way:
    process: Process
    guide: Guide
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.row.done_on is not None for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.is_next), None)


def ways(actor: Actor) -> list[Way]:
    """Those under way first."""
    rows = list(Process.objects.visible_to(actor).select_related("lead", "format"))
    steps: dict[int, list[ProcessStep]] = {row.pk: [] for row in rows}
    for step in ProcessStep.objects.visible_to(actor).select_related("responsible", "meeting__format"):
        steps[step.process_id].append(step)
    return sorted((_way(row, steps[row.pk]) for row in rows), key=lambda way: way.process.ended_on is not None)


def _way(process: Process, rows: list[ProcessStep]) -> Way:
    words, steps, is_open = guide(process.kind, process.version), [], False
    for row in rows:
        item = words.item(row.key) or Item(row.key, row.key, "")
        is_next = row.done_on is None and not is_open and process.ended_on is None
        steps.append(Step(item, row, is_next, waits=words.in_order and is_open and row.done_on is None))
        is_open = is_open or row.done_on is None
    return Way(process, words, tuple(steps))


def possible_ways(ways: list[Way]) -> list[Guide]:
    """Those that are not under way."""
    running = {way.process.kind for way in ways if way.process.ended_on is None}
    return [words for key, words in guides().items() if key not in running]


def get_way(actor: Actor, public_id: str) -> Way:
    process = found(Process.objects.visible_to(actor).select_related("lead", "format"), public_id)
    rows = ProcessStep.objects.visible_to(actor).filter(process=process)
    return _way(process, list(rows.select_related("responsible", "meeting__format")))


def get_step(actor: Actor, public_id: str) -> Step:
    rows = ProcessStep.objects.visible_to(actor)
    row = found(rows.select_related("process", "responsible", "meeting__format"), public_id)
    item = guide(row.process.kind, row.process.version).item(row.key)
    return Step(item or Item(row.key, row.key, ""), row)


def colleagues(actor: Actor, kept: Person | None = None) -> dict[str, Person]:
    """Everybody at work in the house, and who is named already."""
    house = Person.objects.filter(organisation_id=actor.organisation_id).at_work_on(timezone.localdate())
    listed = [*house.order_by("last_name", "first_name", "id"), *([kept] if kept else [])]
    return {person.public_id: person for person in listed}


def near_meetings(actor: Actor, kept: Meeting | None = None) -> dict[str, Meeting]:
    """That she sees and that lie around today, and the one that is named already."""
    today = timezone.localdate()
    rows = Meeting.objects.visible_to(actor).filter(
        starts_at__date__gte=today - NEAR, starts_at__date__lte=today + NEAR
    )
    listed = [*rows.select_related("format").order_by("-starts_at")[:60], *([kept] if kept else [])]
    return {meeting.public_id: meeting for meeting in listed}


@dataclass(frozen=True)
class Rated:
    """One aim or precondition: this year's rating, and those before."""

    item: Item
    rating: PreconditionRating | None
    before: tuple[PreconditionRating, ...]


@dataclass(frozen=True)
class Foundations:
    format: NetworkFormat
    year: int
    guide: Guide
    by_key: Mapping[str, Rated]

    @cached_property
    def groups(self) -> list[tuple[Group, list[Rated]]]:
        return [(group, [self.by_key[item.key] for item in group.items]) for group in self.guide.groups]

    @property
    def rated(self) -> int:
        return sum(row.rating is not None for row in self.by_key.values())

    @property
    def next_item(self) -> Item | None:
        return next((row.item for row in self.by_key.values() if row.rating is None), None)

    def count(self, met: Met) -> int:
        return sum(row.rating is not None and row.rating.met == met for row in self.by_key.values())


def foundations_of(actor: Actor, format: NetworkFormat, year: int) -> Foundations:
    rows = list(PreconditionRating.objects.visible_to(actor).filter(format=format, year__lte=year))
    words = foundations()

    def rated(item: Item) -> Rated:
        own = [row for row in rows if row.key == item.key]
        now = next((row for row in own if row.year == year), None)
        return Rated(item, now, tuple(row for row in own if row.year < year))

    return Foundations(format, year, words, {item.key: rated(item) for item in words.items})


def get_format(actor: Actor, public_id: str) -> NetworkFormat:
    return found(NetworkFormat.objects.visible_to(actor), public_id)


def rated_formats(actor: Actor, year: int) -> list[tuple[NetworkFormat, int]]:
    """Formats of the house, and how many questions of the year are answered."""
    formats = NetworkFormat.objects.visible_to(actor).running().filter(organisation_id=actor.organisation_id)
    rows = PreconditionRating.objects.visible_to(actor).filter(year=year).values_list("format_id", flat=True)
    answered = list(rows)
    return [(format, answered.count(format.pk)) for format in formats]


def outreach_list(actor: Actor, year: int) -> list[Outreach]:
    rows = Outreach.objects.visible_to(actor).filter(on__year=year)
    return list(rows.select_related("partner", "entered_by"))


def get_outreach(actor: Actor, public_id: str) -> Outreach:
    return found(Outreach.objects.visible_to(actor).select_related("partner"), public_id)
