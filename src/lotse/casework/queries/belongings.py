"""Everything that hangs on a person, found by walking the models: what a letter shows and what an erasure takes away.

A new model that points to a client, or to something of hers, belongs to her file from its first day; nobody has to
remember to add it.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import SET_NULL, ForeignKey, Model, Q

from lotse.casework.models import Client
from lotse.documents.models import StoredFile

Rows = dict[type[Model], list[Model]]


@cache
def belongings() -> dict[type[Model], tuple[str, ...]]:
    """Every model of the file → the paths from its rows to the client, nearest first."""
    found: dict[type[Model], tuple[str, ...]] = {}
    nearest: dict[type[Model], str] = {Client: ""}
    while True:
        further = {model: paths for model in _others(nearest) if (paths := _paths(model, nearest))}
        if not further:
            return found
        found |= further
        nearest |= {model: paths[0] for model, paths in further.items()}


def _others(known: dict[type[Model], str]) -> Iterator[type[Model]]:
    return (model for model in apps.get_models(include_auto_created=True) if model not in known)


def _paths(model: type[Model], nearest: dict[type[Model], str]) -> tuple[str, ...]:
    """Straight to the client where that is possible: a row may name two of them."""
    straight = tuple(f.name for f in _pointers(model) if f.remote_field.model is Client)
    around = (f"{f.name}__{nearest[f.remote_field.model]}" for f in _pointers(model) if f.remote_field.model in nearest)
    return straight or tuple(around)[:1]


def _pointers(model: type[Model]) -> list[ForeignKey]:
    """Keys that bind: a row that could do without what it points to does not belong to it."""
    keys = [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]
    return [f for f in keys if f.remote_field.on_delete is not SET_NULL]


@cache
def _loose() -> tuple[tuple[type[Model], ForeignKey], ...]:
    return tuple(
        (model, f)
        for model in apps.get_models(include_auto_created=True)
        for f in model._meta.concrete_fields
        if isinstance(f, ForeignKey) and f.remote_field.model is Client and f.remote_field.on_delete is SET_NULL
    )


def files_of_person(client: Client) -> list[Client]:
    """Her file, and those that were merged into it and wait empty in case it is undone."""
    return [client, *client.merged_from.order_by("pk")]


def of_files(model: type[Model], files: list[Client]) -> Q:
    """The condition by which rows of the model are hers."""
    condition = Q()
    for path in belongings()[model]:
        condition |= Q(**{f"{path}__in": files})
    return condition


def rows_of(client: Client) -> Rows:
    """All her rows by model, oldest first; models without a row are left out."""
    files = files_of_person(client)
    found = {model: list(_rows(model, files)) for model in belongings()}
    return {model: rows for model, rows in found.items() if rows}


def _rows(model: type[Model], files: list[Client]) -> Any:
    return model._base_manager.filter(of_files(model, files)).order_by("pk").distinct()


def let_go(files: list[Client]) -> None:
    """Inside an action: rows of others that only point to her (a relative's list) point to nobody."""
    for model, field in _loose():
        model._base_manager.filter(**{f"{field.name}__in": files}).update(**{field.name: None})


def files_of(rows: Rows) -> list[StoredFile]:
    """Stored files to which any of the rows points."""
    ids = {
        getattr(row, f.attname)
        for model, mine in rows.items()
        for f in _pointers(model)
        if f.remote_field.model is StoredFile
        for row in mine
    }
    return list(StoredFile.objects.filter(pk__in=ids - {None}).order_by("pk"))


def refs_of(client: Client, rows: Rows) -> set[str]:
    """The public ids by which drafts and links name the file or something in it."""
    inside = {row.public_id for mine in rows.values() for row in mine if hasattr(row, "public_id")}
    return inside | {file.public_id for file in files_of_person(client)}
