"""How much of a catalogue was fulfilled, chapter by chapter, in each closed self-assessment."""

from collections.abc import Sequence
from dataclasses import dataclass

from lotse.quality.enums import AssessmentState
from lotse.quality.models import Framework, Judgement, SelfAssessment
from lotse.quality.queries.assessments import Share, shares
from lotse.quality.queries.frameworks import areas, chapters

SHOWN = 6


@dataclass(frozen=True)
class Trend:
    """`rows`: a chapter and what of it was fulfilled in each of the assessments, None where it was not judged."""

    assessments: Sequence[SelfAssessment]
    rows: Sequence[tuple[str, Sequence[Share | None]]]


def trend(framework: Framework) -> Trend:
    """The oldest of the last ones first; three statements."""
    closed = SelfAssessment.objects.filter(framework=framework, state=AssessmentState.CLOSED)
    last = list(closed.order_by("-ends_on", "-id")[:SHOWN])[::-1]
    titles = chapters(areas(framework))
    judged = list(Judgement.objects.filter(assessment__in=last).select_related("criterion__area").order_by())
    by_assessment = {
        one.pk: {
            share.number: share for share in shares([row for row in judged if row.assessment_id == one.pk], titles)
        }
        for one in last
    }
    rows = [(title, [by_assessment[one.pk].get(number) for one in last]) for number, title in titles.items()]
    return Trend(last, rows)
