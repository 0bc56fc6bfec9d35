"""What several people ran into in the same weeks: the same office, the same reason, perhaps the same topic (model.md §7.4, DP-06).

Counted are persons, in the files that she may open and in what she may count of her sites. Fewer than five are never named,
and more are said in steps of five, so that nobody is found by comparing two answers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from lotse.casework.enums import Achievement, DeclineReason, ReferralState
from lotse.casework.facts import CONTACT_TOPICS, REFERRALS
from lotse.casework.indicators.quality import MISSED
from lotse.catalogues.own_lists import lists_at_desk
from lotse.facts.registry import Period, Population
from lotse.organisations.actor import Actor
from lotse.partners.models import Partner

LEAST = STEP = 5
SPANS = {"6": ("6 Wochen", timedelta(weeks=6)), "13": ("3 Monaten", timedelta(weeks=13))}
REFERRAL, PLAN = "verweis", "schritt"
OUTCOMES = {
    **{reason.value: reason.label for reason in DeclineReason},
    ReferralState.EXPIRED.value: "keine Antwort",
    Achievement.NO.value: "nicht erreicht, was vereinbart war",
    Achievement.PARTLY.value: "nur zum Teil erreicht, was vereinbart war",
}


@dataclass(frozen=True)
class Obstacle:
    """Where somebody got stuck, and how; `source` is what it was read from. `topic`: what those people came about."""

    source: str
    place: str
    outcome: str
    topic: str = ""

    @property
    def key(self) -> str:
        return "-".join((self.source, self.place, self.outcome, self.topic))


@dataclass(frozen=True)
class Pattern:
    """An obstacle in words, and for how many it was one, in steps of five."""

    key: str
    where: str
    outcome: str
    topic: str
    persons_at_least: int
    span: str

    @property
    def sentence(self) -> str:
        about = f" Es ging um {self.topic}." if self.topic else ""
        stuck = f"sind mindestens {self.persons_at_least} Personen nicht weitergekommen"
        return f"In den letzten {self.span} {stuck}. Stelle: {self.where}. Grund: {self.outcome}.{about}"


Met = Mapping[Obstacle, Collection[int]]


def patterns(actor: Actor, span: str, today: date) -> list[Pattern]:
    """Those that at least five people have met, the most frequent first."""
    words, length = SPANS[span]
    period = Period(today - length, today)
    met = _narrowed(_met(actor, period), _topics(actor, period))
    enough = {obstacle: len(people) for obstacle, people in met.items() if len(people) >= LEAST}
    names = _names(obstacle.place for obstacle in enough if obstacle.source == REFERRAL)
    found = [_in_words(obstacle, number, words, names) for obstacle, number in enough.items()]
    return sorted(found, key=lambda pattern: (-pattern.persons_at_least, pattern.where, pattern.outcome))


def _in_words(obstacle: Obstacle, number: int, span: str, names: Mapping[str, str]) -> Pattern:
    lists = lists_at_desk()
    where = names[obstacle.place] if obstacle.source == REFERRAL else lists.label("regular_service", obstacle.place)
    topic = lists.label("counselling_topic", obstacle.topic)
    return Pattern(obstacle.key, where, OUTCOMES[obstacle.outcome], topic, number // STEP * STEP, span)


def _names(refs: Iterable[str]) -> dict[str, str]:
    return dict(Partner.objects.filter(public_id__in=set(refs)).values_list("public_id", "name"))


def _mine(population: Population, actor: Actor, period: Period) -> QuerySet:
    """What she may open, and of what she may count the rows of her sites."""
    here = Q(**{f"{population.site}__in": actor.site_ids})
    return population.countable(actor, period).filter(here | population.visible(actor)).order_by()


def _met(actor: Actor, period: Period) -> Met:
    met: dict[Obstacle, set[int]] = defaultdict(set)
    ended = (ReferralState.DECLINED, ReferralState.EXPIRED)
    referrals = _mine(REFERRALS, actor, period).filter(state__in=ended)
    for client, partner, state, reason in referrals.values_list(
        "client_id", "partner__public_id", "state", "decline_reason"
    ):
        met[Obstacle(REFERRAL, partner, reason or state)].add(client)
    for client, services, achieved in _mine(MISSED, actor, period).values_list("client_id", "services", "achieved"):
        for service in services:
            met[Obstacle(PLAN, service, achieved)].add(client)
    return met


def _topics(actor: Actor, period: Period) -> dict[str, set[int]]:
    """Who came about what in these weeks."""
    about: dict[str, set[int]] = defaultdict(set)
    for client, topic in _mine(CONTACT_TOPICS, actor, period).values_list("contact__client_id", "topic"):
        about[topic].add(client)
    return about


def _narrowed(met: Met, topics: Mapping[str, set[int]]) -> dict[Obstacle, set[int]]:
    """With the topic that most of those people share, where at least five do; else as it is."""
    found = {}
    for obstacle, people in met.items():
        shared = {topic: set(people) & came for topic, came in topics.items()}
        topic = max(sorted(shared), key=lambda key: len(shared[key]), default="")
        is_shared = bool(topic) and len(shared[topic]) >= LEAST
        narrow = Obstacle(obstacle.source, obstacle.place, obstacle.outcome, topic) if is_shared else obstacle
        found[narrow] = shared[topic] if is_shared else set(people)
    return found
