"""An analysis that goes on with another: all that was said there is said here, to be looked at again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from lotse.agency.actions.analysis import decide_renewal, own_analysis
from lotse.agency.actions.shared import copy_of
from lotse.agency.models import AgencyDocument, Analysis, FieldNote
from lotse.agency.queries.analysis import previous_analysis
from lotse.agency.texts import OF_FIELD, WHOLE
from lotse.auditlog.door import action, record, refuse_if
from lotse.organisations.actions.shared import change, save_checked
from lotse.organisations.actor import Actor

NO_PREVIOUS = "Es gibt keine frühere Analyse, die sich fortschreiben lässt."
BEGUN = "Diese Analyse enthält schon Daten oder Bedarfe. Fortgeschrieben wird nur eine leere."
WHOLE_ROW = ("orientation", "fields", "special_field", *WHOLE)


@action("analysis.taken_over", "hat die frühere Analyse übernommen, um sie fortzuschreiben")
def take_over(*, by: Actor, document: AgencyDocument) -> Analysis:
    """What was written here before stays; data and needs are marked as to be checked."""
    analysis, before = own_analysis(by, document), previous_analysis(document)
    if before is None:
        raise ValidationError(NO_PREVIOUS)
    refuse_if(document.needs.exists() or document.data_items.exists(), BEGUN)
    record(document, data=copy_analysis(before, analysis, to_check=True))
    return analysis


def copy_analysis(before: Analysis, analysis: Analysis, *, to_check: bool) -> int:
    """Inside an action: all of one into another that has no data and needs yet. How many data it has."""
    _fill(analysis, before, WHOLE_ROW)
    if not analysis.spaces.exists():
        analysis.spaces.set(before.spaces.offered_on(timezone.localdate()))
    decide_renewal(analysis)
    analysis.revision += 1
    save_checked(analysis)
    for told in before.document.field_notes.all():
        of = {"document": analysis.document, "field": told.field}
        note, _made = FieldNote.objects.get_or_create(**of, defaults={"organisation_id": told.organisation_id})
        _fill(note, told, OF_FIELD)
        note.save()
    return _copy_findings(before.document, analysis.document, to_check)


def _fill(row: Model, before: Model, names: tuple[str, ...]) -> None:
    """Where it says nothing yet."""
    change(row, {name: getattr(before, name) for name in names if not getattr(row, name)})


def _copy_findings(before: AgencyDocument, now: AgencyDocument, to_check: bool) -> int:
    made = {need.pk: _taken(need, now, to_check) for need in before.needs.all()}
    items = list(before.data_items.prefetch_related("needs"))
    for item in items:
        _taken(item, now, to_check).needs.set([made[need.pk] for need in item.needs.all()])
    return len(items)


def _taken(row: Any, document: AgencyDocument, to_check: bool) -> Any:
    return copy_of(row, document_id=document.pk, to_check=row.to_check or to_check)
