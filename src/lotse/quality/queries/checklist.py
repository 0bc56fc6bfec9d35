"""The checklist of a procedure: each answer with its documents and what the assessors said to it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lotse.core.finding import found
from lotse.organisations.actor import Actor
from lotse.quality import rules
from lotse.quality.models import (
    Area,
    Certification,
    ChecklistItem,
    Criterion,
    FeedbackRemark,
    FeedbackReport,
    Submission,
)
from lotse.quality.queries.assessments import TONES
from lotse.quality.queries.frameworks import areas, headed


@dataclass(frozen=True)
class Answered:
    """A line of the checklist. `remarks`: of this round and the one before, the newest first."""

    item: ChecklistItem
    hint: str
    documents: Sequence[Submission]
    remarks: Sequence[FeedbackRemark]

    @property
    def code(self) -> str:
        return f"{self.item.criterion.code} {self.hint}".strip()

    @property
    def tone(self) -> str:
        return TONES[self.item.answer]

    @property
    def needs_rework(self) -> bool:
        return any(row.needs_rework for row in self.remarks)


# What the list is narrowed to: word in the address → words, and whom it lets through.
FILTERS: Mapping[str, tuple[str, Callable[[Answered], bool]]] = {
    "": ("alle", lambda row: True),
    "offen": ("offen", lambda row: not row.item.is_answered),
    "ohne": ("ohne Nachweis", lambda row: not row.documents),
    "rueckmeldung": ("mit Rückmeldung", lambda row: bool(row.remarks)),
}


@dataclass(frozen=True)
class ChecklistPage:
    rows: Sequence[Answered]
    areas: Sequence[Area]

    def counted(self) -> dict[str, int]:
        return {key: sum(map(lets, self.rows)) for key, (_label, lets) in FILTERS.items()}

    def chosen(self, key: str) -> list[Answered]:
        _label, lets = FILTERS.get(key, FILTERS[""])
        return [row for row in self.rows if lets(row)]

    def sections(self, shown: Sequence[Answered]) -> list[tuple[list[str], list[Answered]]]:
        return list(headed(shown, self.areas, lambda row: row.item.criterion.area))


def page(actor: Actor, certification: Certification, round_number: int) -> ChecklistPage:
    """Of one round; the same number of statements however long it is."""
    items = ChecklistItem.objects.visible_to(actor).filter(certification=certification, round=round_number)
    rows = sorted(items.select_related("criterion__area"), key=lambda row: _place(row.criterion))
    hints = rules.hints(row.criterion for row in rows)
    documents, remarks = _documents(actor, certification, round_number), _remarks(actor, certification, round_number)
    lines = [
        Answered(row, hints.get(row.criterion_id, ""), documents[row.criterion_id], remarks[row.criterion_id])
        for row in rows
    ]
    return ChecklistPage(lines, areas(certification.framework))


def _place(criterion: Criterion) -> tuple[int, int]:
    return criterion.area.position, criterion.position


def _documents(actor: Actor, certification: Certification, until: int) -> dict[int, list[Submission]]:
    found_rows: dict[int, list[Submission]] = defaultdict(list)
    for row in documents(actor, certification).filter(round__lte=until):
        for one in row.criteria.all():
            found_rows[one.pk].append(row)
    return found_rows


def _remarks(actor: Actor, certification: Certification, round_number: int) -> dict[int, list[FeedbackRemark]]:
    said: dict[int, list[FeedbackRemark]] = defaultdict(list)
    rows = FeedbackRemark.objects.visible_to(actor).filter(report__certification=certification)
    of_rounds = rows.filter(report__round__in=(round_number, round_number - 1), report__issued_on__isnull=False)
    for row in of_rounds.select_related("report").order_by("-report__round", "id"):
        said[row.criterion_id].append(row)
    return said


def documents(actor: Actor, certification: Certification) -> QuerySet[Submission]:
    rows = Submission.objects.visible_to(actor).filter(certification=certification)
    return rows.select_related("file", "replaces").prefetch_related("criteria").order_by("-round", "title", "id")


def replaceable(actor: Actor, certification: Certification) -> dict[str, Submission]:
    """What was handed in and no other document has taken the place of."""
    rows = documents(actor, certification).filter(submitted_on__isnull=False, replaced_by=None)
    return {row.public_id: row for row in rows}


def criteria_of(certification: Certification) -> dict[str, Criterion]:
    rows = Criterion.objects.filter(framework=certification.framework_id).select_related("area")
    return {row.public_id: row for row in sorted(rows, key=_place)}


def get_item(actor: Actor, public_id: str) -> ChecklistItem:
    rows = ChecklistItem.objects.visible_to(actor)
    return found(
        rows.select_related("criterion__area", "certification__organisation", "certification__framework"), public_id
    )


def get_document(actor: Actor, public_id: str) -> Submission:
    rows = Submission.objects.visible_to(actor)
    return found(rows.select_related("file", "certification__organisation", "certification__framework"), public_id)


def next_open(item: ChecklistItem) -> ChecklistItem | None:
    """The next that is not answered; after the last, the first."""
    rows = ChecklistItem.objects.filter(certification=item.certification_id, round=item.round).exclude(pk=item.pk)
    open_ones = [row for row in rows.select_related("criterion__area") if not row.is_answered]
    ordered = sorted(open_ones, key=lambda row: _place(row.criterion))
    later = [row for row in ordered if _place(row.criterion) > _place(item.criterion)]
    return next(iter([*later, *ordered]), None)


def remarks_to(actor: Actor, item: ChecklistItem) -> list[FeedbackRemark]:
    rows = FeedbackRemark.objects.visible_to(actor).filter(
        report__certification=item.certification_id, criterion=item.criterion_id, report__round__lte=item.round,
        report__issued_on__isnull=False,
    )  # fmt: skip
    return list(rows.select_related("report").order_by("-report__round"))


def issued(actor: Actor, certification: Certification) -> list[FeedbackReport]:
    rows = FeedbackReport.objects.visible_to(actor).filter(certification=certification, issued_on__isnull=False)
    return list(rows.order_by("-round"))


def get_feedback(actor: Actor, public_id: str) -> FeedbackReport:
    rows = FeedbackReport.objects.visible_to(actor).filter(issued_on__isnull=False)
    return found(rows.select_related("certification__organisation", "certification__framework"), public_id)
