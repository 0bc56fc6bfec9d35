"""Looking after the keys: new data keys, a new root key, the recovery sheet, and a look whether everything opens.

Everything that takes long is a generator: it yields how far it is and can be run again after an interruption.
"""

import re
from base64 import b32decode, b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from lotse.core import crypto
from lotse.core.crypto import SealedTextField, SecretUnreadable
from lotse.core.models import DataKey

BATCH = 500
CHECK_CHARACTERS = 4
GROUP = 4
SHEET_CHARACTERS = 56  # 32 bytes in base32, and the checksum


class SheetUnreadable(ValueError):
    """What was typed from the recovery sheet is not a root key."""


@dataclass(frozen=True)
class Progress:
    what: str
    done: int
    total: int


@dataclass(frozen=True)
class Unreadable:
    what: str
    ref: str


@dataclass(frozen=True)
class SealedStore:
    """What is sealed outside of columns, such as stored files. The app that owns it registers it."""

    reseal: Callable[[int], Iterator[Progress]]
    check: Callable[[int | None], Iterator[Progress | Unreadable]]


_stores: list[SealedStore] = []


def register_store(store: SealedStore) -> None:
    _stores.append(store)


def sealed_columns() -> Iterator[tuple[type[models.Model], list[SealedTextField]]]:
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        if fields:
            yield model, fields


# --- data keys ------------------------------------------------------------------------------------------------


@transaction.atomic
def retire_data_key(organisation_id: int) -> DataKey:
    """A new key seals from now on; the old ones only open."""
    DataKey.objects.filter(organisation_id=organisation_id, retired_at=None).update(retired_at=timezone.now())
    key = crypto.new_data_key(organisation_id)
    transaction.on_commit(crypto.forget_cached_keys)
    return key


def organisations_with_keys() -> list[int]:
    return sorted(set(DataKey.objects.values_list("organisation_id", flat=True)))


def reseal(organisation_id: int) -> Iterator[Progress]:
    """Bring everything the organisation has sealed under its current key. Finished rows are skipped when run again."""
    for model, fields in sealed_columns():
        rows = model._base_manager.filter(organisation_id=organisation_id)
        total = rows.count()
        done = 0
        for batch in _batches(rows, fields):
            with transaction.atomic():
                for pk, public_id, *values in batch:
                    _reseal_row(model, fields, organisation_id, pk, public_id, values)
            done += len(batch)
            yield Progress(str(model._meta.verbose_name_plural), done, total)
    for store in _stores:
        yield from store.reseal(organisation_id)


def _batches(rows: models.QuerySet, fields: list[SealedTextField]) -> Iterator[list[tuple]]:
    """By primary key, so that nothing is held open between two batches."""
    names = [field.attname for field in fields]
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "public_id", *names)[:BATCH]):
        yield batch
        last = batch[-1][0]


def _reseal_row(
    model: type[models.Model], fields: list[SealedTextField], organisation_id: int, pk: int, ref: str, values: list
) -> None:
    current = crypto.current_key_id(organisation_id)
    for field, sealed in zip(fields, values, strict=True):
        if not sealed or crypto.key_id_of(sealed) == current:
            continue
        context = field.context_for(ref)
        fresh = crypto.seal(crypto.unseal(sealed, context=context), organisation_id=organisation_id, context=context)
        # Only if nobody has saved in between: who saved has sealed under the current key herself.
        model._base_manager.filter(pk=pk, **{field.attname: sealed}).update(**{field.attname: fresh})


# --- root key -------------------------------------------------------------------------------------------------


@transaction.atomic
def rewrap(new_root: bytes) -> int:
    """Wrap every data key by the new root key; those it wraps already are left alone."""
    name = crypto.root_key_name(new_root)
    known = crypto.known_root_keys()
    rows = list(DataKey.objects.select_for_update().exclude(root_key_name=name))
    for row in rows:
        if row.root_key_name not in known:
            raise SecretUnreadable(f"{row}: Der Hauptschlüssel {row.root_key_name} ist nicht bekannt.")
        row.wrapped = crypto.wrap(crypto.unwrap(bytes(row.wrapped), known[row.root_key_name]), new_root)
        row.root_key_name = name
        row.save(update_fields=["wrapped", "root_key_name"])
    return len(rows)


def recovery_sheet(root_key: bytes) -> str:
    """The root key to keep on paper: groups of four letters and digits, the last one a checksum."""
    text = b32encode(root_key).decode().rstrip("=") + _checksum(root_key)
    return " ".join(text[i : i + GROUP] for i in range(0, len(text), GROUP))


def root_key_from_sheet(text: str) -> bytes:
    """Read what was typed from paper. 0, 1 and 8 are not in the alphabet: they are O, I and B misread."""
    typed = re.sub(r"[^A-Z2-7]", "", text.upper().translate(str.maketrans("018", "OIB")))
    if len(typed) != SHEET_CHARACTERS:
        raise SheetUnreadable("Das ist kein vollständiger Schlüssel. Bitte alle Gruppen abtippen.")
    body, check = typed[:-CHECK_CHARACTERS], typed[-CHECK_CHARACTERS:]
    root_key = b32decode(body + "=" * (-len(body) % 8))
    if check != _checksum(root_key):
        raise SheetUnreadable("Die Prüfgruppe stimmt nicht: Bitte vergleichen Sie jede Gruppe mit dem Blatt.")
    return root_key


def _checksum(root_key: bytes) -> str:
    return b32encode(sha256(b"lotse sheet" + root_key).digest()).decode()[:CHECK_CHARACTERS]


def opens_stored_keys(root_key: bytes) -> bool:
    """True when the key opens at least one stored data key, and none that bears its name fails."""
    rows = DataKey.objects.filter(root_key_name=crypto.root_key_name(root_key))
    return bool(rows) and all(_opens(row, root_key) for row in rows)


def _opens(row: DataKey, root_key: bytes) -> bool:
    try:
        return bool(crypto.unwrap(bytes(row.wrapped), root_key))
    except SecretUnreadable:
        return False


# --- does everything open? ------------------------------------------------------------------------------------


def unreadable_data_keys() -> list[DataKey]:
    known = crypto.known_root_keys()
    return [row for row in DataKey.objects.all() if not _opens(row, known.get(row.root_key_name, b"\0" * 32))]


def check_values(sample: int | None) -> Iterator[Progress | Unreadable]:
    """Open the newest `sample` rows of every model with sealed columns, or all of them."""
    for model, fields in sealed_columns():
        rows = model._base_manager.order_by("-pk").values_list("public_id", *[field.attname for field in fields])
        total = done = 0
        for ref, *values in (rows[:sample] if sample else rows).iterator(chunk_size=BATCH):
            total += 1
            for field, sealed in zip(fields, values, strict=True):
                if sealed and not _value_opens(field, ref, sealed):
                    yield Unreadable(f"{model._meta.verbose_name}, {field.verbose_name}", ref)
                done += bool(sealed)
        yield Progress(str(model._meta.verbose_name_plural), done, total)
    for store in _stores:
        yield from store.check(sample)


def _value_opens(field: SealedTextField, ref: str, sealed: Any) -> bool:
    try:
        crypto.unseal(sealed, context=field.context_for(ref))
    except SecretUnreadable:
        return False
    return True
