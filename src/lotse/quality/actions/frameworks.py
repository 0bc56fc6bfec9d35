"""Catalogues taken over, criteria mapped to each other, and where the carrier's manual speaks of each."""

from django.utils import timezone

from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import locked, revise, save_checked
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation
from lotse.quality.actions.shared import kept
from lotse.quality.content import Content
from lotse.quality.models import (
    Area,
    Criterion,
    CriterionLink,
    CriterionPart,
    Framework,
    ManualChapter,
    ManualReference,
)

NOT_TWO = "Zugeordnet wird ein Kriterium aus einem anderen Katalog desselben Trägers."
FOREIGN_CHAPTER = "Dieses Kapitel gehört zum Handbuch eines anderen Trägers."
OF_SOURCE = "Diese Verbindung gehört zum Katalog und bleibt."


@action("framework.taken_over", "hat einen Kriterienkatalog übernommen")
def take_over(*, by: Actor, organisation: Organisation, content: Content) -> Framework:
    """Copied row by row. A newer version finds the references of the one before it, by the slug."""
    kept(by, organisation)
    before = Framework.objects.filter(organisation=organisation, key=content.key).order_by("-id").first()
    made = Framework(
        organisation=organisation, key=content.key, version=content.version, title=content.title, source=content.source,
        is_example=content.is_example, taken_on=timezone.localdate(),
    )  # fmt: skip
    save_checked(made)
    criteria = _copy(made, content)
    carried = _carry_references(before, criteria) if before else 0
    record(made, version=content.version, criteria=len(criteria), references=carried)
    return made


def _copy(framework: Framework, content: Content) -> dict[str, Criterion]:
    owner = {"organisation_id": framework.organisation_id}
    areas = {
        one.number: Area(**owner, framework=framework, number=one.number, title=one.title, position=at)
        for at, one in enumerate(content.areas, start=1)
    }
    Area.objects.bulk_create(areas.values())
    criteria = {
        one.slug: Criterion(
            **owner, framework=framework, area=areas[one.area], slug=one.slug, code=one.code, kind=one.kind, text=one.text,
            printed_note=one.printed, refers_to=one.refers, position=at,
        )
        for at, one in enumerate(content.criteria, start=1)
    }  # fmt: skip
    Criterion.objects.bulk_create(criteria.values())
    CriterionPart.objects.bulk_create(
        CriterionPart(**owner, criterion=criteria[one.slug], position=at, text=text)
        for one in content.criteria
        for at, text in enumerate(one.parts, start=1)
    )
    CriterionLink.objects.bulk_create(
        CriterionLink(**owner, from_criterion=criteria[one.slug], to_criterion=criteria[slug])
        for one in content.criteria
        for slug in one.like
    )
    return criteria


def _carry_references(before: Framework, criteria: dict[str, Criterion]) -> int:
    known = ManualReference.objects.filter(criterion__framework=before).select_related("criterion").order_by("id")
    carried = [
        ManualReference(
            organisation_id=row.organisation_id,
            criterion=criteria[row.criterion.slug],
            text=row.text,
            link=row.link,
            chapter_id=row.chapter_id,
        )
        for row in known
        if row.criterion.slug in criteria
    ]
    return len(ManualReference.objects.bulk_create(carried))


@action("manual_reference.set", "hat eine Fundstelle im QM-Handbuch eingetragen")
def set_reference(
    *, by: Actor, criterion: Criterion, text: str, link: str = "", chapter: ManualChapter | None = None,
    revision: int | None = None,
) -> ManualReference:  # fmt: skip
    """Empty takes it away."""
    kept(by, criterion.organisation)
    refuse_if(chapter is not None and chapter.organisation_id != criterion.organisation_id, FOREIGN_CHAPTER, "chapter")
    locked(criterion)
    row = ManualReference.objects.filter(criterion=criterion).first()
    row = row or ManualReference(organisation_id=criterion.organisation_id, criterion=criterion, revision=0)
    changed = revise(row, {"text": text.strip(), "link": link, "chapter": chapter}, revision)
    record(row, fields=changed)
    return row


@action("criterion.linked", "hat zwei Kriterien einander zugeordnet")
def link_criteria(*, by: Actor, criterion: Criterion, other: Criterion, note: str = "") -> CriterionLink:
    """Between two catalogues of one carrier; which of both was named first makes no difference."""
    kept(by, criterion.organisation)
    is_pair = criterion.organisation_id == other.organisation_id and criterion.framework_id != other.framework_id
    refuse_if(not is_pair, NOT_TWO, "other")
    first, second = sorted((criterion, other), key=lambda one: one.pk)
    made = CriterionLink(
        organisation_id=criterion.organisation_id, from_criterion=first, to_criterion=second, note=note.strip()
    )
    save_checked(made)
    record(made)
    return made


@action("criterion.unlinked", "hat die Zuordnung zweier Kriterien gelöst")
def unlink_criteria(*, by: Actor, link: CriterionLink) -> None:
    kept(by, link.organisation)
    refuse_if(link.from_criterion.framework_id == link.to_criterion.framework_id, OF_SOURCE)
    record(link)
    link.delete()
