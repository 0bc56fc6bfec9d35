"""Columns that a merge has changed: what stood there before, what stands there since, and how to say both in German."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.dateparse import parse_date


@dataclass(frozen=True)
class Change:
    """`columns`: name → before and after, as JSON holds them. They belong together: all are changed back, or none."""

    model: type[models.Model]
    pk: int
    columns: dict[str, list[Any]]

    def row(self) -> models.Model | None:
        return self.model._base_manager.filter(pk=self.pk).first()

    def is_untouched(self, row: models.Model) -> bool:
        return all(plain(getattr(row, name)) == after for name, (_before, after) in self.columns.items())

    def before(self, row: models.Model) -> dict[str, Any]:
        """The earlier values as Python has them."""
        return {name: _parsed(row, name, before) for name, (before, _after) in self.columns.items()}


@dataclass(frozen=True)
class Kept:
    """A value that somebody has changed since: it stays."""

    label: str
    now: str
    before: str


def read_changes(text: str) -> list[Change]:
    return [Change(apps.get_model(row["model"]), row["pk"], row["columns"]) for row in json.loads(text or "[]")]


def changed_since(text: str) -> list[Kept]:
    """What undoing would leave as it is now."""
    kept = []
    for change in read_changes(text):
        row = change.row()
        if row is not None and not change.is_untouched(row):
            kept += [_kept(row, name, value) for name, value in change.before(row).items()]
    return [value for value in kept if value.now != value.before]


def plain(value: Any) -> Any:
    """The value as JSON gives it back."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _parsed(row: models.Model, name: str, value: Any) -> Any:
    if isinstance(value, str) and isinstance(_field(row, name), models.DateField):
        return parse_date(value)
    return value


def _field(row: models.Model, name: str) -> models.Field:
    return next(field for field in row._meta.concrete_fields if name in (field.name, field.attname))


def _kept(row: models.Model, name: str, before: Any) -> Kept:
    field = _field(row, name)
    return Kept(str(field.verbose_name), _in_words(field, getattr(row, name)), _in_words(field, before))


def _in_words(field: models.Field, value: Any) -> str:
    if value in (None, "", []):
        return "nichts"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(pk=value).first() or "")
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return str(dict(field.flatchoices).get(value, value))
