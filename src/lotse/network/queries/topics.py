"""Topics on their way: from single cases to the forum, the coordination round, politics, and back (model.md §12.8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Prefetch, QuerySet, Value, When
from django.utils import timezone

from lotse.core.finding import found
from lotse.network import rules, states
from lotse.network.enums import Level, TopicState
from lotse.network.models import Mandate, Meeting, Member, NetworkFormat, Topic, TopicStep
from lotse.organisations.actor import Actor

LONG_WITHOUT_ANSWER = 90  # days; a default of ours
LEVEL_WORDS = {Level.MICRO: "Forum", Level.MESO: "Koordinierung", Level.MACRO: "Politik"}
STATION: dict[str, Level] = {
    TopicState.RAISED: Level.MICRO,
    TopicState.RELEASED: Level.MICRO,
    TopicState.ON_AGENDA: Level.MESO,
    TopicState.DISCUSSED: Level.MESO,
    TopicState.TO_POLITICS: Level.MACRO,
    TopicState.ANSWERED: Level.MICRO,
    TopicState.CLOSED: Level.MICRO,
}


def topics(actor: Actor) -> QuerySet[Topic]:
    return Topic.objects.visible_to(actor).select_related("format__reports_to", "raised_by")


def get_topic(actor: Actor, topic_id: str) -> Topic:
    """With the steps that she may read."""
    steps = TopicStep.objects.visible_to(actor).select_related("meeting", "by")
    return found(topics(actor).prefetch_related(Prefetch("steps", queryset=steps)), topic_id)


# Key in the address, words, states.
FILTERS = (
    ("", "Alle"),
    ("ohne-antwort", "Ohne Rückmeldung"),
    ("beantwortet", "Mit Rückmeldung"),
    ("forum", "Noch im Forum"),
    ("abgeschlossen", "Abgeschlossen"),
    ("alt", f"Älter als {LONG_WITHOUT_ANSWER} Tage"),
)
_STATES: dict[str, Collection[str]] = {
    "ohne-antwort": states.WITHOUT_ANSWER,
    "alt": states.WITHOUT_ANSWER,
    "beantwortet": (TopicState.ANSWERED,),
    "forum": (TopicState.RAISED,),
    "abgeschlossen": (TopicState.CLOSED,),
}
SHOWN = 200


def listed(actor: Actor, wanted: str, today: date) -> QuerySet[Topic]:
    """By state and age; those that wait for feedback longest come first."""
    rows = topics(actor)
    if wanted in _STATES:
        rows = rows.filter(state__in=_STATES[wanted])
    if wanted == "alt":
        rows = rows.filter(released_on__lt=today - timedelta(days=LONG_WITHOUT_ANSWER))
    by_age = Case(
        When(state__in=states.WITHOUT_ANSWER, then=Value(0)),
        When(state=TopicState.CLOSED, then=Value(2)),
        default=Value(1),
    )
    return rows.order_by(by_age, "released_on", "-id")[:SHOWN]


def unanswered(actor: Actor, format: NetworkFormat) -> QuerySet[Topic]:
    """Released by this forum and still without feedback, oldest first, for its next meeting (NW-06)."""
    return topics(actor).filter(format=format, state__in=states.WITHOUT_ANSWER).order_by("released_on", "id")


def answered(actor: Actor, format: NetworkFormat) -> QuerySet[Topic]:
    """Came back and is not yet closed, for the report in the next meeting."""
    return topics(actor).filter(format=format, state=TopicState.ANSWERED).order_by("answered_on", "id")


def forums(actor: Actor) -> QuerySet[NetworkFormat]:
    """Where she can raise a topic: she belongs to its inner part and has a mandate today."""
    if not rules.may_sit_inside(actor):
        return NetworkFormat.objects.none()
    today = timezone.localdate()
    mandates = Mandate.objects.filter(person_id=actor.person_id).valid_on(today)
    members = Member.objects.filter(person_id=actor.person_id, in_inner_part=True).valid_on(today)
    of_both = NetworkFormat.objects.visible_to(actor).running().filter(has_inner_part=True)
    return of_both.filter(pk__in=mandates.values("format_id")).filter(pk__in=members.values("format_id"))


def next_meeting(format: NetworkFormat) -> Meeting | None:
    return Meeting.objects.filter(format=format, state__in=states.COMING, ends_at__gte=timezone.now()).first()


def inside(actor: Actor, topic: Topic) -> bool:
    """She sits in the inner part that speaks about it."""
    return Topic.objects.inside(actor).filter(pk=topic.pk).exists()


def to_release(actor: Actor) -> QuerySet[Topic]:
    """Raised by others of her inner part, for *Heute*."""
    mine = topics(actor).filter(pk__in=Topic.objects.inside(actor).values("pk"), state=TopicState.RAISED)
    return mine.exclude(raised_by_id=actor.person_id)


def came_back(actor: Actor) -> QuerySet[Topic]:
    """Hers, with feedback that she has not closed yet, for *Heute*."""
    return topics(actor).filter(raised_by_id=actor.person_id, state=TopicState.ANSWERED)


def to_place(actor: Actor) -> QuerySet[Topic]:
    """Released, and nobody has put it on an agenda; for who organises the round, on *Heute*."""
    return topics(actor).filter(
        state=TopicState.RELEASED, format__reports_to__in=NetworkFormat.objects.organised_by(actor)
    )


SHORT = {
    TopicState.RELEASED: "freigegeben",
    TopicState.ON_AGENDA: "auf der Tagesordnung",
    TopicState.TO_POLITICS: "an die Politik",
    TopicState.ANSWERED: "Rückmeldung",
}
HEIGHT = (Level.MICRO, Level.MESO, Level.MACRO)


@dataclass(frozen=True)
class Stop:
    """A station on the way: a state, the day when it was reached, and how the line comes to its level."""

    state: TopicState
    step: TopicStep | None = None
    before: "Stop | None" = None

    @property
    def level(self) -> Level:
        return STATION[self.state]

    @property
    def label(self) -> str:
        return SHORT.get(self.state, self.state.label)

    @property
    def climb(self) -> str:
        """From the station before: "up1", "down2", or nothing."""
        levels = HEIGHT.index(self.level) - HEIGHT.index(self.before.level) if self.before else 0
        return f"{'up' if levels > 0 else 'down'}{abs(levels)}" if levels else ""

    @property
    def level_word(self) -> str:
        return LEVEL_WORDS[self.level]

    @property
    def is_done(self) -> bool:
        return self.step is not None


def way_of(topic: Topic) -> list[Stop]:
    """What happened, dated, then what is still to come on the plain way up and back."""
    steps: list[TopicStep | None] = list(topic.steps.all())
    ahead = _to_come(topic.state)
    states_in_order = [TopicState(step.state) for step in steps if step] + ahead
    way: list[Stop] = []
    for state, step in zip(states_in_order, steps + [None] * len(ahead), strict=True):
        way.append(Stop(state, step, way[-1] if way else None))
    return way


_PLAIN = (TopicState.RAISED, TopicState.RELEASED, TopicState.ON_AGENDA, TopicState.DISCUSSED, TopicState.ANSWERED)


def _to_come(state: str) -> list[TopicState]:
    if state == TopicState.CLOSED:
        return []
    after = _PLAIN.index(TopicState(state)) if state in _PLAIN else _PLAIN.index(TopicState.DISCUSSED)
    return [*_PLAIN[after + 1 :], TopicState.CLOSED]


def waits_days(topic: Topic, today: date) -> int | None:
    """From the day the forum let it out to the feedback, or until today."""
    return ((topic.answered_on or today) - topic.released_on).days if topic.released_on else None


def is_late(topic: Topic, today: date) -> bool:
    days = waits_days(topic, today)
    return topic.state in states.WITHOUT_ANSWER and days is not None and days > LONG_WITHOUT_ANSWER
