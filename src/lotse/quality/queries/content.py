"""A stored catalogue as the plain data it was taken over from."""

from collections import defaultdict

from lotse.quality.content import AreaData, Content, CriterionData
from lotse.quality.models import Area, Criterion, CriterionLink, CriterionPart, Framework


def content_of(framework: Framework) -> Content:
    """Four statements, whatever its size."""
    areas = tuple(AreaData(area.number, area.title) for area in Area.objects.filter(framework=framework))
    parts, like = _parts(framework), _like(framework)
    criteria = tuple(
        CriterionData(
            one.slug, one.code, one.area.number, one.kind, one.text, tuple(parts[one.pk]), one.printed_note, one.refers_to,
            tuple(like[one.pk]),
        )
        for one in Criterion.objects.filter(framework=framework).select_related("area")
    )  # fmt: skip
    return Content(
        framework.key, framework.version, framework.title, framework.source, framework.is_example, areas, criteria
    )


def _parts(framework: Framework) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = CriterionPart.objects.filter(criterion__framework=framework).order_by("criterion_id", "position")
    for criterion_id, text in rows.values_list("criterion_id", "text"):
        found[criterion_id].append(text)
    return found


def _like(framework: Framework) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    inside = CriterionLink.objects.filter(from_criterion__framework=framework, to_criterion__framework=framework)
    for criterion_id, slug in inside.order_by("id").values_list("from_criterion_id", "to_criterion__slug"):
        found[criterion_id].append(slug)
    return found
