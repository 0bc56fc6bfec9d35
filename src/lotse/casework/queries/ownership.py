"""Which columns of which models belong to a client: found by walking the models, so that a new one is never forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from lotse.casework.models import Client

# What does not move when two files become one, each with its reason.
STAYS = {
    "casework.fileassignment.client": "access to one file does not become access to both; it counts again after undoing",
    "casework.mergerecord.survivor": "says itself which files they were",
    "casework.mergerecord.absorbed": "says itself which files they were",
    "casework.filereview.client": "speaks of one file as it was",
    "casework.erasureitem.client": "stands for one file in a run",
    "casework.pairdecision.first": "speaks of two files, not of a person",
    "casework.pairdecision.second": "speaks of two files, not of a person",
}


@dataclass(frozen=True)
class Column:
    """A foreign key to a client."""

    model: type[Model]
    name: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def rows_of(self, client_id: int) -> QuerySet:
        return self.model._base_manager.filter(**{self.name: client_id})


@cache
def columns_to_clients() -> tuple[Column, ...]:
    """Every foreign key to a client, tables between two models included."""
    models = apps.get_models(include_auto_created=True)
    return tuple(Column(model, field.name) for model in models for field in _keys_to(model, Client))


@cache
def moving_columns() -> tuple[Column, ...]:
    return tuple(column for column in columns_to_clients() if column.key not in STAYS)


@cache
def columns_by_key() -> dict[str, Column]:
    return {column.key: column for column in columns_to_clients()}


@dataclass(frozen=True)
class Tie:
    """Rows of `column` hang by `name` on rows of `parents`: a contact on its case."""

    column: Column
    name: str
    parents: str


@cache
def ties_between() -> tuple[Tie, ...]:
    """Every foreign key from one row of a client to another row of a client."""
    owned = {column.model: column for column in moving_columns() if column.name == "client"}
    return tuple(
        Tie(column, field.name, owned[field.related_model].key)
        for model, column in owned.items()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in owned
    )


def _keys_to(model: type[Model], target: type[Model]) -> Iterator[ForeignKey]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model is target:
            yield field
