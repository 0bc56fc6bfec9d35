"""The sheet for the controlling: answers saved, its upload noted, its questions brought along."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lotse.agency import rules
from lotse.agency.actions.papers import WHO_WRITES, writable
from lotse.agency.controlling import built
from lotse.agency.models import AgencyDocument, ControllingAnswer, ControllingSheet, ControllingUpload, QuestionSet
from lotse.agency.queries.controlling import current_questions, filled_sheet
from lotse.auditlog.door import action, record, refuse_if, refuse_if_changed, require
from lotse.documents.rules import keeps_forms
from lotse.documents.templates import KEPT_BY
from lotse.organisations.actor import Actor
from lotse.organisations.models import Organisation

Said = Mapping[str, tuple[str, str]]


@action("controlling.answered", "hat im Online-Controlling geantwortet")
def save_answers(*, by: Actor, document: AgencyDocument, answers: Said, revision: int | None = None) -> list[str]:
    """Question → answer and why; only what has changed is written. The first time, the questions are fixed."""
    fresh = writable(by, document)
    sheet = _sheet_of(fresh)
    refuse_if_changed(sheet, revision)
    changed = _save_changed(fresh, answers)
    sheet.revision += 1
    sheet.save()
    record(fresh, answers=sorted(changed))
    return changed


def _save_changed(document: AgencyDocument, answers: Said) -> list[str]:
    stored = {row.question: row for row in ControllingAnswer.objects.filter(document=document)}
    items = {item.key: item for item in filled_sheet(document).questions.items}
    changed = [key for key, said in answers.items() if key in items and _differs(stored.get(key), said)]
    for key in changed:
        new = ControllingAnswer(organisation_id=document.organisation_id, document=document, question=key)
        row, item = stored.get(key) or new, items[key]
        row.value, row.explanation = answers[key]
        row.asked, row.words = item.text, item.said(row.value)
        row.save()
    return changed


def _sheet_of(document: AgencyDocument) -> ControllingSheet:
    found = ControllingSheet.objects.filter(document=document).first()
    _questions, row = current_questions(document)
    return found or ControllingSheet(
        organisation_id=document.organisation_id, document=document, questions=row, revision=0
    )


def _differs(row: ControllingAnswer | None, said: tuple[str, str]) -> bool:
    return said != ((row.value, row.explanation) if row else ("", ""))


@action("controlling.renewed", "hat den Bogen für das Online-Controlling auf die jetzige Fassung umgestellt")
def take_current_questions(*, by: Actor, document: AgencyDocument) -> None:
    """Answers stay with their questions; what is asked no more is not shown."""
    fresh = writable(by, document)
    sheet = _sheet_of(fresh)
    _questions, sheet.questions = current_questions(fresh)
    sheet.revision += 1
    sheet.save()
    record(fresh, fields=["questions"])


@action("controlling.uploaded", "hat die Übertragung in das Online-Controlling vermerkt")
def note_upload(*, by: Actor, document: AgencyDocument, on: date) -> ControllingUpload:
    """Also after it was handed in: that is when it is typed into the platform."""
    require(rules.works_in(by, document.agency), WHO_WRITES)
    made = ControllingUpload.objects.create(
        organisation_id=document.organisation_id, document=document, on=on, by_id=by.person_id
    )
    record(document, on=on)
    return made


@action("controlling.questions_brought", "hat einen Bogen für das Online-Controlling hinterlegt")
def bring_questions(*, by: Actor, organisation: Organisation, content: dict[str, Any]) -> QuestionSet:
    require(keeps_forms(by, organisation), KEPT_BY)
    questions = built(content)
    refuse_if(
        questions.is_example, "Dieser Bogen ist als Beispiel gekennzeichnet. Bitte „example: true“ löschen.", "file"
    )
    made = QuestionSet(
        organisation=organisation, version=questions.version, from_year=questions.from_year, content=content
    )
    made.validate_constraints()
    made.save()
    record(made, version=questions.version, from_year=questions.from_year)
    return made
