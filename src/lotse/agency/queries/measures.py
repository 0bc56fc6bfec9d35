"""Measures of the agencies somebody works in or oversees, and what the form of one offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from lotse.agency.enums import DocumentKind, MeasureState
from lotse.agency.models import AgencyDocument, Measure, MeasureEvidence, SocialSpace, Task
from lotse.catalogues.loader import catalogue
from lotse.core.finding import found
from lotse.core.paging import Part, part_of
from lotse.organisations.actor import Actor
from lotse.organisations.enums import ActionField
from lotse.organisations.models import Organisation
from lotse.partners.models import Partner

FEW = 8
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `lacks` is "task", "proof" or "entry"."""

    year: int
    agency: str = ""
    task: str = ""
    field: str = ""
    lacks: str = ""

    @property
    def condition(self) -> Q:
        named = {"agency__public_id": self.agency, "task__public_id": self.task, "field": self.field}
        return Q(funding_year=self.year, **{path: value for path, value in named.items() if value})


def measures(actor: Actor) -> QuerySet[Measure]:
    return Measure.objects.visible_to(actor).select_related("agency", "task")


def has_proof() -> Exists:
    return Exists(MeasureEvidence.objects.filter(measure=OuterRef("pk")))


def listed(actor: Actor, wanted: Wanted, today: date) -> QuerySet[Measure]:
    rows = measures(actor).filter(wanted.condition).annotate(is_proven=has_proof())
    if wanted.lacks == "task":
        return rows.filter(task=None).exclude(state=MeasureState.CANCELLED)
    if wanted.lacks == "proof":
        return rows.filter(is_proven=False, state=MeasureState.HELD)
    return rows.filter(to_enter(today)) if wanted.lacks == "entry" else rows


def to_enter(today: date) -> Q:
    """Planned for a day that is over, and nobody has said what came of it."""
    return Q(state=MeasureState.PLANNED, on__lt=today)


def to_be_entered(actor: Actor, today: date) -> QuerySet[Measure]:
    """Hers to write."""
    return Measure.objects.worked_on_by(actor).filter(to_enter(today))


def page_of(rows: QuerySet[M], start: str) -> Part[M]:
    """Only what is shown is read; a year of the whole state is a few thousand ids."""
    part = part_of(list(rows.values_list("pk", flat=True)), start)
    shown = rows.in_bulk(part.rows)
    return Part([shown[pk] for pk in part.rows], part.next_start, part.total, part.is_first)


def get_measure(actor: Actor, measure_id: str) -> Measure:
    return found(measures(actor).select_related("organisation", "space", "entered_by", "task__document"), measure_id)


def years_of(actor: Actor, today: date) -> list[int]:
    """In which something stands, and this one; the newest first."""
    stored = Measure.objects.visible_to(actor).order_by().values_list("funding_year", flat=True).distinct()
    return sorted({*stored, today.year}, reverse=True)


def tasks_for(actor: Actor, agencies: Iterable[Organisation], years: Iterable[int]) -> QuerySet[Task]:
    """Of the last plans that hold in these years; the newest first."""
    plans = AgencyDocument.objects.newest().filter(kind=DocumentKind.TASK_PLAN, agency__in=list(agencies))
    holding = Q(pk__in=[])
    for year in years:
        holding |= Q(funding_year__lte=year, until_year__gte=year)
    rows = Task.objects.visible_to(actor).filter(document__in=plans.filter(holding).order_by().values("pk"))
    return rows.select_related("document__agency").order_by("-document__funding_year", "position", "id")


def get_task(actor: Actor, task_id: str) -> Task:
    return found(Task.objects.visible_to(actor).select_related("document"), task_id)


def last_places(actor: Actor, agencies: Iterable[Organisation]) -> list[str]:
    """Where the last ones were, each place once."""
    rows = Measure.objects.visible_to(actor).filter(agency__in=list(agencies)).exclude(place="").order_by("-id")
    return list(dict.fromkeys(rows.values_list("place", flat=True)[:40]))[:FEW]


def last_kind(actor: Actor, agencies: Iterable[Organisation]) -> str:
    rows = Measure.objects.visible_to(actor).filter(agency__in=list(agencies), entered_by_id=actor.person_id)
    return rows.order_by("-id").values_list("kind", flat=True).first() or ""


def spaces_for(
    actor: Actor, agencies: Iterable[Organisation], day: date, kept: SocialSpace | None = None
) -> dict[str, SocialSpace]:
    """`kept`: stands there already, although it may have ended."""
    offered = SocialSpace.objects.visible_to(actor).filter(agency__in=list(agencies)).offered_on(day)
    return {space.public_id: space for space in [*offered, *([kept] if kept else [])]}


def partners_for(actor: Actor, today: date) -> dict[str, Partner]:
    return {p.public_id: p for p in Partner.objects.visible_to(actor).active_on(today)}


def usual_partners(actor: Actor, agencies: Iterable[Organisation]) -> list[Partner]:
    """With whom these agencies do most."""
    through = Measure.partners.through.objects.filter(measure__agency__in=list(agencies)).order_by()
    often = through.values("partner_id").annotate(times=Count("pk")).order_by("-times", "partner_id")[:FEW]
    ids = [row["partner_id"] for row in often]
    return list(Partner.objects.visible_to(actor).filter(pk__in=ids))


def field_of_activity(key: str) -> str:
    """The field of action a packaged activity stands under; none for one of the house's own under another heading."""
    known = catalogue("agency_activity").entries
    return FIELDS.get(known[key].group, "") if key in known else ""


FIELDS = {field.label: field.value for field in ActionField}
