"""What an audit is about, and who assessed it last."""

from collections.abc import Collection, Iterable

from django.db.models import Max, QuerySet

from lotse.organisations.models import Person
from lotse.quality.models import Area, Criterion, Framework, Judgement, SelfAssessment


def criteria_in(framework: Framework | None, areas: Iterable[Area] = ()) -> QuerySet[Criterion]:
    """Of these areas, or of all where none is named; in the order of the catalogue."""
    rows = Criterion.objects.filter(framework=framework) if framework else Criterion.objects.none()
    named = [area.pk for area in areas]
    return (rows.filter(area__in=named) if named else rows).order_by("area__position", "position", "id")


def assessed_last(person: Person, criteria: Collection[Criterion] | QuerySet[Criterion]) -> QuerySet[Judgement]:
    """Judgements of hers in the newest self-assessment of each catalogue."""
    newest = SelfAssessment.objects.order_by().values("framework").annotate(newest=Max("id")).values("newest")
    rows = Judgement.objects.filter(criterion__in=criteria, assessment__in=newest, to_recheck=False)
    return rows.filter(assessed_by=person)
