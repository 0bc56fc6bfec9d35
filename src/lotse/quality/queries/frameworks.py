"""The catalogues of a carrier: which there are, their criteria in three columns, and what belongs to one criterion."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lotse.core.finding import found
from lotse.core.search import fold
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.organisations.models.scope import in_branches
from lotse.quality import rules
from lotse.quality.content import Content
from lotse.quality.models import Area, Criterion, CriterionLink, Framework, ManualReference, SelfAssessment

REFERENCE = ~Q(text="") | ~Q(link="") | Q(chapter__isnull=False)


@dataclass(frozen=True)
class Line:
    """A row of the catalogue: number, criterion, where the manual speaks of it."""

    criterion: Criterion
    hint: str
    reference: ManualReference | None

    @property
    def code(self) -> str:
        return f"{self.criterion.code} {self.hint}".strip()

    @property
    def words(self) -> str:
        """What a search looks through."""
        one, said = self.criterion, self.reference
        parts = [part.text for part in one.parts.all()]
        return fold(" ".join([self.code, one.text, one.printed_note, *parts, str(said) if said else ""]))


@dataclass(frozen=True)
class Section:
    """`heads`: the area, and its chapter above it where the chapter begins."""

    heads: Sequence[str]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Wanted:
    chapter: str = ""
    text: str = ""
    without: bool = False

    @property
    def is_narrow(self) -> bool:
        return bool(self.chapter or self.text or self.without)

    def lets_through(self, line: Line) -> bool:
        in_chapter = self.chapter in ("", line.criterion.area.chapter)
        return in_chapter and not (self.without and line.reference) and fold(self.text) in line.words


def houses(actor: Actor) -> dict[str, Organisation]:
    """The carriers whose quality she keeps."""
    kept = Organisation.objects.filter(in_branches(actor.quality_paths))
    kept = kept.filter(Q(is_carrier=True) | Q(pk=actor.organisation_id)).order_by("name", "id")
    return {house.public_id: house for house in kept} if actor.quality_paths else {}


def not_taken(houses: Mapping[str, Organisation], packaged: Mapping[str, Content]) -> dict[str, Content]:
    """Of what comes with Lotse that which one of the houses, or more, has not taken over."""
    rows = Framework.objects.filter(organisation__in=houses.values()).order_by()
    taken = Counter(rows.values_list("key", "version"))
    return {name: one for name, one in packaged.items() if taken[one.key, one.version] < len(houses)}


def frameworks(actor: Actor) -> list[Framework]:
    """With `criterion_count`, `reference_count`, and whether a `newer` version stands beside it."""
    newer = Framework.objects.filter(organisation=OuterRef("organisation"), key=OuterRef("key"), id__gt=OuterRef("id"))
    spoken = Q(criteria__references__chapter__isnull=False)
    said = ~Q(criteria__references__text="") | ~Q(criteria__references__link="") | spoken
    return list(
        Framework.objects.visible_to(actor)
        .select_related("organisation")
        .annotate(
            criterion_count=Count("criteria", distinct=True),
            reference_count=Count("criteria__references", filter=said, distinct=True),
            newer=Exists(newer),
        )
        .order_by("organisation__name", "organisation_id", "title", "-id")
    )


def latest_assessments(actor: Actor) -> dict[int, SelfAssessment]:
    """Of each catalogue the last one; nothing for who keeps no quality."""
    rows = SelfAssessment.objects.visible_to(actor).order_by("id")
    return {row.framework_id: row for row in rows} if rules.keeps(actor) else {}


def get_framework(actor: Actor, public_id: str) -> Framework:
    return found(Framework.objects.visible_to(actor).select_related("organisation"), public_id)


def get_criterion(actor: Actor, public_id: str) -> Criterion:
    rows = Criterion.objects.visible_to(actor).select_related("organisation", "framework", "area")
    return found(rows, public_id)


def lines(framework: Framework) -> list[Line]:
    """In the order of the areas; three statements."""
    rows = (
        Criterion.objects.filter(framework=framework)
        .select_related("area")
        .prefetch_related("parts", "references__chapter")
    )
    criteria = sorted(rows, key=lambda one: (one.area.position, one.position))
    hints = rules.hints(criteria)
    return [Line(one, hints.get(one.pk, ""), _reference(one)) for one in criteria]


def _reference(criterion: Criterion) -> ManualReference | None:
    return next((row for row in criterion.references.all() if row.text or row.link or row.chapter_id), None)


def areas(framework: Framework) -> list[Area]:
    return list(Area.objects.filter(framework=framework))


def chapters(known: Iterable[Area]) -> dict[str, str]:
    """Number → "2 Erbringung der Dienstleistung"."""
    titles = {area.number: str(area) for area in known}
    return {area.chapter: titles.get(area.chapter, area.chapter) for area in known}


def sections(shown: Sequence[Line], known: Sequence[Area]) -> list[Section]:
    return [Section(heads, rows) for heads, rows in headed(shown, known, lambda line: line.criterion.area)]


def headed(rows, known, area_of) -> Iterator[tuple[list[str], list]]:  # type: ignore[no-untyped-def]
    """Rows that follow each other in one area, under its name; a chapter is named where it begins."""
    titles, chapter = chapters(known), ""
    for area, group in groupby(rows, key=area_of):
        begins, chapter = area.chapter != chapter, area.chapter
        above = [titles[chapter]] if begins and titles[chapter] != str(area) else []
        yield [*above, str(area)], list(group)


def next_without_reference(criterion: Criterion) -> Criterion | None:
    """The next one of which the manual does not speak yet; after the last, the first."""
    spoken = ManualReference.objects.filter(REFERENCE, criterion=OuterRef("pk"))
    rows = Criterion.objects.filter(~Exists(spoken), framework_id=criterion.framework_id).exclude(pk=criterion.pk)
    return rows.filter(position__gt=criterion.position).first() or rows.first()


@dataclass(frozen=True)
class Neighbour:
    """What is linked to a criterion; inside one catalogue the source says so."""

    link: CriterionLink
    criterion: Criterion
    is_mapped: bool


def neighbours(actor: Actor, criterion: Criterion) -> list[Neighbour]:
    rows = CriterionLink.objects.visible_to(actor).filter(Q(from_criterion=criterion) | Q(to_criterion=criterion))
    rows = rows.select_related("from_criterion__framework", "to_criterion__framework")
    seen: dict[int, Neighbour] = {}
    for row in rows:
        other = row.to_criterion if row.from_criterion_id == criterion.pk else row.from_criterion
        seen.setdefault(other.pk, Neighbour(row, other, other.framework_id != criterion.framework_id))
    return list(seen.values())


def other_frameworks(actor: Actor, framework: Framework) -> list[Framework]:
    """Of the same carrier, to map to."""
    same = Framework.objects.visible_to(actor).filter(organisation_id=framework.organisation_id)
    return list(same.exclude(pk=framework.pk))


def criteria_of(framework: Framework) -> QuerySet[Criterion]:
    return Criterion.objects.filter(framework=framework)


def get_link(actor: Actor, public_id: str) -> CriterionLink:
    rows = CriterionLink.objects.visible_to(actor)
    return found(rows.select_related("organisation", "from_criterion__framework", "to_criterion__framework"), public_id)
