"""What a document says, in words: every row that lives and dies with it, found by how it points there.

A new kind of row is frozen and copied without being named here.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CASCADE, Field, ForeignKey, ForeignObjectRel, Model

from lotse.agency.enums import DocumentKind
from lotse.agency.models import AgencyDocument, Analysis, ControllingSheet, DismissedHint, FieldNote, TextVersion
from lotse.agency.queries.places import in_german, place_of
from lotse.agency.queries.report_content import report_parts
from lotse.agency.texts import places
from lotse.core.canonical import canonical
from lotse.core.crypto import SealedTextField
from lotse.organisations.enums import ActionField

REACH = "Wovon die Analyse handelt"
WITHOUT_PLACE = (FieldNote, ControllingSheet)  # spoken about by their texts, or as the whole
NOT_SAID = (DismissedHint, TextVersion)
HOUSEKEEPING = {"id", "public_id", "created_at", "organisation", "position", "revision", "document"}
Content = dict[str, Any]


def parts_of(model: type[Model]) -> list[ForeignObjectRel]:
    """How rows point to the row they are a part of."""
    pointing = [f for f in model._meta.get_fields(include_hidden=True) if isinstance(f, ForeignObjectRel)]
    return [relation for relation in pointing if _is_part(model, relation)]


def _is_part(model: type[Model], relation: ForeignObjectRel) -> bool:
    row: Any = relation.related_model
    if relation.many_to_many or row._meta.auto_created or row in NOT_SAID or relation.on_delete is not CASCADE:
        return False
    return model is AgencyDocument or not _has_document_of_its_own(row)


def _has_document_of_its_own(row: type[Model]) -> bool:
    try:
        return row._meta.get_field("document").related_model is AgencyDocument
    except FieldDoesNotExist:
        return False


def rows_of(relation: ForeignObjectRel, owners: list[Any]) -> list[Any]:
    row: Any = relation.related_model
    named = [f.name for f in row._meta.fields if isinstance(f, ForeignKey)]
    rows = row._base_manager.filter(**{f"{relation.field.name}__in": owners}).select_related(*named)
    return list(rows.order_by(*row._meta.ordering, "id"))


def content_of(document: AgencyDocument) -> Content:
    head = {"agency": document.agency.name, "title": str(document), "version": document.version}
    if document.kind == DocumentKind.REPORT:
        return {**head, "parts": report_parts(document)}
    return {**head, "parts": _said(AgencyDocument, [document])[document.pk]}


def content_text(document: AgencyDocument) -> str:
    return canonical(content_of(document)).decode()


def _said(model: type[Model], owners: list[Any]) -> dict[int, list[Content]]:
    """By owner: its parts with theirs, a few statements for each kind of row."""
    found: dict[int, list[Content]] = {owner.pk: [] for owner in owners}
    for relation in parts_of(model) if owners else ():
        row: Any = relation.related_model
        rows = rows_of(relation, owners)
        below, links = _said(row, rows), _links(row, rows, relation.field)
        for one in rows:
            fields = {**_fields(one, relation.field), **links.get(one.pk, {})}
            said = {"what": str(row._meta.verbose_name), "name": str(one), "fields": fields, "parts": below[one.pk]}
            found[getattr(one, relation.field.attname)].append(said)
    return found


def _fields(row: Any, owner: Field) -> dict[str, str]:
    """German name → words; what is empty is not said."""
    told = [
        f
        for f in row._meta.fields
        if f is not owner and f.name not in HOUSEKEEPING and not isinstance(f, SealedTextField)
    ]
    words = {str(field.verbose_name): _words(row, field) for field in told}
    return {name: value for name, value in words.items() if value}


def _words(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    if value in (None, "", []):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return in_german(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _links(row: Any, rows: list[Any], owner: Field) -> dict[int, dict[str, list[str]]]:
    """Of every list of other rows, how they are called."""
    found: dict[int, dict[str, list[str]]] = {}
    for field in row._meta.many_to_many if rows else ():
        through = field.remote_field.through._base_manager.filter(**{f"{field.m2m_field_name()}__in": rows})
        for link in through.select_related(field.m2m_reverse_field_name()).order_by("id"):
            names = found.setdefault(getattr(link, f"{field.m2m_field_name()}_id"), {})
            names.setdefault(str(field.verbose_name), []).append(str(getattr(link, field.m2m_reverse_field_name())))
    return {pk: {name: sorted(words) for name, words in names.items()} for pk, names in found.items()}


def lines(content: Content, above: str = "") -> Iterator[tuple[str, str]]:
    """Place and words, one line for each: to be compared and to be printed."""
    for part in content["parts"]:
        place = f"{above}{part['name']}"
        for name, words in part["fields"].items():
            yield f"{place} · {name}", words if isinstance(words, str) else ", ".join(words)
        yield from lines(part, f"{place} › ")


def places_of(document: AgencyDocument) -> dict[str, str]:
    """Anchor on the page → how the passage is called: every row can be spoken about, and every text of an analysis."""
    found: dict[str, str] = {}
    levels: list[tuple[type[Model], list[Any]]] = [(AgencyDocument, [document])]
    while levels:
        model, owners = levels.pop(0)
        for relation in parts_of(model):
            rows = rows_of(relation, owners)
            found |= {place_of(row): _called(row) for row in rows if not isinstance(row, WITHOUT_PLACE)}
            levels += [(relation.related_model, rows)] if rows else []
            found |= {key: words for row in rows if isinstance(row, Analysis) for key, words in _texts_of(row)}
    return found


def _called(row: Any) -> str:
    return REACH if isinstance(row, Analysis) else str(row)[:160]


def _texts_of(analysis: Analysis) -> Iterator[tuple[str, str]]:
    for place in places(analysis.fields):
        yield place.anchor, f"{ActionField(place.field).label}: {place.label}" if place.field else place.label
