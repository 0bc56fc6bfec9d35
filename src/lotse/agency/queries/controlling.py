"""A sheet with its questions, answers and figures, in the order of the platform."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lotse.agency.controlling import Item, Questions, Section, built, packaged
from lotse.agency.models import AgencyDocument, ControllingAnswer, ControllingSheet, ControllingUpload, QuestionSet
from lotse.agency.queries.keyfigures import KeyFigure, key_figures
from lotse.agency.queries.missing import Missing
from lotse.agency.queries.places import place_of
from lotse.organisations.actor import Actor

MOVED = "{} hat sich seit dem Speichern geändert: bitte noch einmal speichern"
FIELD, WHY = "q_{}", "why_{}"


@dataclass(frozen=True)
class Answered:
    """`value` is what is stored, a key where it was chosen. `figure`: what was counted today, for a key figure.

    `place`: its anchor on the page, once it is stored.
    """

    item: Item
    value: str = ""
    explanation: str = ""
    figure: KeyFigure | None = None
    place: str = ""

    @property
    def words(self) -> str:
        return self.item.said(self.value)

    @property
    def shown(self) -> str:
        """To who reads: what is stored, and before that what is counted today."""
        return self.words or (str(self.figure.value) if self.figure and self.figure.is_known else "")

    @property
    def is_counted(self) -> bool:
        return self.item.kind == "figure"

    @property
    def is_missing(self) -> bool:
        return not self.value and not self.item.optional

    @property
    def has_moved(self) -> bool:
        """Since it was saved, something was entered or changed."""
        return self.figure is not None and bool(self.value) and self.value != str(self.figure.value)

    @property
    def copy(self) -> str:
        """What goes into the platform."""
        return "\n\n".join(part for part in (self.words, self.explanation) if part)

    @property
    def is_long(self) -> bool:
        return self.item.kind == "text" or bool(self.explanation)

    @property
    def field(self) -> str:
        return FIELD.format(self.item.key)

    @property
    def why(self) -> str:
        return WHY.format(self.item.key)


@dataclass(frozen=True)
class Filled:
    """`newer`: another version holds by now, but the answers were begun on this one."""

    questions: Questions
    rows: Mapping[str, Answered]
    revision: int
    newer: Questions | None = None

    @property
    def sections(self) -> list[tuple[Section, list[Answered]]]:
        return [(section, [self.rows[item.key] for item in section.items]) for section in self.questions.sections]

    @property
    def missing(self) -> list[Answered]:
        return [row for row in self.rows.values() if row.is_missing]

    @property
    def moved(self) -> list[Answered]:
        return [row for row in self.rows.values() if row.has_moved]

    @property
    def done(self) -> int:
        return len(self.rows) - len(self.missing)


def filled_sheet(document: AgencyDocument) -> Filled:
    """For a reader who has found the document."""
    sheet = ControllingSheet.objects.select_related("questions").filter(document=document).first()
    now, _row = current_questions(document)
    questions = _questions_of(sheet) if sheet else now
    said = {row.question: row for row in ControllingAnswer.objects.filter(document=document)}
    counted = key_figures(document)
    rows = {item.key: _answered(item, said.get(item.key), counted, document.is_writable) for item in questions.items}
    newer = now if now.version != questions.version and document.is_writable else None
    return Filled(questions, rows, sheet.revision if sheet else 0, newer)


def current_questions(document: AgencyDocument) -> tuple[Questions, QuestionSet | None]:
    """What the house has brought along for this year, else what is packaged."""
    row = QuestionSet.objects.above(document.agency).for_year(document.funding_year).first()
    return (built(row.content), row) if row else (packaged(), None)


def _questions_of(sheet: ControllingSheet) -> Questions:
    return built(sheet.questions.content) if sheet.questions else packaged()


def _answered(item: Item, row: ControllingAnswer | None, counted: Mapping[str, KeyFigure], is_open: bool) -> Answered:
    figure = counted[item.reads] if item.kind == "figure" and is_open else None
    if row is None:
        return Answered(item, figure=figure)
    is_offered = not item.options or row.value in {option.key for option in item.options}
    return Answered(item, row.value if is_offered else "", row.explanation, figure, place_of(row))


def missing_for_review(document: AgencyDocument) -> list[Missing]:
    """What stands in the way of handing it in."""
    filled = filled_sheet(document)
    open_questions = [Missing(row.item.text, f"#id_{row.field}") for row in filled.missing]
    return [*open_questions, *(Missing(MOVED.format(row.item.text), "") for row in filled.moved)]


def uploads(actor: Actor, document: AgencyDocument) -> Sequence[ControllingUpload]:
    return list(ControllingUpload.objects.visible_to(actor).filter(document=document).select_related("by"))


def initial(filled: Filled) -> dict[str, Any]:
    """Where the form begins."""
    answers = {row.field: row.value for row in filled.rows.values() if row.item.kind != "figure"}
    reasons = {row.why: row.explanation for row in filled.rows.values() if row.item.explain}
    return {**answers, **reasons, "revision": filled.revision}


def table(filled: Filled) -> Iterator[tuple[str, str, str, str]]:
    for section, rows in filled.sections:
        for row in rows:
            unit = f" ({row.item.unit})" if row.item.unit else ""
            yield section.title, f"{row.item.text}{unit}", row.words, row.explanation


def question_sets(actor: Actor) -> list[QuestionSet]:
    return list(QuestionSet.objects.visible_to(actor).select_related("organisation"))
