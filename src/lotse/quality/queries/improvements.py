"""Improvements: the list narrowed, one with its history, and who can do one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.utils import timezone

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation, Person
from lotse.quality import rules
from lotse.quality.enums import ImprovementState, NoteKind
from lotse.quality.models import Criterion, Improvement, ImprovementNote

OPEN, ALL, LATE, LYING = "", "alle", "ueberfaellig", "ohne-bewegung"
MINE = "ich"
PRINTED = 1000
STANDS = {
    OPEN: "offen", LATE: "überfällig", LYING: "ohne Bewegung", "geplant": "geplant", "in-arbeit": "in Arbeit",
    "umgesetzt": "Wirkung prüfen", "abgeschlossen": "abgeschlossen", ALL: "alle",
}  # fmt: skip
BY_STATE = {
    "geplant": ImprovementState.PLANNED, "in-arbeit": ImprovementState.IN_WORK, "umgesetzt": ImprovementState.DONE,
    "abgeschlossen": ImprovementState.CHECKED,
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `stand` is a key of STANDS, `owner` a person or herself."""

    stand: str = OPEN
    owner: str = ""
    source: str = ""
    chapter: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.stand or self.owner or self.source or self.chapter)

    @property
    def pairs(self) -> dict[str, str]:
        given = {"stand": self.stand, "wer": self.owner, "anlass": self.source, "kapitel": self.chapter}
        return {name: value for name, value in given.items() if value}


def is_late(today: date) -> Q:
    """What should be done by now, or whose effect should be checked by now."""
    to_do = Q(state__in=[ImprovementState.PLANNED, ImprovementState.IN_WORK], due_on__lt=today)
    return to_do | Q(state=ImprovementState.DONE, effect_due_on__lt=today)


def lies_still(today: date) -> Q:
    """Nothing was done, said or agreed for a long time. Who waits for the day of the check is not still."""
    unmoved = Q(moved_at__date__lt=today - rules.STILL)
    to_do = Q(state__in=[ImprovementState.PLANNED, ImprovementState.IN_WORK])
    return unmoved & (to_do | Q(state=ImprovementState.DONE, effect_due_on__lt=today))


def in_stand(stand: str, today: date) -> Q:
    if stand in BY_STATE:
        return Q(state=BY_STATE[stand])
    unfinished = ~Q(state=ImprovementState.CHECKED)
    return {OPEN: unfinished, ALL: Q(), LATE: is_late(today), LYING: lies_still(today)}.get(stand, unfinished)


def listed(actor: Actor, wanted: Wanted, today: date) -> QuerySet[Improvement]:
    rows = _narrowed(actor, wanted).filter(in_stand(wanted.stand, today))
    return rows.select_related("owner", "criterion", "organisation").order_by("due_on", "id")


def _narrowed(actor: Actor, wanted: Wanted) -> QuerySet[Improvement]:
    rows = Improvement.objects.visible_to(actor)
    if wanted.owner:
        rows = rows.filter(
            **({"owner": actor.person_id} if wanted.owner == MINE else {"owner__public_id": wanted.owner})
        )
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.chapter:
        number = "criterion__area__number"
        rows = rows.filter(Q(**{number: wanted.chapter}) | Q(**{f"{number}__startswith": f"{wanted.chapter}."}))
    return rows


def counted(actor: Actor, wanted: Wanted, today: date) -> dict[str, int]:
    """How many there are in each stand, all else as it is; one statement."""
    asked = {f"n{at}": Count("pk", filter=in_stand(stand, today)) for at, stand in enumerate(STANDS)}
    found_counts = _narrowed(actor, wanted).order_by().aggregate(**asked)
    return {stand: found_counts[f"n{at}"] for at, stand in enumerate(STANDS)}


def owners(actor: Actor) -> list[Person]:
    """Who has something to do that she sees."""
    ids = Improvement.objects.visible_to(actor).order_by().values("owner")
    return list(Person.objects.filter(pk__in=ids))


def chapters(actor: Actor) -> list[str]:
    """Of the criteria from which improvements came."""
    numbers = Improvement.objects.visible_to(actor).filter(criterion__isnull=False).order_by()
    known = {number.split(".")[0] for number in numbers.values_list("criterion__area__number", flat=True).distinct()}
    return sorted(known, key=lambda number: (not number.isdigit(), number.zfill(6)))


def get_improvement(actor: Actor, public_id: str) -> Improvement:
    rows = Improvement.objects.visible_to(actor).select_related(
        "organisation", "owner__organisation", "criterion__area", "criterion__framework", "judgement__assessment",
        "raised_by", "effect_checked_by",
    )  # fmt: skip
    return found(rows, public_id)


def people_at(house: Organisation, *kept: Person | None) -> dict[str, Person]:
    """Everybody at work at the carrier and below it, and who is named already."""
    at_work = Person.objects.filter(organisation__path__startswith=house.path).at_work_on(timezone.localdate())
    listed_people = [*at_work.select_related("organisation"), *filter(None, kept)]
    return {person.public_id: person for person in listed_people}


def of_criterion(actor: Actor, criterion: Criterion) -> list[Improvement]:
    """The open ones first; not more than a page holds."""
    rows = Improvement.objects.visible_to(actor).filter(criterion=criterion).select_related("owner")
    over_last = Case(When(state=ImprovementState.CHECKED, then=1), default=0, output_field=IntegerField())
    return list(rows.order_by(over_last, "due_on", "id")[:20])


@dataclass(frozen=True)
class Turn:
    """One round of the circle: what was done in it, the last first."""

    number: int
    notes: Sequence[ImprovementNote]


def turns(improvement: Improvement) -> list[Turn]:
    """The last round first."""
    by_round: dict[int, list[ImprovementNote]] = {}
    for row in improvement.notes.select_related("written_by"):
        by_round.setdefault(row.round, []).append(row)
    return [Turn(number, by_round[number]) for number in sorted(by_round, reverse=True)]


@dataclass(frozen=True)
class Stop:
    """A quarter of the circle. `is_here`: what is to be done now; `words`: what was done, or is to be."""

    name: str
    verb: str
    words: str
    text: str
    is_done: bool
    is_here: bool


def circle(improvement: Improvement, notes: Sequence[ImprovementNote]) -> list[Stop]:
    """Plan, do, check, act, of the round that runs."""
    one, state = improvement, improvement.state
    said = {row.kind: row for row in notes}
    done, checked = said.get(NoteKind.DONE), one.is_over
    begun = state != ImprovementState.PLANNED
    has_text = done.text if done else ""
    check_by = f"ab {one.effect_due_on:%d.%m.%Y}" if one.effect_due_on else "nach der Umsetzung"
    seen = f"{one.effect_checked_by}, {timezone.localdate(one.effect_checked_at):%d.%m.%Y}" if checked else check_by
    shown = said.get(NoteKind.EFFECTIVE) or said.get(NoteKind.GIVEN_UP)
    did = f"{timezone.localdate(done.written_at):%d.%m.%Y}" if done else f"bis {one.due_on:%d.%m.%Y}"
    return [
        Stop("Planen", "Plan", f"{one.owner}, bis {one.due_on:%d.%m.%Y}", one.plan, begun, not begun),
        Stop("Umsetzen", "Do", did, has_text, bool(done), begun and not done),
        Stop("Prüfen", "Check", seen, shown.text if shown else "", checked, one.is_done),
        Stop("Handeln", "Act", ENDS.get(one.effect, "abschließen oder neuer Schritt"), "", checked, False),
    ]


ENDS = {"effective": "wirksam, abgeschlossen", "not_effective": "nicht wirksam, beendet"}
