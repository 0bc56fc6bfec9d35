"""How the internal organisation stands, in words. What lies in other apps is read from the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lotse.facts.registry import Period, Question, fact
from lotse.facts.results import Result, evaluate
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.models import Duty
from lotse.quality.queries.duty import gaps_between
from lotse.quality.queries.rosters import roster_on

AHEAD = timedelta(days=13)
DEPUTIES, PARTICIPATION = "quality.deputies", "quality.participation"
CASE_TEAM, STAFF_TEAM, TEAM_TASKS = "meetings.case_team", "meetings.staff_team", "meetings.team_tasks"
KEYS = (DEPUTIES, PARTICIPATION, CASE_TEAM, STAFF_TEAM, TEAM_TASKS)


@dataclass(frozen=True)
class State:
    """One line: what, how it stands, a word and its tone; `place` is the name of the address behind it."""

    title: str
    sentence: str
    word: str
    tone: str
    place: str = ""


def inner_state(actor: Actor, today: date) -> list[State]:
    return [_duty(actor, today), *_figures(actor, today)]


def _duty(actor: Actor, today: date) -> State:
    last = today + AHEAD
    duties = Duty.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    number = duties.between(today, last).filter(is_off=False).count()
    if not number:
        return State(
            "Dienstplan", "Für die nächsten zwei Wochen ist nichts eingeteilt.", "offen", "warn", "quality:duty"
        )
    gaps, roster = gaps_between(actor, today, last), roster_on(actor, today, last)
    said = f"{number} {'Dienst' if number == 1 else 'Dienste'} in den nächsten zwei Wochen"
    state = f", {roster.get_state_display()}" if roster else ", noch nicht abgestimmt"
    word = ("1 Lücke" if gaps == 1 else f"{gaps} Lücken") if gaps else "besetzt"
    return State("Dienstplan", f"{said}{state}.", word, "bad" if gaps else "good", "quality:duty")


def _figures(actor: Actor, today: date) -> Sequence[State]:
    """Of her own house alone; a house with other carriers below it has no such page of its own."""
    house = Organisation.objects.get(pk=actor.organisation_id)
    if Organisation.objects.filter(path__startswith=house.path, is_carrier=True).exclude(pk=house.pk).exists():
        return []
    counting = actor.but(counted_paths=frozenset({house.path}))
    period = Period(date(today.year, 3 * ((today.month - 1) // 3) + 1, 1), today)
    found = {result.fact.key: result for result in evaluate([fact(key) for key in KEYS], Question(counting, period))}
    return _states(found)


def _states(found: Mapping[str, Result]) -> list[State]:
    return [
        _deputies(found[DEPUTIES]),
        _participation(found[PARTICIPATION]),
        _meetings("Fallbezogene Teambesprechungen", found[CASE_TEAM]),
        _meetings("Mitarbeiterbezogene Teambesprechungen", found[STAFF_TEAM]),
        _tasks(found[TEAM_TASKS]),
    ]


def _of(result: Result) -> tuple[int, int]:
    share = result.share
    return (int(share.numerator), int(share.denominator)) if share else (0, 0)


def _deputies(result: Result) -> State:
    whole, people = _of(result)
    if not people:
        return State("Vertretungsplan", "Hier berät zurzeit niemand.", "leer", "none", "quality:cover")
    word, tone = ("vollständig", "good") if whole == people else ("lückenhaft", "bad")
    return State(
        "Vertretungsplan", f"Vertretung für alles: {whole} von {people} Beratenden.", word, tone, "quality:cover"
    )


def _participation(result: Result) -> State:
    joint, rosters = _of(result)
    title = "Beteiligung am Dienstplan"
    if not rosters:
        return State(
            title, "In diesem Quartal wurde noch kein Dienstplan freigegeben.", "offen", "none", "quality:rosters"
        )
    word, tone = ("beteiligt", "good") if joint == rosters else ("nicht immer", "warn")
    said = f"Gemeinsam abgestimmt in diesem Quartal: {joint} von {rosters}."
    return State(title, said, word, tone, "quality:rosters")


def _meetings(title: str, result: Result) -> State:
    minuted, held = _of(result)
    if not held:
        return State(title, "In diesem Quartal hat noch keine stattgefunden.", "fehlt", "bad", "network:meetings")
    word, tone = ("mit Protokoll", "good") if minuted == held else ("Protokoll fehlt", "warn")
    return State(title, f"{held} in diesem Quartal, {minuted} mit Protokoll.", word, tone, "network:meetings")


def _tasks(result: Result) -> State:
    done, due = _of(result)
    title = "Absprachen aus Teambesprechungen"
    if not due:
        return State(title, "In diesem Quartal war nichts fällig.", "nichts fällig", "none", "network:tasks")
    word, tone = ("erledigt", "good") if done == due else ("offen", "warn")
    return State(title, f"Erledigt in diesem Quartal: {done} von {due}.", word, tone, "network:tasks")
