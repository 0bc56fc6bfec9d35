"""What has been hung on a row since it came in: then it is not taken back any more."""

from collections.abc import Collection, Sequence

from django.db.models import ForeignObjectRel, Model

CHUNK = 5000


def pointed_at(model: type[Model], refs: Sequence[str], besides: Collection[type[Model]] = ()) -> set[str]:
    """Public ids of rows to which any other row points; `besides`: rows that came in with it."""
    found: set[str] = set()
    relations = [r for r in model._meta.get_fields(include_hidden=True) if isinstance(r, ForeignObjectRel)]
    relations = [r for r in relations if r.related_model not in besides]
    for start in range(0, len(refs), CHUNK):
        some = refs[start : start + CHUNK]
        for relation in relations:
            path = f"{relation.field.name}__public_id"
            pointing = relation.related_model._base_manager.filter(**{f"{path}__in": some})
            found.update(pointing.values_list(path, flat=True).distinct())
    return found
