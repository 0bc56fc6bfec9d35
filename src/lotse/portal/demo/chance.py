"""Invents the stories: three years of counselling, the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from lotse.casework.enums import Achievement, CaseState, Outcome, PlanStatusValue, Tier, Who
from lotse.catalogues.loader import catalogue
from lotse.portal.demo.district import District
from lotse.portal.demo.names import FIRST_M, FIRST_W, LAST
from lotse.portal.demo.story import End, Goal, Meeting, Plan, Question, Step, Story

LONGEST = 1080  # days a story may reach back
LANGUAGES = {
    "sy": "ar", "iq": "ar", "ma": "ar", "af": "prs", "ua": "uk", "tr": "tr", "er": "ti", "ir": "fa", "so": "so", "ng": "en",
    "ro": "de", "bg": "de", "xk": "de",
}  # fmt: skip
COUNTRIES = tuple(LANGUAGES)
LEVELS = ("below_a1", "a1", "a2", "b1", "b2", "c1")
STATUSES = ("ae_25_1", "ae_25_2_gfk", "ae_25_2_sub", "ne_26_3", "eu_citizen")
CHANNELS = ("in_person", "in_person", "phone", "email")
ROUTES = ("own_initiative", "own_initiative", "own_initiative", "authority_assignment", "intman_handover")
GENDERS = (*("w", "m") * 12, "d", "")
MINUTES = (15, 30, 45, 60, None)
NOTES = (
    "Über den Bescheid gesprochen und die Frist notiert.",
    "Antrag gemeinsam ausgefüllt.",
    "Nächste Schritte beim Sprachkurs geklärt.",
)
STEPS = (
    "Beim Kurs anmelden",
    "Unterlagen zusammenstellen",
    "Termin vereinbaren",
    "Bewerbung schreiben",
    "Bescheid prüfen lassen",
)
RESULTS = (Achievement.YES, Achievement.PARTLY, Achievement.NO)
ENDS = (
    *((CaseState.CLOSED, "goals_reached"),) * 13, *((CaseState.CLOSED, "regular_services"),) * 2,
    *((CaseState.ABORTED, "contact_lost"),) * 2, (CaseState.ABORTED, "moved"), (CaseState.ABORTED, "own_wish"),
    (CaseState.DEPARTED, "departed"),
)  # fmt: skip
ENDS_WITHOUT_CONSENT = ((CaseState.CLOSED_SINGLE, "resolved"), (CaseState.ABORTED, "own_wish"))
PLAN_AFTER, SIGNED_AFTER, REVIEW_BEFORE_END = timedelta(days=14), timedelta(days=21), timedelta(days=20)


class Chance:
    """`random.Random`'s own choosers cost ten times as much; a million people ask often."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 -- demo data, not secrets

    def below(self, limit: int) -> int:
        return int(self.random() * limit)

    def between(self, first: int, limit: int) -> int:
        return first + int(self.random() * (limit - first))

    def one(self, values: Any) -> Any:
        return values[int(self.random() * len(values))]

    def happens(self, share: float) -> bool:
        return self.random() < share

    def some(self, values: list[Any], count: int) -> list[Any]:
        """That many different ones; the list is longer than that."""
        found: list[Any] = []
        while len(found) < count:
            value = self.one(values)
            if value not in found:
                found.append(value)
        return found


class Teller:
    def __init__(self, district: District, today: date, seed: int = 7) -> None:
        self.chance, self.today, self.sites = Chance(seed), today, district.sites
        self.people = [district.counsellors[site.pk] for site in district.sites]
        self.offers = [
            [o.programme for o in site.offers.select_related("programme").order_by("pk")] for site in self.sites
        ]
        self.topics = list(catalogue("counselling_topic").entries)
        self.goals = [(entry.group, entry.key) for entry in catalogue("goal").entries.values()]
        self.key_dates = (date(today.year - 1, 12, 31), date(today.year, 6, 30))

    def stories(self, numbers: range) -> Iterator[Story]:
        return (self.story(number) for number in numbers)

    def story(self, number: int) -> Story:
        place = number % len(self.sites)
        people = self.people[place]
        chance, start = self.chance, self.today - timedelta(days=self.chance.between(10, LONGEST))
        country = chance.one(COUNTRIES)
        gender = chance.one(GENDERS)
        story = Story(
            site=self.sites[place],
            counsellor=people[number // len(self.sites) % len(people)],
            programme=chance.one(self.offers[place]),
            start=start,
            fate=self._fate(),
            first_name=chance.one(FIRST_M if gender == "m" else FIRST_W),
            last_name=chance.one(LAST),
            language=LANGUAGES[country],
            person=self._person(gender, country, start),
            route=chance.one(ROUTES),
            channel=chance.one(CHANNELS),
        )
        self._go_on(story)
        return story

    def _fate(self) -> str:
        dice = self.chance.random()
        return "given" if dice < 0.86 else "refused" if dice < 0.91 else "withdrawn" if dice < 0.94 else "open"

    def _person(self, gender: str, country: str, start: date) -> dict[str, Any]:
        """Here and there a value was not asked for."""
        chance = self.chance
        born = date(chance.between(1955, 2004), chance.between(1, 13), chance.between(1, 28))
        return {
            "gender": gender,
            "birth_date": born if chance.happens(0.97) else None,
            "country_of_origin": country if chance.happens(0.96) else "",
            "nationalities": [country],
            "contact_language": LANGUAGES[country],
            "interpreter_needed": chance.one((True, False, None)),
            "entered_germany_on": start - timedelta(days=chance.between(20, 2600)) if chance.happens(0.9) else None,
            "phone": f"0150 555 {chance.between(1000, 9999)}",
            "address": self._address(),
        }

    def _address(self) -> str:
        return f"Musterstraße {self.chance.between(1, 200)}, Beispielstadt"

    def _go_on(self, story: Story) -> None:
        """From the first conversation to where it stands today."""
        last = self._decide_end(story)
        if story.works:
            self._settle(story, last)
            self._tiers(story, last)
            self._plan(story, last)
        if story.end and story.end.state == CaseState.CLOSED and story.tiers[-1][0] == Tier.CASE_MANAGEMENT:
            story.end.evaluated_on = story.end.checked_on = max(story.start, last - REVIEW_BEFORE_END)
        self._meetings(story, last)
        if story.end is None and story.fate != "withdrawn" and self.chance.happens(0.6):
            story.next_step_on = self.today + timedelta(days=self.chance.between(-5, 30))

    def _decide_end(self, story: Story) -> date:
        """The last day of work: the end, the withdrawal, or today."""
        chance, day = self.chance, story.start + timedelta(days=self.chance.between(60, 900))
        if story.fate == "withdrawn":
            story.withdrawn_on = min(self.today, story.start + timedelta(days=chance.between(9, 200)))
            return story.withdrawn_on
        if day >= self.today:
            return self.today
        ends = ENDS if story.works else ENDS_WITHOUT_CONSENT
        state, reason = chance.one(ends)
        story.end = End(state, day, reason)
        return day

    def _settle(self, story: Story, last: date) -> None:
        """Who lives there, what is known of her, and whether she moves."""
        chance = self.chance
        for _ in range(chance.one((0, 0, 0, 1, 1, 2, 3))):
            born = date(chance.between(2005, 2023), chance.between(1, 13), 1)
            story.members.append((chance.one(FIRST_W), born))
        self._levels(story, last)
        story.answers = self._answers(story)
        if chance.happens(0.08):
            story.moved_on, story.new_address = story.start + (last - story.start) * chance.random(), self._address()

    def _levels(self, story: Story, last: date) -> None:
        """German at the beginning, and once more after a course."""
        chance = self.chance
        if chance.happens(0.06):
            return
        level, later = chance.below(4), story.start + timedelta(days=300)
        story.levels.append((LEVELS[level], story.start))
        if later < last and chance.happens(0.6):
            story.levels.append((LEVELS[level + 1], later))

    def _answers(self, story: Story) -> dict[str, dict[str, Any]]:
        """Teil A by chapters."""
        chance = self.chance
        german = {"german": {"german_level": story.levels[0][0]}} if story.levels else {}
        return {
            "personal": {
                "residence_status": chance.one(STATUSES) if chance.happens(0.9) else "",
                "marital_status": chance.one(("single", "married", "divorced")),
                "household_size": len(story.members) + 1,
            },
            "languages": {"mother_tongue": story.language, "literate": True},
            **german,
            "occupation": {"occupation": "Schneider*in"},
            "work": {"employed": chance.happens(0.3)},
            "skills": {"special_skills": chance.some(["it", "crafts", "service", "health_care"], 2)},
        }

    def _tiers(self, story: Story, last: date) -> None:
        chance, managed = self.chance, self.chance.happens(0.35)
        story.tiers.append((Tier.CASE_MANAGEMENT if managed else Tier.BASIC_COUNSELLING, story.start))
        change = story.start + timedelta(days=chance.between(40, 200))
        if change < last - REVIEW_BEFORE_END and chance.happens(0.12):
            other = Tier.BASIC_COUNSELLING if managed else Tier.CASE_MANAGEMENT
            story.tiers.append((other, change))

    def _plan(self, story: Story, last: date) -> None:
        begun = next((day for tier, day in story.tiers if tier == Tier.CASE_MANAGEMENT), None)
        if begun is None or begun + SIGNED_AFTER >= last - REVIEW_BEFORE_END:
            return
        drafted, signed = begun + PLAN_AFTER, begun + SIGNED_AFTER
        goals = [self._goal(pair, drafted, last, story.end is not None) for pair in self._goal_keys()]
        story.plan = Plan(drafted, signed, goals, [])
        for day in self.key_dates:
            if signed <= day <= (story.withdrawn_on or self.today) and self.chance.happens(0.8):
                story.plan.statuses.append((day, self._status(story, day)))

    def _goal_keys(self) -> list[tuple[str, str]]:
        return self.chance.some(self.goals, self.chance.one((1, 2, 3)))

    def _status(self, story: Story, day: date) -> PlanStatusValue:
        if story.end is None or story.end.on > day:
            return PlanStatusValue.IN_IMPLEMENTATION
        ends = {CaseState.DEPARTED: PlanStatusValue.DEPARTED, CaseState.ABORTED: PlanStatusValue.NOT_MATERIALISED}
        return ends.get(story.end.state, PlanStatusValue.NO_FURTHER_NEED)

    def _goal(self, pair: tuple[str, str], drafted: date, last: date, ended: bool) -> Goal:
        return Goal(*pair, [self._step(drafted, last, ended) for _ in range(self.chance.one((1, 2, 3)))])

    def _step(self, drafted: date, last: date, ended: bool) -> Step:
        chance = self.chance
        step = Step(
            chance.one(STEPS),
            chance.one((Who.CLIENT, Who.COUNSELLOR)),
            drafted + timedelta(days=chance.between(30, 400)),
        )
        if ended or (step.due_on < last and chance.happens(0.7)):
            step.achieved, step.achieved_on = chance.one(RESULTS), min(step.due_on, last)
        return step

    def _meetings(self, story: Story, last: date) -> None:
        chance = self.chance
        span = (last - story.start).days + 1
        for days in sorted({chance.below(span) for _ in range(chance.between(1, 6))}):
            topics = chance.some(self.topics, chance.one((1, 1, 2)))
            note = chance.one(NOTES) if story.works else ""
            on = story.start + timedelta(days=days)
            story.meetings.append(Meeting(on, chance.one(MINUTES), chance.one(CHANNELS), note, topics))

    def question(self) -> Question:
        """Nobody asks who it is."""
        chance = self.chance
        place = chance.below(len(self.sites))
        outcome = chance.one((Outcome.RESOLVED, Outcome.RESOLVED, Outcome.FURTHER_COUNSELLING))
        on = self.today - timedelta(days=chance.below(LONGEST))
        return Question(
            self.sites[place], self.offers[place][0], chance.one(self.people[place]), on, chance.one(CHANNELS), outcome, chance.one(self.topics)
        )  # fmt: skip
