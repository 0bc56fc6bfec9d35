"""Which files want something done. No reading for people here: a file is found through its owner."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from django.db.models import Exists, ForeignObjectRel, OuterRef, Q, QuerySet

from lotse.documents.enums import ScanState
from lotse.documents.models import RetentionRule, StoredFile
from lotse.documents.retention import RETENTION, RetentionClass

BATCH = 500


def files_due(today: date) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(deleted_at=None, keep_until__lt=today)


def files_in_quarantine() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(deleted_at=None, scan_state=ScanState.QUARANTINED)


def files_without_owner() -> QuerySet[StoredFile]:
    """Files to which no row of any app points any more: their case, meeting or measure was deleted."""
    owned = Q()
    for relation in _pointing_relations():
        pointing = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        owned |= Q(Exists(pointing))
    return StoredFile.objects.filter(deleted_at=None).exclude(owned) if owned else StoredFile.objects.none()


def _pointing_relations() -> list[ForeignObjectRel]:
    fields = StoredFile._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ForeignObjectRel)]


def unused_names(names: Iterable[str]) -> Iterator[str]:
    """Names in the storage that no row has."""
    waiting = iter(names)
    while batch := list(islice(waiting, BATCH)):
        used = set(StoredFile.objects.filter(storage_name__in=batch).values_list("storage_name", flat=True))
        yield from (name for name in batch if name not in used)


def live_refs(organisation_id: int | None) -> QuerySet:
    files = StoredFile.objects.filter(organisation_id=organisation_id, deleted_at=None)
    return files.values_list("public_id", flat=True)


def retention_of(organisation_id: int) -> dict[str, RetentionClass]:
    """Every class as it holds in this organisation: the proposed period, or the one that it has decided on."""
    rules = RetentionRule.objects.filter(organisation_id=organisation_id).order_by("id")
    own = {rule.retention_class: rule for rule in rules}
    return {
        key: replace(c, months=own[key].months, source=own[key].reason, is_default=False) if key in own else c
        for key, c in RETENTION.items()
    }
