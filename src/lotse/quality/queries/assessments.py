"""Self-assessments: how far they are, what changed since the period before, and how much is fulfilled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.enums import Change, Rating
from lotse.quality.models import CriterionPart, Framework, Judgement, SelfAssessment
from lotse.quality.queries.frameworks import areas, chapters, headed

TONES = {
    Rating.FULFILLED: "good", Rating.PARTLY: "warn", Rating.NOT_FULFILLED: "bad", Rating.NOT_APPLICABLE: "none", "": "",
}  # fmt: skip
STEPS = {Rating.NOT_FULFILLED: 0, Rating.PARTLY: 1, Rating.FULFILLED: 2}
CHANGE_TONES = {Change.BETTER: "good", Change.WORSE: "bad"}


def change(before: str, now: str) -> str:
    """Empty where nothing is judged now."""
    if not now:
        return ""
    if not before:
        return Change.NEW
    if before == now:
        return Change.SAME
    if before not in STEPS or now not in STEPS:
        return Change.OTHER
    return Change.BETTER if STEPS[now] > STEPS[before] else Change.WORSE


@dataclass(frozen=True)
class Judged:
    """A criterion on the page of an assessment."""

    judgement: Judgement
    hint: str
    before: str
    is_reviewable: bool

    @property
    def code(self) -> str:
        return f"{self.judgement.criterion.code} {self.hint}".strip()

    @property
    def tone(self) -> str:
        return TONES[self.judgement.rating]

    @property
    def change(self) -> str:
        return change(self.before, self.judgement.rating if self.judgement.is_judged else "")

    @property
    def change_word(self) -> str:
        return str(Change(self.change).label) if self.change else ""

    @property
    def change_tone(self) -> str:
        return CHANGE_TONES.get(self.change, "none")

    @property
    def before_word(self) -> str:
        return str(Rating(self.before).label) if self.before else ""

    @property
    def waits_for_review(self) -> bool:
        return self.judgement.is_judged and self.judgement.reviewed_by_id is None


# What the list is narrowed to: word in the address → words, and whom it lets through.
FILTERS: Mapping[str, tuple[str, Callable[[Judged], bool]]] = {
    "": ("alle", lambda row: True),
    "offen": ("zu bewerten", lambda row: not row.judgement.is_judged),
    "pruefen": ("zu prüfen", lambda row: row.waits_for_review),
    "geaendert": ("geändert", lambda row: row.change not in ("", Change.SAME)),
}


@dataclass(frozen=True)
class Share:
    """Of one chapter, counted. What does not apply stands apart."""

    number: str
    title: str
    counts: Mapping[str, int]

    @property
    def fulfilled(self) -> int:
        return self.counts.get(Rating.FULFILLED, 0)

    @property
    def applicable(self) -> int:
        return sum(self.counts.values()) - self.counts.get(Rating.NOT_APPLICABLE, 0)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Words and tone for everything but what is fulfilled."""
        rest = [
            (rating.label, TONES[rating], self.counts.get(rating, 0)) for rating in Rating if rating != Rating.FULFILLED
        ]
        told = [*rest, ("offen", "", self.counts.get("", 0))]
        return [(f"{count} {label}", tone) for label, tone, count in told if count]


@dataclass(frozen=True)
class AssessmentPage:
    rows: Sequence[Judged]
    shares: Sequence[Share]
    previous: SelfAssessment | None
    areas: Sequence[object]

    def counted(self) -> dict[str, int]:
        return {key: sum(map(lets, self.rows)) for key, (_label, lets) in FILTERS.items()}

    def chosen(self, key: str, chapter: str) -> list[Judged]:
        _label, lets = FILTERS.get(key, FILTERS[""])
        return [row for row in self.rows if lets(row) and chapter in ("", row.judgement.criterion.area.chapter)]

    def sections(self, shown: Sequence[Judged]) -> list[tuple[list[str], list[Judged]]]:
        return list(headed(shown, self.areas, lambda row: row.judgement.criterion.area))


def get_assessment(actor: Actor, public_id: str) -> SelfAssessment:
    return found(SelfAssessment.objects.visible_to(actor).select_related("organisation", "framework"), public_id)


def get_judgement(actor: Actor, public_id: str) -> Judgement:
    rows = Judgement.objects.visible_to(actor).select_related(
        "assessment__organisation", "assessment__framework", "criterion__area", "assessed_by", "reviewed_by"
    )
    return found(rows, public_id)


def assessments(actor: Actor) -> list[SelfAssessment]:
    """The newest first, with `total` and `judged`."""
    rows = SelfAssessment.objects.visible_to(actor).select_related("organisation", "framework")
    return list(counted(rows).order_by("-ends_on", "-id"))


def counted(rows: QuerySet[SelfAssessment]) -> QuerySet[SelfAssessment]:
    done = Q(judgements__to_recheck=False) & ~Q(judgements__rating="")
    return rows.annotate(total=Count("judgements"), judged=Count("judgements", filter=done))


def of_framework(actor: Actor, framework: Framework) -> list[SelfAssessment]:
    return list(SelfAssessment.objects.visible_to(actor).filter(framework=framework).order_by("-id"))


def previous_of(assessment: SelfAssessment) -> SelfAssessment | None:
    return (
        SelfAssessment.objects.filter(framework=assessment.framework_id, id__lt=assessment.pk).order_by("-id").first()
    )


def page(actor: Actor, assessment: SelfAssessment) -> AssessmentPage:
    previous = previous_of(assessment)
    before = dict(previous.judgements.values_list("criterion_id", "rating").order_by()) if previous else {}
    found_rows = assessment.judgements.select_related("criterion__area", "assessed_by", "reviewed_by")
    judgements = sorted(found_rows, key=lambda row: (row.criterion.area.position, row.criterion.position))
    hints, known = rules.hints(row.criterion for row in judgements), areas(assessment.framework)
    rows = [
        Judged(row, hints.get(row.criterion_id, ""), before.get(row.criterion_id, ""), rules.may_review(actor, row))
        for row in judgements
    ]
    return AssessmentPage(rows, shares(judgements, chapters(known)), previous, known)


def shares(judgements: Iterable[Judgement], titles: Mapping[str, str]) -> list[Share]:
    counts: dict[str, dict[str, int]] = {}
    for row in judgements:
        of_chapter = counts.setdefault(row.criterion.area.chapter, {})
        rating = row.rating if row.is_judged else ""
        of_chapter[rating] = of_chapter.get(rating, 0) + 1
    return [Share(number, titles[number], found_counts) for number, found_counts in counts.items()]


def parts_of(judgement: Judgement) -> list[tuple[CriterionPart, str]]:
    """With what is said of each so far."""
    said = dict(judgement.parts.values_list("part_id", "rating").order_by())
    return [(part, said.get(part.pk, "")) for part in CriterionPart.objects.filter(criterion=judgement.criterion_id)]


def next_open(judgement: Judgement) -> Judgement | None:
    """The next that is not judged; after the last, the first."""
    rows = judgement.assessment.judgements.filter(Q(rating="") | Q(to_recheck=True)).exclude(pk=judgement.pk)
    ordered = rows.order_by("criterion__area__position", "criterion__position")
    at = (judgement.criterion.area.position, judgement.criterion.position)
    places = list(ordered.values_list("criterion__area__position", "criterion__position", "pk"))
    later = [pk for *place, pk in places if tuple(place) > at]
    chosen = [*later, *(pk for *_place, pk in places)]
    return rows.get(pk=chosen[0]) if chosen else None


def before_of(judgement: Judgement) -> Judgement | None:
    """What was said of it in the period before."""
    previous = previous_of(judgement.assessment)
    return previous.judgements.filter(criterion=judgement.criterion_id).first() if previous else None
