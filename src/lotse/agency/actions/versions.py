"""A new version of a document: a copy of every row, and what pointed to the old rows points to the new ones."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model

from lotse.agency.actions.papers import form_for
from lotse.agency.actions.shared import copy_of
from lotse.agency.models import AgencyDocument
from lotse.agency.queries.content import NOT_SAID, parts_of, rows_of

Copies = dict[type[Model], dict[int, Any]]  # of each kind: old id → new row


def next_version(document: AgencyDocument) -> AgencyDocument:
    """Inside an action. The version before stays as it was released; measures and reports go with the new one.

    Where somebody is writing a later one already, that one.
    """
    same = AgencyDocument.objects.filter(agency=document.agency, kind=document.kind, funding_year=document.funding_year)
    newest = same.order_by("-version").select_for_update(of=("self",))[0]
    if newest.is_writable:
        return newest
    return _copy_of(newest)


def _copy_of(document: AgencyDocument) -> AgencyDocument:
    made = AgencyDocument.objects.create(
        organisation_id=document.organisation_id, agency_id=document.agency_id, kind=document.kind,
        funding_year=document.funding_year, until_year=document.until_year, version=document.version + 1,
        responsible_id=document.responsible_id, missing=0, template=form_for(document.agency, document.kind),
    )  # fmt: skip
    copies: Copies = {AgencyDocument: {document.pk: made}}
    _copy_parts(AgencyDocument, [document], copies)
    del copies[AgencyDocument]
    for model, rows in copies.items():
        _link_copies(model, rows, copies)
        _lead_on(model, rows, copies)
    return made


def _copy_parts(model: type[Model], owners: list[Any], copies: Copies) -> None:
    for relation in parts_of(model):
        row: Any = relation.related_model
        rows = rows_of(relation, owners) if owners else []
        known = copies.setdefault(row, {})
        for one in rows:
            owner = relation.field.attname
            known[one.pk] = copy_of(one, **{owner: copies[model][getattr(one, owner)].pk})
        _copy_parts(row, rows, copies)


def _link_copies(model: Any, rows: dict[int, Any], copies: Copies) -> None:
    """Copies point to copies: to those of the same document, else to what the old row pointed to."""
    inside = [f for f in model._meta.fields if isinstance(f, ForeignKey) and f.related_model in copies]
    for old, made in rows.items():
        for field in inside:
            target = copies[field.related_model].get(getattr(made, field.attname))
            if target is not None:
                model._base_manager.filter(pk=made.pk).update(**{field.name: target})
        for field in model._meta.many_to_many:
            known = copies.get(field.related_model, {})
            linked = getattr(model(pk=old), field.name).values_list("pk", flat=True)
            getattr(made, field.name).set([known[pk].pk if pk in known else pk for pk in linked])


def _lead_on(model: Any, rows: dict[int, Any], copies: Copies) -> None:
    """Rows of other documents, and measures, go on with the new version."""
    for relation in _from_outside(model):
        pointing: Any = relation.related_model
        own = copies.get(pointing, {})
        mine = [*own, *(made.pk for made in own.values())]
        for old, made in rows.items():
            if relation.many_to_many:
                _exchange(relation, old, made, mine)
            else:
                found = pointing._base_manager.filter(**{relation.field.name: old}).exclude(pk__in=mine)
                found.update(**{relation.field.name: made})


def _from_outside(model: Any) -> Iterator[ForeignObjectRel]:
    parts = parts_of(model)
    for relation in model._meta.get_fields(include_hidden=True):
        is_pointing = isinstance(relation, ForeignObjectRel) and relation not in parts
        if is_pointing and not relation.related_model._meta.auto_created and relation.related_model not in NOT_SAID:
            yield relation


def _exchange(relation: ForeignObjectRel, old: int, made: Any, mine: list[int]) -> None:
    field: Any = relation.field
    links = field.remote_field.through._base_manager.filter(**{field.m2m_reverse_field_name(): old})
    outside = links.exclude(**{f"{field.m2m_field_name()}__in": mine})
    outside.update(**{field.m2m_reverse_field_name(): made})
